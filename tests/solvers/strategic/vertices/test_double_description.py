from fractions import Fraction as F
from itertools import combinations
from math import gcd

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.deadline import OutOfTime
from blamegame.games.strategic import object_array
from blamegame.solvers.strategic.vertices.double_description import best_response_vertices, integer_payoffs


@st.composite
def tables(draw):
    responses, mixed = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    row = st.lists(st.integers(-2, 2), min_size=mixed, max_size=mixed)
    return draw(st.lists(row, min_size=responses, max_size=responses))


def labels_of(payoffs, strategy):
    values = [sum(a * p for a, p in zip(row, strategy)) for row in payoffs]
    unplayed = sum(1 << i for i, p in enumerate(strategy) if p == 0)
    return unplayed | sum(1 << (len(strategy) + j) for j, v in enumerate(values) if v == max(values))


def brute_force(payoffs):
    """Vertices as the unique solutions of n_mixed + 1 tight constraints in (x, v), checked for feasibility."""
    m = len(payoffs[0])
    planes = [[int(i == k) for k in range(m)] + [0, 0] for i in range(m)]
    planes += [[*row, -1, 0] for row in payoffs]
    found = set()
    for tight in combinations(planes, m):
        system = sympy.Matrix([[1] * m + [0, 1], *tight])
        if system[:, :-1].rank() < m + 1:
            continue
        *x, v = system[:, :-1].LUsolve(system[:, -1])
        if min(x) >= 0 and all(sum(a * p for a, p in zip(row, x)) <= v for row in payoffs):
            found.add(tuple(F(int(p.p), int(p.q)) for p in x))
    return found


@settings(max_examples=40, deadline=None)
@given(tables())
def test_vertices_are_those_of_brute_force_with_their_true_labels(payoffs):
    found = best_response_vertices(payoffs)
    strategies = [tuple(F(w, sum(vertex)) for w in vertex) for vertex, _ in found]
    assert len(set(strategies)) == len(strategies)
    assert set(strategies) == brute_force(payoffs)
    assert all(gcd(*vertex) == 1 for vertex, _ in found)
    for (_, labels), strategy in zip(found, strategies):
        assert labels == labels_of(payoffs, strategy)


def test_a_larger_degenerate_table_agrees_with_brute_force_too():
    """Here pairs of vertices share enough facets without being neighbours, which only larger tables have."""
    payoffs = np.random.default_rng(16).integers(0, 2, size=(5, 4)).tolist()
    found = best_response_vertices(payoffs)
    strategies = [tuple(F(w, sum(vertex)) for w in vertex) for vertex, _ in found]
    assert len(strategies) == len(set(strategies))
    assert set(strategies) == brute_force(payoffs)


@settings(max_examples=40, deadline=None)
@given(tables(), st.integers(-5, 5), st.integers(1, 7))
def test_columns_shifted_and_the_table_scaled_have_the_same_vertices(payoffs, shift, scale):
    moved = [[scale * a + shift * k for k, a in enumerate(row)] for row in payoffs]
    assert sorted(best_response_vertices(moved)) == sorted(best_response_vertices(payoffs))


def test_the_deadline_is_kept():
    payoffs = np.random.default_rng(0).integers(0, 1000, size=(6, 6)).tolist()
    with pytest.raises(OutOfTime):
        best_response_vertices(payoffs, time_limit=0)


def test_integer_payoffs_are_small_whatever_the_units():
    table = np.array([object_array([F(1, 3), F(5)]), object_array([F(2, 3), F(5)])])
    assert integer_payoffs(table) == [[0, 0], [1, 0]]
    assert integer_payoffs(table * F(1, 10**9) + 10**9) == [[0, 0], [1, 0]]


def test_a_constant_table_becomes_zeros():
    assert integer_payoffs(np.array([object_array([F(7), F(7)])] * 2)) == [[0, 0], [0, 0]]
