"""A hierarchy as a certificate states it: offices on a tree, and a mandate along every path from the root to a leaf."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from .budget import Cell, Data, Refused
from .game import labels_of
from .names import name
from .reading import anything, take, whole

MOST_OFFICES, MOST_TIERS = 500_000, 12


class Tree(NamedTuple):
    """The office above each (-1 for office 0, the root), the kind of the mandate of each leaf, and action labels."""

    above: list[int]
    kinds: dict[int, int]
    actions: list[list[str]]  # of an office above the leaves, and of a leaf
    lengths: list[int]  # of the paths of each kind

    def labels(self, office: int) -> list[str]:
        return self.actions[office in self.kinds]


def tree_of(data: Data) -> Tree:
    """The tree, by the sizes of its tiers or by the office above each; a kind for each leaf; paths of each kind."""
    _, actions = labels_of({"players": ["above", "leaf"], "actions": data["actions"]})
    above = above_of(data["tree"])
    inner = set(above)
    leaves = [office for office in range(len(above)) if office not in inner]
    if any(count < 1 for _, count in data["mandates"]) or sum(n for _, n in data["mandates"]) != len(leaves):
        raise Refused(f"the mandates are not runs of (kind, how many) over the {len(leaves)} leaves")
    which = [kind for kind, count in data["mandates"] for _ in range(count)]
    depth = [1] * len(above)
    for office in range(1, len(above)):
        depth[office] = depth[above[office]] + 1
    lengths: dict[int, int] = {}
    for leaf, kind in zip(leaves, which):
        if lengths.setdefault(kind, depth[leaf]) != depth[leaf] or depth[leaf] > MOST_TIERS:
            raise Refused(f"mandates of kind {kind} have paths of several lengths, or one of more than {MOST_TIERS}")
    if sorted(lengths) != list(range(len(data["payoffs"]))):
        raise Refused("there is not one table of payoffs for each kind of mandate that occurs")
    return Tree(above, dict(zip(leaves, which)), actions, [lengths[kind] for kind in sorted(lengths)])


def above_of(data: Any) -> list[int]:
    """The office above each office; where sizes are given, tiers are spread evenly, in order."""
    if isinstance(data, dict) and "sizes" in data:
        sizes = take(data, {"sizes": [whole]}, "tree")["sizes"]
        if len(sizes) < 2 or sizes[0] != 1 or any(low < high for high, low in pairwise(sizes)):
            raise Refused("the sizes of the tiers do not start with 1, or fall")
        if sum(sizes) > MOST_OFFICES:
            raise Refused(f"too large: {sum(sizes)} offices, more than {MOST_OFFICES}")
        spread, start = [-1], 0
        for high, low in pairwise(sizes):
            spread += [start + k * high // low for k in range(low)]
            start += high
        return spread
    above = take(data, {"above": [whole]}, "tree")["above"]
    if not 2 <= len(above) <= MOST_OFFICES or above[0] != -1 or not all(0 <= a < k for k, a in enumerate(above) if k):
        raise Refused("the tree does not say for each office, -1 for the first, which office before it is above it")
    return list(above)


def shape_of(tree: Tree, kind: int) -> Cell:
    length = tree.lengths[kind]
    return (length, *[len(tree.actions[0])] * (length - 1), len(tree.actions[1]))


HIERARCHY = {"tree": anything, "actions": ([name], [name]), "mandates": [(whole, whole)], "payoffs": [anything]}
