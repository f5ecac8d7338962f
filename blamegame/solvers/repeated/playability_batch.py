"""Playability of every action profile in each of many small two-player games at one discount factor."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.batch import Batch, as_batch
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.repeated.playability import NOT_PLAYABLE, PLAYABLE, UNDECIDED, playable

_CHUNK = 64
_STEPS = 2000
_HUGE = 10**300


@dataclass(frozen=True, eq=False, repr=False)
class PlayabilityBatch:
    """Verdicts for every action profile of every game.

    Attributes
    ----------
    yes, no : boolean arrays, shape [n_games, m, n]
        Proved playable, proved not playable; neither is undecided.
    decided_exactly : boolean array, shape [n_games]
        Which games went through exact arithmetic.
    """

    yes: Array
    no: Array
    decided_exactly: Array

    @property
    def undecided(self) -> Array:
        out: Array = ~(self.yes | self.no)
        return out

    @property
    def complete(self) -> bool:
        """Whether every verdict has a proof."""
        return not bool(self.undecided.any())

    @property
    def verdicts(self) -> Array:
        """The words *playable*, *not playable* and *undecided*, shape [n_games, m, n]."""
        return np.where(self.yes, PLAYABLE, np.where(self.no, NOT_PLAYABLE, UNDECIDED))

    def __len__(self) -> int:
        return len(self.yes)

    def __repr__(self) -> str:
        return f"<PlayabilityBatch of {len(self)} games, {int(self.undecided.sum())} verdicts undecided>"


def playable_batch(
    games: Any,
    discount: Number,
    *,
    threads: int | None = None,
    time_limit: float | None = None,
) -> PlayabilityBatch:
    """Which action profiles can be played at ``discount``, for each of many two-player games.

    Parameters
    ----------
    games : a :class:`~blamegame.games.batch.Batch`, or whatever :func:`~blamegame.games.batch.as_batch` takes
        Payoffs of shape [*batch, 2, m, n]: any batch shape is flattened in C order; a single game is a batch of one.
        Exact numbers stay exact.
    discount : number in [0, 1)
    threads : int, optional
        Threads of the compiled screening; default all CPUs this process may use. The answer does not depend on it.
    time_limit : seconds, optional
        Games not reached by then keep the verdicts of the screening; the rest of theirs is undecided.

    Notes
    -----
    A compiled screening iterates the set operator with every constraint loosened. Profiles it removes are not
    playable; equilibria of the stage game are. A self-generating set just inside, with margins far beyond rounding on
    every constraint and continuation, decides most of the rest. Games still open go through
    :func:`~blamegame.solvers.repeated.playability.playable` one by one.

    Examples
    --------
    >>> dilemmas = [[[[9, 1], [10, 3]], [[9, 10], [1, 3]]], [[[4, 0], [6, 2]], [[4, 6], [0, 2]]]]
    >>> playable_batch(dilemmas, 0.2).verdicts[:, 0, 0].tolist()
    ['playable', 'not playable']
    """
    batch = as_batch(games)
    deadline = None if time_limit is None else time.monotonic() + time_limit
    factor = RepeatedGame(StrategicGame([[0]], actions=[["a"]]), discount).exact_discount
    n_games, (m, n) = len(batch), batch.n_actions
    possible, sure = _screened(batch, factor, threads)
    yes, no = sure == 1, ~possible
    if factor == 0:
        no = sure == 0
    open_games = np.flatnonzero(~(yes | no).all(axis=1))
    decided = np.zeros(n_games, dtype=bool)
    for g in open_games.tolist():
        if deadline is not None and time.monotonic() >= deadline:
            break
        left = None if deadline is None else max(deadline - time.monotonic(), 0.0)
        found = playable(RepeatedGame(StrategicGame(batch.exact(g)), discount), time_limit=left)
        yes[g], no[g], decided[g] = found.yes.ravel(), found.no.ravel(), True
    return PlayabilityBatch(yes.reshape(n_games, m, n), no.reshape(n_games, m, n), decided)


def _screened(batch: Batch, discount: Fraction, threads: int | None) -> tuple[Array, Array]:
    from blamegame.solvers.repeated.kernels.screening import screen

    games, rounded = batch.payoffs, bool(batch.rounded.any())
    count = games.shape[2] * games.shape[3]
    possible = np.empty((len(games), count), dtype=bool)
    sure = np.empty((len(games), count), dtype=np.int64)
    ratio = float(min((1 - discount) / discount, Fraction(_HUGE))) if discount else float(_HUGE)
    now, later = float(1 - discount), float(discount)

    def work(start: int) -> None:
        part = slice(start, start + _CHUNK)
        screen(games[part], ratio, now, later, _STEPS, rounded, possible[part], sure[part])

    workers = threads or len(os.sched_getaffinity(0))
    pool = ThreadPoolExecutor(workers)
    try:
        list(pool.map(work, range(0, len(games), _CHUNK)))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)  # so that an interrupt waits for running chunks only
    return possible, sure
