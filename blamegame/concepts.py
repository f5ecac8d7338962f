"""Solution concepts as small frozen values: what is assumed about play.

A concept is passed to :func:`blamegame.avoidance_range` or to a goal; it carries its own settings and nothing else.

>>> Nash()
Nash()
>>> SubgamePerfect(Fraction(9, 10)).discount
Fraction(9, 10)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from blamegame.errors import GameError

Number = int | float | Fraction


def _check_discount(discount: Number) -> None:
    if not 0 <= discount < 1:
        raise GameError(f"discount={discount} is not in [0, 1): 0 is one period, values near 1 are patient offices")


@dataclass(frozen=True)
class Nash:
    """Every Nash equilibrium, mixed ones included (Nash 1951)."""


@dataclass(frozen=True)
class Correlated:
    """Every correlated equilibrium: play recommended by a mediator whom nobody gains by disobeying (Aumann 1974)."""


@dataclass(frozen=True)
class CoarseCorrelated:
    """Every coarse correlated equilibrium: nobody gains by ignoring the mediator altogether (Moulin and Vial 1978)."""


@dataclass(frozen=True)
class Rationalizable:
    """Every profile of actions that survive iterated strict dominance by mixed strategies (Bernheim, Pearce 1984)."""


@dataclass(frozen=True)
class SubgamePerfect:
    """Pure subgame-perfect equilibria of the repeated game with public randomisation, at one discount factor."""

    discount: Number

    def __post_init__(self) -> None:
        _check_discount(self.discount)


@dataclass(frozen=True)
class PublicPerfect:
    """Pure perfect public equilibria with public randomisation when only success or failure is seen."""

    discount: Number

    def __post_init__(self) -> None:
        _check_discount(self.discount)


@dataclass(frozen=True)
class MarkovPerfect:
    """Stationary Markov-perfect equilibria of a stochastic game, at one discount factor.

    Mixed ones are included for two players and one or two states; larger games are answered by their pure ones, and
    say that the answer is not complete.
    """

    discount: Number

    def __post_init__(self) -> None:
        _check_discount(self.discount)


@dataclass(frozen=True)
class Logit:
    """The logit quantal response equilibrium on the principal branch (McKelvey and Palfrey 1995)."""

    rationality: Number

    def __post_init__(self) -> None:
        if not self.rationality >= 0:
            raise GameError(f"rationality={self.rationality} is negative: 0 is uniform play, larger is sharper")


Concept = Nash | Correlated | CoarseCorrelated | Rationalizable | SubgamePerfect | PublicPerfect | MarkovPerfect | Logit
