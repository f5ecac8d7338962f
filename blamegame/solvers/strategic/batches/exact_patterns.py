"""Games of a batch decided from rational payoffs: distinct patterns once, in integers, put back in their places."""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import Any

import numpy as np

from blamegame.games.batch import smallest_integers
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.strategic.batches.event_ends import rounded_inside

PENDING, NOT_FINITE = 2, 3  # as in kernels.batch
_PATTERNS_AT_ONCE = 4096


def with_exact(
    counts: Array, first: Array, second: Array, pending: Array, exact: Callable[[int], Array]
) -> tuple[Array, Array, Array]:
    """Counts and strategies of a batch with the equilibria of the ``pending`` games put in their places."""
    m, n = first.shape[1], second.shape[1]
    patterns: dict[Any, int] = {}
    which = np.empty(len(pending), dtype=np.int64)
    for position, g in enumerate(pending.tolist()):
        key = tuple(smallest_integers(table) for table in exact(g))
        which[position] = patterns.setdefault(key, len(patterns))
    return put_back(counts, first, second, pending, which, *_solve_patterns(list(patterns), m, n))


def put_back(
    counts: Array,
    first: Array,
    second: Array,
    pending: Array,
    which: Array,
    solved_counts: Array,
    solved_first: Array,
    solved_second: Array,
) -> tuple[Array, Array, Array]:
    """A batch in which each pending game, which has no rows so far, gets those of the solved game ``which``."""
    starts = offsets_of(solved_counts)
    counts = counts.copy()
    counts[pending] = solved_counts[which]
    offsets = offsets_of(counts)
    rows = _ranges(offsets[pending], counts[pending])
    source = _ranges(starts[which], solved_counts[which])
    taken = np.zeros(offsets[-1], dtype=bool)
    taken[rows] = True
    merged = []
    for kept, solved in ((first, solved_first), (second, solved_second)):
        strategies = np.empty((offsets[-1], kept.shape[1]))
        strategies[rows] = solved[source]
        strategies[~taken] = kept
        merged.append(strategies)
    return counts, merged[0], merged[1]


def _ranges(starts: Array, lengths: Array) -> Array:
    """start, start + 1, ... of each given length, one after the other."""
    ends = np.cumsum(lengths)
    positions: Array = np.arange(lengths.sum()) - np.repeat(ends - lengths - starts, lengths)
    return positions


Pattern = tuple[tuple[int, ...], ...]
"""Both players' payoffs as the smallest nonnegative integers of the same game, row by row."""


def _solve_patterns(patterns: list[Any], m: int, n: int) -> tuple[Array, Array, Array]:
    counts: list[Array] = []
    first: list[Array] = []
    second: list[Array] = []
    for start in range(0, len(patterns), _PATTERNS_AT_ONCE):
        part = patterns[start : start + _PATTERNS_AT_ONCE]
        solved = _exact_chunk(part, m, n)
        for position in np.flatnonzero(solved[1] == PENDING).tolist():  # numbers too large for the kernel
            solved = _with_nash(solved, position, part[position], m, n)
        for column, values in zip((counts, first, second), (solved[0], solved[2], solved[3])):
            column.append(values)
    return np.concatenate(counts), np.concatenate(first), np.concatenate(second)


def _exact_chunk(patterns: list[Any], m: int, n: int) -> Any:
    from blamegame.solvers.strategic.batches.kernels.batch import solve_exact_chunk
    from blamegame.solvers.strategic.batches.kernels.residues import MOST_PRIMES, prime_tables, primes_needed

    primes = prime_tables()[0].tolist()
    bits = np.array([[float(max(table).bit_length()) for table in game] for game in patterns])
    wanted = [min(primes_needed(min(m, n), b), MOST_PRIMES) for b in bits.ravel().tolist()]
    depth = max(*wanted, 1)
    ranks = np.empty((len(patterns), 2, m * n))
    integers = np.zeros((len(patterns), 2, m * n), dtype=np.int64)
    residues = np.zeros((len(patterns), 2, depth, m * n), dtype=np.int64)
    for g, game in enumerate(patterns):
        for player, table in enumerate(game):
            order = {value: rank for rank, value in enumerate(sorted(set(table)))}
            ranks[g, player] = [order[value] for value in table]
            if bits[g, player] <= 61:
                integers[g, player] = table
            for q in range(wanted[2 * g + player]):
                residues[g, player, q] = [value % primes[q] for value in table]
    room, subsets, prime_arrays = kernel_tables(m, n)
    shape = (len(patterns), 2, m, n)
    return solve_exact_chunk(
        ranks.reshape(shape), integers.reshape(shape), residues.reshape(len(patterns), 2, depth, m, n), bits, room,
        subsets, prime_arrays,
    )  # fmt: skip


def _with_nash(solved: Any, position: int, game: Pattern, m: int, n: int) -> Any:
    """The chunk with one game solved by :func:`blamegame.nash`, in this file's order."""
    from blamegame.games.responses import best_responses
    from blamegame.solvers.strategic.nash import nash

    single = StrategicGame(np.array(game, dtype=object).reshape(2, m, n))

    def key(profile: Any) -> tuple[int, ...]:
        supports = [sum(1 << i for i, p in enumerate(strategy) if p) for strategy in profile]
        replies = [sum(1 << i for i in best_responses(single, player, profile)) for player in (1, 0)]
        return (sum(mask.bit_count() for mask in supports), *supports, *replies)

    profiles = sorted(nash(single).require_complete("equilibria_batch").equilibria, key=key)
    counts, kinds, first, second = solved
    at = int(counts[:position].sum())
    counts = counts.copy()
    counts[position] = len(profiles)
    first = np.insert(first, at, [[rounded_inside(p) for p in x] for x, _ in profiles], axis=0)
    second = np.insert(second, at, [[rounded_inside(p) for p in y] for _, y in profiles], axis=0)
    return counts, kinds, first, second


def kernel_tables(m: int, n: int) -> tuple[int, Any, Any]:
    """Room for vertices, subset tables and prime tables of m x n games."""
    from blamegame.solvers.strategic.batches.kernels.residues import prime_tables
    from blamegame.solvers.strategic.batches.kernels.supports import subset_tables

    return comb(m + n, m), subset_tables(max(m, n)), prime_tables()


def offsets_of(counts: Array) -> Array:
    """Where each game's rows begin, and the end of the last."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
