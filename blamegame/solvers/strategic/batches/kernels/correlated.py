"""Chunks of games through the event-bound kernels: floats first, integers where rounding might have decided."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.batches.kernels.dominance import beaten_by, undominated
from blamegame.solvers.strategic.batches.kernels.incentives import float_bound, gain_rows, integer_bound
from blamegame.solvers.strategic.batches.kernels.reductions import strictly_between
from blamegame.solvers.strategic.batches.kernels.residues import MOST_PRIMES, integers_of

INTEGER_BITS = 40.0
ROUNDING = 1e-13  # of the largest payoff: what a gain may be off where payoffs are rounded
BY_FLOATS, BY_INTEGERS, LEFT = 0, 1, 2


@compiled
def bound_chunk(payoffs: Any, rounded: Any, events: Any, nash: Any, coarse: bool, primes: Any) -> Any:
    """Event bounds of every game of ``payoffs`` [games, 2, m, n]: (bounds [games, 2], how [games]).

    ``rounded`` [games] says whose floats stand for nearby rationals; ``events`` [1 or games, m, n]; ``nash`` [games, 2]
    the event's range over Nash equilibria. how: by floats, by integers somewhere, or left to the caller, bounds then
    being those over Nash equilibria.
    """
    n_games, _, m, n = payoffs.shape
    bounds = np.empty((n_games, 2))
    how = np.zeros(n_games, dtype=np.int8)
    most_rows = m * m + n * n
    cells = np.empty((m * n, 2), dtype=np.int64)
    gains = np.empty((most_rows, m * n))
    errors = np.zeros(2)
    no_errors = np.zeros(2)
    row_errors = np.empty(most_rows)
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
        for player in range(2):
            largest = 0.0
            if rounded[g]:
                for i in range(m):
                    for j in range(n):
                        largest = max(largest, abs(payoffs[g, player, i, j]))
            errors[player] = ROUNDING * largest
        if not coarse:  # no correlated equilibrium plays an action that iterated strict dominance removes
            beaten_by(own, n, m, errors[0], beats_first)
            beaten_by(second, m, n, errors[1], beats_second)
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
        n_rows = gain_rows(first, second, coarse, cells, n_cells, alive, errors, gains, row_errors)
        if n_rows < 0:
            how[g] = LEFT
            continue
        ready = False
        for end in range(2):
            witness = nash[g, 0] if end == 0 else 1.0 - nash[g, 1]
            if witness == 0.0:  # a Nash equilibrium attains the end
                continue
            for c in range(n_cells):
                inside[c] = event[cells[c, 0], cells[c, 1]] != (end == 1)
            value = float_bound(
                gains, row_errors, n_rows, n_cells, inside, witness, tableau, basic, free, p, prices, equations
            )
            if value >= 0.0:
                bounds[g, end] = value if end == 0 else 1.0 - value
            else:
                if not ready:
                    if rounded[g]:
                        how[g] = LEFT
                        break
                    bits = 0.0
                    for player in range(2):
                        needed = integers_of(payoffs[g, player], 1, integers[player], residues, primes)
                        bits = max(bits, needed if needed >= 0.0 else np.inf)
                        if bits > INTEGER_BITS:
                            break
                    if bits > INTEGER_BITS:
                        how[g] = LEFT
                        break
                    n_rows = gain_rows(
                        integers[0], integers[1], coarse, cells, n_cells, alive, no_errors, integer_gains, row_errors
                    )
                    reduce_rows(integer_gains, n_rows, n_cells)
                    ready = True
                numerator, denominator = integer_bound(
                    integer_gains, n_rows, n_cells, inside, integer_tableau, basic, free
                )
                if numerator < 0:
                    how[g] = LEFT
                    break
                how[g] = BY_INTEGERS
                if end == 1:
                    numerator = denominator - numerator
                value = numerator / denominator
                bounds[g, end] = value if numerator == 0 or numerator == denominator else strictly_between(value)
        if how[g] == LEFT:
            bounds[g, 0] = nash[g, 0]
            bounds[g, 1] = nash[g, 1]
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
