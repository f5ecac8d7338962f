"""Two-player games from and to pandas DataFrames; pandas is imported only to build one."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError, UnsupportedGame
from blamegame.extras import need
from blamegame.formats.table import address, cell_numbers
from blamegame.games.strategic import Array, StrategicGame, check_single


def from_dataframe(table: Any, second: Any = None) -> StrategicGame:
    """The game of one DataFrame whose cells are pairs, or of two DataFrames of numbers with the same labels.

    A pair is a tuple ``(3, 5)`` or text ``"3, 5"``. Index and columns are the actions of the row and the column
    player, kept as text; ``index.name`` and ``columns.name`` name the players where both are given. Integers,
    Fractions and text are exact; floats stay floats.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"work": ["3, 5", "4, 0"]}, index=["assist", "push"])
    >>> from_dataframe(frame).actions
    (('assist', 'push'), ('work',))

    Raises
    ------
    GameError
        Naming the cell by its labels and as a spreadsheet would.
    """
    frames = [table] if second is None else [table, second]
    actions = _labels(table)
    if second is not None and _labels(second) != actions:
        raise GameError(f"the two tables have actions {actions} and {_labels(second)}; they must agree")
    n = 2 if second is None else 1
    payoffs = [layer for frame in frames for layer in _layers(frame, n)]
    return StrategicGame(payoffs, _players(table), actions)


def to_dataframe(game: StrategicGame) -> Any:
    """A DataFrame of pairs ``(row's payoff, column's payoff)``, labels and players kept; needs pandas.

    >>> frame = to_dataframe(StrategicGame([[[3, 0]], [[1, 2]]]))
    >>> from_dataframe(frame) == StrategicGame([[[3, 0]], [[1, 2]]])
    True
    """
    pd = need("pandas")

    check_single(game, "to_dataframe")
    if game.n_players != 2:
        raise UnsupportedGame(f"a DataFrame holds 2 players, this game has {game.n_players}; use write_nfg")
    cells = np.empty(game.n_actions, dtype=object)
    for cell in np.ndindex(game.n_actions):
        cells[cell] = (game.payoffs[(0, *cell)], game.payoffs[(1, *cell)])
    index, columns = (pd.Index(labels, name=name) for labels, name in zip(game.actions, game.players))
    return pd.DataFrame(cells, index=index, columns=columns)


def _labels(frame: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        return tuple(str(label) for label in frame.index), tuple(str(label) for label in frame.columns)
    except AttributeError:
        raise GameError(f"{type(frame).__name__} is not a DataFrame; it needs index and columns") from None


def _players(frame: Any) -> tuple[str, str] | int:
    names = (frame.index.name, frame.columns.name)
    return 2 if None in names else (str(names[0]), str(names[1]))


def _layers(frame: Any, n: int) -> list[Array]:
    """The ``n`` payoffs of every cell, each of shape [rows, columns]."""
    cells = frame.to_numpy(dtype=object)
    if not cells.size:
        raise GameError(f"a DataFrame of shape {cells.shape} holds no game; every player needs at least one action")
    layers = [np.empty(cells.shape, dtype=object) for _ in range(n)]
    for i, j in np.ndindex(cells.shape):
        try:
            values = _values(cells[i, j], n)
        except (TypeError, ValueError) as error:
            where = f"row {str(frame.index[i])!r}, column {str(frame.columns[j])!r} ({address(i + 1, j + 1)})"
            raise GameError(f"{where} {error}") from None
        for layer, value in zip(layers, values):
            layer[i, j] = value
    return layers


def _values(cell: Any, n: int) -> list[Fraction | float]:
    if isinstance(cell, str):
        return list(cell_numbers(cell, n))
    parts = list(cell) if isinstance(cell, tuple | list | np.ndarray) else [cell]
    if len(parts) != n:
        raise ValueError(f"holds {cell!r}; expected {'one number' if n == 1 else 'two payoffs such as (3, 5)'}")
    return [_number(part, cell) for part in parts]


def _number(part: Any, cell: Any) -> Fraction | float:
    if isinstance(part, float | np.floating):
        if not math.isfinite(part):
            raise ValueError(f"holds {cell!r}; every payoff must be a finite number")
        return float(part)
    if isinstance(part, bool | np.bool_) or not isinstance(part, int | np.integer | Fraction):
        raise ValueError(f"holds {cell!r}; write numbers, or pairs such as (3, 5)")
    return part if isinstance(part, Fraction) else Fraction(int(part))
