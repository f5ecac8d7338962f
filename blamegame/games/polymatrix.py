"""Polymatrix games: each player's payoff is the sum of what it gets against every other player, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, check_profile

MOST_CELLS = 1_000_000
Pair = tuple[int, int]


@dataclass(frozen=True, eq=False, init=False, repr=False)
class PolymatrixGame:
    """A game in which player i gets the sum over j of ``payoffs[i, j][own action, j's action]``.

    Parameters
    ----------
    payoffs : mapping from (player, other), by position, to a table of shape [n_actions of player, n_actions of other]
        Pairs that are left out pay nothing. A pair (i, i) has one column: what i's action pays whatever others do.
        Integers and Fractions stay exact, floats stay ``float64`` (one float makes all tables float).
    players : sequence of str, or int
        Names of the players, or how many there are.
    actions : sequence of sequences of str, optional
        Names of each player's actions; a player in no table needs them.

    Raises
    ------
    GameError
        Naming the pair whose table does not fit.

    Examples
    --------
    Three offices in a row; each pushes work down, unless its neighbour below does:

    >>> table = [[2, 2], [0, 3]]
    >>> game = PolymatrixGame({(0, 1): table, (1, 2): table, (2, 0): table}, players=3)
    >>> game
    <PolymatrixGame 2 x 2 x 2, players 1, 2, 3, 3 pairs, exact>
    >>> [str(value) for value in game.action_values(0, [[1, 0], [Fraction(1, 2)] * 2, [1, 0]])]
    ['2', '3/2']

    References
    ----------
    Yanovskaya (1968), "Equilibrium points in polymatrix games". Howson (1972), "Equilibria of polymatrix games",
    Management Science 18.
    """

    payoffs: Mapping[Pair, Array]
    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]

    def __init__(
        self,
        payoffs: Mapping[Pair, Any],
        players: Sequence[str] | int,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> None:
        n_players = players if isinstance(players, int) else len(players)
        tables = {_pair(pair, n_players): _table(pair, table) for pair, table in payoffs.items()}
        if any(table.dtype != object for table in tables.values()):
            tables = {pair: _to_float(table) for pair, table in tables.items()}
        for table in tables.values():
            table.setflags(write=False)
        sizes = _sizes(tables, n_players, actions)
        # a game without payoffs, of one cell for each player's action, checks names and labels
        names = tuple(str(k + 1) for k in range(n_players)) if isinstance(players, int) else tuple(players)
        labels = [
            StrategicGame(np.zeros((1, n), dtype=int), (name,), None if actions is None else (actions[i],)).actions[0]
            for i, (name, n) in enumerate(zip(names, sizes))
        ]
        if not names or len(set(names)) != len(names):
            raise GameError(f"players={players!r} must be different names, at least one")
        object.__setattr__(self, "payoffs", tables)
        object.__setattr__(self, "players", names)
        object.__setattr__(self, "actions", tuple(labels))

    @property
    def n_players(self) -> int:
        return len(self.players)

    @property
    def n_actions(self) -> tuple[int, ...]:
        return tuple(len(labels) for labels in self.actions)

    @property
    def exact(self) -> bool:
        """Whether payoffs are Fractions rather than ``float64``."""
        return all(table.dtype == object for table in self.payoffs.values())

    def action_values(self, player: int, profile: Sequence[Any]) -> Array:
        """Expected payoff of each action of ``player`` against the others' strategies, shape [n_actions of player]."""
        total = np.zeros(self.n_actions[player], dtype=object if self.exact else np.float64)
        if self.exact:
            total[:] = Fraction(0)
        for (own, other), table in self.payoffs.items():
            if own == player:
                total = total + (table[:, 0] if other == own else table @ np.asarray(profile[other]))
        return total

    def regret(self, profile: Sequence[Any]) -> Array:
        """Gain of each player's best deviation, in payoff units, shape [n_players]; zero exactly at an equilibrium.

        >>> game = PolymatrixGame({(0, 1): [[1, -1], [-1, 1]], (1, 0): [[-1, 1], [1, -1]]}, players=2)
        >>> game.regret([[1, 0], [1, 0]]).tolist()
        [Fraction(0, 1), Fraction(2, 1)]
        """
        if len(profile) != self.n_players:
            raise GameError(f"a profile needs {self.n_players} strategies, one per player; this one has {len(profile)}")
        checked: list[Array] = []
        for name, labels, strategy in zip(self.players, self.actions, profile):
            alone = StrategicGame(np.zeros((1, len(labels)), dtype=int), (name,), (labels,))
            checked += check_profile(alone, [strategy])
        gains = []
        for player in range(self.n_players):
            values = self.action_values(player, checked)
            gains.append(max(values.tolist()) - values @ checked[player])
        return np.array(gains, dtype=object if any(isinstance(g, Fraction) for g in gains) else np.float64)

    def to_strategic(self) -> StrategicGame:
        """The same game with one payoff for each cell.

        Raises
        ------
        GameError
            Where the table would have more than a million entries.
        """
        cells = self.n_players
        for n in self.n_actions:
            cells *= n
        if cells > MOST_CELLS:
            raise GameError(
                f"as a strategic game this polymatrix game has {cells:,} payoffs, more than {MOST_CELLS:,}; "
                "use polymatrix_lemke, which never builds them"
            )
        out = np.zeros((self.n_players, *self.n_actions), dtype=object if self.exact else np.float64)
        if self.exact:
            out[...] = Fraction(0)
        for (own, other), table in self.payoffs.items():
            shape = [1] * self.n_players
            shape[own] = self.n_actions[own]
            if other == own:
                out[own] += table.reshape(shape)
            else:
                shape[other] = self.n_actions[other]
                out[own] += (table if own < other else table.T).reshape(shape)
        return StrategicGame(out, self.players, self.actions)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PolymatrixGame):
            return NotImplemented
        mine, theirs = self.payoffs, other.payoffs
        same = (self.players, self.actions, mine.keys()) == (other.players, other.actions, theirs.keys())
        return same and all(bool((mine[pair] == theirs[pair]).all()) for pair in mine)

    def __hash__(self) -> int:
        return hash((self.players, self.actions, frozenset(self.payoffs)))

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self.n_actions))
        kind = "exact" if self.exact else "float64"
        return f"<PolymatrixGame {shape}, players {', '.join(self.players)}, {len(self.payoffs)} pairs, {kind}>"


def _pair(pair: Any, n_players: int) -> Pair:
    if not (
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(k, int) and 0 <= k < n_players for k in pair)
    ):
        raise GameError(f"payoffs[{pair!r}] is not about two of the players 0..{n_players - 1}, given by position")
    return pair[0], pair[1]


def _table(pair: Pair, given: Any) -> Array:
    """A table as exact or float numbers, with the checks every payoff gets."""
    try:
        array = np.asarray(given)
        if array.ndim != 2:
            raise GameError(f"its shape {array.shape} is not [own actions, other's actions]")
        if pair[0] == pair[1] and array.shape[1] != 1:
            raise GameError("what an action pays whatever others do is one column")
        return np.array(StrategicGame(np.stack([array, array]), 2).payoffs[0])
    except (GameError, ValueError) as error:
        raise GameError(f"payoffs{list(pair)}: {error}") from None


def _to_float(table: Array) -> Array:
    return table.astype(np.float64)


def _sizes(tables: Mapping[Pair, Array], n_players: int, actions: Sequence[Sequence[str]] | None) -> list[int]:
    if actions is not None and len(actions) != n_players:
        raise GameError(f"actions lists {len(actions)} players, the game has {n_players}")
    sizes: list[int | None] = [None] * n_players if actions is None else [len(labels) for labels in actions]
    for (own, other), table in tables.items():
        for player, n in ((own, table.shape[0]), (other, table.shape[1])) if own != other else ((own, len(table)),):
            if sizes[player] not in (None, n):
                raise GameError(
                    f"payoffs[{own}, {other}] gives player {player} {n} actions, elsewhere it has {sizes[player]}"
                )
            sizes[player] = n
    for player, size in enumerate(sizes):
        if size is None:
            raise GameError(f"player {player} is in no table, so name its actions with actions=")
    return [size for size in sizes if size is not None]
