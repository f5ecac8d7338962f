"""All extreme equilibria of one small game, degenerate or not, exactly.

A vertex of a player's best-reply polyhedron is a strategy x for which some equal-size supports (I, J) have: x lives on
I, J are best replies to x, and the indifference system over J has x as its only solution. So all vertices come from
support pairs whose minors N_i have one strict sign and whose outside determinants S_j do not exceed zero; supports I
and the *whole* set of best replies are kept. A pair of vertices, each supported inside the other's best replies, is an
extreme equilibrium, and every extreme equilibrium is such a pair.

References
----------
Mangasarian (1964), "Equilibrium points of bimatrix games", J. SIAM 12; Avis, Rosenberg, Savani and von Stengel (2010),
"Enumeration of Nash equilibria for two-player games", Economic Theory 42.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.batches.kernels.dominance import beaten_by, undominated
from blamegame.solvers.strategic.batches.kernels.margins import minors
from blamegame.solvers.strategic.batches.kernels.residues import MOST_PRIMES, primes_needed, signed_value

TOO_LARGE = -1


@compiled
def uneven(order: Any, members: Any, rows: int, columns: int, k: int) -> bool:
    """Whether some pair of columns is ordered the same way on all rows, so that no full mixture equalises them."""
    for s in range(k):
        for t in range(s):
            above = False
            below = False
            for i in range(k):
                u = order[members[rows, i], members[columns, s]]
                v = order[members[rows, i], members[columns, t]]
                above = above or u > v
                below = below or u < v
            if not (above and below):
                return True
    return False


@compiled
def exact_half(
    order: Any,
    integers: Any,
    residues: Any,
    bits: float,
    rows_alive: int,
    columns_alive: int,
    tables: Any,
    prime_tables: Any,
    work: Any,
    supports: Any,
    replies: Any,
    strategies: Any,
) -> int:
    """Vertices of the mixing player's polyhedron; ``order`` [mixing action, opponent's action] compares payoffs.

    Fills the masks of supports and best replies and the strategies; returns how many, or -1 where numbers are too
    large for the primes at hand.
    """
    masks, choose, members = tables
    primes, inverses = prime_tables
    subsets, reduced, minor, digits, parts, weights = work
    n_rows, n_columns = order.shape
    found = 0
    for i in range(n_rows):
        if not rows_alive >> i & 1:
            continue
        best: Any = -np.inf
        reply = 0
        for j in range(n_columns):
            if columns_alive >> j & 1:
                if order[i, j] > best:
                    best = order[i, j]
                    reply = 0
                if order[i, j] == best:
                    reply |= 1 << j
        supports[found] = 1 << i
        replies[found] = reply
        for row in range(n_rows):
            strategies[found, row] = 0.0
        strategies[found, i] = 1.0
        found += 1
    alive_rows = 0
    alive_columns = 0
    for i in range(n_rows):
        alive_rows += rows_alive >> i & 1
    for j in range(n_columns):
        alive_columns += columns_alive >> j & 1
    largest = min(alive_rows, alive_columns)
    for k in range(2, largest + 1):
        n_primes = primes_needed(k, bits)
        if n_primes > MOST_PRIMES:
            return TOO_LARGE
        for a in range(choose[n_rows, k]):
            rows = masks[k, a]
            if rows & ~rows_alive:
                continue
            first_of_support = found
            for b in range(choose[n_columns, k]):
                columns = masks[k, b]
                if columns & ~columns_alive:
                    continue
                known = False
                for v in range(first_of_support, found):
                    known = known or columns & ~replies[v] == 0
                if known:  # a second solution with these best replies would not be a vertex
                    continue
                if uneven(order, members, rows, columns, k):
                    continue
                # parts[q, t]: minors modulo prime q (or themselves); parts[q, k + j]: gain of outside action j
                for q in range(max(n_primes, 1)):
                    if n_primes == 0:
                        minors(integers, members, rows, columns, k, subsets, minor)
                    else:
                        p = primes[q]
                        for t in range(k):
                            for s in range(k):
                                reduced[t, s] = residues[q, members[rows, t], members[columns, s]]
                        modular_minors(reduced, k, p, subsets, minor)
                    for t in range(k):
                        parts[q, t] = minor[t]
                signed = True
                direction = 0.0
                total: Any = 0.0
                for t in range(k):
                    value = (
                        np.float64(parts[0, t])
                        if n_primes == 0
                        else signed_value(parts[:, t], n_primes, primes, inverses, digits)
                    )
                    if t == 0:
                        direction = 1.0 if value > 0.0 else -1.0
                    value *= direction
                    signed = signed and value > 0.0
                    weights[t] = value
                    total = total + value
                if not signed:
                    continue
                base = members[columns, 0]
                reply = columns
                feasible = True
                for j in range(n_columns):
                    if not columns_alive >> j & 1 or columns >> j & 1:
                        continue
                    if n_primes == 0:
                        exact_gain = np.int64(0)
                        for t in range(k):
                            row = members[rows, t]
                            exact_gain += parts[0, t] * (integers[row, j] - integers[row, base])
                        gain = np.float64(exact_gain)
                    else:
                        for q in range(n_primes):
                            p = primes[q]
                            exact_gain = np.int64(0)
                            for t in range(k):
                                row = members[rows, t]
                                step = (residues[q, row, j] - residues[q, row, base]) % p
                                exact_gain = (exact_gain + parts[q, t] * step) % p
                            parts[q, k] = exact_gain
                        gain = np.float64(signed_value(parts[:, k], n_primes, primes, inverses, digits))
                    gain *= direction
                    if gain > 0.0:
                        feasible = False
                        break
                    if gain == 0.0:
                        reply |= 1 << j
                if not feasible:
                    continue
                supports[found] = rows
                replies[found] = reply
                for row in range(n_rows):
                    strategies[found, row] = 0.0
                for t in range(k):
                    strategies[found, members[rows, t]] = weights[t] / total
                found += 1
    return found


@compiled
def modular_minors(table: Any, k: int, p: int, subsets: Any, out: Any) -> None:
    """``minors`` of the k x k ``table`` modulo the prime p, each in 0..p-1."""
    full = (1 << k) - 1
    subsets[0] = 1
    for subset in range(1, full):
        size = 0
        for t in range(k):
            size += subset >> t & 1
        plus = size % 2 == 1
        total = np.int64(0)
        for t in range(k):
            if subset >> t & 1:
                term = (table[t, size] - table[t, 0]) % p * subsets[subset & ~(1 << t)] % p
                total = (total + term if plus else total - term) % p
                plus = not plus
        subsets[subset] = total
    for t in range(k):
        value = subsets[full & ~(1 << t)]
        out[t] = value if t % 2 == 0 else (p - value) % p


@compiled
def extreme_equilibria(
    order_own: Any,
    order_other: Any,
    integers: Any,
    residues: Any,
    bits: Any,
    tables: Any,
    prime_tables: Any,
    work: Any,
    vertices: Any,
    beats: Any,
    pairs: Any,
) -> int:
    """How many extreme equilibria the game has; pairs[e] = (key, first's vertex, second's vertex), in order.

    ``order_own`` is [n, m] and ``order_other`` [m, n]: payoffs, or ranks in their order, each opponent-first, that is
    with the *mixing* player's action first. ``integers`` and ``residues`` hold the same two tables. -1: too large.
    """
    m, n = order_other.shape
    beats_first, beats_second = beats
    beaten_by(order_own, n, m, 0.0, beats_first)
    beaten_by(order_other, m, n, 0.0, beats_second)
    alive_first, alive_second = undominated(beats_first, beats_second, m, n)
    supports_x, replies_x, strategies_x, supports_y, replies_y, strategies_y = vertices
    integers_own, integers_other = integers
    residues_own, residues_other = residues
    n_x = exact_half(
        order_other,
        integers_other,
        residues_other,
        bits[1],
        alive_first,
        alive_second,
        tables,
        prime_tables,
        work,
        supports_x,
        replies_x,
        strategies_x,
    )
    n_y = exact_half(
        order_own,
        integers_own,
        residues_own,
        bits[0],
        alive_second,
        alive_first,
        tables,
        prime_tables,
        work,
        supports_y,
        replies_y,
        strategies_y,
    )
    if n_x < 0 or n_y < 0:
        return TOO_LARGE
    found = 0
    for a in range(n_x):
        for b in range(n_y):
            if supports_x[a] & ~replies_y[b] == 0 and supports_y[b] & ~replies_x[a] == 0:
                found += 1
    if found > pairs.shape[0]:
        return -2 - found  # the caller makes room and calls again
    found = 0
    for a in range(n_x):
        size_x = 0
        for i in range(m):
            size_x += supports_x[a] >> i & 1
        for b in range(n_y):
            if supports_x[a] & ~replies_y[b] == 0 and supports_y[b] & ~replies_x[a] == 0:
                size = size_x
                for j in range(n):
                    size += supports_y[b] >> j & 1
                key = np.int64(size)
                key = key << 12 | supports_x[a]
                key = key << 12 | supports_y[b]
                key = key << 12 | replies_x[a]
                key = key << 12 | replies_y[b]
                place = found
                while place > 0 and pairs[place - 1, 0] > key:
                    for part in range(3):
                        pairs[place, part] = pairs[place - 1, part]
                    place -= 1
                pairs[place, 0] = key
                pairs[place, 1] = a
                pairs[place, 2] = b
                found += 1
    return found
