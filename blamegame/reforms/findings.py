"""What a search tells beside its tables: what holds before any reform, and the cheapest of some successes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from blamegame.games.event_range import Range
from blamegame.games.strategic import Profile
from blamegame.reforms.bundles import Names


@dataclass(frozen=True)
class Base:
    """The model before any reform: the range of avoidance, and the equilibria.

    ``equilibria`` are the extreme Nash equilibria where the concept is Nash and the game has strategic form; else ().
    """

    range: Range
    equilibria: tuple[Profile, ...]


@dataclass(frozen=True)
class Cheapest:
    """The cheapest of some successes: of equally cheap ones that with fewest reforms, then the first in menu order."""

    bundle: Names
    cost: Fraction
    ties: tuple[Names, ...]
    """Every success of this cost, ``bundle`` first."""
