"""Claims about one strategic game."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from blamegame.certificates.claims.parts import (
    Document,
    cells_of,
    exact,
    game_document,
    nested,
    profile_of,
    text_of,
)
from blamegame.games.strategic import StrategicGame, check_single


@dataclass(frozen=True)
class IsNash:
    """This profile is a Nash equilibrium of the game, of any number of players.

    Floats in the game or the profile count as the rationals they store, so a rounded mixed strategy is not one.

    >>> from blamegame import Delegation
    >>> from blamegame.games import pure_profile
    >>> game = Delegation().stage_game()
    >>> IsNash(game, pure_profile(game, ("push", "escalate"))).profile
    ((Fraction(0, 1), Fraction(1, 1)), (Fraction(0, 1), Fraction(1, 1), Fraction(0, 1)))
    """

    game: StrategicGame
    profile: Any

    def __post_init__(self) -> None:
        check_single(self.game, "IsNash")
        object.__setattr__(self, "profile", profile_of(self.game, self.profile))

    def statement(self) -> Document:
        return {"kind": "is_nash", "game": game_document(self.game), "profile": text_of(self.profile)}

    def proof(self) -> Document:
        return {}


@dataclass(frozen=True)
class AllExtremeEquilibria:
    """These profiles are all extreme Nash equilibria of the two-player game, each listed once."""

    game: StrategicGame
    equilibria: Any

    def __post_init__(self) -> None:
        check_single(self.game, "AllExtremeEquilibria")
        profiles = tuple(profile_of(self.game, profile) for profile in self.equilibria)
        object.__setattr__(self, "equilibria", profiles)

    def statement(self) -> Document:
        return {
            "kind": "all_extreme_equilibria",
            "game": game_document(self.game),
            "equilibria": text_of(self.equilibria),
        }

    def proof(self) -> Document:
        return {}


@dataclass(frozen=True)
class CorrelatedAtMost:
    """Every correlated equilibrium, hence every Nash equilibrium, puts probability at most ``value`` on the event.

    Parameters
    ----------
    event : boolean array over the cells, or an iterable of cells
    value : number
    multipliers : one array [n_i, n_i] per player, entries >= 0
        Entry [a, b] prices player i's incentive to obey a rather than play b, as ``correlated_bounds`` returns them:
        in every cell, 1[event] <= value + sum of multipliers x gains from deviating.
    """

    game: StrategicGame
    event: Any
    value: Any
    multipliers: Any
    kind: ClassVar[str] = "correlated_at_most"

    def __post_init__(self) -> None:
        object.__setattr__(self, "event", cells_of(self.game, self.event))
        object.__setattr__(self, "value", exact(self.value))
        object.__setattr__(self, "multipliers", nested(self.multipliers))

    def statement(self) -> Document:
        game, event = game_document(self.game), [list(cell) for cell in self.event]
        return {"kind": self.kind, "game": game, "event": event, "value": text_of(self.value)}

    def proof(self) -> Document:
        return {"multipliers": text_of(self.multipliers)}


@dataclass(frozen=True)
class CorrelatedAtLeast(CorrelatedAtMost):
    """Every correlated equilibrium, hence every Nash equilibrium, puts probability at least ``value`` on the event.

    In every cell, 1[event] >= value - sum of multipliers x gains from deviating.
    """

    kind: ClassVar[str] = "correlated_at_least"


def NoCorrelatedAvoids(game: StrategicGame, event: Any, multipliers: Any) -> CorrelatedAtMost:
    """No correlated equilibrium puts any probability on the event: the bound with value 0."""
    return CorrelatedAtMost(game, event, 0, multipliers)


@dataclass(frozen=True)
class NoNashAvoids:
    """No Nash equilibrium of the game, pure or mixed, puts any probability on the event.

    Weaker than :func:`NoCorrelatedAvoids`, and so true of more games. With three players or more the checker cuts the
    strategy profiles into pieces and excludes each; where an equilibrium that touches the event in a tie keeps it from
    that, :func:`certify` says so, and the claim is neither proved nor refuted.
    """

    game: StrategicGame
    event: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "event", cells_of(self.game, self.event))

    def statement(self) -> Document:
        return {
            "kind": "no_nash_avoids",
            "game": game_document(self.game),
            "event": [list(cell) for cell in self.event],
        }

    def proof(self) -> Document:
        return {}
