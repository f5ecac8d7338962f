"""Least in-trees against every tree there is, and against networkx."""

import itertools
import math
import random
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.dynamics.in_trees import least_in_trees
from blamegame.errors import GameError


def every_in_tree(weights):
    """Least total over all maps from the other vertices to a next vertex that lead to the root."""
    n = len(weights)
    totals = []
    for root in range(n):
        others = [v for v in range(n) if v != root]
        best = math.inf
        for choice in itertools.product(
            *[[t for t in range(n) if t != v and weights[v][t] != math.inf] for v in others]
        ):
            onward = dict(zip(others, choice))
            if all(_arrives(v, root, onward) for v in others):
                best = min(best, sum(weights[v][t] for v, t in onward.items()))
        totals.append(best)
    return totals


def _arrives(vertex, root, onward):
    for _ in range(len(onward)):
        vertex = onward.get(vertex, root)
    return vertex == root


@pytest.mark.parametrize("seed", range(4))
def test_the_least_of_all_trees_with_many_ties_exactly(seed):
    rng = random.Random(seed)
    for _ in range(60):
        n = rng.randint(1, 5)
        weights = np.empty((n, n), dtype=object)
        for i, j in np.ndindex(n, n):
            weights[i, j] = Fraction(rng.randint(0, 4), rng.choice([1, 2, 3]))
        found = least_in_trees(weights).tolist()
        assert found == every_in_tree(weights.tolist())
        assert all(isinstance(total, int | Fraction) for total in found)


def test_missing_edges_are_not_taken():
    weights = np.array([[0, 1, math.inf], [math.inf, 0, 10**400], [Fraction(1, 3), math.inf, 0]], dtype=object)
    assert least_in_trees(weights).tolist() == [10**400 + Fraction(1, 3), Fraction(4, 3), 1 + 10**400]


def test_a_graph_that_is_not_connected_is_refused():
    with pytest.raises(GameError, match="without a way out"):
        least_in_trees([[0.0, 1.0], [math.inf, 0.0]])
    with pytest.raises(GameError, match=r"\(2, 3\)"):
        least_in_trees(np.zeros((2, 3)))


def test_larger_graphs_agree_with_networkx():
    rng = np.random.default_rng(7)
    for n in (8, 15, 24):
        weights = rng.integers(0, 6, (n, n))
        found = least_in_trees(weights.astype(object))
        for root in (0, n // 2):
            graph = nx.DiGraph()  # an in-tree towards the root is an out-tree of the graph turned round
            graph.add_weighted_edges_from(
                (t, s, int(weights[s, t])) for s in range(n) for t in range(n) if s != t and s != root
            )
            tree = nx.minimum_spanning_arborescence(graph)
            assert tree.size(weight="weight") == found[root]


def test_a_batch_is_its_items_and_floats_are_the_exact_numbers_rounded():
    rng = np.random.default_rng(3)
    weights = rng.integers(0, 40, (200, 6, 6)) / 8
    batch = least_in_trees(weights)
    for table, row in zip(weights, batch):
        assert least_in_trees(table).tolist() == row.tolist()
        exact = least_in_trees(np.array([[Fraction(v) for v in line] for line in table.tolist()], dtype=object))
        assert [float(v) for v in exact.tolist()] == row.tolist()  # eighths: no rounding


@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.integers(0, 3), min_size=n * n, max_size=n * n)), st.randoms())
def test_renaming_vertices_renames_the_totals(flat, random_):
    n = math.isqrt(len(flat))
    weights = np.array(flat, dtype=object).reshape(n, n)
    order = list(range(n))
    random_.shuffle(order)
    assert least_in_trees(weights[np.ix_(order, order)]).tolist() == [least_in_trees(weights)[k] for k in order]


def test_the_argument_is_not_changed():
    weights = np.ones((3, 3))
    least_in_trees(weights)
    assert (weights == 1).all()
