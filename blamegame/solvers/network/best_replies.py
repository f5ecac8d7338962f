"""Best replies of all players of a hypergraphical game at once, ties decided exactly."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.strategic import Array
from blamegame.solvers.network.signed_sums import largest_of, nearest_floats, rounding_bound


@dataclass(frozen=True, eq=False)
class _Seat:
    """One position of one group: payoffs of each own action minus that of the first, a row per kind and others' cell.

    Attributes
    ----------
    role : of the players here
    players : who sits here in each game
    base : row of each game when all others play their first action
    others : (players, stride) of every other position: the row of a game is base + sum of action * stride
    exact, rounded : integers and floats, shape [n_rows, n_actions]
    alone : which games are the only one of the player here
    """

    role: int
    players: Array
    base: Array
    others: tuple[tuple[Array, int], ...]
    exact: Array
    rounded: Array
    alone: Array

    def rows(self, profile: Array) -> Array:
        """The row of each game under a profile."""
        out = self.base.copy()
        for players, stride in self.others:
            out += profile[players] * stride
        return out


class BestReplies:
    """The set of best replies of every player, found for all at once.

    A player of one local game reads its replies off that game's exact table. For a player of several the payoffs are
    added in floats with a bound on the error, and again in integers where the bound does not decide.

    Examples
    --------
    >>> from blamegame.games.hypergraphical import LocalGames
    >>> meet = np.array([[[[1, 0], [0, 1]], [[1, 0], [0, 1]]]])
    >>> pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array([0, 0]), meet)
    >>> game = HypergraphicalGame((("stay", "go"),), np.zeros(3, dtype=int), (pairs,))
    >>> BestReplies(game).at(np.array([0, 1, 1])).astype(int).tolist()
    [[0, 1], [1, 1], [0, 1]]
    """

    def __init__(self, game: HypergraphicalGame) -> None:
        self.game = game
        self.width = max(map(len, game.actions))
        scale = 2 * largest_of(game.integers)
        self.seats = [
            _seat(game, number, position, scale)
            for number, group in enumerate(game.groups)
            for position in range(group.size)
        ]

    def at(self, profile: Array, *, role: int | None = None) -> Array:
        """Whether each action is a best reply to ``profile``, boolean array of shape [n_players, most actions].

        With ``role`` only the rows of its players mean anything, for a fraction of the work.
        """
        n = self.game.n_players
        values, absolute = np.zeros((n, self.width)), np.zeros((n, self.width))
        best = np.arange(self.width) < self.game.n_actions[:, None]  # who plays nowhere is indifferent
        seats = [seat for seat in self.seats if role is None or seat.role == role]
        rows = [seat.rows(profile) for seat in seats]
        for seat, row in zip(seats, rows):
            if seat.alone.any():
                table = seat.exact == seat.exact.max(axis=1, keepdims=True)
                best[seat.players[seat.alone], : table.shape[1]] = table[row[seat.alone]]
            if not seat.alone.all():
                several = ~seat.alone
                for action in range(1, seat.rounded.shape[1]):
                    gain = seat.rounded[row[several], action]
                    values[:, action] += np.bincount(seat.players[several], gain, n)
                    absolute[:, action] += np.bincount(seat.players[several], np.abs(gain), n)
        many = self.game.games_of > 1
        error = rounding_bound(absolute, self.game.games_of[:, None])
        values[~best] = -np.inf
        possible = values + error >= (values - error).max(axis=1, keepdims=True)
        best[many] = possible[many]
        spread = np.where(possible, error, 0).max(axis=1)
        doubtful = many & (possible.sum(axis=1) > 1) & (spread > 0)
        if doubtful.any():
            best[doubtful] = self._exactly(doubtful, seats, rows)[doubtful]
        return best

    def is_equilibrium(self, profile: Array) -> bool:
        """Whether no player gains by deviating from a pure profile; exact."""
        plays = self.game.check_profile(profile)
        return bool(self.at(plays)[np.arange(len(plays)), plays].all())

    def _exactly(self, chosen: Array, seats: list[_Seat], rows: list[Array]) -> Array:
        """Best replies of the chosen players, their payoffs added as integers; other rows mean nothing."""
        total = np.zeros((self.game.n_players, self.width), dtype=object)
        for seat, row in zip(seats, rows):
            here = chosen[seat.players]
            n_rows = len(seat.exact)
            pairs, counts = np.unique(seat.players[here] * n_rows + row[here], return_counts=True)
            players, n_actions = pairs // n_rows, seat.exact.shape[1]
            gains = seat.exact[pairs % n_rows] * counts.astype(object)[:, None]
            np.add.at(total, (players[:, None], np.arange(n_actions)[None, :]), gains)
        real = np.arange(self.width) < self.game.n_actions[:, None]
        lowest = min(0, int(total[chosen].min())) - 1
        total[~real] = lowest
        out: Array = (total == total.max(axis=1, keepdims=True)) & real
        return out


def _seat(game: HypergraphicalGame, number: int, position: int, scale: int) -> _Seat:
    group, table = game.groups[number], game.integers[number]
    own = np.moveaxis(table[:, position], position + 1, -1)
    flat = own.reshape(-1, own.shape[-1])
    exact = flat - flat[:, :1]
    shape = [n for k, n in enumerate(group.shape) if k != position]
    strides = [prod(shape[k + 1 :]) for k in range(len(shape))]
    where = [k for k in range(group.size) if k != position]
    players = group.players[:, position]
    return _Seat(
        role=game.role_at(group, position),
        players=players,
        base=group.kinds * prod(shape),
        others=tuple((group.players[:, k], stride) for k, stride in zip(where, strides)),
        exact=exact,
        rounded=nearest_floats(exact, scale),
        alone=game.games_of[players] == 1,
    )
