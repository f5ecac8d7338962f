"""Both walks meet every vertex of a polytope, each once, and say when that is not proved."""

from itertools import combinations

import numpy as np
import pytest

from blamegame.solvers.strategic.vertices.vertex_walk import (
    ExactWalk,
    FloatWalk,
    LabelSets,
    label_words,
    mask_of,
    padded,
)


def by_brute_force(matrix):
    """Label sets of the vertices of {x >= 0, matrix x <= 1}, from every square subsystem."""
    rows, columns = matrix.shape
    system = np.vstack([-np.eye(columns), matrix])
    bounds = np.append(np.zeros(columns), np.ones(rows))
    found = set()
    for tight in combinations(range(rows + columns), columns):
        part = system[list(tight)]
        if abs(np.linalg.det(part)) > 1e-9:
            x = np.linalg.solve(part, bounds[list(tight)])
            slack = bounds - system @ x
            if slack.min() > -1e-9:
                found.add(frozenset(np.flatnonzero(abs(slack) < 1e-9).tolist()))
    return found


def labels_of(masks, count):
    return [frozenset(k for k in range(64) if int(mask[0]) >> k & 1) for mask in masks[:count]]


def finish(walk):
    for _ in range(1000):
        if walk.finished or getattr(walk, "failed", False):
            break
        walk.advance(5)
    return walk


@pytest.mark.parametrize("seed", range(8))
def test_both_walks_find_what_brute_force_finds_unless_ties_make_the_floats_doubt(seed):
    integers = np.random.default_rng(seed).integers(1, 40, (4, 3))
    expected = by_brute_force(integers / integers.max())
    exact = finish(ExactWalk(integers.tolist(), 0, 3))
    found = labels_of(exact.vertices.masks, exact.count)
    assert exact.finished and exact.pending == 0 and len(found) == exact.count and set(found) == expected
    scaled = finish(FloatWalk(integers / integers.max(), 0, 3))
    if any(len(labels) > 3 for labels in expected):
        assert scaled.failed or scaled.doubtful
    else:
        found = labels_of(scaled.masks, scaled.count)
        assert scaled.finished and not scaled.doubtful and len(found) == len(expected) and set(found) == expected


def test_a_degenerate_polytope_is_left_to_the_exact_walk():
    walk = finish(FloatWalk(np.ones((3, 2)), 0, 2))
    assert walk.failed or walk.doubtful
    exact = finish(ExactWalk([[1, 1]] * 3, 0, 2))
    found = set(labels_of(exact.vertices.masks, exact.count))
    assert found == {frozenset({0, 1}), frozenset({0, 2, 3, 4}), frozenset({1, 2, 3, 4})}


def test_the_bases_that_vertices_keep_determine_them():
    walk = finish(ExactWalk([[1, 1]] * 3, 0, 2))
    for vertex, labels in enumerate(labels_of(walk.vertices.masks, walk.count)):
        (basis,) = labels_of(walk.basis_mask(vertex)[None], 1)
        assert len(basis) == 2 and basis <= labels


def test_a_walk_stops_where_it_is_told_and_goes_on_from_there():
    matrix = np.random.default_rng(1).random((6, 4))
    stopped, straight = FloatWalk(matrix, 0, 4), FloatWalk(matrix, 0, 4)
    stopped.advance(1)
    assert not stopped.finished and stopped.pending > 0
    straight.advance(10**6)
    assert straight.finished
    assert labels_of(finish(stopped).masks, stopped.count) == labels_of(straight.masks, straight.count)


def test_label_sets_survive_growing_and_many_labels_take_more_words():
    sets = LabelSets(1, capacity=128)
    sets.start(mask_of([0, 63], 1))
    sets.grow(1)
    assert len(sets.masks) == 256 and int(sets.masks[0, 0]) == 1 | 1 << 63
    assert [label_words(count) for count in (1, 64, 65)] == [1, 1, 2]
    assert mask_of([64, 1], 2).tolist() == [2, 1]
    assert padded(np.ones((2, 5))).sum(axis=0).tolist() == [2] * 5 + [0] * 3
