"""Half-planes around payoffs of repeated play with recommendations that are published afterwards, compiled.

Any multipliers >= 0 of the incentives prove a half-plane; the simplex method proposes them, and what they prove is
computed from them with slack for rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.repeated.kernels.dense_simplex import simplex

_TIES = 1e-9
_ROUNDING = 2e-14
SLACK = 1e-12
"""How far half-planes are kept from what is proved, on payoffs in [0, 1]; a step rounds by less than 1e-14."""


@compiled
def reach(
    payoffs: Any, bonus: Any, directions: Any, now: Any, promised: Any, mover: Any, later: float, points: Any,
    threats: Any, cells: Any, tops: Any, lams: Any,
) -> None:  # fmt: skip
    """How far play in ``cells`` with continuations in the hull of ``points`` reaches in each of ``directions``.

    payoffs [all cells, 3] and points [K, 3]: the third coordinate carries no incentive. bonus [all cells] is added in
    this period; now, promised [rows, all cells] and mover [rows] are the constraints. Fills tops [directions] with
    proved bounds and lams [directions, rows].
    """
    rows = len(mover)
    used = len(cells)
    count = len(points)
    wide = used * count
    weight = 1.0 - later
    first = _programme(now, promised, mover, later, points, threats, cells)
    table = first.copy()
    basis = _first_basis(rows, wide)
    value = np.empty((used, count))
    base = np.empty(used)
    for j in range(len(directions)):
        u0, u1, u2 = directions[j, 0], directions[j, 1], directions[j, 2]
        for c in range(used):
            a = cells[c]
            base[c] = weight * (u0 * payoffs[a, 0] + u1 * payoffs[a, 1] + u2 * payoffs[a, 2]) + bonus[a]
            for k in range(count):
                value[c, k] = base[c] + later * (u0 * points[k, 0] + u1 * points[k, 1] + u2 * points[k, 2])
        lift = 4.0 + value.max() - 2.0 * value.min()
        _set_objective(table, basis, value, lift)
        ended = simplex(table, basis, 600)
        for r in range(rows):
            lams[j, r] = max(table[rows + 1, wide + r], 0.0)
        tops[j] = _proved(base, directions[j], lams[j], now, promised, mover, later, points, threats, cells)
        if not ended:  # begin the next direction from slacks again
            table = first.copy()
            basis = _first_basis(rows, wide)


@compiled
def _programme(
    now: Any, promised: Any, mover: Any, later: float, points: Any, threats: Any, cells: Any
) -> Any:  # fmt: skip
    """The constraints as a tableau [rows + 2, cells K + rows + 2], objective still 0: columns (cell, point), slacks."""
    rows = len(mover)
    used = len(cells)
    count = len(points)
    wide = used * count
    table = np.zeros((rows + 2, wide + rows + 2))
    for r in range(rows):
        i = mover[r]
        for c in range(used):
            a = cells[c]
            for k in range(count):
                table[r, c * count + k] = -(now[r, a] + promised[r, a] * later * (points[k, i] - threats[i]))
        table[r, wide + r] = 1.0
        table[r, wide + rows + 1] = _TIES * (1.0 + ((r * 37) % 11) / 7.0)
    table[rows, :wide] = 1.0
    table[rows, wide + rows] = 1.0
    table[rows, wide + rows + 1] = 1.0
    return table


@compiled
def _first_basis(rows: int, wide: int) -> Any:
    basis = np.empty(rows + 1, dtype=np.int64)
    for r in range(rows + 1):
        basis[r] = wide + r
    return basis


@compiled
def _set_objective(table: Any, basis: Any, value: Any, lift: float) -> None:
    """Put the objective ``value`` [cells, K], lifted above 0, into the last row and price the basis out of it.

    Constraints are homogeneous but for the sum of all chances, at most 1: with an objective above 0 it becomes 1.
    """
    used, count = value.shape
    last = table.shape[0] - 1
    table[last, :] = 0.0
    for c in range(used):
        for k in range(count):
            table[last, c * count + k] = -(value[c, k] + lift)
    for r in range(last):
        share = table[last, basis[r]]
        if share != 0.0:
            for j in range(table.shape[1]):
                table[last, j] -= share * table[r, j]


@compiled
def _proved(
    base: Any, slope: Any, lam: Any, now: Any, promised: Any, mover: Any, later: float, points: Any, threats: Any,
    cells: Any,
) -> float:  # fmt: skip
    """What multipliers ``lam`` >= 0 prove of base(cell) + later slope @ continuation, rounded up."""
    top = -np.inf
    total = 1.0 + abs(slope[0]) + abs(slope[1]) + abs(slope[2])
    for r in range(len(mover)):
        largest = 1.0
        for a in cells:
            largest = max(largest, abs(now[r, a]))
        total += lam[r] * largest
    for c in range(len(cells)):
        a = cells[c]
        first = later * slope[0]
        second = later * slope[1]
        third = later * slope[2]
        constant = base[c]
        for r in range(len(mover)):
            if lam[r] > 0.0:
                constant += lam[r] * (now[r, a] - promised[r, a] * later * threats[mover[r]])
                if mover[r] == 0:
                    first += later * lam[r] * promised[r, a]
                else:
                    second += later * lam[r] * promised[r, a]
        for k in range(len(points)):
            top = max(top, constant + first * points[k, 0] + second * points[k, 1] + third * points[k, 2])
    return float(top + _ROUNDING * total)


@compiled
def polygon_of(directions: Any, heights: Any, corners: Any) -> int:
    """Corners of the intersection of half-planes, each first moved out by SLACK; how many, 0 where it is empty.

    Directions must not come closer than a few degrees to each other, so that corners round by far less than SLACK.
    """
    most = 2 * len(directions) + 16
    here = np.empty((most, 2))
    there = np.empty((most, 2))
    here[0, 0], here[0, 1] = -1.0, -1.0
    here[1, 0], here[1, 1] = 2.0, -1.0
    here[2, 0], here[2, 1] = 2.0, 2.0
    here[3, 0], here[3, 1] = -1.0, 2.0
    size = 4
    for j in range(len(directions)):
        u0, u1, level = directions[j, 0], directions[j, 1], heights[j] + SLACK
        made = 0
        if 2 * size + 2 > most:  # never seen: a convex polygon gains one corner a cut; without the cut it stays right
            continue
        for k in range(size):
            after = k + 1 if k + 1 < size else 0
            p = level - u0 * here[k, 0] - u1 * here[k, 1]
            q = level - u0 * here[after, 0] - u1 * here[after, 1]
            if p >= 0.0:
                there[made] = here[k]
                made += 1
            if (p > 0.0 and q < 0.0) or (p < 0.0 and q > 0.0):
                share = p / (p - q)
                there[made, 0] = here[k, 0] + share * (here[after, 0] - here[k, 0])
                there[made, 1] = here[k, 1] + share * (here[after, 1] - here[k, 1])
                made += 1
        here, there = there, here
        size = made
        if size == 0:
            return 0
    corners[:size] = here[:size]
    return size


@compiled
def surface(polygon: Any, prices: Any, heights: Any, slack: float) -> Any:
    """Corners [K, 3] of {(v, f): v in polygon, f <= heights - prices @ v}, f moved up by ``slack``.

    The polygon is cut into the regions in which each plane is the lowest.
    """
    most = len(polygon) + 2 * len(prices) + 8
    here = np.empty((most, 2))
    there = np.empty((most, 2))
    out = np.empty((len(prices) * (len(polygon) + 6) + 64, 3))
    made = 0
    for j in range(len(prices)):
        size = len(polygon)
        here[:size] = polygon
        for k in range(len(prices)):
            if k == j:
                continue
            a0 = prices[k, 0] - prices[j, 0]
            a1 = prices[k, 1] - prices[j, 1]
            level = heights[k] - heights[j]
            length = abs(a0) + abs(a1)
            if length < 1e-14:
                if level < 0.0 or (level == 0.0 and k < j):
                    size = 0
                    break
                continue
            if 2 * size + 2 > most:
                continue
            kept = 0
            for p in range(size):
                q = p + 1 if p + 1 < size else 0
                here_p = (level - a0 * here[p, 0] - a1 * here[p, 1]) / length + 1e-13
                here_q = (level - a0 * here[q, 0] - a1 * here[q, 1]) / length + 1e-13
                if here_p >= 0.0:
                    there[kept] = here[p]
                    kept += 1
                if (here_p > 0.0 and here_q < 0.0) or (here_p < 0.0 and here_q > 0.0):
                    share = here_p / (here_p - here_q)
                    there[kept, 0] = here[p, 0] + share * (here[q, 0] - here[p, 0])
                    there[kept, 1] = here[p, 1] + share * (here[q, 1] - here[p, 1])
                    kept += 1
            here, there = there, here
            size = kept
            if size == 0:
                break
        for p in range(size):
            height = heights[j] - prices[j, 0] * here[p, 0] - prices[j, 1] * here[p, 1] + slack
            seen = False
            for q in range(made):
                if abs(out[q, 0] - here[p, 0]) + abs(out[q, 1] - here[p, 1]) < 5e-13:
                    out[q, 2] = max(out[q, 2], height)
                    seen = True
                    break
            if not seen:
                if made == len(out):
                    bigger = np.empty((2 * made, 3))
                    bigger[:made] = out
                    out = bigger
                out[made, 0] = here[p, 0]
                out[made, 1] = here[p, 1]
                out[made, 2] = height
                made += 1
    return out[:made].copy()


@compiled
def charged(lams: Any, promised: Any, mover: Any, cells: Any, prices: Any) -> Any:
    """The prices that multipliers put on promises after each cell: prices + sum of multipliers, [prices * cells, 2]."""
    out = np.empty((len(lams) * len(cells), 2))
    for j in range(len(lams)):
        for c in range(len(cells)):
            at = j * len(cells) + c
            out[at, 0] = prices[j, 0]
            out[at, 1] = prices[j, 1]
            for r in range(len(mover)):
                out[at, mover[r]] += lams[j, r] * promised[r, cells[c]]
    return out
