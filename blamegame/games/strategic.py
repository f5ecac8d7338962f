"""Strategic (normal) form games of any number of players, one or a whole batch, exact or in floating point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from blamegame.errors import GameError
from blamegame.games.labels import action_names, player_names
from blamegame.games.table import MOST_CELLS, format_game
from blamegame.memory import BYTES_OF_A_FRACTION, check_memory

Array: TypeAlias = npt.NDArray[Any]
Profile: TypeAlias = tuple[Array, ...]
"""One mixed strategy per player, shape [n_actions of that player]; Fractions where exact."""

_LARGE = 1 << 20
"""Payoffs up to which nobody asks how much memory is free."""


@dataclass(frozen=True, eq=False, init=False, repr=False)
class StrategicGame:
    """A finite game in strategic form, or a batch of games of one shape.

    Parameters
    ----------
    payoffs : array, shape [*batch, n_players, *n_actions]
        Player axis first, then one axis per player. Integers and :class:`~fractions.Fraction` are kept exact (as
        Fractions), and so are Decimals; floats stay ``float64``. Where floats stand beside exact numbers that no float
        holds, each float becomes the rational it stores. NaN, infinities, complex numbers and ragged lists are refused.
    players : sequence of str, or int, optional
        Names of the players, or how many there are. Without it (and without ``actions``) the array is *one* game.
    actions : sequence of sequences of str, optional
        Names of the actions of each player; default ``"a", "b", ...``.

    Raises
    ------
    GameError
        Naming the cell, the label or the shape that is wrong.

    Examples
    --------
    >>> game = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], players=("row", "column"))
    >>> game.exact, game.n_actions, game.batch_shape
    (True, (2, 2), ())
    >>> print(game)
    row \\ column  a       b
    a             3, 3    0, _5_
    b             _5_, 0  _1_, _1_ *
    <BLANKLINE>
    _best reply_   * pure equilibrium
    """

    payoffs: Array
    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]

    def __init__(
        self,
        payoffs: Any,
        players: Sequence[str] | int | None = None,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> None:
        if isinstance(players, np.ndarray | list | tuple) and any(
            isinstance(row, np.ndarray | list | tuple) for row in players
        ):
            raise GameError(
                "StrategicGame takes the payoffs of all players as one array, and then their names; for two matrices A "
                "and B write StrategicGame([A, B])"
            )
        array = _payoff_array(payoffs)
        n_players = _count_players(array, players, actions)
        names = player_names(n_players, players)
        object.__setattr__(self, "payoffs", array)
        object.__setattr__(self, "players", names)
        object.__setattr__(self, "actions", action_names(array.shape[array.ndim - n_players :], names, actions))

    @property
    def n_players(self) -> int:
        return len(self.players)

    @property
    def n_actions(self) -> tuple[int, ...]:
        return tuple(len(labels) for labels in self.actions)

    @property
    def batch_shape(self) -> tuple[int, ...]:
        return self.payoffs.shape[: self.payoffs.ndim - self.n_players - 1]

    @property
    def exact(self) -> bool:
        """Whether payoffs are Fractions rather than ``float64``."""
        return self.payoffs.dtype.hasobject

    def __getitem__(self, index: int | tuple[int, ...]) -> StrategicGame:
        """One game of a batch."""
        if not self.batch_shape:
            raise GameError(f"game[{index!r}] asks for one game of a batch, but this is a single game")
        try:
            chosen = self.payoffs[index]
        except IndexError:
            raise GameError(f"game[{index!r}] is outside the batch of shape {self.batch_shape}") from None
        return StrategicGame(chosen, self.players, self.actions)

    def __iter__(self) -> Iterator[StrategicGame]:
        if not self.batch_shape:
            raise GameError("a single game cannot be iterated over; only a batch can")
        return (self[i] for i in range(self.batch_shape[0]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StrategicGame):
            return NotImplemented
        return (
            self.players == other.players
            and self.actions == other.actions
            and self.payoffs.shape == other.payoffs.shape
            and bool(np.all(self.payoffs == other.payoffs))
        )

    def __hash__(self) -> int:
        return hash((self.players, self.actions, self.payoffs.shape, tuple(self.payoffs.ravel().tolist()[:64])))

    def __setstate__(self, state: dict[str, Any]) -> None:
        state["payoffs"].setflags(write=False)
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        shape = " x ".join(str(n) for n in self.n_actions)
        batch = f"batch {self.batch_shape} of " if self.batch_shape else ""
        kind = "exact" if self.exact else "float64"
        return f"<StrategicGame {batch}{shape}, players {', '.join(self.players)}, {kind}>"

    def __str__(self) -> str:
        if self.batch_shape:
            return f"{self!r}\nprint(game[i]) shows one of them"
        if self.payoffs[0].size > MOST_CELLS:
            return f"{self!r}\n(too large to print: {self.payoffs[0].size} cells)"
        return format_game(self.players, self.actions, self.payoffs, best_reply_cells(self))


def to_exact(game: StrategicGame) -> StrategicGame:
    """The same game with every payoff as a Fraction; a float becomes the rational it stores, not its decimals.

    >>> to_exact(StrategicGame([[[0.5]], [[0.25]]])).payoffs[0, 0, 0]
    Fraction(1, 2)
    """
    return game if game.exact else StrategicGame(fractions_of(game.payoffs), game.players, game.actions)


def to_float(game: StrategicGame) -> StrategicGame:
    """The same game with ``float64`` payoffs (each the nearest float)."""
    if not game.exact:
        return game
    try:
        return StrategicGame(game.payoffs.astype(np.float64), game.players, game.actions)
    except OverflowError:
        raise GameError(
            "a payoff is beyond the range of float64 (1.8e308); rescale it or keep the game exact"
        ) from None


def fractions_of(array: Array) -> Array:
    """An object array of the exact rationals stored in a float or integer array, same shape."""
    flat = [Fraction(value) for value in array.ravel().tolist()]
    return object_array(flat).reshape(array.shape)


def object_array(values: Sequence[Any]) -> Array:
    """A one-dimensional object array holding ``values`` as they are."""
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def pure_profile(game: StrategicGame, cell: Sequence[int | str]) -> Profile:
    """The profile in which every player plays one action, given by position or name; exact.

    >>> game = StrategicGame([[[1, 0]], [[0, 1]]])
    >>> [strategy.tolist() for strategy in pure_profile(game, ("a", "b"))]
    [[Fraction(1, 1)], [Fraction(0, 1), Fraction(1, 1)]]
    """
    strategies = []
    for player, action in enumerate(cell_index(game, cell)):
        strategy = object_array([Fraction(0)] * game.n_actions[player])
        strategy[action] = Fraction(1)
        strategies.append(strategy)
    return tuple(strategies)


def cell_index(game: StrategicGame, cell: Sequence[int | str]) -> tuple[int, ...]:
    """Positions of one action per player, given by position or by name."""
    if isinstance(cell, str) or len(cell) != game.n_players:
        raise GameError(f"{cell!r} is not one action for each of the {game.n_players} players {game.players}")
    out = []
    for player, action in enumerate(cell):
        labels = game.actions[player]
        if isinstance(action, bool | np.bool_ | float):
            raise GameError(f"{action!r} is neither the name nor the position of an action of {game.players[player]}")
        if isinstance(action, str):
            if action not in labels:
                raise GameError(f"{action!r} is not an action of {game.players[player]}; its actions are {labels}")
            out.append(labels.index(action))
        elif not 0 <= int(action) < len(labels):
            raise GameError(f"action {action} of {game.players[player]} is not in 0..{len(labels) - 1}")
        else:
            out.append(int(action))
    return tuple(out)


def check_single(game: Any, caller: str) -> None:
    """Refuse a batch, or what is no game at all, where one game is needed."""
    if not isinstance(game, StrategicGame):
        raise GameError(f"{caller} takes a StrategicGame, not {_kind_of(game)}{_way_in(game, caller)}")
    if game.batch_shape:
        raise GameError(
            f"{caller} takes one game, this is a batch of shape {game.batch_shape}; "
            "take game[i], or use blamegame.avoidance or equilibria_batch for the whole batch"
        )


def best_reply_cells(game: StrategicGame) -> Array:
    """Boolean array, shape [n_players, *n_actions]: whether the player's action is a best reply in that cell."""
    check_single(game, "best_reply_cells")
    best = [game.payoffs[i] == np.max(game.payoffs[i], axis=i, keepdims=True) for i in range(game.n_players)]
    return np.array(best, dtype=bool)


def _kind_of(value: Any) -> str:
    library = type(value).__module__.split(".")[0]
    return type(value).__name__ if library in ("builtins", "blamegame") else f"{library}.{type(value).__name__}"


def _way_in(value: Any, caller: str) -> str:
    """The line to write for another library's game, or for payoffs that are no game yet."""
    library = type(value).__module__.split(".")[0]
    if isinstance(value, list | tuple | np.ndarray):
        return f"; write {caller}(StrategicGame(payoffs)), with payoffs [n_players, *n_actions]"
    if library in ("nashpy", "quantecon"):
        return f"; write {caller}(from_{library}(game))"
    if hasattr(value, "stage_game"):
        return f"; write {caller}(model.stage_game())"
    return f"; write {caller}(read_nfg(game.to_nfg()))" if library == "pygambit" else ""


def check_player(game: StrategicGame, player: Any) -> None:
    """Refuse what is not the position of a player."""
    if isinstance(player, bool | str | float) or not 0 <= player < game.n_players:
        raise GameError(f"player={player!r} is not a position in 0..{game.n_players - 1} of the players {game.players}")


def check_profile(game: StrategicGame, profile: Sequence[Any]) -> Profile:
    """``profile`` as arrays, after checking shapes and that each strategy is a probability vector.

    Sums are checked exactly where the entries are exact, and to 1e-9 where they are floats.
    """
    if len(profile) != game.n_players:
        raise GameError(f"a profile needs {game.n_players} strategies, one per player; this one has {len(profile)}")
    checked = []
    for name, labels, strategy in zip(game.players, game.actions, profile):
        vector = np.asarray(strategy)
        if vector.shape != (len(labels),):
            raise GameError(
                f"the strategy of {name} has shape {vector.shape}, its actions {labels} need ({len(labels)},)"
            )
        if vector.dtype != np.float64:
            vector = object_array([_exact_number(v) for v in vector.tolist()])
        total = sum(vector.tolist())
        off = total != 1 if vector.dtype == object and not isinstance(total, float) else not abs(total - 1) <= 1e-9
        if off or any(not v >= 0 for v in vector.tolist()):
            raise GameError(f"the strategy of {name}, {vector.tolist()}, is not a probability vector (sum {total})")
        checked.append(vector)
    return tuple(checked)


def _exact_number(value: Any) -> Any:
    return Fraction(value) if isinstance(value, int) else value


def _payoff_array(payoffs: Any) -> Array:
    try:
        array = np.asarray(payoffs)
    except ValueError:
        raise GameError("payoffs are ragged: every row of a payoff table needs the same number of cells") from None
    _check_size(array)
    if array.dtype.kind in "uf" and not isinstance(payoffs, np.ndarray) and np.any(abs(array) >= 2.0**53):
        array = np.asarray(payoffs, dtype=object)  # numpy takes [2**53 + 1, 0.5] for floats and drops the last digits
    if array.dtype == object:
        array = _exact_array(array)
    elif array.dtype.kind in "biu":
        array = fractions_of(array.astype(object))
    elif array.dtype.kind == "f":
        with np.errstate(over="ignore"):  # of a longer float: becomes infinity, and is refused as that
            array = np.array(array, dtype=np.float64)
        bad = np.argwhere(~np.isfinite(array))
        if len(bad):
            raise _bad_cell(tuple(bad[0].tolist()), array[tuple(bad[0])])
    elif array.dtype.kind == "c":
        first = tuple(np.argwhere(np.ones(array.shape))[0].tolist()) if array.size else ()
        raise _bad_cell(first, array[first])
    else:
        raise GameError(f"payoffs are of type {array.dtype}; use int, Fraction or float numbers")
    if array.size == 0:
        raise GameError(f"payoffs of shape {array.shape} are empty: every player needs at least one action")
    array.setflags(write=False)
    return array


def _check_size(array: Array) -> None:
    """Refuse a table whose copy would not fit in memory before it is made."""
    if array.size > _LARGE:
        each = 8 if array.dtype.kind == "f" else BYTES_OF_A_FRACTION
        check_memory(array.size, each, "payoffs", way_out="a game between neighbours only is a HypergraphicalGame")


def _exact_array(array: Array) -> Array:
    values: list[Any] = []
    for position, value in enumerate(array.ravel().tolist()):
        if isinstance(value, list | tuple):
            raise GameError("payoffs are ragged: every row of a payoff table needs the same number of cells")
        if isinstance(value, float) and not math.isfinite(value):
            raise _bad_cell(np.unravel_index(position, array.shape), value)
        try:
            values.append(value if type(value) is Fraction else _as_fraction_or_float(value))
        except (TypeError, ValueError, OverflowError):
            raise _bad_cell(np.unravel_index(position, array.shape), value) from None
    if any(isinstance(value, float) for value in values):
        if all(_fits_a_float(value) for value in values):
            return np.array([float(value) for value in values]).reshape(array.shape)
        values = [Fraction(value) for value in values]
    return object_array(values).reshape(array.shape)


def _fits_a_float(value: Fraction | float) -> bool:
    try:
        return float(value) == value
    except OverflowError:
        return False


def _as_fraction_or_float(value: Any) -> Fraction | float:
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, str | complex) or value is None:
        raise TypeError
    return Fraction(int(value)) if isinstance(value, int | np.integer) else Fraction(value)


def _bad_cell(cell: Sequence[Any], value: Any) -> GameError:
    where = ", ".join(str(int(i)) for i in cell)
    return GameError(f"payoffs[{where}] = {value} is not a real number; every payoff must be finite")


def _count_players(array: Array, players: Sequence[str] | int | None, actions: Sequence[Any] | None) -> int:
    if isinstance(players, int):
        n = players
    elif players is not None:
        n = len(players)
    elif actions is not None:
        n = len(actions)
    else:
        n = array.ndim - 1
        if n < 1:
            raise GameError(f"payoffs of shape {array.shape} are no table: a game needs [n_players, *n_actions]")
        if array.shape[0] != n:
            raise GameError(
                f"payoffs of shape {array.shape} are not one game: the first axis must be the {n} players; "
                "for a batch of games name the players, as in StrategicGame(payoffs, players=2)"
            )
    if n < 1 or array.ndim < n + 1 or array.shape[array.ndim - n - 1] != n:
        raise GameError(f"payoffs of shape {array.shape} do not fit {n} players: expected [*batch, {n}, *n_actions]")
    return n
