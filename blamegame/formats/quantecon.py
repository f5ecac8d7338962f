"""Games to and from ``quantecon.game_theory.NormalFormGame``, whose players see their own action first, then cyclic.

Axis k of player i's array there is the action of player (i + k) modulo the number of players; here axis k is always
the action of player k.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame, check_single, to_float


def to_quantecon(game: StrategicGame) -> Any:
    """A ``NormalFormGame`` with ``float64`` payoffs: each exact payoff becomes the nearest float, labels are lost.

    >>> [p.payoff_array.shape for p in to_quantecon(StrategicGame([[[3, 0]], [[1, 2]]])).players]
    [(1, 2), (2, 1)]

    Raises
    ------
    GameError
        For a batch, or a payoff beyond the range of ``float64``.
    """
    from quantecon.game_theory import NormalFormGame, Player

    check_single(game, "to_quantecon")
    payoffs = to_float(game).payoffs
    everyone = list(range(game.n_players))
    return NormalFormGame(
        [Player(np.ascontiguousarray(payoffs[i].transpose(everyone[i:] + everyone[:i]))) for i in everyone]
    )


def from_quantecon(game: Any) -> StrategicGame:
    """The game of a ``NormalFormGame``: integer payoffs become exact, float payoffs stay ``float64``.

    >>> from quantecon.game_theory import NormalFormGame
    >>> from_quantecon(NormalFormGame([[(3, 3), (0, 5)], [(5, 0), (1, 1)]])).payoffs[1, 0, 1]
    Fraction(5, 1)
    """
    try:
        arrays = game.payoff_arrays
    except AttributeError:
        raise GameError(f"{type(game).__name__} is not a quantecon game: it has no payoff_arrays") from None
    n = len(arrays)
    back = [arrays[i].transpose([(axis - i) % n for axis in range(n)]) for i in range(n)]
    return StrategicGame(np.stack(back), n)
