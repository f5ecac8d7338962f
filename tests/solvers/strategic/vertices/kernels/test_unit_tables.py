"""Unit tables and regrets against the same formulas in numpy and in rationals."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame, fractions_of
from blamegame.solvers.strategic.vertices.kernels.unit_tables import largest_regret, unit_tables


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (3, 2), (5, 5)])
def test_every_column_is_mapped_to_the_unit_interval(shape):
    rng = np.random.default_rng(1)
    first, second = rng.normal(0, 1e6, shape), rng.integers(-2, 3, shape[::-1]).astype(float)
    first[:, 0] = 7.0  # a constant column becomes ones
    rows, columns, units, scales, other_units, other_scales, finite = unit_tables(first, second, False)
    assert finite and rows.tolist() == list(range(shape[0])) and columns.tolist() == list(range(shape[1]))
    for table, unit, scale in ((first, units, scales), (second, other_units, other_scales)):
        spread = np.ptp(table, axis=0)
        assert scale.tolist() == np.where(spread == 0, 1, spread).tolist()
        assert unit.tolist() == np.where(spread == 0, 1, (table - table.min(axis=0)) / scale).tolist()


def test_dominated_actions_leave_before_the_columns_are_scaled():
    first = np.array([[3.0, 0.0], [4.0, 1.0]])  # row 0 is dominated, and then column 0
    second = np.array([[3.0, 0.0], [5.0, 1.0]])
    rows, columns, units, scales, *_ = unit_tables(first, second, True)
    assert (rows.tolist(), columns.tolist(), units.tolist(), scales.tolist()) == ([1], [1], [[1.0]], [1.0])


def test_differences_beyond_the_range_of_floats_are_reported():
    first = np.array([[1.7e308, 0.0], [-1.7e308, 1.0]])
    assert not unit_tables(first, np.zeros((2, 2)), True)[-1]


def test_the_largest_regret_is_that_of_the_definition():
    rng = np.random.default_rng(2)
    for _ in range(20):
        m, n = rng.integers(1, 5, 2)
        payoffs = rng.normal(0, 10, (2, m, n))
        x, y = rng.dirichlet(np.ones(m), 3), rng.dirichlet(np.ones(n), 3)
        game = StrategicGame(fractions_of(payoffs))
        exact = [regret(game, [_probabilities(a), _probabilities(b)]).max() for a, b in zip(x, y)]
        ours = largest_regret(payoffs[0].copy(), payoffs[1].T.copy(), x, y)
        assert ours == pytest.approx(float(max(exact)), rel=1e-9, abs=1e-9)


def test_no_profile_has_no_regret():
    assert largest_regret(np.eye(2), np.eye(2), np.empty((0, 2)), np.empty((0, 2))) == 0.0


def _probabilities(weights):
    exact = fractions_of(weights)
    return exact / sum(exact, Fraction(0))
