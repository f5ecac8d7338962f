"""How far play that is seen through public signals reaches: a linear programme by columns, compiled.

A column is an action profile with a promise for each signal; which promises are worth adding is read off the
multipliers, signal by signal. The same reading is the proof: any multipliers >= 0 prove the height they add up to.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.repeated.kernels.dense_simplex import simplex

_TIES = 1e-9
_ROUNDING = 4e-14
_ROUNDS = 60


@compiled
def reach(
    payoffs: Any, bonus: Any, directions: Any, now: Any, promised: Any, mover: Any, chances: Any, later: float,
    points: Any, cells: Any, most: int, tops: Any, lams: Any,
) -> None:  # fmt: skip
    """How far play in ``cells`` with promises in the hull of ``points`` reaches in each of ``directions``.

    payoffs [all cells, 3], points [K, 3] and directions [D, 3] with a third coordinate that carries no incentive;
    bonus [all cells] is added in this period. A row: sum x(a) [now(row, a) + later sum_y promised(row, a, y) w_i(a, y)]
    >= 0, i = mover(row). chances [all cells, signals]. Fills tops [D] with proved bounds and lams [D, rows].
    """
    rows, signals = len(mover), chances.shape[1]
    used = len(cells)
    weight = 1.0 - later
    column_cell = np.empty(most, dtype=np.int64)
    column_point = np.empty((most, signals), dtype=np.int64)
    entries = np.empty((most, rows))
    size = 0
    base = np.empty(used)
    lam = np.zeros(rows)
    picked = np.empty((used, signals), dtype=np.int64)
    reached = np.empty(used)
    for j in range(len(directions)):
        u = directions[j]
        low, high = np.inf, -np.inf
        for c in range(used):
            a = cells[c]
            base[c] = weight * (u[0] * payoffs[a, 0] + u[1] * payoffs[a, 1] + u[2] * payoffs[a, 2]) + bonus[a]
            low = min(low, base[c])
            high = max(high, base[c])
        far = later * (abs(u[0]) + abs(u[1]) + abs(u[2]))
        lift = 4.0 + (high + far) - 2.0 * (low - far)
        best = np.inf
        lam[:] = 0.0
        level = -1.0
        for turn in range(_ROUNDS):
            top = _priced(base, u, lam, now, promised, mover, chances, later, points, cells, picked, reached)
            if top < best:
                best = top
                lams[j] = lam
            if turn and top + lift <= level + 1e-9 * (1.0 + abs(level)):
                break
            if size + used > most:
                size = 0
            added = False
            for c in range(used):
                if reached[c] + lift > level + 1e-10:
                    a = cells[c]
                    column_cell[size] = c
                    for y in range(signals):
                        column_point[size, y] = picked[c, y]
                    for r in range(rows):
                        entry = now[r, a]
                        for y in range(signals):
                            entry += later * promised[r, a, y] * points[picked[c, y], mover[r]]
                        entries[size, r] = entry
                    size += 1
                    added = True
            if not added:
                break
            table = np.zeros((rows + 2, size + rows + 2))
            basis = np.empty(rows + 1, dtype=np.int64)
            for r in range(rows + 1):
                table[r, size + r] = 1.0
                basis[r] = size + r
            for k in range(size):
                c = column_cell[k]
                value = base[c] + lift
                for y in range(signals):
                    p = points[column_point[k, y]]
                    value += later * chances[cells[c], y] * (u[0] * p[0] + u[1] * p[1] + u[2] * p[2])
                for r in range(rows):
                    table[r, k] = -entries[k, r]
                table[rows, k] = 1.0
                table[rows + 1, k] = -value
            for r in range(rows):
                table[r, size + rows + 1] = _TIES * (1.0 + ((r * 37) % 11) / 7.0)
            table[rows, size + rows + 1] = 1.0
            if not simplex(table, basis, 600):
                size = 0
                break
            for r in range(rows):
                lam[r] = max(table[rows + 1, size + r], 0.0)
            level = table[rows + 1, size + rows + 1]
        total = 1.0 + abs(u[0]) + abs(u[1]) + abs(u[2])
        for r in range(rows):
            largest = 1.0
            for a in cells:
                largest = max(largest, abs(now[r, a]))
            total += lams[j, r] * largest
        tops[j] = best + _ROUNDING * total


@compiled
def _priced(
    base: Any, u: Any, lam: Any, now: Any, promised: Any, mover: Any, chances: Any, later: float, points: Any,
    cells: Any, picked: Any, reached: Any,
) -> float:  # fmt: skip
    """The height that multipliers prove, and the promises that come nearest to it, by cell and signal."""
    top = -np.inf
    for c in range(len(cells)):
        a = cells[c]
        total = base[c]
        for r in range(len(mover)):
            total += lam[r] * now[r, a]
        for y in range(chances.shape[1]):
            first = later * chances[a, y] * u[0]
            second = later * chances[a, y] * u[1]
            third = later * chances[a, y] * u[2]
            for r in range(len(mover)):
                if lam[r] > 0.0:
                    if mover[r] == 0:
                        first += later * lam[r] * promised[r, a, y]
                    else:
                        second += later * lam[r] * promised[r, a, y]
            most = -np.inf
            for k in range(len(points)):
                value = first * points[k, 0] + second * points[k, 1] + third * points[k, 2]
                if value > most:
                    most = value
                    picked[c, y] = k
            total += most
        reached[c] = total
        top = max(top, total)
    return top
