"""Iterated elimination of actions that a mixed strategy strictly dominates, each elimination proved (compiled).

The linear program behind each test only *proposes* a mixture; an action goes when that mixture beats it against every
surviving action of the opponent by more than rounding could explain. An action that survives may still be dominated.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.vertices.kernels.float_pivoting import UNIT, pivot


@compiled
def _beaten(matrix: Any, action: Any, rows: Any, columns: Any) -> Any:
    """Whether a mixture over ``rows`` certainly beats ``action`` against each of ``columns``.

    Steps: the opponent's linear program max sum(w), (D + 2) w <= 1, w >= 0, with D the gains over ``action``, by the
    simplex
    method from w = 0 (largest coefficient, bounded number of pivots); the mixture is read off the reduced costs.
    """
    height, width = 0, columns.size
    lanes = width + (-width) % 4
    tableau = np.zeros((rows.size, lanes))
    for k in range(rows.size):
        if rows[k] != action:
            for j in range(width):
                tableau[height, j] = matrix[rows[k], columns[j]] - matrix[action, columns[j]] + 2.0
            height += 1
    # the objective is the last row; its slack never leaves the basis
    for j in range(width):
        tableau[height, j] = -1.0
    value = np.ones(rows.size)
    value[height] = 0.0
    basic = np.arange(width, width + height)
    cobasic = np.arange(width)
    line = np.empty(lanes)
    used = tableau[: height + 1]
    for _ in range(4 * (height + width)):
        column, steepest = -1, -1e-10
        for j in range(width):
            if used[height, j] < steepest:
                steepest, column = used[height, j], j
        if column < 0:
            break
        row, least = -1, np.inf
        for r in range(height):
            if used[r, column] > 1e-10 and value[r] < least * used[r, column]:
                row, least = r, value[r] / used[r, column]
        if row < 0:
            return False
        pivot(used, value[: height + 1], row, column, line)
        basic[row], cobasic[column] = cobasic[column], basic[row]
    if value[height] * 2.0 > 1.0 - 1e-9:  # the game D + 2 is worth 1 / value[height], which must exceed 2
        return False
    weights = np.zeros(matrix.shape[0])
    total = 0.0
    for j in range(width):
        if cobasic[j] >= width and used[height, j] > 0.0:
            place = cobasic[j] - width
            k = rows[place] if place < rows.size and rows[place] < action else rows[place + 1]
            weights[k] = used[height, j]
            total += used[height, j]
    unit = 8.0 * (matrix.shape[0] + 10) * UNIT
    for j in columns:
        mixed = 0.0
        for k in rows:
            mixed += weights[k] * matrix[k, j]
        if not mixed - total * matrix[action, j] > unit * total:
            return False
    return total > 0.0


@compiled
def _survivors(matrix: Any, rows: Any, columns: Any) -> Any:
    best = np.zeros(matrix.shape[0], dtype=np.bool_)
    for j in columns:
        top = -np.inf
        for i in rows:
            top = max(top, matrix[i, j])
        for i in rows:
            if matrix[i, j] >= top - 64 * UNIT:  # a best response is not dominated
                best[i] = True
    for i in rows.copy():
        if not best[i] and _beaten(matrix, i, rows, columns):
            rows = rows[rows != i]
    return rows


@compiled
def survivors(first: Any, second: Any) -> Any:
    """Actions left to each player, ascending.

    ``first`` [m, n]: payoffs of player 1 with each column mapped to [0, 1] on its own; ``second`` [n, m] likewise for
    player 2. Entries may be off by 4 units in the last place of 1.
    """
    rows, columns = np.arange(first.shape[0]), np.arange(first.shape[1])
    while True:
        before = rows.size + columns.size
        rows = _survivors(first, rows, columns)
        columns = _survivors(second, columns, rows)
        if rows.size + columns.size == before:
            return rows, columns
