"""The tree of offices: one root, and every other office under exactly one; leaves hold the mandates."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.strategic import Array

MOST_TIERS = 10
MOST_OFFICES = 20_000_000


@dataclass(frozen=True, eq=False)
class Arborescence:
    """Offices 0 to n - 1, those of a higher tier first; office 0 is the root.

    Attributes
    ----------
    above : int array, shape [n_offices]
        The office above each; -1 for the root.
    names : the names of the offices where the tree was made from a graph; else ()
    sizes : how many offices each tier has, where the tree was made from that; else ()
    depth : int array, shape [n_offices], the tier of each office, the root's being 0; computed

    Examples
    --------
    >>> tree = Arborescence.of_sizes((1, 2, 5))
    >>> tree.above.tolist(), tree.leaves.tolist()
    ([-1, 0, 0, 1, 1, 1, 2, 2], [3, 4, 5, 6, 7])
    >>> [paths.tolist() for paths in tree.paths()][0][-1]
    [0, 2, 7]
    """

    above: Array
    names: tuple[Hashable, ...] = ()
    sizes: tuple[int, ...] = ()
    depth: Array = field(init=False)

    def __post_init__(self) -> None:
        above = np.array(self.above, dtype=np.int64)
        if above.ndim != 1 or len(above) < 2:
            raise ModelError(f"a hierarchy needs at least two offices, this tree has {above.size}")
        if above[0] != -1 or (above[1:] < 0).any() or (above[1:] >= np.arange(1, len(above))).any():
            raise ModelError("above[0] must be -1, and above[i] an office before i, for every other office i")
        depth = np.zeros(len(above), dtype=np.int64)
        for _ in range(MOST_TIERS):
            depth[1:] = depth[above[1:]] + 1  # after k rounds right for the first k tiers below the root
        if depth.max() >= MOST_TIERS:
            raise ModelError(f"the tree has more than {MOST_TIERS} tiers, which is not supported")
        if (np.diff(depth) < 0).any():
            raise ModelError("offices must be listed tier by tier")
        for name, array in (("above", above), ("depth", depth)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @classmethod
    def of_sizes(cls, sizes: Sequence[int]) -> Arborescence:
        """Tiers of these sizes, the offices of each spread over those above as evenly as possible, in order.

        Raises ModelError where the first is not 1 or a tier is smaller than the one above it.
        """
        listed = tuple(sizes)
        if not 2 <= len(listed) <= MOST_TIERS or any(isinstance(n, bool) or not isinstance(n, int) for n in listed):
            raise ModelError(
                f"tree={list(listed)!r} is not a list of 2 to {MOST_TIERS} whole numbers, one for each tier"
            )
        if listed[0] != 1 or any(low < high for high, low in pairwise(listed)):
            raise ModelError(
                f"tree={list(listed)} must start with 1, and no tier may be smaller than the one above it, "
                "so that every office above the last tier has one below"
            )
        if sum(listed) > MOST_OFFICES:
            raise ModelError(f"tree={list(listed)} has {sum(listed):,} offices; at most {MOST_OFFICES:,} fit in memory")
        above, start = [np.array([-1])], 0
        for high, low in pairwise(listed):
            above.append(start + np.arange(low, dtype=np.int64) * high // low)
            start += high
        return cls(np.concatenate(above), (), listed)

    @classmethod
    def of_graph(cls, graph: Any) -> Arborescence:
        """The tree of a ``networkx.DiGraph`` whose edges point down; offices keep the graph's order within a tier.

        >>> import networkx as nx
        >>> Arborescence.of_graph(nx.DiGraph([("centre", "north"), ("centre", "south")])).names
        ('centre', 'north', 'south')
        """
        import networkx as nx

        if len(graph) < 2 or not nx.is_arborescence(graph):
            raise ModelError(
                f"the graph of {len(graph)} offices is no arborescence; every office but one needs exactly one above it"
            )
        root = next(office for office, degree in graph.in_degree() if degree == 0)
        names: list[Hashable] = [root]
        above = [-1]
        for position, office in enumerate(names):  # grows while it is read: breadth first
            for below in graph.successors(office):
                names.append(below)
                above.append(position)
        return cls(np.array(above), tuple(names))

    @property
    def n_offices(self) -> int:
        return len(self.above)

    @property
    def n_tiers(self) -> int:
        return int(self.depth[-1]) + 1

    @property
    def is_leaf(self) -> Array:
        """Boolean array, shape [n_offices]."""
        out = np.ones(self.n_offices, dtype=bool)
        out[self.above[1:]] = False
        return out

    @property
    def leaves(self) -> Array:
        """The offices with none below: one mandate each."""
        return np.flatnonzero(self.is_leaf)

    def paths(self) -> list[Array]:
        """Root-to-leaf paths, one array of shape [n_leaves, length] for each length that occurs."""
        leaves, depth = self.leaves, self.depth[self.leaves]
        out = []
        for deepest in np.unique(depth).tolist():
            path = [leaves[depth == deepest]]
            for _ in range(deepest):
                path.append(self.above[path[-1]])
            out.append(np.stack(path[::-1], axis=1))
        return out

    def tier(self, number: int) -> Array:
        """Which offices are in a tier, the root's being 0; boolean array, shape [n_offices]."""
        if not 0 <= number < self.n_tiers:
            raise ModelError(f"tier {number} is not one of the tiers 0 to {self.n_tiers - 1}")
        return np.asarray(self.depth == number)

    def subtree(self, office: Hashable) -> Array:
        """An office, by name or number, with everything below it; boolean array, shape [n_offices].

        >>> Arborescence.of_sizes((1, 2, 4)).subtree(2).astype(int).tolist()
        [0, 0, 1, 0, 0, 1, 1]
        """
        number = self.number(office)
        inside = np.arange(self.n_offices) == number
        for tier in range(int(self.depth[number]) + 1, self.n_tiers):
            here = np.flatnonzero(self.depth == tier)
            inside[here] = inside[self.above[here]]
        return np.asarray(inside)

    def number(self, office: Hashable) -> int:
        """The number of an office given by name or number."""
        if self.names:
            if office not in self.names:
                raise ModelError(f"{office!r} is not an office of this tree")
            return self.names.index(office)
        if isinstance(office, bool) or not isinstance(office, int) or not 0 <= office < self.n_offices:
            raise ModelError(f"{office!r} is not an office; they are numbered 0 to {self.n_offices - 1}")
        return office

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Arborescence) and np.array_equal(self.above, other.above) and self.names == other.names

    def __hash__(self) -> int:
        return hash((self.n_offices, self.above[-64:].tobytes()))

    def __repr__(self) -> str:
        return f"<Arborescence of {self.n_offices:,} offices in {self.n_tiers} tiers, {len(self.leaves):,} mandates>"
