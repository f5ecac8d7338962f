"""The Cournot game of Judd, Yeltekin and Conklin (2003), section 6: 15 quantities on [0, 6], unit cost 0.6.

Their figure cannot be read to six digits, so the set is compared with the one quantecon finds for the same data; and
with what they state: the worst equilibrium pays each firm its minmax, zero, and the set is symmetric.
"""

from __future__ import annotations

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set

ANGLES = np.arange(360) * (2 * np.pi / 360)
DIRECTIONS = np.stack([np.cos(ANGLES), np.sin(ANGLES)])


@pytest.fixture(scope="module")
def tables():
    quantity = np.linspace(0, 6, 15)
    price = np.maximum(6 - quantity[:, None] - quantity[None, :], 0)
    return (price - 0.6) * quantity[:, None], (price - 0.6) * quantity[None, :]


@pytest.fixture(scope="module")
def found(tables):
    return payoff_set(RepeatedGame(StrategicGame(tables), 0.8))


def test_the_cournot_set_agrees_with_quantecon_to_1e_6(tables, found):
    import quantecon.game_theory as gt

    stage = gt.NormalFormGame([gt.Player(tables[0]), gt.Player(tables[1].T)])
    peer = gt.repeated_game.RepeatedGame(stage, 0.8).equilibrium_payoffs()
    theirs = (peer.points[peer.vertices] @ DIRECTIONS).max(axis=0)
    assert found.converged
    for bound in (found.outer, found.inner):
        assert np.abs((bound @ DIRECTIONS).max(axis=0) - theirs).max() < 1e-6


def test_the_worst_cournot_equilibrium_pays_nothing_and_the_set_is_symmetric(found):
    assert np.allclose(found.outer.min(axis=0), 0, atol=1e-12)
    assert np.allclose((found.outer @ DIRECTIONS).max(axis=0), (found.outer[:, ::-1] @ DIRECTIONS).max(axis=0))
