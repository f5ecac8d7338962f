"""The volunteer's dilemma: in the symmetric mixed equilibrium each volunteers with 1 - (K/U)^(1/(N-1)).

Diekmann (1985), "Volunteer's dilemma", Journal of Conflict Resolution 29, pages 607-608.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame.games.responses import action_values, regret
from blamegame.games.strategic import StrategicGame


def dilemma(n, gain, cost):
    """N players; whoever volunteers pays ``cost``, and all have ``gain`` if anybody does."""
    payoffs = np.empty((n, *[2] * n), dtype=object if isinstance(gain, Fraction) else float)
    for cell in product(range(2), repeat=n):
        for player in range(n):
            payoffs[(player, *cell)] = (gain if 0 in cell else 0 * gain) - (cost if cell[player] == 0 else 0 * cost)
    return StrategicGame(payoffs, n, [("volunteer", "wait")] * n)


@pytest.mark.parametrize("n", range(2, 8))
@pytest.mark.parametrize("wait", [Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)])
def test_the_symmetric_equilibrium_is_exact_where_the_root_is_rational(n, wait):
    gain = Fraction(5)
    cost = gain * wait ** (n - 1)  # so that (K/U)^(1/(N-1)) = wait
    game = dilemma(n, gain, cost)
    profile = [np.array([1 - wait, wait])] * n
    assert regret(game, profile).tolist() == [0] * n
    for other in (wait / 2, (1 + wait) / 2):  # no other symmetric mixture is one
        values = action_values(game, 0, [np.array([1 - other, other])] * n)
        assert values[0] != values[1]


@pytest.mark.parametrize("n", [2, 3, 5, 9])
def test_the_symmetric_equilibrium_in_floats_and_the_bystander_effect(n):
    wait = 0.4 ** (1 / (n - 1))
    game = dilemma(n, 1.0, 0.4)
    assert np.abs(regret(game, [np.array([1 - wait, wait])] * n)).max() < 1e-12
    nobody = wait**n
    assert nobody >= 0.4**2 - 1e-12 and nobody < 0.4  # more bystanders, less help: from K/U squared towards K/U
