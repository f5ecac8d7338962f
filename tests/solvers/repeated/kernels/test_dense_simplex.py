"""The compiled simplex method against scipy, and what a player can secure."""

import numpy as np
import pytest
from scipy.optimize import linprog

from blamegame.solvers.repeated.kernels.dense_simplex import security, simplex


@pytest.mark.parametrize("seed", range(40))
def test_value_and_multipliers_are_those_of_scipy(seed):
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 8), rng.integers(1, 12)
    matrix, bounds = rng.normal(size=(rows, columns)), rng.uniform(0, 1, rows)
    matrix = np.vstack([matrix, np.ones(columns)])
    bounds = np.append(bounds, 1.0)
    costs = rng.normal(size=columns)
    table = np.zeros((rows + 2, columns + rows + 2))
    table[:-1, :columns], table[:-1, columns:-1], table[:-1, -1] = matrix, np.eye(rows + 1), bounds
    table[-1, :columns] = -costs
    basis = np.arange(columns, columns + rows + 1)
    assert simplex(table, basis, 500)
    expected = linprog(-costs, A_ub=matrix, b_ub=bounds)
    assert table[-1, -1] == pytest.approx(-expected.fun, abs=1e-9)
    multipliers = table[-1, columns:-1]
    assert (multipliers >= -1e-9).all() and (multipliers @ matrix >= costs - 1e-8).all()


@pytest.mark.parametrize("seed", range(20))
def test_security_is_just_below_the_value_of_the_zero_sum_game(seed):
    rng = np.random.default_rng(seed)
    m, n = rng.integers(1, 6, 2)
    payoffs = rng.uniform(size=(m, n))
    value = linprog(
        np.append(np.zeros(m), -1.0), A_ub=np.column_stack([-payoffs.T, np.ones(n)]), b_ub=np.zeros(n),
        A_eq=[np.append(np.ones(m), 0.0)], b_eq=[1.0], bounds=[(0, None)] * m + [(None, None)],
    )  # fmt: skip
    assert -value.fun - 1e-9 <= security(payoffs) <= -value.fun
