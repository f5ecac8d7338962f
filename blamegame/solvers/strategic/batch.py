"""All Nash equilibria of many small two-player games at once: floats propose, exact arithmetic disposes."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.batch import Batch, as_batch
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.strategic.batches.event_ends import EventEnds, event_arrays
from blamegame.solvers.strategic.batches.exact_patterns import (
    NOT_FINITE,
    PENDING,
    kernel_tables,
    offsets_of,
    put_back,
    with_exact,
)

TOLERANCE = 1e-9
"""Margin every sign must clear, on determinants of payoffs normalised to [0, 1]; inside it exact arithmetic decides."""

MOST_ACTIONS = 12
MOST_OF_THE_SMALLER = 6
_CHUNK = 4096


@dataclass(frozen=True, eq=False, repr=False)
class EquilibriumBatch:
    """Every extreme Nash equilibrium of every game of a batch, in flat arrays.

    Attributes
    ----------
    offsets : int64 [games + 1]; the equilibria of game g are rows offsets[g] to offsets[g + 1] of the next two
    first : float64 [equilibria, m], strategies of the first player; entries are 0 outside the support and positive in
        it, however small
    second : float64 [equilibria, n], strategies of the second player
    decided_exactly : bool [games], whether the game was finished in exact arithmetic
    """

    offsets: Array
    first: Array
    second: Array
    decided_exactly: Array

    @property
    def counts(self) -> Array:
        """How many extreme equilibria each game has, int64 [games]; at least 1."""
        return np.diff(self.offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, game: int) -> tuple[tuple[Array, Array], ...]:
        """The equilibria of one game as profiles."""
        if not -len(self) <= game < len(self):
            raise GameError(f"batch[{game}] is outside the batch of {len(self)} games")
        rows = range(self.offsets[game % len(self)], self.offsets[game % len(self) + 1])
        return tuple((self.first[row], self.second[row]) for row in rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EquilibriumBatch):
            return NotImplemented
        return all(np.array_equal(getattr(self, name), getattr(other, name)) for name in self.__dict__)

    def __hash__(self) -> int:
        return hash((self.offsets.tobytes(), self.first.shape, self.second.shape))

    def __repr__(self) -> str:
        exactly = int(self.decided_exactly.sum())
        return f"<EquilibriumBatch of {len(self)} games: {len(self.first)} equilibria, {exactly} games decided exactly>"


def equilibria_batch(games: Any, *, threads: int | None = None, chunk: int = _CHUNK) -> EquilibriumBatch:
    """Every extreme Nash equilibrium of each of many small two-player games; complete for the whole batch.

    Parameters
    ----------
    games : a :class:`~blamegame.games.batch.Batch`, or whatever :func:`~blamegame.games.batch.as_batch` takes
        Payoffs of shape [*batch, 2, m, n]: any batch shape is flattened in C order; a single game is a batch of one.
        One player may have up to 12 actions where the other has up to 6. Exact numbers stay exact.
    threads : int, optional
        How many threads share the work; default all CPUs this process may use. The answer does not depend on it, nor
        on ``chunk``, the number of games a thread takes at a time.

    Returns
    -------
    EquilibriumBatch
        Per game ordered by the number of actions played, then the supports read as binary numbers (first action =
        lowest bit), then the sets of best replies.

    Raises
    ------
    GameError
        Where the shape is not [*batch, 2, m, n] or a payoff is not finite; it names the cell.
    UnsupportedGame
        For more players or actions; use :func:`blamegame.nash` game by game.

    Notes
    -----
    1. Normalise each player's payoffs to [0, 1]. Drop actions strictly dominated by more than ``TOLERANCE``, again and
       again; skip support pairs in which an action is so dominated given the other support.
    2. For every pair of supports I, J of equal size, x on I that makes J indifferent is proportional to minors N_i of
       payoff differences, and outside actions are compared by determinants S_j; the same for y. A half is
       *infeasible* where two N_i have opposite signs or some S_j is positive, *feasible* where all N_i have one sign
       and all S_j are negative, each beyond ``TOLERANCE``; otherwise *doubtful*. A pair with an infeasible half holds
       no equilibrium, a pair with two feasible halves exactly one. A doubtful pair without an infeasible half flags
       the game.
    3. A flagged game is solved from its rational payoffs by enumerating the vertices of both best-reply polyhedra.

    *Why an unflagged game is complete.* Determinants here are at most 6 x 6 with entries in [-1, 1], so rounding moves
    them by less than 1e-11 and a sign beyond ``TOLERANCE`` is the true sign. Suppose a true game had an equilibrium
    not found. Then it has an extreme one, (x, y), not found: each maximal Nash subset is the hull of extreme ones, and
    where all of those are found with two feasible halves, they are strict on supports, hence isolated points and the
    only ones. Let I, J be its supports, |I| <= |J| say, and B the best replies to y; a vertex has at least as many best
    replies as actions in its support, so |B| >= |J| >= |I|, and I' with I in I' in B, |I'| = |J| exists. Consider the
    pair (I', J). No action in it is conditionally dominated, because I' are best replies to y on J and J to x on I'.
    Neither half is infeasible: x is a nonnegative solution of its half's system at which nothing outside J is better,
    y of the other, and a true sign against them would contradict that. So the pair was feasible, hence found (it has
    one solution only), or it was doubtful, hence flagged.

    References
    ----------
    von Stengel (2002), "Computing equilibria for two-person games", Handbook of Game Theory 3, section 2; Avis,
    Rosenberg, Savani and von Stengel (2010), "Enumeration of Nash equilibria for two-player games", Economic Theory 42;
    Porter, Nudelman and Shoham (2008), "Simple search methods for finding a Nash equilibrium", Games Econ. Behav. 63
    (conditional dominance).

    Examples
    --------
    >>> batch = equilibria_batch([[[[3, 0], [0, 2]], [[2, 0], [0, 3]]], [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]])
    >>> batch
    <EquilibriumBatch of 2 games: 7 equilibria, 1 games decided exactly>
    >>> [(x.round(9).tolist(), y.round(9).tolist()) for x, y in batch[0]]
    [([1.0, 0.0], [1.0, 0.0]), ([0.0, 1.0], [0.0, 1.0]), ([0.6, 0.4], [0.4, 0.6])]
    """
    batch = two_players(games, "equilibria_batch")
    counts, kinds, first, second = _proposed(batch, threads, chunk)
    refuse_infinite(batch.payoffs, kinds != NOT_FINITE)
    decided = kinds != 0
    pending = kinds == PENDING
    stored = np.flatnonzero(pending & ~batch.rounded)
    if len(stored):
        solved_counts, solved_kinds, *strategies = _stored(batch.payoffs[stored], threads, chunk)
        counts, first, second = put_back(
            counts, first, second, stored, np.arange(len(stored)), solved_counts, *strategies
        )
        pending[stored] = solved_kinds == PENDING
    if pending.any():
        counts, first, second = with_exact(counts, first, second, np.flatnonzero(pending), batch.exact)
    return EquilibriumBatch(offsets_of(counts), first, second, decided)


def support_codes(batch: EquilibriumBatch) -> Array:
    """Both supports of every equilibrium as one integer, int64 [equilibria]; equal codes are equal supports.

    Bit i is action i of the first player, bit m + j action j of the second.

    >>> support_codes(equilibria_batch([[[[3, 0], [0, 2]], [[2, 0], [0, 3]]]])).tolist()
    [5, 10, 15]
    """
    played = np.concatenate([batch.first > 0, batch.second > 0], axis=1)
    codes: Array = played @ (1 << np.arange(played.shape[1], dtype=np.int64))
    return codes


def pure_counts(batch: EquilibriumBatch) -> Array:
    """How many pure equilibria each game has, int64 [games]."""
    pure = ((batch.first > 0).sum(axis=1) == 1) & ((batch.second > 0).sum(axis=1) == 1)
    running = np.concatenate([[0], np.cumsum(pure)])
    counts: Array = running[batch.offsets[1:]] - running[batch.offsets[:-1]]
    return counts


def event_probabilities(batch: EquilibriumBatch, event: Any) -> EventEnds:
    """Smallest and largest probability of an event over *all* Nash equilibria of each game, float64 [games] each.

    ``event`` is a boolean array [m, n], or [*batch, m, n] with one event per game. The answers 0 and 1 are exact: no
    cell, or every cell, that is played lies in the event; a probability between them never rounds to either. Extreme
    equilibria suffice: every equilibrium lies in a maximal Nash subset, a product of two polytopes whose pairs of
    vertices are extreme equilibria, and the probability is linear in each player's strategy (Winkels 1979, "An
    algorithm to determine all equilibrium points of a bimatrix game"; Jansen 1981, "Maximal Nash subsets for bimatrix
    games").

    >>> batch = equilibria_batch([[[[3, 0], [0, 2]], [[2, 0], [0, 3]]]])
    >>> low, high = event_probabilities(batch, np.array([[True, False], [False, False]]))
    >>> low.tolist(), high.tolist()
    ([0.0], [1.0])
    """
    events = event_arrays(event, len(batch), batch.first.shape[1], batch.second.shape[1])
    from blamegame.solvers.strategic.batches.kernels.reductions import event_range

    lowest, highest = event_range(batch.offsets, batch.first, batch.second, events)
    return EventEnds(lowest, highest, batch.decided_exactly)


def expectation_range(batch: EquilibriumBatch, table: Any) -> tuple[Array, Array]:
    """Smallest and largest expectation of a table over all Nash equilibria of each game, float64 [games] each.

    ``table`` is [m, n], or [games, m, n] (any batch shape in front) with one table per game, such as
    ``model.success()``. Extreme equilibria suffice, as for :func:`event_probabilities`.
    """
    m, n = batch.first.shape[1], batch.second.shape[1]
    values = np.asarray(table, dtype=np.float64)
    if values.shape == (m, n):
        values = np.broadcast_to(values, (len(batch), m, n))
    if values.shape[-2:] != (m, n) or values.size != len(batch) * m * n:
        raise GameError(f"a table for {len(batch)} games has shape ({len(batch)}, {m}, {n}), not {values.shape}")
    from blamegame.solvers.strategic.batches.kernels.reductions import table_range

    lowest, highest = table_range(
        batch.offsets, batch.first, batch.second, np.ascontiguousarray(values.reshape(-1, m, n))
    )
    return lowest, highest


def available_threads() -> int:
    """How many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_chunks(work: Callable[[slice], Any], n_games: int, threads: int | None, chunk: int) -> list[Any]:
    """``work`` on consecutive slices of the games, in threads, results in order; stops at Ctrl-C after a chunk."""
    if chunk < 1 or (threads is not None and threads < 1):
        raise GameError(f"chunk={chunk} and threads={threads} must be at least 1")
    slices = [slice(start, min(start + chunk, n_games)) for start in range(0, n_games, chunk)]
    workers = min(threads or available_threads(), len(slices))
    if workers <= 1:
        return [work(part) for part in slices]
    pool = ThreadPoolExecutor(workers)
    try:
        return list(pool.map(work, slices))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _proposed(batch: Batch, threads: int | None, chunk: int) -> list[Array]:
    from blamegame.solvers.strategic.batches.kernels.batch import propose_chunk

    _, subsets, _ = kernel_tables(*batch.n_actions)
    games, rounded = batch.payoffs, batch.rounded
    parts = in_chunks(
        lambda part: propose_chunk(games[part], TOLERANCE, rounded[part], subsets), len(games), threads, chunk
    )
    return [np.concatenate(column) for column in zip(*parts)]


def _stored(games: Array, threads: int | None, chunk: int) -> list[Array]:
    from blamegame.solvers.strategic.batches.kernels.batch import solve_stored_chunk

    room, subsets, primes = kernel_tables(*games.shape[2:])
    games.setflags(write=False)
    parts = in_chunks(lambda part: solve_stored_chunk(games[part], room, subsets, primes), len(games), threads, chunk)
    return [np.concatenate(column) for column in zip(*parts)]


def two_players(games: Any, caller: str) -> Batch:
    """Games small enough for the batch solvers, as a batch."""
    if isinstance(games, StrategicGame) and games.n_players != 2:
        raise UnsupportedGame(f"{caller} needs 2 players, this game has {games.n_players}")
    batch = as_batch(games)
    m, n = batch.n_actions
    if max(m, n) > MOST_ACTIONS or min(m, n) > MOST_OF_THE_SMALLER:
        raise UnsupportedGame(
            f"{caller} takes up to {MOST_OF_THE_SMALLER} x {MOST_ACTIONS} actions, these games are {m} x {n}; "
            "solve them one by one, with nash, correlated_bounds or rationalizable"
        )
    return batch


def refuse_infinite(games: Array, finite: Array) -> None:
    """GameError naming the first cell that is not a real number."""
    if not finite.all():
        bad = int(np.argmin(finite))
        cell = (bad, *np.argwhere(~np.isfinite(games[bad]))[0].tolist())
        raise GameError(f"payoffs[{', '.join(map(str, cell))}] = {games[cell]} is not a real number")
