"""Convex polygons in floats for the kernels: counter-clockwise in the first ``size`` rows of an array [n, 2]."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled


@compiled
def chord(polygon: Any, size: int, axis: int, level: float) -> Any:
    """Ends of the other coordinate where coordinate ``axis`` is ``level``; (inf, -inf) where the line misses."""
    low = np.inf
    high = -np.inf
    for i in range(size):
        j = i + 1 if i + 1 < size else 0
        a = polygon[i, axis]
        b = polygon[j, axis]
        if a == level:
            value = polygon[i, 1 - axis]
        elif (a < level) != (b < level) and b != level:
            value = polygon[i, 1 - axis] + (level - a) / (b - a) * (polygon[j, 1 - axis] - polygon[i, 1 - axis])
        else:
            continue
        low = min(low, value)
        high = max(high, value)
    return low, high


@compiled
def convex_hull(points: Any, count: int, stack: Any, out: Any) -> int:
    """Monotone chain (Andrew 1979); ``points`` is reordered, ``stack`` is scratch. Returns the number of vertices."""
    count = _drop_inner(points, count)
    order = _lexicographic(points, count)
    size = 0
    floor = 1
    for sweep in range(2):
        for k in range(count):
            p = order[k] if sweep == 0 else order[count - 1 - k]
            x = points[p, 0]
            y = points[p, 1]
            if size > 0 and stack[size - 1, 0] == x and stack[size - 1, 1] == y:
                continue
            while size > floor and _turn(stack, size, x, y) <= 0.0:
                size -= 1
            stack[size, 0] = x
            stack[size, 1] = y
            size += 1
        floor = size
    if size > 1 and stack[size - 1, 0] == stack[0, 0] and stack[size - 1, 1] == stack[0, 1]:
        size -= 1
    out[:size] = stack[:size]
    return size


@compiled
def _lexicographic(points: Any, count: int) -> Any:
    order = np.argsort(points[:count, 0])
    for k in range(1, count):
        p = order[k]
        j = k
        while j > 0 and points[order[j - 1], 0] == points[p, 0] and points[order[j - 1], 1] > points[p, 1]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = p
    return order


@compiled
def _turn(stack: Any, size: int, x: float, y: float) -> float:
    ax = stack[size - 2, 0]
    ay = stack[size - 2, 1]
    value: float = (stack[size - 1, 0] - ax) * (y - ay) - (stack[size - 1, 1] - ay) * (x - ax)
    return value


@compiled
def _drop_inner(points: Any, count: int) -> int:
    """Move points well inside the octagon of extreme points out of the way (Akl and Toussaint 1978)."""
    if count < 24:
        return count
    corners = np.empty((8, 2))
    for k in range(8):
        # counter-clockwise directions (1,0), (1,1), (0,1), ..., (1,-1)
        dx = (1.0, 1.0, 0.0, -1.0, -1.0, -1.0, 0.0, 1.0)[k]
        dy = (0.0, 1.0, 1.0, 1.0, 0.0, -1.0, -1.0, -1.0)[k]
        best = -np.inf
        for p in range(count):
            value = dx * points[p, 0] + dy * points[p, 1]
            if value > best:
                best = value
                corners[k] = points[p]
    kept = 0
    for p in range(count):
        inside = False  # an octagon that is a single point has no inside
        for k in range(8):
            j = (k + 1) % 8
            dx = corners[j, 0] - corners[k, 0]
            dy = corners[j, 1] - corners[k, 1]
            inside = inside or dx != 0.0 or dy != 0.0
            cross = dx * (points[p, 1] - corners[k, 1]) - dy * (points[p, 0] - corners[k, 0])
            if cross <= 1e-12 and (dx != 0.0 or dy != 0.0):
                inside = False
                break
        if not inside:
            points[kept] = points[p]
            kept += 1
    return kept


@compiled
def furthest_outside(old: Any, old_size: int, new: Any, new_size: int) -> float:
    """Largest distance by which a vertex of ``old`` lies beyond an edge, or the bounding box, of ``new``."""
    worst = 0.0
    for axis in range(2):
        worst = max(worst, old[:old_size, axis].max() - new[:new_size, axis].max())
        worst = max(worst, new[:new_size, axis].min() - old[:old_size, axis].min())
    for i in range(new_size):
        j = i + 1 if i + 1 < new_size else 0
        dx = new[j, 0] - new[i, 0]
        dy = new[j, 1] - new[i, 1]
        length = np.sqrt(dx * dx + dy * dy)
        for k in range(old_size):
            out = (new[i, 1] - old[k, 1]) * dx - (new[i, 0] - old[k, 0]) * dy
            if out > worst * length:
                worst = out / length
    return worst


@compiled
def is_inside(polygon: Any, size: int, x: float, y: float, margin: float) -> bool:
    """Whether a point is at least ``margin`` inside every edge."""
    for i in range(size):
        j = i + 1 if i + 1 < size else 0
        dx = polygon[j, 0] - polygon[i, 0]
        dy = polygon[j, 1] - polygon[i, 1]
        length = np.sqrt(dx * dx + dy * dy)
        if dx * (y - polygon[i, 1]) - dy * (x - polygon[i, 0]) < margin * length:
            return False
    return True
