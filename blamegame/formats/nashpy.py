"""Two-player games to and from :class:`nashpy.Game`, which holds one float or integer matrix per player."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame, check_single, to_float


def to_nashpy(game: StrategicGame) -> Any:
    """A ``nashpy.Game`` with ``float64`` matrices: each exact payoff becomes the nearest float, labels are lost.

    >>> to_nashpy(StrategicGame([[[3, 0]], [[1, 2]]])).payoff_matrices[1].tolist()
    [[1.0, 2.0]]

    Raises
    ------
    UnsupportedGame
        For other than two players.
    GameError
        For a batch, or a payoff beyond the range of ``float64``.
    """
    import nashpy

    check_single(game, "to_nashpy")
    if game.n_players != 2:
        raise UnsupportedGame(f"nashpy needs 2 players, this game has {game.n_players}; use to_quantecon or write_nfg")
    row, column = to_float(game).payoffs
    return nashpy.Game(np.array(row), np.array(column))


def from_nashpy(game: Any) -> StrategicGame:
    """The game of a ``nashpy.Game``: integer matrices become exact, float matrices stay ``float64``.

    >>> import nashpy
    >>> from_nashpy(nashpy.Game([[1, -1]])).payoffs[1, 0, 0]
    Fraction(-1, 1)
    """
    try:
        row, column = game.payoff_matrices
    except AttributeError:
        raise GameError(f"{type(game).__name__} is not a nashpy game: it has no payoff_matrices") from None
    return StrategicGame(np.stack([np.asarray(row), np.asarray(column)]), 2)
