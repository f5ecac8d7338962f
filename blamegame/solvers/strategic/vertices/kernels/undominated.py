"""Iterated elimination of actions that a mixed strategy strictly dominates, each elimination proved (compiled).

The linear program behind each test only *proposes* a mixture; an action goes when that mixture beats it against every
surviving action of the opponent by more than rounding could explain. An action that survives may still be dominated.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.vertices.kernels.float_pivoting import NONE, UNIT, pivot


@compiled
def _beaten(matrix: Any, action: Any, rows: Any, columns: Any) -> Any:
    """Whether a mixture over the other marked ``rows`` certainly beats ``action`` against each marked column.

    Steps: the opponent's linear program max sum(w), (D + 2) w <= 1, w >= 0, with D the gains over ``action``, by the
    simplex method from w = 0 (largest coefficient, bounded number of pivots); the mixture is read off the reduced
    costs.
    """
    height, width = 0, 0
    mixing, against = np.empty(rows.size, dtype=np.int64), np.empty(columns.size, dtype=np.int64)
    for i in range(rows.size):
        if rows[i] and i != action:
            mixing[height] = i
            height += 1
    for j in range(columns.size):
        if columns[j]:
            against[width] = j
            width += 1
    lanes = width + (-width) % 4
    used = np.zeros((height + 1, lanes))
    for r in range(height):
        for c in range(width):
            used[r, c] = matrix[mixing[r], against[c]] - matrix[action, against[c]] + 2.0
    # the objective is the last row; its slack never leaves the basis
    for c in range(width):
        used[height, c] = -1.0
    value = np.ones(height + 1)
    value[height] = 0.0
    basic, cobasic = np.arange(width, width + height), np.arange(width)
    line = np.empty(lanes)
    for _ in range(4 * (height + width)):
        column, steepest = NONE, -1e-10
        for c in range(width):
            if used[height, c] < steepest:
                steepest, column = used[height, c], c
        if column < 0:
            break
        row, least = NONE, np.inf
        for r in range(height):
            if used[r, column] > 1e-10 and value[r] < least * used[r, column]:
                row, least = r, value[r] / used[r, column]
        if row < 0:
            return False
        pivot(used, value, row, column, line)
        basic[row], cobasic[column] = cobasic[column], basic[row]
    if value[height] * 2.0 > 1.0 - 1e-9:  # the game D + 2 is worth 1 / value[height], which must exceed 2
        return False
    weights = np.zeros(height)
    total = 0.0
    for c in range(width):
        if cobasic[c] >= width and used[height, c] > 0.0:
            weights[cobasic[c] - width] = used[height, c]
            total += used[height, c]
    unit = 8.0 * (matrix.shape[0] + 10) * UNIT
    for c in range(width):
        mixed = 0.0
        for r in range(height):
            mixed += weights[r] * matrix[mixing[r], against[c]]
        if not mixed - total * matrix[action, against[c]] > unit * total:
            return False
    return total > 0.0


@compiled
def eliminate(matrix: Any, rows: Any, columns: Any, start: Any, budget: Any) -> Any:
    """Unmark in ``rows`` what is dominated against the marked ``columns``, from row ``start`` on.

    ``matrix`` [m, n]: payoffs of the row player with each column mapped to [0, 1] on its own; entries may be off by 4
    units in the last place of 1. Returns the row to continue from after ``budget`` linear programmes; m when done.
    """
    m, n = matrix.shape
    best = np.zeros(m, dtype=np.bool_)
    for j in range(n):
        if columns[j]:
            top = -np.inf
            for i in range(m):
                if rows[i]:
                    top = max(top, matrix[i, j])
            for i in range(m):
                best[i] = best[i] or (rows[i] and matrix[i, j] >= top - 64 * UNIT)
    for i in range(start, m):
        if rows[i] and not best[i]:  # a best response is not dominated
            if budget == 0:
                return i
            budget -= 1
            rows[i] = not _beaten(matrix, i, rows, columns)
    return m
