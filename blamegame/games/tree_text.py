"""A tree drawn in text, and the positions at which a figure would draw its nodes."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import numpy as np

from blamegame.games.strategic import Array
from blamegame.games.table import format_number
from blamegame.games.tree_parts import Event, InformationSet, Node, Outcome

_MOST_NODES = 2_000
_MOST_DEPTH = 60


class Tree(Protocol):
    """What is drawn: parts of an :class:`~blamegame.games.extensive.ExtensiveGame`."""

    @property
    def players(self) -> tuple[str, ...]: ...

    @property
    def nodes(self) -> tuple[Node, ...]: ...

    @property
    def information_sets(self) -> tuple[InformationSet, ...]: ...

    @property
    def events(self) -> tuple[Event, ...]: ...

    @property
    def outcomes(self) -> tuple[Outcome, ...]: ...

    @property
    def terminals(self) -> tuple[int, ...]: ...

    @property
    def totals(self) -> tuple[tuple[Fraction, ...], ...]: ...

    def actions_at(self, position: int) -> tuple[str, ...]: ...


def format_tree(tree: Tree) -> str:
    """The tree as text, one line per node; information sets of several nodes carry a mark in square brackets.

    A tree of more than 2,000 nodes or 60 moves is summarised.
    """
    depth = depths(tree)
    if len(tree.nodes) > _MOST_NODES or depth.max() > _MOST_DEPTH:
        return f"{tree!r}\n(too large to print: {len(tree.nodes)} nodes, {depth.max()} moves deep)"
    lines = []
    stems: list[str] = []  # what stands in front of the children of each node
    for k, node in enumerate(tree.nodes):
        if node.parent < 0:
            lines.append(_name(tree, k))
            stems.append("")
            continue
        stem, siblings = stems[node.parent], tree.nodes[node.parent].children
        is_last = k == siblings[-1]
        above = tree.nodes[node.parent]
        action = tree.actions_at(node.parent)[node.branch]
        if above.mover == -1:
            action += f" ({format_number(tree.events[above.place].probabilities[node.branch])})"
        lines.append(f"{stem}{'└─ ' if is_last else '├─ '}{action} → {_name(tree, k)}")
        stems.append(stem + ("   " if is_last else "│  "))
    return "\n".join(line.rstrip() for line in lines)


def depths(tree: Tree) -> Array:
    """Number of moves before each node, shape [n_nodes]."""
    out = np.zeros(len(tree.nodes), dtype=np.int64)
    for k, node in enumerate(tree.nodes):
        if node.parent >= 0:
            out[k] = out[node.parent] + 1
    return out


def positions(tree: Tree) -> Array:
    """Where a figure draws each node, shape [n_nodes, 2]: ends of play one unit apart, others centred over their
    children; the second column is minus the depth.

    >>> from blamegame.games.grow import Decision, End, grow
    >>> positions(grow(["1"], Decision("1", {"a": End([1]), "b": End([0])}))).tolist()
    [[0.5, 0.0], [0.0, -1.0], [1.0, -1.0]]
    """
    across = np.zeros(len(tree.nodes))
    across[list(tree.terminals)] = np.arange(len(tree.terminals))
    for k in range(len(tree.nodes) - 1, -1, -1):
        children = tree.nodes[k].children
        if children:
            across[k] = (across[children[0]] + across[children[-1]]) / 2
    return np.column_stack([across, 0.0 - depths(tree)])


def _name(tree: Tree, k: int) -> str:
    node = tree.nodes[k]
    collected = tree.totals[k] if node.mover == -2 else ()
    if node.mover == -2:
        label = tree.outcomes[node.outcome].label if node.outcome >= 0 else ""
        return f"({', '.join(map(_number, collected))}) {label or node.label}".rstrip()
    if node.mover == -1:
        label = tree.events[node.place].label
        return "chance" + (f": {label}" if label else "")
    place = tree.information_sets[node.place]
    mark = f" [{node.place}]" if len(place.nodes) > 1 else ""
    return tree.players[node.mover] + (f": {place.label}" if place.label else "") + mark


def _number(value: Fraction) -> str:
    return format_number(value)
