"""Trees of offices: spread evenly, read from graphs, refused where they are none."""

import numpy as np
import pytest

from blamegame.errors import ModelError
from blamegame.models.arborescence import MOST_TIERS, Arborescence


def test_offices_are_spread_evenly_and_none_above_is_left_without():
    tree = Arborescence.of_sizes((1, 3, 7))
    below = np.bincount(tree.above[tree.depth == 2], minlength=4)[1:]
    assert below.sum() == 7 and below.max() - below.min() <= 1 and below.min() > 0
    assert (tree.n_offices, tree.n_tiers, len(tree.leaves)) == (11, 3, 7) and tree.sizes == (1, 3, 7)


def test_paths_lead_from_the_root_to_every_leaf_grouped_by_length():
    tree = Arborescence(np.array([-1, 0, 0, 1]))
    short, long = tree.paths()
    assert short.tolist() == [[0, 2]] and long.tolist() == [[0, 1, 3]]
    assert tree.is_leaf.tolist() == [False, False, True, True]


def test_a_graph_keeps_its_names_tier_by_tier():
    import networkx

    graph = networkx.DiGraph([("n", "n1"), ("root", "n"), ("root", "s")])
    tree = Arborescence.of_graph(graph)
    assert tree.names == ("root", "n", "s", "n1") and tree.above.tolist() == [-1, 0, 0, 1]
    graph.add_edge("s", "n1")
    with pytest.raises(ModelError, match="no arborescence"):
        Arborescence.of_graph(graph)


@pytest.mark.parametrize(
    ("above", "why"),
    [
        ([-1], "at least two offices"),
        ([0, 0], r"above\[0\] must be -1"),
        ([-1, 2, 0], "an office before i"),
        ([-1, 0, 1, 0], "tier by tier"),
        (list(range(-1, MOST_TIERS)), f"more than {MOST_TIERS} tiers"),
    ],
)
def test_an_array_that_is_no_tree_is_refused(above, why):
    with pytest.raises(ModelError, match=why):
        Arborescence(np.array(above))


@pytest.mark.parametrize(
    ("sizes", "why"),
    [
        ((1,), "list of 2 to"),
        ((1, True), "whole numbers"),
        ((2, 3), "must start with 1"),
        ((1, 3, 2), "no tier may be"),
        ((1, 10**9), "fit in memory"),
    ],
)
def test_sizes_that_make_no_tree_are_refused(sizes, why):
    with pytest.raises(ModelError, match=why):
        Arborescence.of_sizes(sizes)


def test_a_tier_that_is_not_there_is_refused():
    tree = Arborescence.of_sizes((1, 2))
    assert tree.tier(1).tolist() == [False, True, True]
    with pytest.raises(ModelError, match="tier 2 is not one of the tiers 0 to 1"):
        tree.tier(2)
