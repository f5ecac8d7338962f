"""Range of an event's probability over the equilibria of each game of a batch, one function for each concept.

All four take games as :func:`~blamegame.games.batch.as_batch` does and an event as a boolean array [m, n], or
[*batch, m, n] with one event per game, and give an :class:`~blamegame.solvers.strategic.batches.event_ends.EventEnds`:
ends to 1e-9, and 0 and 1 exactly where, and only where, the exact end is 0 or 1.

>>> dilemma, event = [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], np.array([[False, False], [False, True]])
>>> ranges = (nash_range, correlated_range, coarse_correlated_range, rationalizable_range)
>>> [[float(end[0]) for end in over(dilemma, event)] for over in ranges]
[[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.batch import as_batch
from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities
from blamegame.solvers.strategic.batches.event_ends import EventEnds, event_arrays
from blamegame.solvers.strategic.correlated_batch import event_bounds_batch
from blamegame.solvers.strategic.rationalizable_batch import rationalizable_batch


def nash_range(games: Any, event: Any, *, threads: int | None = None) -> EventEnds:
    """Over all Nash equilibria."""
    return event_probabilities(equilibria_batch(games, threads=threads), event)


def correlated_range(games: Any, event: Any, *, threads: int | None = None) -> EventEnds:
    """Over all correlated equilibria."""
    return event_bounds_batch(games, event, threads=threads)


def coarse_correlated_range(games: Any, event: Any, *, threads: int | None = None) -> EventEnds:
    """Over all coarse correlated equilibria."""
    return event_bounds_batch(games, event, coarse=True, threads=threads)


def rationalizable_range(games: Any, event: Any, *, threads: int | None = None) -> EventEnds:
    """Over all distributions on cells of rationalizable actions: each end is 0 or 1."""
    batch = as_batch(games)
    events = event_arrays(event, len(batch), *batch.n_actions)
    survivors = rationalizable_batch(batch, threads=threads)
    played = survivors.first[:, :, None] & survivors.second[:, None, :]
    outside, inside = (np.any(played & cells, axis=(1, 2)) for cells in (~events, events))
    return EventEnds((~outside).astype(np.float64), inside.astype(np.float64), survivors.decided_exactly)
