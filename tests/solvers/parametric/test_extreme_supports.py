"""Supports of the extreme equilibria at a place are those of the game there, ties included."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.solvers.parametric.extreme_supports import extreme_supports
from blamegame.solvers.parametric.rational_function import Place
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force
from blamegame.testing.hard_games import hard_games


def support(strategy):
    return tuple(i for i, weight in enumerate(strategy) if weight)


@pytest.mark.parametrize("name", hard_games())
def test_numbers_are_answered_as_by_brute_force(name):
    game = hard_games()[name]
    expected = {(support(x), support(y)) for x, y in extreme_equilibria_by_brute_force(game)}
    found = extreme_supports(game.payoffs, Place(Fraction(1, 2)))
    assert set(found) == expected and list(found) == sorted(found) and len(found) == len(expected)


def test_shifts_against_one_action_change_nothing():
    battle = np.array([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], dtype=object)
    shifted = battle + np.array([[[7, -1]] * 2, [[0, 0], [5, 5]]], dtype=object)
    assert extreme_supports(shifted, Place(Fraction(0))) == extreme_supports(battle, Place(Fraction(0)))
