"""Rationalizable actions of many small games at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.strategic.batch import in_chunks, refuse_infinite, two_players
from blamegame.solvers.strategic.rationalizable import rationalizable

_CHUNK = 4096
_LEFT = 2  # as in kernels.rationalizable


@dataclass(frozen=True, eq=False, repr=False)
class RationalizableBatch:
    """Which actions are rationalizable in each game.

    Attributes
    ----------
    first, second : bool [games, m] and [games, n]
    decided_exactly : bool [games], whether the game was decided in exact arithmetic
    """

    first: Array
    second: Array
    decided_exactly: Array

    def __len__(self) -> int:
        return len(self.first)

    def __repr__(self) -> str:
        return f"<RationalizableBatch of {len(self)} games, {int(self.decided_exactly.sum())} decided exactly>"


def rationalizable_batch(games: Any, *, threads: int | None = None, chunk: int = _CHUNK) -> RationalizableBatch:
    """Which actions of either player are rationalizable in each of many small two-player games.

    Parameters
    ----------
    games : a :class:`~blamegame.games.batch.Batch`, or whatever :func:`~blamegame.games.batch.as_batch` takes
        Payoffs of shape [*batch, 2, m, n]: any batch shape is flattened in C order. Exact numbers stay exact.
    threads, chunk : how many threads share the work and how many games each takes at a time; the answer is the same

    Raises
    ------
    GameError
        Where a shape does not fit or a payoff is not finite; it names the cell.
    UnsupportedGame
        For more players or actions; use :func:`blamegame.rationalizable` game by game.

    Notes
    -----
    1. Drop actions strictly dominated by another, again and again, where that is clear.
    2. An action that is a best reply to an action survives. For the others a matrix game between beliefs and
       alternatives is solved in floats: where its value is clearly positive the action survives, where it is clearly
       negative the action goes, and everything is looked at again.
    3. Games in which some value is too near 0 go to :func:`blamegame.rationalizable` with their exact payoffs.

    References
    ----------
    Pearce (1984), Econometrica 52, lemma 3.

    Examples
    --------
    >>> survivors = rationalizable_batch([[[4, 0], [0, 4], [1, 1]], [[1, 0], [0, 1], [9, 9]]])
    >>> survivors.first.tolist(), survivors.second.tolist()
    ([[True, True, False]], [[True, True]])
    """
    batch = two_players(games, "rationalizable_batch")
    refuse_infinite(batch.payoffs, np.asarray(np.isfinite(batch.payoffs).all(axis=(1, 2, 3))))
    from blamegame.solvers.strategic.batches.kernels.rationalizable import surviving_chunk

    parts = in_chunks(
        lambda part: surviving_chunk(batch.payoffs[part], batch.rounded[part]), len(batch), threads, chunk
    )
    masks = np.concatenate([part[0] for part in parts])
    left = np.concatenate([part[1] for part in parts]) == _LEFT
    first, second = ((masks[:, [player]] >> np.arange(count) & 1) == 1 for player, count in enumerate(batch.n_actions))
    for g in np.flatnonzero(left).tolist():
        for survives, kept in zip((first, second), rationalizable(StrategicGame(batch.exact(g)))):
            survives[g] = np.isin(np.arange(survives.shape[1]), kept)
    return RationalizableBatch(first, second, left)
