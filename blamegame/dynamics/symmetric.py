"""Symmetric games of two players: one population, whose members meet in pairs."""

from __future__ import annotations

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, check_single


def symmetric_table(game: StrategicGame, caller: str) -> Array:
    """Payoff to the row action against the column action, shape [n, n], of a symmetric game of two players.

    >>> symmetric_table(StrategicGame([[[1, 3], [0, 2]], [[1, 0], [3, 2]]]), "me").shape
    (2, 2)
    """
    check_single(game, caller)
    if game.n_players != 2 or game.n_actions[0] != game.n_actions[1]:
        raise GameError(f"{caller} needs two players with the same actions, this game has {game.n_actions}")
    own, other = game.payoffs
    different = np.argwhere(own != other.T)
    if len(different):
        i, j = different[0].tolist()
        raise GameError(
            f"{caller} needs a symmetric game: {game.players[0]} gets {own[i, j]} in cell ({i}, {j}), "
            f"but {game.players[1]} gets {other[j, i]} in cell ({j}, {i})"
        )
    table: Array = own
    return table
