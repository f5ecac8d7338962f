"""The simplex method on a dense tableau, compiled: proposes solutions and multipliers, proves nothing."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled

_GAIN = 1e-11
_PIVOT = 1e-10


@compiled
def simplex(table: Any, basis: Any, most: int) -> bool:
    """Maximise over x >= 0: ``table`` is [rows + 1, columns + 1], in place.

    Rows hold the constraints with an identity of slacks among their columns and right-hand sides >= 0 last; the last
    row holds minus the objective. ``basis`` [rows] are the basic columns, slacks at first. Afterwards the last row
    holds the reduced costs: the multiplier of a constraint stands under its slack. False where ``most`` pivots were
    not enough.
    """
    rows = table.shape[0] - 1
    last = table.shape[1] - 1
    for pivot in range(most):
        entering = -1
        if pivot < most // 2:
            lowest = -_GAIN
            for j in range(last):
                if table[rows, j] < lowest:
                    lowest = table[rows, j]
                    entering = j
        else:
            for j in range(last):
                if table[rows, j] < -_GAIN:
                    entering = j
                    break
        if entering < 0:
            return True
        leaving = -1
        least = np.inf
        for i in range(rows):
            if table[i, entering] > _PIVOT:
                ratio = table[i, last] / table[i, entering]
                if ratio < least - 1e-15 or (ratio < least + 1e-15 and table[i, entering] > table[leaving, entering]):
                    least = ratio
                    leaving = i
        if leaving < 0:
            return False
        turn(table, leaving, entering)
        basis[leaving] = entering
    return False


@compiled
def turn(table: Any, leaving: int, entering: int) -> None:
    """One pivot."""
    width = table.shape[1]
    factor = 1.0 / table[leaving, entering]
    for j in range(width):
        table[leaving, j] *= factor
    table[leaving, entering] = 1.0
    for i in range(table.shape[0]):
        share = table[i, entering]
        if i != leaving and share != 0.0:
            for j in range(width):
                table[i, j] -= share * table[leaving, j]
            table[i, entering] = 0.0


@compiled
def security(payoffs: Any) -> float:
    """A payoff that the row player of ``payoffs`` [m, n], in [0, 1], gets whatever the other does: nearly the largest.

    Whatever mixture the simplex method proposes, what it guarantees is computed from it and rounded down.
    """
    m, n = payoffs.shape
    table = np.zeros((m + 1, n + m + 1))
    basis = np.empty(m, dtype=np.int64)
    for i in range(m):
        for j in range(n):
            table[i, j] = 1.0 + payoffs[i, j]
        table[i, n + i] = 1.0
        table[i, n + m] = 1.0
        basis[i] = n + i
    table[m, :n] = -1.0
    simplex(table, basis, 50 + 10 * (m + n))
    mixture = np.empty(m)
    total = 0.0
    for i in range(m):
        mixture[i] = max(table[m, n + i], 0.0)
        total += mixture[i]
    least = np.inf
    for j in range(n):
        value = 0.0
        for i in range(m):
            value += payoffs[i, j] * (mixture[i] / total if total > 0.0 else 1.0 / m)
        least = min(least, value)
    return least - 1e-13
