"""Games of a batch in which only surviving actions are left, put together by how many those are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from blamegame.games.batch import Batch
from blamegame.games.strategic import Array
from blamegame.solvers.strategic.batches.survivors import survivors

_SMALLER = 0.1
"""Of a player's largest payoff: where less is left of a rounded game its payoffs are rounded anew, to full accuracy."""


@dataclass(frozen=True, eq=False)
class Part:
    """Games of a batch that keep equally many actions of each player; a player without a choice is left out.

    Attributes
    ----------
    games : int [g], positions in the whole batch
    kept : for each player the surviving actions, int [g, k_i]
    choosing : the players with more than one; the players of ``batch``, in order. Where fewer than two have a choice,
        players who have none stand in for them.
    batch : their games, payoffs [g, players choosing, *k]
    """

    games: Array
    kept: tuple[Array, ...]
    choosing: tuple[int, ...]
    batch: Batch

    def of(self, table: Array) -> Array:
        """What is left of a table over all profiles, [*actions] or one for each game of the whole batch; [g, *k].

        >>> from blamegame.games.batch import as_batch
        >>> part, = parts(as_batch([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]))
        >>> part.of(np.array([[1, 2], [3, 4]])).tolist()
        [[[4]]]
        """
        return _left_of(table, self.games, self.kept, self.batch.n_actions)


def parts(batch: Batch) -> Iterator[Part]:
    """The games of a batch after iterated strict dominance; Nash equilibria are those of the whole games."""
    kept = survivors(batch)
    counts = np.stack([mask.sum(axis=1) for mask in kept], axis=1)
    order = [np.argsort(~mask, axis=1, kind="stable") for mask in kept]
    for sizes in np.unique(counts, axis=0):
        games = np.flatnonzero((counts == sizes).all(axis=1))
        actions = tuple(where[games, :size] for where, size in zip(order, sizes.tolist()))
        yield _part(batch, games, actions)


def _part(batch: Batch, games: Array, kept: tuple[Array, ...]) -> Part:
    sizes = [actions.shape[1] for actions in kept]
    alone = [player for player, size in enumerate(sizes) if size == 1]
    many = [player for player, size in enumerate(sizes) if size > 1]
    choosing = tuple(sorted(many + alone[: max(2 - len(many), 0)]))
    shape = tuple(sizes[player] for player in choosing)
    whole, rounded = batch.payoffs, batch.rounded[games]
    small = np.stack([_left_of(whole[:, player], games, kept, shape) for player in choosing], axis=1)
    exact = _Exact(batch, games, kept, choosing, shape)
    largest = np.stack(
        [np.abs(whole[games, player]).reshape(len(games), -1).max(axis=1) for player in choosing], axis=1
    )
    left = np.abs(small).reshape(len(games), len(choosing), -1).max(axis=2)
    for g in np.flatnonzero(rounded & (left < _SMALLER * largest).any(axis=1)).tolist():
        small[g] = exact(g).astype(np.float64)
    return Part(games, kept, choosing, Batch(small, exact, rounded))


def _left_of(table: Array, games: Array, kept: tuple[Array, ...], shape: tuple[int, ...]) -> Array:
    n_players, g = len(kept), len(games)
    index = [
        actions.reshape(g, *(actions.shape[1] if other == player else 1 for other in range(n_players)))
        for player, actions in enumerate(kept)
    ]
    first = [games.reshape(g, *[1] * n_players)] if table.ndim > n_players else []
    left: Array = table[tuple(first + index)]
    return left.reshape(g, *shape)


@dataclass(frozen=True, eq=False)
class _Exact:
    """The exact payoffs of what is left of a game."""

    batch: Batch
    games: Array
    kept: tuple[Array, ...]
    choosing: tuple[int, ...]
    shape: tuple[int, ...]

    def __call__(self, index: int) -> Array:
        payoffs = self.batch.exact(int(self.games[index]))
        left: Array = payoffs[np.ix_(self.choosing, *(actions[index] for actions in self.kept))]
        return left.reshape(len(self.choosing), *self.shape)
