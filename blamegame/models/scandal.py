"""Scandal: a failure can bring a period of heightened accountability, which successes end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import Monitoring
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.forms import OverStates
from blamegame.models.model import parameter


@dataclass(frozen=True, eq=False)
class Scandal(OverStates, Delegation):
    """The delegation game in two states, calm and scandal (model.md section 5).

    In a scandal accountability is multiplied. A failure in calm times starts a scandal with probability ``outbreak``;
    a scandal lasts with probability ``persistence`` x (1 - ``recovery`` x success). Every other parameter is that of
    the delegation game and the same in both states, so reforms of it apply. :meth:`stage_game` is the game in calm
    times; :meth:`stochastic_game` is the whole. Mutual avoidance is the same event in both states, and its measure is
    the share of periods in which it happens in the long run, from calm.

    Examples
    --------
    >>> game = Scandal().stochastic_game(0.9)
    >>> game
    <StochasticGame of states calm (2 x 3), scandal (2 x 3), players upper, lower, discount 0.9, float64>
    """

    states: ClassVar[tuple[str, ...]] = ("calm", "scandal")

    parameter_source: ClassVar[str] = "model.md section 5, scandal; the value is an assumption"

    heightened: Any = parameter("h", "factor on accountability in a scandal", "2.5", high=None, unit="factor")
    outbreak: Any = parameter(
        "o", "probability that a failure in calm times starts a scandal", "0.6", unit="probability"
    )
    persistence: Any = parameter("p", "probability that a scandal outlives a failure", "1", unit="probability")
    recovery: Any = parameter("v", "share of that probability that a success removes", "0.5")

    avoidance = Delegation.avoidance

    def scandal_game(self) -> StrategicGame:
        """The strategic game of one period of scandal."""
        p = self.values()
        return self.replace(accountability=p["accountability"] * p["heightened"]).stage_game()

    def transitions(self) -> tuple[Array, Array]:
        """Distribution of the next state (calm, scandal) from each state, shape [*batch, 2, 3, 2]."""
        p = {name: _along(self.values()[name]) for name in ("outbreak", "persistence", "recovery")}
        success = self.success()
        starts = p["outbreak"] * (1 - success)
        lasts = p["persistence"] * (1 - p["recovery"] * success)
        starts, lasts = np.broadcast_arrays(starts, lasts)
        return np.stack([1 - starts, starts], axis=-1), np.stack([1 - lasts, lasts], axis=-1)

    def repeated(self, discount: Number, monitoring: Monitoring | None = None) -> RepeatedGame:
        """Not available: what is played next depends on the state, so this is a stochastic game."""
        raise UnsupportedGame("Scandal has two states and so no repeated game; use stochastic_game(discount)")

    def stochastic_game(self, discount: Number) -> StochasticGame:
        """The stochastic game at one discount factor, starting in calm; a batch of models gives a batch of games."""
        shape = self.batch_shape
        tables = [np.broadcast_to(table, (*shape, 2, 3, 2)) for table in self.transitions()]
        return StochasticGame([self.stage_game(), self.scandal_game()], tables, discount, self.states)


def _along(value: Any) -> Any:
    """A batched parameter with axes for the cells."""
    return value[..., None, None] if isinstance(value, np.ndarray) else value
