"""Newton's method on the indifference equations of the supports that an approximate equilibrium suggests."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from blamegame.games.strategic import Array

_ROUNDS = 30


class ActionValues:
    """Expected payoffs of actions for float payoffs, shape [n_players, *n_actions]; strategies lie in one vector."""

    def __init__(self, payoffs: Array) -> None:
        self.n_actions = payoffs.shape[1:]
        self.ends = np.cumsum([0, *self.n_actions])
        self._tables = [np.ascontiguousarray(np.moveaxis(table, i, 0)) for i, table in enumerate(payoffs)]

    def split(self, point: Array) -> list[Array]:
        return [point[a:b] for a, b in zip(self.ends, self.ends[1:])]

    def with_strategies(self, point: Array) -> list[tuple[Array, Array]]:
        """For each player the values of its actions and its strategy."""
        strategies = self.split(point)
        return [(self.of(player, strategies), strategies[player]) for player in range(len(strategies))]

    def of(self, player: int, strategies: list[Array]) -> Array:
        """Expected payoff of each action of ``player``."""
        table = self._tables[player]
        for other in range(len(strategies) - 1, -1, -1):
            if other != player:
                table = table.reshape(-1, len(strategies[other])) @ strategies[other]
        return table.reshape(-1)

    def against(self, player: int, other: int, strategies: list[Array]) -> Array:
        """Expected payoff of each action of ``player`` (rows) against each action of ``other`` (columns)."""
        table = self._tables[player]
        order = [k for k in range(len(strategies)) if k != player]
        axis = 1 + order.index(other)
        table = np.moveaxis(table, axis, 1)
        for k in reversed(order):
            if k != other:
                table = table.reshape(-1, len(strategies[k])) @ strategies[k]
        return table.reshape(len(strategies[player]), len(strategies[other]))


def newton_on_supports(values: ActionValues, point: Array, mesh: float) -> Iterator[list[Array]]:
    """Refined profiles, one for each distinct guess of the supports from which the iteration settles on strategies.

    Guesses: the actions with more probability than some multiples of the grid's ``mesh``, alone and together with the
    actions that are best replies within such a multiple.
    """
    tried = set()
    worths = [worth for worth, _ in values.with_strategies(point)]
    for slack in (2 * mesh, 8 * mesh, 0.02, 0.1):
        played = point > min(slack, 0.5 / max(values.n_actions))
        near = np.concatenate([worth >= worth.max() - slack for worth in worths])
        for guess in (played & near, played, near, played | near):
            key = guess.tobytes()
            if key in tried or not all(part.any() for part in values.split(guess)):
                continue
            tried.add(key)
            refined = _iterate(values, np.where(guess, point, 0.0), guess)
            if refined is not None:
                yield refined


def _iterate(values: ActionValues, point: Array, support: Array) -> list[Array] | None:
    """Gauss and Newton's iteration with the shortest step, so that continua of equilibria are no obstacle."""
    n_players = len(values.n_actions)
    size = len(point)
    owner = np.repeat(np.arange(n_players), values.n_actions)
    unknown = np.flatnonzero(support)
    point = np.concatenate([part / part.sum() if part.sum() else part for part in values.split(point)])
    worth = np.zeros(n_players)
    for player, (worths, strategy) in enumerate(values.with_strategies(point)):
        worth[player] = worths @ strategy
    for _ in range(_ROUNDS):
        strategies = values.split(point)
        residual, jacobian = np.zeros(size + n_players), np.zeros((size + n_players, size + n_players))
        for i, (a, b) in enumerate(zip(values.ends, values.ends[1:])):
            residual[a:b] = values.of(i, strategies) - worth[i]
            jacobian[a:b, size + i] = -1.0
            residual[size + i] = strategies[i].sum() - 1.0
            jacobian[size + i, a:b] = 1.0
            for j, (c, d) in enumerate(zip(values.ends, values.ends[1:])):
                if j != i:
                    jacobian[a:b, c:d] = values.against(i, j, strategies)
        kept = np.concatenate([unknown, np.arange(size, size + n_players)])
        step = np.linalg.lstsq(jacobian[np.ix_(kept, kept)], -residual[kept], rcond=1e-12)[0]
        if not np.isfinite(step).all() or np.abs(step[: len(unknown)]).max() > 2.0:
            return None
        point[unknown] += step[: len(unknown)]
        worth += step[len(unknown) :]
        if np.abs(step).max() < 1e-15:
            break
    if point.min() < -1e-7 or not all(part.sum() > 0.5 for part in values.split(point)):
        return None
    shares = np.bincount(owner, np.maximum(point, 0.0))
    return values.split(np.maximum(point, 0.0) / shares[owner])
