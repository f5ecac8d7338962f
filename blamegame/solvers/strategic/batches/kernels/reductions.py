"""Smallest and largest expectation over the equilibria of each game."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.batches.event_ends import LARGEST_BELOW_ONE, LEAST_POSITIVE


@compiled
def strictly_between(value: float) -> float:
    """``value``, kept from rounding to 0 or 1."""
    return min(max(value, LEAST_POSITIVE), LARGEST_BELOW_ONE)


@compiled
def event_range(offsets: Any, first: Any, second: Any, events: Any) -> Any:
    """(lowest, highest) probability of ``events`` [1 or games, m, n]; exactly 0 or 1 where the supports say so."""
    n_games = len(offsets) - 1
    _, m, n = events.shape
    lowest = np.full(n_games, np.inf)
    highest = np.full(n_games, -np.inf)
    for g in range(n_games):
        event = events[g if events.shape[0] > 1 else 0]
        for e in range(offsets[g], offsets[g + 1]):
            total = 0.0
            inside = False
            outside = False
            for i in range(m):
                if first[e, i] > 0.0:
                    for j in range(n):
                        if second[e, j] > 0.0:
                            if event[i, j]:
                                inside = True
                                total += first[e, i] * second[e, j]
                            else:
                                outside = True
            if not outside:
                total = 1.0
            elif inside:
                total = strictly_between(total)
            lowest[g] = min(lowest[g], total)
            highest[g] = max(highest[g], total)
    return lowest, highest


@compiled
def table_range(offsets: Any, first: Any, second: Any, tables: Any) -> Any:
    """(lowest, highest) expectation of each game's table, ``tables`` [games, m, n]."""
    n_games, m, n = tables.shape
    lowest = np.full(n_games, np.inf)
    highest = np.full(n_games, -np.inf)
    for g in range(n_games):
        for e in range(offsets[g], offsets[g + 1]):
            total = 0.0
            for i in range(m):
                if first[e, i] > 0.0:
                    for j in range(n):
                        total += first[e, i] * second[e, j] * tables[g, i, j]
            lowest[g] = min(lowest[g], total)
            highest[g] = max(highest[g], total)
    return lowest, highest
