from fractions import Fraction as F
from types import SimpleNamespace

import numpy as np
import pytest

from blamegame.deadline import Deadline, OutOfTime
from blamegame.solvers.linear import float_basis as module
from blamegame.solvers.linear.float_basis import FloatSimplex


def test_the_basis_names_positive_variables_and_tight_rows():
    assert FloatSimplex([1, 1], [[2, 1], [1, 3], [1, 1]], [4, 6, 100]).solve() == ([0, 1], [0, 1])


def test_the_zero_programme_has_the_empty_basis():
    assert FloatSimplex([0], [[1]], [1]).solve() == ([], [])


def test_an_infeasible_restatement_has_no_harm_in_it():
    """Refinement around a hopeless point may propose anything; it must only return index lists of equal length."""
    floats = FloatSimplex([1, 1], [[1, 1]], [1])
    floats.solve()
    inside, tight = floats.refine([F(-3), F(2)], [F(-5)])
    assert len(inside) == len(tight)


def test_without_a_valid_basis_the_empty_one_is_proposed():
    floats = FloatSimplex([1], [[1]], [1])
    floats._solver = SimpleNamespace(
        getRunTime=lambda: 0.0,
        setOptionValue=lambda name, value: None,
        run=lambda: None,
        getModelStatus=lambda: None,
        getBasis=lambda: SimpleNamespace(valid=False),
    )
    assert floats.solve() == ([], [])


def test_huge_integers_are_scaled_row_by_row():
    assert FloatSimplex([10**400, 1], [[10**500, 10**500]], [10**500]).solve() == ([0], [0])


def test_refinement_moves_from_a_slightly_infeasible_basis_to_the_feasible_one():
    """max x0 + x1 with x0 <= 1 and x0 + x1 <= 1 - 1e-12: at x0 = 1 the second row is violated by 1e-12."""
    scale = 10**12
    floats = FloatSimplex([2, 1], [[1, 0], [scale, scale]], [1, scale - 1])
    floats.solve()
    assert floats.refine([F(1), F(0)], [F(0), F(-1)]) == ([0], [1])


def test_highs_is_paused_to_look_at_the_deadline_and_goes_on_from_its_basis(monkeypatch):
    rng = np.random.default_rng(0)
    matrix, size = rng.integers(1, 1000, (120, 120)).tolist(), 120
    expected = FloatSimplex([1] * size, matrix, [1000] * size).solve()
    monkeypatch.setattr(module, "SLICE", 1e-4)  # many pauses
    looks = []

    class Watched(Deadline):
        def check(self):
            looks.append(self.over)

    assert FloatSimplex([1] * size, matrix, [1000] * size, time_limit=Watched()).solve() == expected
    assert len(looks) > 1
    with pytest.raises(OutOfTime):
        FloatSimplex([1] * size, matrix, [1000] * size, time_limit=0).solve()
