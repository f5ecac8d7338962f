"""Rationalizable actions at a place are those of the game there, ties and several players included."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.strategic import StrategicGame, object_array
from blamegame.solvers.parametric.rational_function import Place
from blamegame.solvers.parametric.rationalizable_actions import rationalizable_actions
from blamegame.solvers.strategic.rationalizable import rationalizable
from blamegame.testing.hard_games import hard_games


@pytest.mark.parametrize("name", hard_games())
def test_numbers_are_answered_as_by_the_exact_solver(name):
    game = hard_games()[name]
    assert rationalizable_actions(game.payoffs, Place(Fraction(1, 2))) == rationalizable(game)


def test_three_players_with_ties():
    rng = np.random.default_rng(2)
    for _ in range(30):
        entries = [Fraction(int(x)) for x in rng.integers(0, 3, 3 * 12)]
        game = StrategicGame(object_array(entries).reshape(3, 2, 3, 2))
        assert rationalizable_actions(game.payoffs, Place(Fraction(1, 2))) == rationalizable(game)
