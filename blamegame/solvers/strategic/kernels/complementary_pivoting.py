"""Lemke and Howson's path in ``float64``; it stops where a step is too close to call (compiled).

Payoffs [2, m, n] are those of a game. The strategy x of player 1 lives in the polytope {x >= 0, B' x <= 1}, ``first``
[n, m + 1]; that of player 2 in {y >= 0, A y <= 1}, ``second`` [m, n + 1]; the last column is the right side. Labels 0
to m - 1 are the actions of player 1, the others those of player 2; ``basic`` lists the labels of the rows of each
polytope's table. Loops are written out: expressions of whole arrays would triple the time that compiling takes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled, inlined

SMALLEST = 1e-300  # the reciprocal of less may overflow


@compiled
def path(payoffs: Any, label: Any, error: Any, most_pivots: Any) -> Any:
    """(x, y, the largest gain from deviating in payoff units, the number of pivots).

    The last is 0 where a step is not clear for entries off by ``error``, where the gain is more than that share of the
    payoffs' range, or where more than ``most_pivots`` are needed.
    """
    m, n = payoffs.shape[1], payoffs.shape[2]
    first, second, scales = np.empty((n, m + 1)), np.empty((m, n + 1)), np.empty(m + n)
    basic = np.empty((2, max(m, n)), dtype=np.int64)
    column_of = np.empty((2, m + n), dtype=np.int64)
    x, y = np.empty(m), np.empty(n)
    if not _begin(payoffs, first, second, scales, basic, column_of):
        return x, y, 0.0, 0
    entering, pivots = label, 0
    side = 0 if label < m else 1
    while pivots < most_pivots:
        table = first if side == 0 else second
        column = column_of[side, entering]
        row = _leaving(table, column, error)
        if row < 0:
            return x, y, 0.0, 0
        _exchange(table, row, column)
        leaving = basic[side, row]
        basic[side, row], column_of[side, leaving] = entering, column
        pivots += 1
        if leaving == label:
            _strategy(first, basic[0], scales[:m], np.int64(0), x)
            _strategy(second, basic[1], scales[m:], m, y)
            gain, share = _gains(payoffs, x, y, scales)
            return x, y, gain, pivots if share < error else 0
        entering, side = leaving, 1 - side
    return x, y, 0.0, 0


@compiled
def _begin(payoffs: Any, first: Any, second: Any, scales: Any, basic: Any, column_of: Any) -> Any:
    """Fill the polytopes at the origin; False where payoffs are too far apart for floats.

    What a player gets against one action is mapped to [0, 1] (to 1 where it is constant); ``scales`` [m + n] says by
    what it was divided, in the order of the labels.
    """
    m, n = payoffs.shape[1], payoffs.shape[2]
    for side in range(2):
        table = first if side == 0 else second
        rows, columns = (n, m) if side == 0 else (m, n)
        for j in range(columns):
            low, high = np.inf, -np.inf
            for i in range(rows):
                entry = payoffs[1, j, i] if side == 0 else payoffs[0, i, j]
                table[i, j] = entry
                low, high = min(low, entry), max(high, entry)
            spread = high - low
            if not spread < np.inf:
                return False
            scales[j if side == 0 else m + j] = spread if spread != 0.0 else 1.0
            shrink = 1.0 / spread if spread >= SMALLEST else 0.0
            for i in range(rows):
                entry = table[i, j] - low
                table[i, j] = 1.0 if spread == 0.0 else entry * shrink if shrink != 0.0 else entry / spread
            column_of[side, j if side == 0 else m + j] = j
        for i in range(rows):
            table[i, columns] = 1.0
            basic[side, i] = m + i if side == 0 else i
    return True


@inlined
def _leaving(table: Any, column: Any, error: Any) -> Any:
    """The row of the minimum ratio; -1 where entries off by ``error`` could make it another."""
    last = table.shape[1] - 1
    best, row = np.inf, -1
    for r in range(table.shape[0]):
        if table[r, column] > error and table[r, last] < best * table[r, column]:
            best, row = table[r, last] / table[r, column], r
    if row < 0:
        return -1
    most = (table[row, last] + error) / (table[row, column] - error)
    for r in range(table.shape[0]):
        slope = table[r, column] + error  # at most, as the ratio below is at least
        if r != row and slope >= 0.0 and not table[r, last] - error > most * slope:
            return -1
    return row


@inlined
def _exchange(table: Any, row: Any, column: Any) -> Any:
    line = table[row]
    scale = 1.0 / line[column]
    line[column] = 1.0
    for c in range(line.size):
        line[c] *= scale
    for r in range(table.shape[0]):
        other = table[r]
        factor = other[column]
        if r != row and factor != 0.0:
            other[column] = 0.0
            for c in range(line.size):
                other[c] -= factor * line[c]


@compiled
def _strategy(table: Any, basic: Any, scales: Any, first_name: Any, out: Any) -> Any:
    for a in range(out.size):
        out[a] = 0.0
    total = 0.0
    for r in range(table.shape[0]):
        a = basic[r] - first_name
        if 0 <= a < out.size:
            out[a] = table[r, table.shape[1] - 1] / scales[a]
            total += out[a]
    for a in range(out.size):
        out[a] /= total


@compiled
def _gains(payoffs: Any, x: Any, y: Any, scales: Any) -> Any:
    """What an action of the opponent pays at least is left out, so that no large common payoff hides a gain."""
    m, n = x.size, y.size
    largest, share = 0.0, 0.0
    lowest, value = np.empty(max(m, n)), np.empty(max(m, n))
    for player in range(2):
        mine, theirs = (x, y) if player == 0 else (y, x)
        for k in range(max(m, n)):
            lowest[k], value[k] = np.inf, 0.0
        for i in range(m):
            for j in range(n):
                against = j if player == 0 else i
                lowest[against] = min(lowest[against], payoffs[player, i, j])
        for i in range(m):
            for j in range(n):
                action, against = (i, j) if player == 0 else (j, i)
                value[action] += (payoffs[player, i, j] - lowest[against]) * theirs[against]
        best, reached, scale = -np.inf, 0.0, 0.0
        for a in range(mine.size):
            best = max(best, value[a])
            reached += value[a] * mine[a]
        for b in range(theirs.size):
            scale = max(scale, scales[m + b if player == 0 else b])
        largest = max(largest, best - reached)
        share = max(share, (best - reached) / scale)
    return largest, share
