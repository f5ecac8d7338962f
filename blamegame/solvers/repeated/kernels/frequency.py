"""The largest discounted frequency of an event along enforceable paths of play, from inside and from outside.

Points are (payoff 1, payoff 2, frequency). What a path must promise after profile a is at least ``floors[a]``, so that
more is never worse and a set of points stands for all that lie below its convex hull. Two iterations:

* *inside*: points are kept that are furthest in given directions; after a they continue with what is best on the two
  lines on which a floor binds (Abreu and Sannikov 2014, Theorem 1, with the frequency as a third coordinate).
* *outside*: heights h of half-spaces (l1, l2, 1) . point <= h. Pricing the floors of a at m >= 0 gives

      h(l) <= max over a of (1 - d) (l . payoff(a) + event(a)) + d min over m >= 0 of h(l + m) - m . floors(a),

  where the minimum may run over any finite set of prices (Marcet and Marimon 2019).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled

_CAP = 1e6  # the largest price of a floor, in units of frequency per payoff


@compiled
def inside(
    payoffs: Any, floors: Any, event: Any, now: float, later: float, points: Any, directions: Any, slack: float,
    tolerance: float, steps: int,
) -> Any:  # fmt: skip
    """Points after iterating until no direction gains ``tolerance``; ``points`` [k, 3] are attained to begin with."""
    count = len(directions)
    kept = points.copy()
    best = np.full(count, -np.inf)
    room = np.empty((len(payoffs) * 64 + count + len(points) + 64, 3))
    for _ in range(steps):
        made = 0
        for k in range(len(kept)):
            room[made] = kept[k]
            made += 1
        for a in range(len(payoffs)):
            if payoffs[a, 0] >= floors[a, 0] - slack and payoffs[a, 1] >= floors[a, 1] - slack:
                room[made, 0] = payoffs[a, 0]
                room[made, 1] = payoffs[a, 1]
                room[made, 2] = event[a]
                made += 1
            for axis in range(2):
                before = made
                made = _on_line(kept, axis, floors[a], slack, room, made)
                for k in range(before, made):
                    room[k, 0] = now * payoffs[a, 0] + later * room[k, 0]
                    room[k, 1] = now * payoffs[a, 1] + later * room[k, 1]
                    room[k, 2] = now * event[a] + later * room[k, 2]
        change = 0.0
        chosen = np.zeros(made, dtype=np.bool_)
        for j in range(count):
            top = -np.inf
            at = 0
            for k in range(made):
                value = directions[j, 0] * room[k, 0] + directions[j, 1] * room[k, 1] + directions[j, 2] * room[k, 2]
                if value > top + 1e-15:
                    top = value
                    at = k
            chosen[at] = True
            change = np.inf if best[j] == -np.inf else max(change, top - best[j])
            best[j] = max(best[j], top)
        kept = room[:made][chosen].copy()
        if change < tolerance:
            break
    return kept


@compiled
def _on_line(points: Any, axis: int, floor: Any, slack: float, room: Any, made: int) -> int:
    """Best points below the hull of ``points`` where coordinate ``axis`` is at its floor and the other not below its.

    They are the corners of a concave frontier, walked from the highest other coordinate towards higher frequency.
    """
    other = 1 - axis
    level = floor[axis]
    count = len(points)
    line = np.empty((count * count + count, 2))
    size = 0
    for p in range(count):
        high = points[p, axis]
        if high < level - slack:
            continue
        line[size, 0] = points[p, other]
        line[size, 1] = points[p, 2]
        size += 1
        if high <= level:
            continue
        for q in range(count):
            low = points[q, axis]
            if low < level:
                share = (level - low) / (high - low)
                line[size, 0] = points[q, other] + share * (points[p, other] - points[q, other])
                line[size, 1] = points[q, 2] + share * (points[p, 2] - points[q, 2])
                size += 1
    if size == 0:
        return made
    at = 0
    for k in range(1, size):
        if line[k, 0] > line[at, 0] or (line[k, 0] == line[at, 0] and line[k, 1] > line[at, 1]):
            at = k
    if line[at, 0] < floor[other] - slack:
        return made
    for _ in range(16):
        room[made, axis] = level
        room[made, other] = line[at, 0]
        room[made, 2] = line[at, 1]
        made += 1
        step = -1
        steepest = 0.0
        for k in range(size):
            rise = line[k, 1] - line[at, 1]
            run = line[at, 0] - line[k, 0]
            if rise > 1e-15 and run > 0.0 and (step < 0 or rise > steepest * run):
                step = k
                steepest = rise / run
        if step < 0:
            break
        if line[step, 0] < floor[other]:
            run = line[at, 0] - floor[other]
            if run > 0.0:
                room[made, axis] = level
                room[made, other] = floor[other]
                room[made, 2] = line[at, 1] + steepest * run
                made += 1
            break
        at = step
    return made


@compiled
def outside(
    payoffs: Any, floors: Any, event: Any, now: float, later: float, prices: Any, heights: Any, tolerance: float,
    steps: int,
) -> int:  # fmt: skip
    """Lower ``heights`` [k], of half-spaces (prices[k], 1), in place for as long as they change; returns the steps."""
    count = len(prices)
    n = len(payoffs)
    order = np.argsort(-(prices[:, 0] + prices[:, 1]))
    first = np.zeros(count + 1, dtype=np.int64)
    after = np.empty(count * count, dtype=np.int64)
    for k in range(count):
        size = first[k]
        for j in range(count):
            if prices[j, 0] >= prices[k, 0] and prices[j, 1] >= prices[k, 1]:
                after[size] = j
                size += 1
        first[k + 1] = size
    cost = np.empty((n, count))
    for a in range(n):
        for j in range(count):
            cost[a, j] = prices[j, 0] * floors[a, 0] + prices[j, 1] * floors[a, 1]
    for step in range(steps):
        change = 0.0
        for position in range(count):
            k = order[position]
            top = -np.inf
            for a in range(n):
                least = np.inf
                for place in range(first[k], first[k + 1]):
                    j = after[place]
                    value = heights[j] - cost[a, j]
                    if value < least:
                        least = value
                gain = prices[k, 0] * payoffs[a, 0] + prices[k, 1] * payoffs[a, 1] + event[a]
                top = max(top, now * gain + later * (least + cost[a, k]))
            if top < heights[k]:
                change = max(change, (heights[k] - top) / (1.0 + prices[k, 0] + prices[k, 1]))
                heights[k] = top
        if change < tolerance:
            return step + 1
    return steps


@compiled
def reached_prices(points: Any, floors: Any, most: int) -> Any:
    """Prices that the floors have along paths that are furthest towards the event, begun without any, [k, 2]."""
    found = np.zeros((most, 2))
    size = 1
    k = 0
    while k < size and size < most:
        for a in range(len(floors)):
            first, second = _prices(points, found[k, 0], found[k, 1], floors[a, 0], floors[a, 1])
            x = found[k, 0] + first
            y = found[k, 1] + second
            known = False
            for j in range(size):
                if abs(found[j, 0] - x) + abs(found[j, 1] - y) <= 1e-9 * (1.0 + x + y):
                    known = True
                    break
            if not known and size < most:
                found[size, 0] = x
                found[size, 1] = y
                size += 1
        k += 1
    return found[:size].copy()


@compiled
def _prices(points: Any, l0: float, l1: float, c0: float, c1: float) -> Any:
    """The m in [0, cap]^2 with the smallest max over points of (l + m) . payoffs + frequency - m . c.

    Planes are brought in one at a time, the most violated next; the optimum moves to a corner that the new one makes.
    """
    planes = np.empty((24, 3))
    m0 = 0.0
    m1 = 0.0
    for size in range(20):  # planes so far
        top = -np.inf
        at = 0
        for k in range(len(points)):
            value = (l0 + m0) * points[k, 0] + (l1 + m1) * points[k, 1] + points[k, 2] - m0 * c0 - m1 * c1
            if value > top:
                top = value
                at = k
        if size:
            here = -np.inf
            for k in range(size):
                here = max(here, planes[k, 0] * m0 + planes[k, 1] * m1 + planes[k, 2])
            if top <= here + 1e-13 * (1.0 + abs(here)):
                break
        planes[size, 0] = points[at, 0] - c0
        planes[size, 1] = points[at, 1] - c1
        planes[size, 2] = l0 * points[at, 0] + l1 * points[at, 1] + points[at, 2]
        m0, m1 = _lowest(planes, size + 1)
    return m0, m1


@compiled
def _lowest(planes: Any, size: int) -> Any:
    """Where the maximum of the planes is lowest on [0, cap]^2, the last plane being among the tight ones."""
    new = planes[size - 1]
    best = np.inf
    b0 = 0.0
    b1 = 0.0
    # lines: where the last plane meets another, and the four sides of the box
    lines = size - 1 + 4
    for i in range(lines):
        p0, p1, p2 = _line_of(planes, new, size, i)
        for j in range(i + 1, lines):
            q0, q1, q2 = _line_of(planes, new, size, j)
            det = p0 * q1 - p1 * q0
            if abs(det) < 1e-300:
                continue
            x = (p2 * q1 - p1 * q2) / det
            y = (p0 * q2 - p2 * q0) / det
            if not (x >= -1e-12 and y >= -1e-12 and x <= _CAP * (1 + 1e-12) and y <= _CAP * (1 + 1e-12)):
                continue
            x = max(x, 0.0)
            y = max(y, 0.0)
            top = -np.inf
            for k in range(size):
                top = max(top, planes[k, 0] * x + planes[k, 1] * y + planes[k, 2])
            if top < best - 1e-14 * (1.0 + abs(top)):
                best = top
                b0 = x
                b1 = y
    return b0, b1


@compiled
def _line_of(planes: Any, new: Any, size: int, index: int) -> Any:
    if index < size - 1:
        other = planes[index]
        return new[0] - other[0], new[1] - other[1], other[2] - new[2]
    side = index - (size - 1)
    if side == 0:
        return 1.0, 0.0, 0.0
    if side == 1:
        return 0.0, 1.0, 0.0
    if side == 2:
        return 1.0, 0.0, _CAP
    return 0.0, 1.0, _CAP
