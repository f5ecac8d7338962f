"""Tables for best-response polytopes: units in [0, 1], exact integers, and what strict dominance leaves."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.deadline import OutOfTime
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame, fractions_of
from blamegame.solvers.strategic.vertices.payoff_tables import PayoffTables, largest_regret

GAME = StrategicGame([[[3, 0, 1], [5, 1, 0], [0, 0, 0]], [[3, 5, 0], [0, 1, 2], [0, 1, 0]]])


def columns(table):
    return list(zip(*table))


def test_only_actions_that_survive_strict_dominance_are_kept():
    prisoners = StrategicGame([[[3, 0, 9], [5, 1, 10]], [[3, 5, 0], [0, 1, 0]]])
    tables = PayoffTables(prisoners)
    assert (tables.rows, tables.columns) == ([1], [1]) and tables.shape == (1, 1)
    everything = PayoffTables(prisoners, reduce=False)
    assert everything.shape == (2, 3) and everything.columns == [0, 1, 2]


@pytest.mark.parametrize("player", [0, 1])
def test_every_column_spans_the_unit_interval_and_integers_agree_with_it(player):
    tables = PayoffTables(GAME, reduce=False)
    for units, integers in zip(columns(tables.units[player]), columns(tables.integers[player])):
        assert (min(units), max(units)) == (0, 1) and min(integers) == 0
        assert np.allclose(units, [value / max(integers) for value in integers], rtol=1e-15)


def test_a_constant_column_is_all_ones():
    tables = PayoffTables(StrategicGame([[[7, 1], [7, 0]], [[0, 0], [0, 0]]]), reduce=False)
    assert columns(tables.units[0])[0] == columns(tables.integers[0])[0] == (1, 1)


def test_shifts_against_one_action_and_units_change_nothing():
    payoffs = GAME.payoffs.copy()
    payoffs[0] = payoffs[0] * Fraction(10**12) + np.array([10**6, -3, Fraction(1, 7)], dtype=object)
    one, other = PayoffTables(GAME), PayoffTables(StrategicGame(payoffs.tolist()))
    assert (one.rows, one.columns) == (other.rows, other.columns)
    assert np.array_equal(one.units[0], other.units[0])


def test_differences_that_overflow_leave_no_units_but_exact_integers():
    tables = PayoffTables(StrategicGame(np.array([[[1e308, 0.0], [-1e308, 1.0]], [[0.0, 1.0], [1.0, 0.0]]])))
    assert tables.units is None and tables.shape == (2, 2)
    assert [value > 0 for value in columns(tables.integers[0])[0]] == [True, False]


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (3, 2), (5, 5)])
def test_every_column_of_floats_is_mapped_to_the_unit_interval(shape):
    rng = np.random.default_rng(1)
    first, second = rng.normal(0, 1e6, shape), rng.integers(-2, 3, shape[::-1]).astype(float)
    first[:, 0] = 7.0  # a constant column becomes ones
    tables = PayoffTables(StrategicGame(np.array([first, second.T])), reduce=False)
    for table, unit, scale in zip((first, second), tables.units, tables.scales):
        spread = np.ptp(table, axis=0)
        assert scale.tolist() == np.where(spread == 0, 1, spread).tolist()
        assert unit.tolist() == np.where(spread == 0, 1, (table - table.min(axis=0)) / scale).tolist()
        assert unit.flags.c_contiguous


def test_dominated_actions_leave_before_the_columns_are_scaled():
    first = np.array([[3.0, 0.0], [4.0, 1.0], [0.0, 0.0]])  # rows 0 and 2 are dominated, and then column 0
    second = np.array([[3.0, 0.0, 1.0], [5.0, 1.0, 2.0]])
    tables = PayoffTables(StrategicGame(np.array([first, second.T])))
    assert (tables.rows, tables.columns) == ([1], [1])
    assert [units.tolist() for units in tables.units] == [[[1.0]], [[1.0]]]
    assert [scales.tolist() for scales in tables.scales] == [[1.0], [1.0]]


def test_an_action_that_only_a_mixture_beats_goes_and_one_that_ties_with_it_stays():
    own = np.array([[4.0, 0.0], [0.0, 4.0], [1.0, 1.0]])
    other = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    assert PayoffTables(StrategicGame(np.array([own, other]))).rows == [0, 1]
    own[2] = 2.0
    assert PayoffTables(StrategicGame(np.array([own, other]))).rows == [0, 1, 2]


def test_time_that_is_over_stops_the_elimination():
    payoffs = np.array([np.diag(np.full(400, 4.0)), np.eye(400)])
    payoffs[0, 200:] = 1e-3
    payoffs[0, 200:] += 1e-9 * np.random.default_rng(0).random((200, 400))
    with pytest.raises(OutOfTime):
        PayoffTables(StrategicGame(payoffs), time_limit=0)


def test_the_largest_regret_is_that_of_the_definition():
    rng = np.random.default_rng(2)
    for _ in range(20):
        m, n = rng.integers(1, 5, 2)
        payoffs = rng.normal(0, 10, (2, m, n))
        x, y = rng.dirichlet(np.ones(m), 3), rng.dirichlet(np.ones(n), 3)
        game = StrategicGame(fractions_of(payoffs))
        exact = [regret(game, [_probabilities(a), _probabilities(b)]).max() for a, b in zip(x, y)]
        for given in (game, StrategicGame(payoffs)):
            assert largest_regret(given, x, y) == pytest.approx(float(max(exact)), rel=1e-9, abs=1e-9)


def test_no_profile_has_no_regret():
    assert largest_regret(GAME, np.empty((0, 3)), np.empty((0, 3))) == 0.0


def _probabilities(weights):
    exact = fractions_of(weights)
    return exact / sum(exact, Fraction(0))
