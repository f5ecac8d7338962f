"""Chunks of games through both kernels: margins first, exact vertices where a margin is doubtful."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.batches.kernels.exact import extreme_equilibria
from blamegame.solvers.strategic.batches.kernels.margins import margin_equilibria, normalise
from blamegame.solvers.strategic.batches.kernels.residues import MOST_PRIMES, integers_of

BY_MARGIN, EXACTLY, PENDING, NOT_FINITE = 0, 1, 2, 3


@compiled
def exact_workspace(m: int, n: int, n_vertices: int) -> Any:
    """Scratch arrays of the exact kernel for m x n games."""
    most = max(m, n)
    work = (
        np.empty(1 << min(m, n), dtype=np.int64),
        np.empty((most, most), dtype=np.int64),
        np.empty(most, dtype=np.int64),
        np.empty(MOST_PRIMES, dtype=np.int64),
        np.empty((MOST_PRIMES, most + 1), dtype=np.int64),
        np.empty(most, dtype=np.float64),
    )
    vertices = (
        np.empty(n_vertices, dtype=np.int64),
        np.empty(n_vertices, dtype=np.int64),
        np.empty((n_vertices, m), dtype=np.float64),
        np.empty(n_vertices, dtype=np.int64),
        np.empty(n_vertices, dtype=np.int64),
        np.empty((n_vertices, n), dtype=np.float64),
    )
    beats = (np.empty((m, m), dtype=np.int64), np.empty((n, n), dtype=np.int64))
    integers = (np.empty((n, m), dtype=np.int64), np.empty((m, n), dtype=np.int64))
    residues = (np.empty((MOST_PRIMES, n, m), dtype=np.int64), np.empty((MOST_PRIMES, m, n), dtype=np.int64))
    return work, vertices, beats, integers, residues


@compiled
def grown(rows: Any, needed: int) -> Any:
    """``rows`` with room for at least ``needed`` rows."""
    if needed <= rows.shape[0]:
        return rows
    out = np.empty((max(needed, 2 * rows.shape[0]), rows.shape[1]), dtype=rows.dtype)
    for r in range(rows.shape[0]):  # not a slice: its error message alone takes a second to compile
        for c in range(rows.shape[1]):
            out[r, c] = rows[r, c]
    return out


@compiled
def propose_chunk(payoffs: Any, tolerance: float, rounded: Any, tables: Any) -> Any:
    """Equilibria of every game of ``payoffs`` [games, 2, m, n] that margins decide: (counts, kinds, first, second).

    The others are PENDING, with a count of 0. ``rounded`` [games] says whose floats stand for nearby rationals.
    """
    n_games, _, m, n = payoffs.shape
    counts = np.zeros(n_games, dtype=np.int64)
    kinds = np.zeros(n_games, dtype=np.int8)
    masks, choose, members = tables
    room = 0
    for k in range(1, min(m, n) + 1):
        room += choose[m, k] * choose[n, k]
    first = np.empty((n_games + n_games // 2 + room, m), dtype=np.float64)
    second = np.empty((n_games + n_games // 2 + room, n), dtype=np.float64)
    own = np.empty((n, m), dtype=np.float64)
    other = np.empty((m, n), dtype=np.float64)
    beats_first = np.empty((m, m), dtype=np.int64)
    beats_second = np.empty((n, n), dtype=np.int64)
    subsets = np.empty(1 << min(m, n), dtype=np.float64)
    x = np.empty(m, dtype=np.float64)
    y = np.empty(n, dtype=np.float64)
    dominated_first = np.empty((masks.shape[1], m), dtype=np.int64)
    dominated_second = np.empty(n, dtype=np.int64)
    filled = 0
    for g in range(n_games):
        if filled + room > first.shape[0]:
            first = grown(first, filled + room)
            second = grown(second, filled + room)
        tolerance_first, tolerance_second = normalise(payoffs[g], own, other, m, n, rounded[g], tolerance)
        if tolerance_first < 0.0:
            kinds[g] = NOT_FINITE
            continue
        found = margin_equilibria(
            own, other, m, n, tolerance_first, tolerance_second, masks, choose, members, beats_first, beats_second,
            subsets, x, y, dominated_first, dominated_second, first, second, filled,
        )  # fmt: skip
        if found < 0:
            kinds[g] = PENDING
        else:
            counts[g] = found
            filled += found
    return counts, kinds, first[:filled], second[:filled]


@compiled
def solve_stored_chunk(payoffs: Any, n_vertices: int, tables: Any, prime_tables: Any) -> Any:
    """Extreme equilibria of every game from the rationals its floats store: (counts, kinds, first, second).

    kinds is EXACTLY, or PENDING where the numbers are too large for the kernel.
    """
    n_games, _, m, n = payoffs.shape
    counts = np.zeros(n_games, dtype=np.int64)
    kinds = np.full(n_games, PENDING, dtype=np.int8)
    first = np.empty((2 * n_games, m), dtype=np.float64)
    second = np.empty((2 * n_games, n), dtype=np.float64)
    work, vertices, beats, integers, residues = exact_workspace(m, n, n_vertices)
    pairs = np.empty((64, 3), dtype=np.int64)
    own = np.empty((n, m), dtype=np.float64)
    other = np.empty((m, n), dtype=np.float64)
    bits = np.zeros(2, dtype=np.float64)
    filled = 0
    for g in range(n_games):
        for i in range(m):
            for j in range(n):
                own[j, i] = payoffs[g, 0, i, j]
                other[i, j] = payoffs[g, 1, i, j]
        bits[0] = integers_of(own, min(m, n), integers[0], residues[0], prime_tables[0])
        bits[1] = integers_of(other, min(m, n), integers[1], residues[1], prime_tables[0])
        if bits[0] < 0.0 or bits[1] < 0.0:
            continue
        found = -1
        for _ in range(2):  # again where the pairs found do not fit
            found = extreme_equilibria(
                own, other, integers, residues, bits, tables, prime_tables, work, vertices, beats, pairs
            )
            if found >= -1:
                break
            pairs = np.empty((-2 - found, 3), dtype=np.int64)
        if found < 0:
            continue
        kinds[g] = EXACTLY
        first = grown(first, filled + found)
        second = grown(second, filled + found)
        for e in range(found):
            for i in range(m):
                first[filled + e, i] = vertices[2][pairs[e, 1], i]
            for j in range(n):
                second[filled + e, j] = vertices[5][pairs[e, 2], j]
        counts[g] = found
        filled += found
    return counts, kinds, first[:filled], second[:filled]


@compiled
def solve_exact_chunk(
    ranks: Any, integers: Any, residues: Any, bits: Any, n_vertices: int, tables: Any, prime_tables: Any
) -> Any:
    """Extreme equilibria of games given exactly: (counts, kinds, first, second), kinds EXACTLY or PENDING (too large).

    ``ranks`` [games, 2, m, n] orders each player's payoffs; ``integers`` [games, 2, m, n] and ``residues``
    [games, 2, primes, m, n] hold them, ``bits`` [games, 2] bounds their differences.
    """
    n_games, _, m, n = ranks.shape
    counts = np.zeros(n_games, dtype=np.int64)
    kinds = np.full(n_games, PENDING, dtype=np.int8)
    first = np.empty((2 * n_games, m), dtype=np.float64)
    second = np.empty((2 * n_games, n), dtype=np.float64)
    work, vertices, beats, tables_of_integers, tables_of_residues = exact_workspace(m, n, n_vertices)
    pairs = np.empty((64, 3), dtype=np.int64)
    own = np.empty((n, m), dtype=np.float64)
    other = np.empty((m, n), dtype=np.float64)
    filled = 0
    for g in range(n_games):
        if bits[g, 0] < 0.0 or bits[g, 1] < 0.0:
            continue
        for i in range(m):
            for j in range(n):
                own[j, i] = ranks[g, 0, i, j]
                other[i, j] = ranks[g, 1, i, j]
                tables_of_integers[0][j, i] = integers[g, 0, i, j]
                tables_of_integers[1][i, j] = integers[g, 1, i, j]
                for q in range(residues.shape[2]):
                    tables_of_residues[0][q, j, i] = residues[g, 0, q, i, j]
                    tables_of_residues[1][q, i, j] = residues[g, 1, q, i, j]
        found = -1
        for _ in range(2):  # again where the pairs found do not fit
            found = extreme_equilibria(
                own, other, tables_of_integers, tables_of_residues, bits[g], tables, prime_tables, work, vertices,
                beats, pairs,
            )  # fmt: skip
            if found >= -1:
                break
            pairs = np.empty((-2 - found, 3), dtype=np.int64)
        if found < 0:
            continue
        kinds[g] = EXACTLY
        first = grown(first, filled + found)
        second = grown(second, filled + found)
        for e in range(found):
            for i in range(m):
                first[filled + e, i] = vertices[2][pairs[e, 1], i]
            for j in range(n):
                second[filled + e, j] = vertices[5][pairs[e, 2], j]
        counts[g] = found
        filled += found
    return counts, kinds, first[:filled], second[:filled]
