"""Where a tree's boxes, branches and words stand, in inches: the root at the left, the ends in rows, no overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blamegame.extras import need
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.strategic import Array
from blamegame.games.tree_parts import NONE, TERMINAL
from blamegame.games.tree_text import depths, positions

FONT = 8.0
"""Size of every word of the figure, in points."""
LINE = 1.25 * FONT / 72
"""Height of a line of it, in inches."""
PAD = 0.07
_ELBOW, _TRACK, _ROW = 0.28, 0.09, 0.22


@dataclass(frozen=True, eq=False)
class TreeLayout:
    """Places in inches, x to the right and y upwards.

    Attributes
    ----------
    places : shape [n_nodes, 2]: the middle of the left side of a node's box; of an end, where its branch arrives
    widths, heights : shape [n_nodes]: of the box; zero at an end
    bends : shape [n_nodes]: x at which the branch into a node turns level, and its words begin; the root's own x
    joints : for each information set of several nodes, its position and the points, shape [n, 2], that a line joins
    size : width and height of the whole
    """

    places: Array
    widths: Array
    heights: Array
    bends: Array
    joints: tuple[tuple[int, Array], ...]
    size: tuple[float, float]


def tree_layout(tree: ExtensiveGame, names: Sequence[str], actions: Sequence[str]) -> TreeLayout:
    """Lay a tree out for the words that will be written.

    Parameters
    ----------
    tree : any number of ends and moves; the time is linear in the nodes, but for the tracks of step 4
    names : what stands in each node's box, lines apart by newlines, or beside an end
    actions : what stands on the branch into each node; empty at the root

    Notes
    -----
    1. Ends stand one row apart, parents midway between their first and last child (``games.tree_text.positions``).
    2. A column for each depth is as wide as its widest box, and as far from the one before as its longest action needs.
    3. Rows are as high as it takes to keep each box clear of the next in its column and of the ends above and below.
    4. Information sets of several nodes are joined left of their column, on as many parallel tracks as overlap there.
    """
    across, depth = positions(tree)[:, 0], depths(tree)
    inner = np.array([node.mover != TERMINAL for node in tree.nodes])
    written = np.array([text_width(name, weight="bold") for name in names])
    widths = np.where(inner, written + 2 * PAD, 0.0)
    heights = np.where(inner, np.array([name.count("\n") + 1 for name in names]) * LINE + PAD, 0.0)
    tracks = _tracks(tree, across)
    boxes, runs, lanes = (np.zeros(depth.max() + 1) for _ in range(3))
    np.maximum.at(boxes, depth, widths)
    np.maximum.at(runs, depth, np.array([text_width(action) + 2 * PAD for action in actions]))
    for place, track in tracks.items():
        np.maximum.at(lanes, depth[list(tree.information_sets[place].nodes)], _TRACK * (track + 1))
    left = np.cumsum(runs + _ELBOW + lanes) + np.concatenate([[0], np.cumsum(boxes)[:-1]])
    left -= left[0]
    row = _row_height(tree, across, depth, heights)
    places = np.column_stack([left[depth], row * (across.max() - across)])
    bends = np.where(depth > 0, (left - runs - lanes)[depth], 0.0)
    joints = []
    for place, track in tracks.items():
        members = list(tree.information_sets[place].nodes)
        moved = np.array([0.0 if tree.nodes[k].parent == NONE else _TRACK * (track + 1) for k in members])
        joints.append((place, places[members] - np.column_stack([moved, np.zeros(len(members))])))
    right = float((places[:, 0] + np.where(inner, boxes[depth], 0.12 + written)).max())
    return TreeLayout(
        places, np.where(inner, boxes[depth], 0.0), heights, bends, tuple(joints), (right, float(places[:, 1].max()))
    )


def text_width(text: str, *, weight: str = "normal") -> float:
    """Width in inches of the longest line of a text, as a figure writes it.

    >>> text_width("escalate") < text_width("escalate and wait"), text_width("")
    (True, 0.0)
    """
    FontProperties = need("matplotlib.font_manager").FontProperties
    text_to_path = need("matplotlib.textpath").text_to_path

    font = FontProperties(size=FONT, weight=weight)
    return max(
        float(text_to_path.get_text_width_height_descent(line, font, False)[0]) / 72 if line else 0.0
        for line in text.split("\n")
    )


def _tracks(tree: ExtensiveGame, across: Array) -> dict[int, int]:
    """A track for each information set of several nodes; sets that overlap from top to bottom get different ones."""
    spans = sorted(
        (min(across[k] for k in place.nodes), max(across[k] for k in place.nodes), number)
        for number, place in enumerate(tree.information_sets)
        if len(place.nodes) > 1
    )
    last: dict[int, list[float]] = {}  # of each column, where its tracks are free again
    out = {}
    columns = depths(tree)
    for top, bottom, number in spans:
        free = last.setdefault(int(columns[tree.information_sets[number].nodes[0]]), [])
        track = next((k for k, until in enumerate(free) if until < top), len(free))
        free[track : track + 1] = [bottom]
        out[number] = track
    return out


def _row_height(tree: ExtensiveGame, across: Array, depth: Array, heights: Array) -> float:
    """Inches from one end to the next."""
    first, last = across.copy(), across.copy()  # the ends that a node's subtree begins and finishes with
    for k in range(len(tree.nodes) - 1, -1, -1):
        if children := tree.nodes[k].children:
            first[k], last[k] = first[children[0]], last[children[-1]]
    least = _ROW
    above: dict[int, int] = {}  # the node last met in each column; preorder runs from the top down
    for k, column in enumerate(depth.tolist()):
        if (before := above.get(column)) is not None:
            least = max(least, ((heights[k] + heights[before]) / 2 + PAD) / (across[k] - across[before]))
        above[column] = k
        room = 1 + min(across[k] - first[k], last[k] - across[k])
        least = max(least, ((heights[k] + LINE) / 2 + PAD) / room)
    return float(least)
