"""Games with published equilibria."""

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame import StrategicGame
from blamegame.games import event_probability, iterated_elimination
from blamegame.solvers.strategic import correlated_bounds, nash, pure_nash, rationalizable


def profiles(solution):
    return {tuple(tuple(strategy.tolist()) for strategy in profile) for profile in solution.equilibria}


def identity(n):
    return StrategicGame([np.eye(n, dtype=int), np.eye(n, dtype=int)])


def test_avis_et_al_2010_section_2_the_three_equilibria_of_the_3_by_2_game():
    game = StrategicGame([[[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]]])
    assert profiles(nash(game)) == {
        ((1, 0, 0), (1, 0)),
        ((F(4, 5), F(1, 5), 0), (F(2, 3), F(1, 3))),
        ((0, F(1, 3), F(2, 3)), (F(1, 3), F(2, 3))),
    }


def test_its_degenerate_variant_has_a_segment_of_equilibria():
    solution = nash(StrategicGame([[[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]]))
    assert profiles(solution) == {
        ((1, 0, 0), (1, 0)),
        ((1, 0, 0), (F(2, 3), F(1, 3))),
        ((0, F(1, 3), F(2, 3)), (F(1, 3), F(2, 3))),
    }
    assert solution.components == solution.subsets == ((0, 1), (2,))


def test_nashpy_issue_82_has_eight_extreme_equilibria():
    """The players of the issue minimise; its printed strategies are reproduced here."""
    costs = np.array(
        [
            [[0, 0, 6, 0, 0], [0, 0, 3, 2, 1], [4, 3, 0, 0, 1]],
            [[3, 0, 2, 1, 0], [0, 2, 0, 0, 4], [4, 0, 2, 4, 4]],
        ]
    )
    solution = nash(StrategicGame(-costs))
    assert profiles(solution) == {
        ((1, 0, 0), (0, 1, 0, 0, 0)),
        ((1, 0, 0), (0, 0, 0, 0, 1)),
        ((F(2, 3), F(1, 3), 0), (0, 1, 0, 0, 0)),
        ((F(1, 3), F(1, 2), F(1, 6)), (0, F(4, 9), F(2, 9), F(1, 3), 0)),
        ((0, F(1, 2), F(1, 2)), (0, F(1, 2), F(1, 2), 0, 0)),
        ((0, 1, 0), (F(3, 7), 0, F(4, 7), 0, 0)),
        ((0, 1, 0), (1, 0, 0, 0, 0)),
        ((0, 1, 0), (F(3, 8), 0, F(1, 4), F(3, 8), 0)),
    }
    assert [len(component) for component in solution.components] == [3, 1, 3, 1]


def test_the_zero_game_has_nine_extreme_equilibria_in_one_component():
    solution = nash(StrategicGame(np.zeros((2, 3, 3), dtype=int)))
    assert len(solution) == 9
    assert solution.components == solution.subsets == (tuple(range(9)),)


@pytest.mark.parametrize("n", range(1, 7))
def test_a_coordination_game_has_one_equilibrium_per_set_of_actions(n):
    assert len(nash(identity(n))) == 2**n - 1


def test_von_stengel_1999_six_by_six_game_has_75_equilibria():
    first = [
        [9504, -660, 19976, -20526, 1776, -8976],
        [-111771, 31680, -130944, 168124, -8514, 52764],
        [397584, -113850, 451176, -586476, 29216, -178761],
        [171204, -45936, 208626, -263076, 14124, -84436],
        [1303104, -453420, 1227336, -1718376, 72336, -461736],
        [737154, -227040, 774576, -1039236, 48081, -300036],
    ]
    second = [
        [72336, 48081, 29216, 14124, 1776, -8514],
        [-461736, -300036, -178761, -84436, -8976, 52764],
        [1227336, 774576, 451176, 208626, 19976, -130944],
        [-1718376, -1039236, -586476, -263076, -20526, 168124],
        [1303104, 737154, 397584, 171204, 9504, -111771],
        [-453420, -227040, -113850, -45936, -660, 31680],
    ]
    solution = nash(StrategicGame([first, second]))
    assert len(solution) == 75
    assert len(solution.components) == 75


def test_aumann_1974_chicken_correlated_equilibria_exceed_the_nash_range():
    game = StrategicGame([[[0, 7], [2, 6]], [[0, 2], [7, 6]]])
    peace = [("b", "b")]
    bounds = correlated_bounds(game, peace)
    inside = [event_probability(p, np.array([[False, False], [False, True]])) for p in nash(game).equilibria]
    assert max(inside) == F(4, 9)
    assert (bounds.lowest.value, bounds.highest.value) == (0, F(1, 2))


def test_bernheim_1984_figure_needs_a_mixed_dominator_to_remove_the_fourth_actions():
    """Reprinted as figure 8.C.1 of Mas-Colell, Whinston and Green (1995): b4 goes first, a4 follows."""
    first = [[0, 2, 7, 0], [5, 3, 5, 0], [7, 2, 0, 0], [0, 0, 0, 10]]
    second = [[7, 5, 0, 1], [2, 3, 2, 1], [0, 5, 7, 1], [0, -2, 0, -1]]
    game = StrategicGame([first, second])
    assert iterated_elimination(game) == ((0, 1, 2, 3), (0, 1, 2, 3))
    assert rationalizable(game) == ((0, 1, 2), (0, 1, 2))


def test_nau_et_al_2004_unique_irrational_equilibrium_lies_inside_the_correlated_range():
    """Section 4: three players, one Nash equilibrium, a seven-dimensional correlated polytope."""
    payoffs = [[[[3, 1], [0, 0]], [[0, 0], [1, 2]]], [[[0, 0], [2, 1]], [[1, 3], [0, 0]]],
               [[[2, 0], [0, 0]], [[0, 0], [0, 3]]]]  # fmt: skip
    game = StrategicGame(payoffs)
    assert len(pure_nash(game)) == 0
    for cell in np.ndindex(2, 2, 2):
        bounds = correlated_bounds(game, [cell])
        assert 0 <= bounds.lowest.value < bounds.highest.value < 1
