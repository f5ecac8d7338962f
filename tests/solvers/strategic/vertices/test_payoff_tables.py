"""Tables for best-response polytopes: units in [0, 1], exact integers, and what strict dominance leaves."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.solvers.strategic.vertices.payoff_tables import PayoffTables

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


def test_the_largest_regret_is_that_of_the_worst_profile():
    tables = PayoffTables(GAME)
    good, bad = pure_profile(GAME, (1, 2)), pure_profile(GAME, (2, 0))
    assert tables.largest_regret([]) == 0.0
    assert tables.largest_regret([good, bad]) == tables.largest_regret([bad]) == 5.0
