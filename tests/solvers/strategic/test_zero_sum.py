"""Zero-sum and constant-sum games: the value, and both optimal strategies as its proof."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.deadline import OutOfTime
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.zero_sum import zero_sum


def against(table):
    table = np.asarray(table)
    return StrategicGame(np.array([table, -table]))


def test_rock_paper_scissors():
    solution = zero_sum(against([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]))
    assert solution.value == 0 and solution.gap == 0
    assert all(strategy.tolist() == [Fraction(1, 3)] * 3 for strategy in solution.strategies)


@pytest.mark.parametrize("size", [(1, 1), (1, 6), (5, 1), (7, 9), (11, 11), (14, 20)])
@pytest.mark.parametrize("highest", [1, 3, 1000])
def test_the_value_equals_that_of_an_independent_linear_program(size, highest):
    from scipy.optimize import linprog

    table = np.random.default_rng(highest).integers(0, highest + 1, size)
    solution = zero_sum(against(table))
    m, n = size
    program = linprog(
        np.append(np.zeros(m), -1.0),
        A_ub=np.hstack([-table.T, np.ones((n, 1))]),
        b_ub=np.zeros(n),
        A_eq=[np.append(np.ones(m), 0)],
        b_eq=[1],
        bounds=[(0, None)] * m + [(None, None)],
    )
    assert float(solution.value) == pytest.approx(-program.fun, abs=1e-8)


@pytest.mark.parametrize("size", [(3, 4), (12, 10)])
def test_both_certificates_meet_at_the_value_exactly(size):
    table = np.random.default_rng(1).integers(-9, 10, size)
    solution = zero_sum(against(table))
    x, y = solution.strategies
    assert sum(x) == 1 == sum(y) and min(x) >= 0 and min(y) >= 0
    assert min(x @ table) == solution.value == max(table @ y)
    assert min(solution.guarantees[0]) == max(solution.guarantees[1]) == solution.value
    assert solution.gap == 0


def test_a_constant_sum_is_accepted_and_reported():
    table = np.array([[3, 1], [0, 2]])
    solution = zero_sum(StrategicGame(np.array([table, 4 - table])))
    assert solution.constant == 4
    assert solution.value == zero_sum(against(table)).value == Fraction(3, 2)


def test_floats_are_solved_exactly_and_rounded():
    table = np.random.default_rng(2).random((12, 12))
    solution = zero_sum(StrategicGame(np.array([table, 1 - table])))
    assert isinstance(solution.value, float) and solution.gap < 1e-14
    assert solution.constant == pytest.approx(1.0)
    tenths = np.array([[0.1, 0.3], [0.7, 0.2]])
    assert zero_sum(StrategicGame(np.array([tenths, 1 - tenths]))).value == pytest.approx(0.19 / 0.7)


@pytest.mark.parametrize("unit", [Fraction(1, 10**9), 10**12])
def test_units_scale_the_value(unit):
    table = np.random.default_rng(3).integers(0, 9, (11, 11))
    scaled = [[int(v) * Fraction(unit) for v in row] for row in table]
    game = StrategicGame([scaled, [[-v for v in row] for row in scaled]])
    assert zero_sum(game).value == unit * zero_sum(against(table)).value


@pytest.mark.parametrize("table", [np.zeros((11, 11), dtype=int), np.full((12, 10), 7)])
def test_constant_tables_are_worth_their_constant(table):
    assert zero_sum(against(table)).value == table[0, 0]


def test_the_time_limit_is_a_typed_error_since_there_is_nothing_to_return():
    with pytest.raises(OutOfTime, match="time_limit=0 s ran out"):
        zero_sum(against(np.random.default_rng(4).integers(0, 4, (11, 12))), time_limit=0)


def test_other_games_are_refused_naming_the_cell():
    game = StrategicGame([[[1, 2], [3, 4]], [[-1, -2], [-3, -5]]], players=("upper", "lower"))
    with pytest.raises(UnsupportedGame, match=r"they sum to 0 at \('a', 'a'\) but to -1 at \('b', 'b'\); use nash"):
        zero_sum(game)
    with pytest.raises(UnsupportedGame, match="constant sum"):
        zero_sum(StrategicGame(np.array([[[1.0, 0.5]], [[-1.0, -0.5000001]]])))
    with pytest.raises(UnsupportedGame, match="zero_sum needs 2 players, this game has 3"):
        zero_sum(StrategicGame(np.zeros((3, 2, 2, 2))))
    with pytest.raises(GameError, match="takes one game"):
        zero_sum(StrategicGame(np.zeros((5, 2, 2, 2)), players=2))


def test_it_prints_value_and_gap():
    assert repr(zero_sum(against([[1, 0], [0, 1]]))) == "<ZeroSumValue 1/2 of 2 x 2, gap 0>"
