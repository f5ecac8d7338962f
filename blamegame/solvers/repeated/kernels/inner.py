"""The operator in floats with inward slack, restricted to chosen profiles: a guess at a self-generating set.

Continuations on a face where a constraint binds are pulled along the face into the set by ``pull``; threats that are
known exactly stay put, the others follow the polygon with ``pull`` to spare. The fixed point is a candidate only: it is
verified in exact arithmetic afterwards.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.repeated.kernels.planar import chord, convex_hull, furthest_outside

_TIE = 1e-11
"""A constraint missed by less than this is taken to be met; exact arithmetic decides."""


_PLAIN = 40
_NEWTON = 12
_NUDGE = 1e-7


@compiled
def settle(
    payoffs: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    fixed: Any,
    pull: float,
    tolerance: float,
    rounds: int,
) -> Any:
    """Iterate from ``polygon``, in place, until it moves by no more than ``tolerance``; (vertices, settled).

    Each of the ``rounds`` makes some plain applications, then Newton steps on the fixed point with the vertices' own
    profiles and faces held, because plain iteration creeps at the rate of the discount factor.
    """
    n_profiles = payoffs.shape[0]
    points = np.empty((4 * n_profiles + 4, 2))
    tags = np.empty((4 * n_profiles + 4, 3), dtype=np.int64)
    copy = np.empty((4 * n_profiles + 4, 2))
    stack = np.empty((4 * n_profiles + 6, 2))
    new = np.empty((4 * n_profiles + 6, 2))
    held = np.empty((4 * n_profiles + 6, 3), dtype=np.int64)
    for _ in range(rounds):
        moved = np.inf
        for _ in range(_PLAIN):
            _follow(polygon, size, threats, fixed, pull)
            count = _images(payoffs, gains, now, later, polygon, size, threats, pull, points, tags)
            if count == 0:
                return 0, False
            _straighten(points, count, threats, fixed)
            copy[:count] = points[:count]
            new_size = convex_hull(copy, count, stack, new)
            for k in range(new_size):
                for p in range(count):
                    if points[p, 0] == new[k, 0] and points[p, 1] == new[k, 1]:
                        held[k] = tags[p]
                        break
            moved = max(furthest_outside(polygon, size, new, new_size), furthest_outside(new, new_size, polygon, size))
            size = new_size
            polygon[:size] = new[:size]
            if moved <= tolerance:
                return size, True
        if size > 2:
            _newton(payoffs, gains, now, later, polygon, size, threats, fixed, pull, held, new)
    return size, False


@compiled
def _follow(polygon: Any, size: int, threats: Any, fixed: Any, pull: float) -> None:
    for i in range(2):
        if not fixed[i]:
            threats[i] = polygon[:size, i].min() + pull


@compiled
def _straighten(points: Any, count: int, threats: Any, fixed: Any) -> None:
    """Put points that rounding moved off the line of a known worst payoff back on it, so that the side stays one."""
    for i in range(2):
        if fixed[i]:
            for k in range(count):
                if abs(points[k, i] - threats[i]) < 1e-14:
                    points[k, i] = threats[i]


@compiled
def _newton(
    payoffs: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    fixed: Any,
    pull: float,
    held: Any,
    image: Any,
) -> None:
    """Replace ``polygon`` by the fixed point of the images with ``held`` profiles and faces, where steps get there."""
    start = polygon[:size].copy()
    slope = np.empty((2 * size, 2 * size))
    rest = np.empty(2 * size)
    for _ in range(_NEWTON):
        _follow(polygon, size, threats, fixed, pull)
        _held_images(payoffs, gains, now, later, polygon, size, threats, pull, held, image)
        for k in range(2 * size):
            rest[k] = image[k // 2, k % 2] - polygon[k // 2, k % 2]
        if not np.all(np.isfinite(rest)):
            polygon[:size] = start
            return
        if np.abs(rest).max() < 1e-16:
            return
        for j in range(2 * size):
            kept = polygon[j // 2, j % 2]
            polygon[j // 2, j % 2] = kept + _NUDGE
            _follow(polygon, size, threats, fixed, pull)
            _held_images(payoffs, gains, now, later, polygon, size, threats, pull, held, image)
            polygon[j // 2, j % 2] = kept
            for k in range(2 * size):
                before = rest[k] + polygon[k // 2, k % 2]
                slope[k, j] = (image[k // 2, k % 2] - before) / _NUDGE - (1.0 if k == j else 0.0)
                if not np.isfinite(slope[k, j]):
                    polygon[:size] = start
                    return
        for k in range(2 * size):
            slope[k, k] -= 1e-15
        if abs(np.linalg.det(slope)) < 1e-30:
            polygon[:size] = start
            return
        change = np.linalg.solve(slope, rest)
        for k in range(2 * size):
            polygon[k // 2, k % 2] -= change[k]


@compiled
def _held_images(
    payoffs: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    pull: float,
    held: Any,
    image: Any,
) -> None:
    """Image of each vertex's own continuation; held = (profile, face or 2 for itself, end: 0 low, 1 high, 2 corner)."""
    for k in range(size):
        a = held[k, 0]
        axis = held[k, 1]
        if axis == 2:
            image[k] = payoffs[a]
            continue
        level = threats[axis] + gains[a, axis]
        level = min(max(level, polygon[:size, axis].min()), polygon[:size, axis].max())
        corner = threats[1 - axis] + gains[a, 1 - axis]
        low, high = chord(polygon, size, axis, level)
        low = max(low, corner)
        move = min(pull, max((high - low) / 2, 0.0))
        other = high - move
        if held[k, 2] == 0:
            other = low + move
        elif held[k, 2] == 2:
            other = corner
        image[k, axis] = now * payoffs[a, axis] + later * level
        image[k, 1 - axis] = now * payoffs[a, 1 - axis] + later * other


@compiled
def _images(
    payoffs: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    pull: float,
    points: Any,
    tags: Any,
) -> int:
    count = 0
    need = np.empty(2)
    for a in range(payoffs.shape[0]):
        need[0] = threats[0] + gains[a, 0]
        need[1] = threats[1] + gains[a, 1]
        if payoffs[a, 0] >= need[0] - _TIE and payoffs[a, 1] >= need[1] - _TIE:
            points[count] = payoffs[a]
            tags[count, 0] = a
            tags[count, 1] = 2
            tags[count, 2] = 0
            count += 1
            continue
        possible = True
        for axis in range(2):
            low = polygon[:size, axis].min()
            high = polygon[:size, axis].max()
            if need[axis] > high + _TIE:
                possible = False
            need[axis] = min(max(need[axis], low), high)
        if not possible:
            continue
        for axis in range(2):
            low, high = chord(polygon, size, axis, need[axis])
            if high < need[1 - axis] - _TIE:
                continue
            corner = low <= need[1 - axis] + _TIE
            low = need[1 - axis] if corner else low
            high = max(high, low)
            move = min(pull, (high - low) / 2)
            for end in range(2):
                other = high - move if end == 1 else (low if corner else low + move)
                points[count, axis] = now * payoffs[a, axis] + later * need[axis]
                points[count, 1 - axis] = now * payoffs[a, 1 - axis] + later * other
                tags[count, 0] = a
                tags[count, 1] = axis
                tags[count, 2] = 2 if end == 0 and corner else end
                count += 1
    return count
