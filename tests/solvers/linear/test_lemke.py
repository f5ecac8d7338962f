from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.deadline import OutOfTime
from blamegame.solvers.linear.lemke import RayTermination, lemke


def solves(matrix, constant, z):
    w = [c + sum(a * b for a, b in zip(row, z)) for row, c in zip(matrix, constant)]
    return min(w) >= 0 and min(z) >= 0 and all(a * b == 0 for a, b in zip(w, z))


def test_nothing_to_do_where_the_constant_is_not_negative():
    assert lemke([[0, 1], [1, 0]], [0, 3]) == ([0, 0], 0)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 6), st.data())
def test_positive_semidefinite_problems_that_have_a_solution_are_solved_ties_included(n, data):
    small = st.integers(-2, 2)
    root = np.array([[data.draw(small) for _ in range(n)] for _ in range(n)], dtype=object)
    skew = np.array([[data.draw(small) for _ in range(n)] for _ in range(n)], dtype=object)
    matrix = root @ root.T + skew - skew.T
    z = [data.draw(st.integers(0, 2)) for _ in range(n)]
    slack = [data.draw(st.integers(0, 2)) for _ in range(n)]
    constant = [Fraction(s - a, 3) for s, a in zip(slack, matrix @ np.array(z, dtype=object))]  # feasible at z / 3
    found, _ = lemke(matrix.tolist(), constant)
    assert solves(matrix.tolist(), constant, found)


def test_a_problem_without_a_solution_ends_in_a_ray():
    with pytest.raises(RayTermination):
        lemke([[0]], [-1])


def test_a_deadline_that_has_passed_stops_it():
    with pytest.raises(OutOfTime):
        lemke([[2, 1], [1, 2]], [-5, -6], time_limit=0)
