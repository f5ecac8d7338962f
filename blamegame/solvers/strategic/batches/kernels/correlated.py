"""Chunks of games through the event-bound kernels: floats first, integers where rounding might have decided."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.batches.kernels.dominance import beaten_by, undominated
from blamegame.solvers.strategic.batches.kernels.incentives import float_bound, gain_rows, integer_bound
from blamegame.solvers.strategic.batches.kernels.residues import MOST_PRIMES, integers_of

INTEGER_BITS = 40.0


@compiled
def bound_chunk(payoffs: Any, events: Any, nash: Any, coarse: bool, primes: Any) -> Any:
    """Event bounds of every game of ``payoffs`` [games, 2, m, n]: (bounds [games, 2], how [games]).

    ``events`` [1 or games, m, n]; ``nash`` [games, 2] the event's range over Nash equilibria. how: 0 by floats, 1 by
    integers somewhere, 2 left to the caller.
    """
    n_games, _, m, n = payoffs.shape
    bounds = np.empty((n_games, 2))
    how = np.zeros(n_games, dtype=np.int8)
    most_rows = m * m + n * n
    cells = np.empty((m * n, 2), dtype=np.int64)
    gains = np.empty((most_rows, m * n))
    integer_gains = np.empty((most_rows, m * n), dtype=np.int64)
    tableau = np.empty((most_rows + 2, m * n))
    integer_tableau = np.empty((most_rows + 2, m * n), dtype=np.int64)
    basic = np.empty(most_rows + 1, dtype=np.int64)
    free = np.empty(m * n, dtype=np.int64)
    p = np.empty(m * n)
    prices = np.empty(most_rows)
    equations = np.empty(m * n, dtype=np.int64)
    inside = np.empty(m * n, dtype=np.bool_)
    alive = np.empty(2, dtype=np.int64)
    own = np.empty((n, m))
    beats_first = np.empty((m, m), dtype=np.int64)
    beats_second = np.empty((n, n), dtype=np.int64)
    integers = np.empty((2, m, n), dtype=np.int64)
    residues = np.empty((MOST_PRIMES, m, n), dtype=np.int64)
    for g in range(n_games):
        first = payoffs[g, 0]
        second = payoffs[g, 1]
        event = events[g if events.shape[0] > 1 else 0]
        for i in range(m):
            for j in range(n):
                own[j, i] = first[i, j]
        alive[0] = (1 << m) - 1
        alive[1] = (1 << n) - 1
        if not coarse:  # no correlated equilibrium plays an action that iterated strict dominance removes
            beaten_by(own, n, m, 0.0, beats_first)
            beaten_by(second, m, n, 0.0, beats_second)
            alive[0], alive[1] = undominated(beats_first, beats_second, m, n)
        n_cells = 0
        n_inside = 0
        for i in range(m):
            for j in range(n):
                if alive[0] >> i & 1 and alive[1] >> j & 1:
                    cells[n_cells, 0] = i
                    cells[n_cells, 1] = j
                    n_inside += event[i, j]
                    n_cells += 1
        bounds[g, 0] = nash[g, 0]
        bounds[g, 1] = nash[g, 1]
        if n_inside == 0 or n_inside == n_cells or (nash[g, 0] == 0.0 and nash[g, 1] == 1.0):
            continue
        n_rows = gain_rows(first, second, coarse, cells, n_cells, alive, gains)
        ready = False
        for end in range(2):
            witness = nash[g, 0] if end == 0 else 1.0 - nash[g, 1]
            if witness == 0.0:  # a Nash equilibrium attains the end
                continue
            for c in range(n_cells):
                inside[c] = event[cells[c, 0], cells[c, 1]] != (end == 1)
            value = float_bound(gains, n_rows, n_cells, inside, witness, tableau, basic, free, p, prices, equations)
            if value < 0.0:
                if not ready:
                    bits = 0.0
                    for player in range(2):
                        bits = max(bits, integers_of(payoffs[g, player], 1, integers[player], residues, primes))
                        if bits > INTEGER_BITS:
                            break
                    if bits > INTEGER_BITS:
                        how[g] = 2
                        break
                    n_rows = gain_rows(integers[0], integers[1], coarse, cells, n_cells, alive, integer_gains)
                    reduce_rows(integer_gains, n_rows, n_cells)
                    ready = True
                numerator, denominator = integer_bound(
                    integer_gains, n_rows, n_cells, inside, integer_tableau, basic, free
                )
                if numerator < 0:
                    how[g] = 2
                    break
                how[g] = 1
                value = 1.0 if numerator == denominator else numerator / denominator
            bounds[g, end] = value if end == 0 else 1.0 - value
    return bounds, how


@compiled
def reduce_rows(rows: Any, n_rows: int, n_columns: int) -> None:
    """Divide each integer row by the greatest common divisor of its entries."""
    for r in range(n_rows):
        shared = np.int64(0)
        for c in range(n_columns):
            a = abs(rows[r, c])
            while a:
                shared, a = a, shared % a
        for c in range(n_columns):
            rows[r, c] //= shared
