"""Games in which each player chooses one number from an interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array

Payoff = Callable[[int, Array], float]
"""``payoff(player, actions)``: what one player gets when all play ``actions``, shape [n_players]."""


@dataclass(frozen=True, eq=False)
class ContinuousGame:
    """Players choose numbers in ``low[i] .. high[i]``.

    Attributes
    ----------
    players : names
    low, high : float arrays, shape [n_players]
        Ends of each player's interval.
    payoff : function of (player, actions)
    reply : function of (player, actions), optional
        The best response in closed form where the model knows one: the smallest where there are several.
    polynomials : for each player the payoff as exact coefficients by exponents, optional
        Set by :func:`~blamegame.games.polynomial_game.polynomial_game`; what is proved about the game is proved of
        these.

    Examples
    --------
    >>> game = ContinuousGame(("1", "2"), [0, 0], [1, 1], lambda i, x: x[i] * (1 - x.sum()))
    >>> game.n_players
    2
    """

    players: tuple[str, ...]
    low: Array
    high: Array
    payoff: Payoff
    reply: Payoff | None = None
    polynomials: tuple[Mapping[tuple[int, ...], Fraction], ...] | None = None

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            ends = np.array(getattr(self, name), dtype=np.float64)
            if ends.shape != (len(self.players),) or not np.isfinite(ends).all():
                raise GameError(
                    f"{name}={ends.tolist()} is not one finite number for each of the players {self.players}"
                )
            ends.setflags(write=False)
            object.__setattr__(self, name, ends)
        if (self.low > self.high).any():
            player = int(np.argmax(self.low > self.high))
            raise GameError(f"low={self.low[player]} is above high={self.high[player]} for {self.players[player]}")

    @property
    def n_players(self) -> int:
        return len(self.players)
