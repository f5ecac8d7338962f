"""Bounding a largest self-generating set by half-spaces: falling from outside, then verified from inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array

SLACK = 1e-9
"""Errors of linear programmes go this far outward for the outer bound and inward for the inner one; payoffs are scaled
to [0, 1] and programmes are solved to 1e-10."""

Cell = tuple[int, ...]


class Programme(Protocol):
    """What one action profile can make of promises inside half-spaces."""

    def confine(self, heights: Array, slack: float) -> None:
        """Promises w must have directions @ w <= heights; incentives may fail by ``slack`` (hold by -``slack``)."""

    def furthest(self, direction: Array) -> tuple[float, Array] | None:
        """The largest direction @ v over payoffs v that can be made, and that v; None where there are none."""


@dataclass(frozen=True, eq=False)
class HalfSpaces:
    """An outer bound, and the cells that may still be played.

    ``heights`` is -infinity everywhere where no cell is left: there is no equilibrium.
    """

    heights: Array
    alive: frozenset[Cell]
    converged: bool
    stopped: str
    steps: int


@dataclass(frozen=True, eq=False)
class InnerSet:
    """Points whose convex hull generates itself (shape [n, dimension]), and the cells that make them."""

    points: Array
    played: frozenset[Cell]


def outer_half_spaces(
    programmes: dict[Cell, Programme],
    directions: Array,
    heights: Array,
    *,
    time_limit: float | Deadline | None,
    most_steps: int,
) -> HalfSpaces:
    """Move every half-space in to what can still be made, until nothing moves; each bound on the way is valid.

    A cell that can make nothing is dropped for good: the bounds only fall, so it never can again.
    """
    deadline = Deadline.of(time_limit)
    alive = dict(programmes)
    converged, steps = False, 0
    with deadline:
        while steps < most_steps and not converged:
            deadline.check()
            steps += 1
            moved = np.full(len(directions), -np.inf)
            for cell in list(alive):
                deadline.check()
                reached = _reach(alive[cell], directions, heights, SLACK)
                if reached is None:
                    del alive[cell]
                else:
                    moved = np.maximum(moved, reached[0] + SLACK)
            moved = np.minimum(heights, moved)
            converged = not alive or float(np.max(heights - moved)) < 10 * SLACK
            heights = moved
    stopped = f"{deadline.reason}; " if deadline.reason else ""
    return HalfSpaces(heights, frozenset(alive), converged, stopped, steps)


def inner_set(programmes: dict[Cell, Programme], directions: Array, outer: HalfSpaces) -> InnerSet | None:
    """Shrink the outer bound towards its middle until what promises inside can make contains it; None if it never does.

    The shrunk set is the intersection of its half-spaces, so promises are confined to exactly the set to be verified.
    """
    corners = _corners(directions, outer.heights) if outer.alive else None
    if corners is None:
        return None
    middle = corners.mean(axis=0)
    for shrink in (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.2, 0.4):
        smaller = middle + (1 - shrink) * (corners - middle)
        heights = (directions @ smaller.T).max(axis=1)
        made: list[Array] = []
        cells: set[Cell] = set()
        for cell in sorted(outer.alive):
            reached = _reach(programmes[cell], directions, heights - SLACK, -SLACK)
            if reached is not None and np.isfinite(reached[1]).all():
                made.append(reached[1])
                cells.add(cell)
        if made and _hull_contains(np.concatenate(made), smaller):
            return InnerSet(smaller, frozenset(cells))
    return None


def _reach(programme: Programme, directions: Array, heights: Array, slack: float) -> tuple[Array, Array] | None:
    """Furthest values and payoffs of one cell in every direction; None where it can make nothing."""
    programme.confine(heights, slack)
    values, payoffs = [], []
    for direction in directions:
        found = programme.furthest(direction)
        if found is None:
            return None
        values.append(found[0])
        payoffs.append(found[1])
    return np.array(values), np.array(payoffs)


def _corners(directions: Array, heights: Array) -> Array | None:
    """Vertices of the intersection of half-spaces; None where it has no interior."""
    from scipy.optimize import linprog
    from scipy.spatial import HalfspaceIntersection, QhullError

    dimension = directions.shape[1]
    widest = linprog(
        np.append(np.zeros(dimension), -1.0),
        A_ub=np.column_stack([directions, np.ones(len(directions))]),
        b_ub=heights,
        bounds=[(None, None)] * dimension + [(0, None)],
    )
    if widest.status != 0 or widest.x[-1] < 1e-7:
        return None
    try:
        corners: Array = HalfspaceIntersection(np.column_stack([directions, -heights]), widest.x[:-1]).intersections
    except QhullError:
        return None
    return corners[np.isfinite(corners).all(axis=1)]


def _hull_contains(points: Array, inside: Array) -> bool:
    """Whether the convex hull of points contains others, by more than rounding."""
    from scipy.spatial import ConvexHull, QhullError

    try:
        faces = ConvexHull(points).equations
    except QhullError:
        return False
    return bool((faces[:, :-1] @ inside.T + faces[:, -1:] <= -SLACK).all())
