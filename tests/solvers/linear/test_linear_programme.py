from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from blamegame.deadline import Deadline
from blamegame.solvers.linear import linear_programme as module
from blamegame.solvers.linear.float_basis import FloatSimplex
from blamegame.solvers.linear.linear_programme import Optimum, maximise


@st.composite
def programmes(draw):
    """Objective, matrix, bounds; bounded by sum(x) <= 5, degenerate on purpose."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(0, 5))
    row = st.lists(st.integers(-3, 3), min_size=n, max_size=n)
    matrix = [[1] * n, *draw(st.lists(row, min_size=m, max_size=m))]
    bounds = [5, *draw(st.lists(st.sampled_from([0, 0, 1, 2]), min_size=m, max_size=m))]
    return draw(row), matrix, bounds


def assert_proved(programme, optimum):
    """Both sides feasible and equal: the whole proof of optimality, written out."""
    objective, matrix, bounds = programme
    x, y = optimum.point, optimum.prices
    assert all(v >= 0 for v in (*x, *y))
    assert all(sum(a * v for a, v in zip(row, x)) <= b for row, b in zip(matrix, bounds))
    assert all(sum(row[j] * v for row, v in zip(matrix, y)) >= c for j, c in enumerate(objective))
    assert sum(c * v for c, v in zip(objective, x)) == sum(b * v for b, v in zip(bounds, y)) == optimum.value


@settings(max_examples=150, deadline=None)
@given(programmes())
def test_the_optimum_carries_its_proof_and_agrees_with_scipy(programme):
    optimum = maximise(*programme)
    assert_proved(programme, optimum)
    objective, matrix, bounds = programme
    peer = linprog([-c for c in objective], A_ub=matrix, b_ub=bounds)
    assert float(optimum.value) == pytest.approx(-peer.fun, abs=1e-7)


@settings(max_examples=150, deadline=None)
@given(programmes(), st.sampled_from([-1, 60]), st.data())
def test_whatever_basis_the_floats_propose_the_exact_answer_is_the_same(programme, patience, data):
    """Patience -1 is Bland's rule throughout."""
    objective, _, bounds = programme
    size = data.draw(st.integers(0, min(len(objective), len(bounds))))
    inside = data.draw(st.permutations(range(len(objective))))[:size]
    tight = data.draw(st.permutations(range(len(bounds))))[:size]

    class Misled(FloatSimplex):
        def solve(self):
            return list(inside), list(tight)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FloatSimplex", Misled)
        patch.setattr(module, "_PATIENCE", patience)
        optimum = maximise(*programme)
    assert_proved(programme, optimum)
    assert optimum.value == maximise(*programme).value


def test_numbers_floats_cannot_tell_apart_are_told_apart():
    tiny = 10**30
    optimum = maximise([tiny, tiny + 1], [[1, 1]], [1])
    assert optimum.value == tiny + 1
    assert optimum.point == (0, 1)


def test_a_constraint_below_the_tolerance_of_floats_still_binds():
    """x1 <= 10**-20 x0 and x0 <= 1: floats see x1 <= 0."""
    optimum = maximise([0, 1], [[-1, 10**20], [1, 0]], [0, 1])
    assert optimum.value == F(1, 10**20)


def test_a_proposed_basis_that_is_slightly_infeasible_is_refined_and_repaired():
    rng = np.random.default_rng(1)
    programme = (
        rng.integers(1, 3, size=30).tolist(),
        [[1] * 30, *(rng.integers(-(10**9), 10**9, size=30).tolist() for _ in range(40))],
        [1] + [0] * 40,
    )
    assert_proved(programme, maximise(*programme))


def test_without_a_valid_float_basis_the_exact_method_starts_from_zero(monkeypatch):
    monkeypatch.setattr(module.FloatSimplex, "solve", lambda self: ([], []))
    assert maximise([3, 2], [[1, 1], [1, 0]], [4, 2]).value == 10


def test_a_proposal_of_the_wrong_shape_is_not_trusted(monkeypatch):
    monkeypatch.setattr(module.FloatSimplex, "solve", lambda self: ([0, 1], [0]))
    assert maximise([3, 2], [[1, 1], [1, 0]], [4, 2]).value == 10


@pytest.mark.parametrize("refinements", [0, 1, 8])
def test_refinement_that_gets_stuck_leaves_the_rest_to_the_exact_method(monkeypatch, refinements):
    monkeypatch.setattr(module, "_REFINEMENTS", refinements)
    monkeypatch.setattr(module.FloatSimplex, "solve", lambda self: ([0], [1]))  # x0 = 4 breaks the first row
    assert maximise([3, 2], [[1, 1], [1, 0]], [2, 4]).value == 6


def test_an_unbounded_programme_is_an_error():
    with pytest.raises(ArithmeticError, match="unbounded"):
        maximise([1], [[-1]], [0])


@pytest.mark.parametrize(
    "wrong",
    [
        Optimum(F(2), (F(2),), (F(1),)),
        Optimum(F(1), (F(1),), (F(0),)),
        Optimum(F(2), (F(1),), (F(1),)),
        Optimum(F(1), (F(1),), (F(2),)),
        Optimum(F(-1), (F(-1),), (F(-1),)),
    ],
)
def test_a_wrong_optimum_fails_its_proof(wrong):
    programme = module._Programme([1], [[1]], [1], Deadline())
    programme.check(Optimum(F(1), (F(1),), (F(1),)))
    with pytest.raises(ArithmeticError, match="failed its own proof"):
        programme.check(wrong)
