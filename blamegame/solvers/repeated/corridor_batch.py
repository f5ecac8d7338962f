"""Corridors of many small two-player games at one discount factor; the work is done only where it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.games.batch import as_batch
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.corridor import EMPTY, UNDECIDED, corridor_of
from blamegame.solvers.repeated.playability_batch import playable_batch

CLOSE = 1e-6
"""Bounds from inside and outside that are this close are one value."""


@dataclass(frozen=True, eq=False)
class CorridorBatch:
    """For each of E events and n games; NaN where a game has no equilibrium.

    Attributes
    ----------
    best, worst : float arrays, shape [E, n]
        Smallest and largest discounted frequency, each the end that is attained. ``worst`` is 0 exactly where that is
        proved, and so is ``best``.
    decided : boolean array, shape [n]
        Whether it is proved for every event which of the ends are 0.
    gap : float array, shape [n]
        By how much the bounds of an end from inside and outside differ at most.
    exactly : boolean array, shape [n]
        Which games went through exact arithmetic.
    """

    best: Array
    worst: Array
    decided: Array
    gap: Array
    exactly: Array

    @property
    def complete(self) -> Array:
        """Whether verdicts are proved and bounds meet to within 1e-6, shape [n]."""
        out: Array = self.decided & (self.gap <= CLOSE)
        return out


def corridor_batch(
    games: Any,
    events: Sequence[Array],
    discount: Number,
    *,
    threads: int | None = None,
) -> CorridorBatch:
    """Smallest and largest frequency of each event over subgame-perfect equilibria, for each of many games.

    Parameters
    ----------
    games, discount, threads : as for :func:`~blamegame.solvers.repeated.playability_batch.playable_batch`
    events : boolean arrays over action profiles

    Notes
    -----
    An event without playable profile has frequency 0, one that holds every playable profile has frequency 1, and a
    stage equilibrium inside (outside) the event makes the largest (smallest) frequency 1 (0). What these four leave
    open goes through :func:`~blamegame.solvers.repeated.corridor.avoidance_corridor`, one game at a time.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> from fractions import Fraction
    >>> model = Delegation()
    >>> found = corridor_batch(model.payoffs()[None], [model.avoidance], Fraction(9, 10))
    >>> found.best.tolist(), found.worst.tolist()
    ([[0.0]], [[1.0]])
    """
    batch = as_batch(games)
    verdicts = playable_batch(batch, discount, threads=threads)
    stage = playable_batch(batch, 0, threads=threads)
    n_games = len(batch)
    best, worst = np.full((2, len(events), n_games), np.nan)
    decided: Array = np.asarray(~verdicts.undecided.any(axis=(1, 2)))
    gap = np.zeros(n_games)
    exactly = verdicts.decided_exactly | stage.decided_exactly
    for g in range(n_games):
        alive, rests = ~verdicts.no[g], stage.yes[g]
        if not alive.any():
            continue
        found = None
        for k, event in enumerate(events):
            ends = _at_once(alive, rests, event) if decided[g] else None
            if ends is None:
                found = found or payoff_set(RepeatedGame(StrategicGame(batch.exact(g)), discount))
                corridor = corridor_of(found, event)
                exactly[g] = True
                decided[g] = corridor.status != UNDECIDED and (k == 0 or decided[g])
                gap[g] = max(gap[g], 0.0 if corridor.status == EMPTY else corridor.gap)
                ends = float(corridor.best), float(corridor.worst)
            best[k, g], worst[k, g] = ends
    return CorridorBatch(best, worst, decided, gap, exactly)


def _at_once(alive: Array, rests: Array, event: Array) -> tuple[float, float] | None:
    if not alive[event].any():
        return 0.0, 0.0
    if not alive[~event].any():
        return 1.0, 1.0
    if rests[event].any() and rests[~event].any():
        return 0.0, 1.0
    return None
