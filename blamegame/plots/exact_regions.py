"""The plane of an exact boundary cut into polygons of one verdict: colours and lines that meet without gaps."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from blamegame.games.strategic import Array
from blamegame.studies.boundary import Boundary
from blamegame.studies.critical_values import CriticalValues

Run = tuple[float, float, str]
Place = tuple[float, float]


def exact_regions(boundary: Boundary) -> tuple[list[tuple[str, Array]], list[Array]]:
    """Polygons of one verdict each, and the straight pieces of the lines between them; arrays of shape [n, 2].

    The boundary knows the exact verdict along every column and every row, so along the four sides of each cell of its
    grid. A cell whose sides have one verdict has it throughout. One whose verdict changes at two places of its sides is
    cut by the straight line between them; one where it changes at more is cut from each of them to their middle.
    """
    ups = [_runs(cut) for cut in boundary.columns]
    acrosses = [_runs(cut) for cut in boundary.rows]
    polygons: list[tuple[str, Array]] = []
    lines: list[Array] = []
    for k, (left, right) in enumerate(pairwise(map(float, boundary.x_values))):
        for row, (low, high) in enumerate(pairwise(map(float, boundary.y_values))):
            sides = [
                *(((a, low), name) for a, _, name in _within(acrosses[row], left, right)),
                *(((right, a), name) for a, _, name in _within(ups[k + 1], low, high)),
                *(((b, high), name) for _, b, name in reversed(_within(acrosses[row + 1], left, right))),
                *(((left, b), name) for _, b, name in reversed(_within(ups[k], low, high))),
            ]
            _cut(sides, polygons, lines)
    return polygons, lines


def _cut(sides: list[tuple[Place, str]], polygons: list[tuple[str, Array]], lines: list[Array]) -> None:
    """Cut one cell, given where each verdict begins on the way around it, counter-clockwise."""
    n = len(sides)
    changes = [k for k in range(n) if sides[k][1] != sides[k - 1][1]]
    if not changes:
        polygons.append((sides[0][1], np.array([place for place, _ in sides])))
        return
    middle = np.mean([sides[k][0] for k in changes], axis=0)
    for start, stop in zip(changes, [*changes[1:], changes[0] + n]):
        around = [sides[k % n][0] for k in range(start, stop + 1)]
        polygons.append((sides[start][1], np.array(around if len(changes) == 2 else [*around, middle])))
    ends = [np.array(sides[k][0]) for k in changes]
    lines += [np.array(ends)] if len(changes) == 2 else [np.array([end, middle]) for end in ends]


def _runs(cut: CriticalValues) -> list[Run]:
    """Stretches of one verdict along a cut, neighbours of the same verdict joined."""
    runs: list[Run] = []
    for piece in cut.pieces:
        if piece.is_point:
            continue
        low, high = float(piece.low), float(piece.high)
        if runs and runs[-1][2] == piece.status:
            low = runs.pop()[0]
        runs.append((low, high, piece.status))
    return runs


def _within(runs: list[Run], low: float, high: float) -> list[Run]:
    """The part of the stretches between two values."""
    return [(max(a, low), min(b, high), name) for a, b, name in runs if max(a, low) < min(b, high)]
