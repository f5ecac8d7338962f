"""Verdicts at a place are those of the exact bounds of the game there, ties included."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.solvers.parametric.correlated_verdict import correlated_verdict
from blamegame.solvers.parametric.rational_function import Place
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.testing.hard_games import hard_games


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("name", hard_games())
def test_numbers_are_answered_as_by_the_exact_bounds(name, coarse):
    game = hard_games()[name]
    rng = np.random.default_rng(3)
    for _ in range(2):
        event = rng.random(game.n_actions) < 0.4
        if not event.any():
            event.flat[0] = True
        bounds = correlated_bounds(game, event, coarse=coarse)
        expected = (bounds.lowest.value > 0, bounds.highest.value > 0)
        assert correlated_verdict(game.payoffs, event, Place(Fraction(1, 2)), coarse=coarse) == expected
