"""Hypergraphical games: a player's payoff is the sum over the small games it takes part in, each with one action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm, prod

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, fractions_of

MOST_CELLS = 20_000


@dataclass(frozen=True, eq=False)
class LocalGames:
    """Many local games of one size, of few kinds.

    Attributes
    ----------
    players : int array, shape [n_games, k]
        Who stands at each of the k positions of each game.
    kinds : int array, shape [n_games]
        Which payoff table each game has.
    payoffs : object array of Fractions, shape [n_kinds, k, *n_actions of the k positions]
    """

    players: Array
    kinds: Array
    payoffs: Array

    @property
    def size(self) -> int:
        """Number k of players in each game."""
        return int(self.players.shape[1])

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of actions at each position."""
        return self.payoffs.shape[2:]


@dataclass(frozen=True, eq=False)
class HypergraphicalGame:
    """Players who choose one action each and collect payoffs from every local game they take part in.

    Attributes
    ----------
    actions : labels of the actions of each role
    roles : int array, shape [n_players]
        Players of one role have the same actions; solvers order the actions role by role.
    groups : local games, one group for each size; at one position of a group all players have the same role

    Raises
    ------
    GameError
        Naming the group and position that do not fit.

    References
    ----------
    Papadimitriou and Roughgarden (2008), "Computing correlated equilibria in multi-player games", J. ACM 55(3).

    Examples
    --------
    Three players in a line, each pair playing a game of coordination:

    >>> meet = np.array([[[[1, 0], [0, 1]], [[1, 0], [0, 1]]]])
    >>> pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array([0, 0]), meet)
    >>> game = HypergraphicalGame((("stay", "go"),), np.zeros(3, dtype=int), (pairs,))
    >>> game.payoffs_of([0, 0, 1])
    [Fraction(1, 1), Fraction(1, 1), Fraction(0, 1)]
    """

    actions: tuple[tuple[str, ...], ...]
    roles: Array
    groups: tuple[LocalGames, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", _frozen(np.asarray(self.roles, dtype=np.int64)))
        object.__setattr__(self, "groups", tuple(self._checked(number, g) for number, g in enumerate(self.groups)))

    @property
    def n_players(self) -> int:
        return len(self.roles)

    @property
    def n_actions(self) -> Array:
        """Number of actions of each player, shape [n_players]."""
        return np.array([len(labels) for labels in self.actions])[self.roles]

    def role_at(self, group: LocalGames, position: int) -> int:
        """The role of the players at one position of a group."""
        return int(self.roles[group.players[0, position]])

    @cached_property
    def games_of(self) -> Array:
        """In how many local games each player takes part, shape [n_players]."""
        return sum(
            (np.bincount(group.players.ravel(), minlength=self.n_players) for group in self.groups),
            np.zeros(self.n_players, dtype=np.int64),
        )

    @cached_property
    def integers(self) -> tuple[Array, ...]:
        """The payoffs of each group times one common denominator: Python integers, so that sums and signs are exact."""
        flat = [value for group in self.groups for value in group.payoffs.ravel().tolist()]
        denominator = lcm(*{value.denominator for value in flat}) if flat else 1
        return tuple(_scaled(group.payoffs, denominator) for group in self.groups)

    def payoffs_of(self, profile: Sequence[int] | Array) -> list[Fraction]:
        """Payoff of every player when all play ``profile``, one action position each; exact."""
        plays = self.check_profile(profile)
        total = [Fraction(0)] * self.n_players
        for group in self.groups:
            cells = plays[group.players]
            for players, kind, cell in zip(group.players.tolist(), group.kinds.tolist(), cells.tolist()):
                for position, player in enumerate(players):
                    total[player] += group.payoffs[(kind, position, *cell)]
        return total

    def check_profile(self, profile: Sequence[int] | Array) -> Array:
        """``profile`` as an int array after checking that every player has the action it is given."""
        plays = np.asarray(profile)
        if plays.shape != (self.n_players,) or plays.dtype.kind not in "iu":
            raise GameError(
                f"a profile of this game is {self.n_players} action positions; this one has shape {plays.shape}"
            )
        wrong = np.flatnonzero((plays < 0) | (plays >= self.n_actions))
        if len(wrong):
            labels = self.actions[self.roles[wrong[0]]]
            raise GameError(f"player {wrong[0]} has no action {plays[wrong[0]]}; its actions are {labels}")
        return plays.astype(np.int64)

    def strategic_form(self) -> StrategicGame:
        """The same game as one payoff table, for few players: at most 20,000 action profiles."""
        shape = tuple(self.n_actions.tolist())
        if self.n_players > 30 or prod(shape) > MOST_CELLS:
            raise GameError(f"{self.n_players} players make too many action profiles for one table ({MOST_CELLS:,})")
        table = fractions_of(np.zeros((self.n_players, *shape), dtype=np.int64))
        for group in self.groups:
            for players, kind in zip(group.players.tolist(), group.kinds.tolist()):
                order = np.argsort(players)
                spread = [1] * self.n_players
                for position in order.tolist():
                    spread[players[position]] = group.shape[position]
                for position, player in enumerate(players):
                    table[player] += np.transpose(group.payoffs[kind, position], order).reshape(spread)
        labels = [self.actions[role] for role in self.roles.tolist()]
        return StrategicGame(table, tuple(str(i + 1) for i in range(self.n_players)), labels)

    def _checked(self, number: int, group: LocalGames) -> LocalGames:
        players, kinds = np.asarray(group.players, dtype=np.int64), np.asarray(group.kinds, dtype=np.int64)
        payoffs = np.asarray(group.payoffs)
        if players.ndim != 2 or not len(players) or kinds.shape != players.shape[:1]:
            raise GameError(f"group {number}: players {players.shape} and kinds {kinds.shape} are not [n, k] and [n]")
        if players.min() < 0 or players.max() >= self.n_players:
            raise GameError(f"group {number} names player {players.max()}; the players are 0 to {self.n_players - 1}")
        roles = self.roles[players]
        if (roles != roles[0]).any():
            raise GameError(f"group {number}: one position has players of several roles; put them in separate groups")
        if (np.diff(np.sort(players, axis=1), axis=1) == 0).any():
            raise GameError(f"group {number}: a player stands twice in one local game")
        shape = tuple(len(self.actions[role]) for role in roles[0].tolist())
        if payoffs.shape[1:] != (players.shape[1], *shape) or payoffs.ndim != len(shape) + 2:
            raise GameError(
                f"group {number}: payoffs of shape {payoffs.shape} are not [n_kinds, {players.shape[1]}, {shape}]"
            )
        if kinds.min() < 0 or kinds.max() >= len(payoffs):
            raise GameError(f"group {number} has a game of kind {kinds.max()} and {len(payoffs)} payoff tables")
        exact = StrategicGame(payoffs, players=players.shape[1]).payoffs  # refuses NaN, text and the like
        if exact.dtype != object:
            exact = _frozen(fractions_of(exact))
        return LocalGames(_frozen(players), _frozen(kinds), exact)


def renumbered(keys: Array) -> tuple[Array, Array]:
    """Keys (0 or more) as numbers 0, 1, ... in the same order, and where each first stands; linear for small keys.

    >>> [array.tolist() for array in renumbered(np.array([7, 3, 7]))]
    [[1, 0, 1], [1, 0]]
    """
    if int(keys.max()) > 4 * len(keys) + 65_536:
        _, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
        return numbers, first
    first = np.full(int(keys.max()) + 1, -1)
    first[keys[::-1]] = np.arange(len(keys))[::-1]  # of equal keys the last one written is the first one standing
    present = first >= 0
    return (np.cumsum(present) - 1)[keys], first[present]


def _frozen(array: Array) -> Array:
    array = array.copy() if array.base is not None or array.flags.writeable else array
    array.setflags(write=False)
    return array


def _scaled(payoffs: Array, denominator: int) -> Array:
    out = np.empty(payoffs.size, dtype=object)
    out[:] = [value.numerator * (denominator // value.denominator) for value in payoffs.ravel().tolist()]
    return out.reshape(payoffs.shape)
