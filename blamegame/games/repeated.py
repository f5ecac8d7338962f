"""Infinitely repeated games: one stage game every period, payoffs discounted and averaged."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from numbers import Real

from blamegame.errors import GameError
from blamegame.games.monitoring import Monitoring, Perfect, PublicSignals, check_fits
from blamegame.games.strategic import StrategicGame

Number = int | float | Fraction


@dataclass(frozen=True)
class RepeatedGame:
    """A stage game played in every period; payoffs are averages (1 - discount) * sum of discount**t * payoff(t).

    Parameters
    ----------
    stage : StrategicGame
        The game of one period.
    discount : int, float or Fraction in [0, 1)
        Weight of the next period against this one. A Fraction is exact, a float is the rational it stores
        (0.9 is not 9/10, and at a threshold the difference shows).
    monitoring : Perfect() or PublicSignals(...)
        What players see of each other's play.

    Raises
    ------
    GameError
        Where the discount factor is out of range or the signals do not fit the stage game.

    Examples
    --------
    >>> stage = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> RepeatedGame(stage, Fraction(9, 10)).discount
    Fraction(9, 10)
    """

    stage: StrategicGame
    discount: Number
    monitoring: Monitoring = field(default_factory=Perfect)

    def __post_init__(self) -> None:
        if not isinstance(self.stage, StrategicGame):
            raise GameError(f"stage must be a StrategicGame, not {type(self.stage).__name__}")
        if not isinstance(self.discount, Real) or not 0 <= self.discount < 1:
            raise GameError(
                f"discount={self.discount} is not in [0, 1): 0 is one period, values near 1 are patient players"
            )
        if not isinstance(self.monitoring, Perfect | PublicSignals):
            raise GameError(f"monitoring={self.monitoring!r} is neither Perfect() nor PublicSignals(...)")
        check_fits(self.monitoring, self.stage)

    @property
    def exact(self) -> bool:
        """Whether stage payoffs and discount factor were given exactly."""
        return self.stage.exact and not isinstance(self.discount, float)

    @property
    def exact_discount(self) -> Fraction:
        """The discount factor as a rational; a float becomes the rational it stores."""
        return Fraction(self.discount)

    def __repr__(self) -> str:
        return f"<RepeatedGame of {self.stage!r} at discount {self.discount}, {self.monitoring!r}>"
