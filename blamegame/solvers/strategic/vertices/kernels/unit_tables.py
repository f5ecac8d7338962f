"""Float payoffs of two players, every column mapped to [0, 1] on its own; regrets in payoff units (compiled)."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.vertices.kernels.undominated import survivors


@compiled
def _unit_columns(table: Any, rows: Any, columns: Any) -> Any:
    """(table[rows, columns] with every column mapped to [0, 1], or to 1 where constant; by what it was divided)."""
    units, scales = np.empty((rows.size, columns.size)), np.empty(columns.size)
    for b in range(columns.size):
        low, high = np.inf, -np.inf
        for i in rows:
            low, high = min(low, table[i, columns[b]]), max(high, table[i, columns[b]])
        scale = high - low
        scales[b] = scale if scale != 0.0 else 1.0
        for a in range(rows.size):
            units[a, b] = (table[rows[a], columns[b]] - low) / scale if scale != 0.0 else 1.0
    return units, scales


@compiled
def unit_tables(first: Any, second: Any, reduce: Any) -> Any:
    """Unit tables of both players over the actions left by :func:`survivors` (over all without ``reduce``).

    ``first`` [m, n], ``second`` [n, m]: payoffs, own action first. Returns (rows, columns, first units, first scales,
    second units, second scales, whether all units are finite: else differences of payoffs overflow).
    """
    rows, columns = np.arange(first.shape[0]), np.arange(first.shape[1])
    while True:
        units, scales = _unit_columns(first, rows, columns)
        other_units, other_scales = _unit_columns(second, columns, rows)
        finite = np.isfinite(units).all() and np.isfinite(other_units).all()
        if reduce and finite:
            reduce = False
            left, left_columns = survivors(units, other_units)
            if left.size < rows.size or left_columns.size < columns.size:
                rows, columns = left, left_columns
                continue
        return rows, columns, units, scales, other_units, other_scales, finite


@compiled
def largest_regret(first: Any, second: Any, x: Any, y: Any) -> Any:
    """The largest gain of either player from a deviation in any profile (x[e], y[e]); tables as above."""
    worst = 0.0
    for own, mixed, against in ((first, x, y), (second, y, x)):
        lowest = np.empty(own.shape[1])
        for j in range(own.shape[1]):
            lowest[j] = own[:, j].min()
        for e in range(mixed.shape[0]):
            best, reached = -np.inf, 0.0
            for i in range(own.shape[0]):
                gain = 0.0
                for j in range(own.shape[1]):
                    gain += (own[i, j] - lowest[j]) * against[e, j]
                best = max(best, gain)
                reached += gain * mixed[e, i]
            worst = max(worst, best - reached)
    return worst
