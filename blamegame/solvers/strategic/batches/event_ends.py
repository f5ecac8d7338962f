"""Smallest and largest probability of an event in each game of a batch, in floats that round to neither 0 nor 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array

ZERO, BETWEEN, ONE = 0, 1, 2
LEAST_POSITIVE = 5e-324
LARGEST_BELOW_ONE = 1.0 - 2.0**-53


@dataclass(frozen=True, eq=False, repr=False)
class EventEnds:
    """Range of an event's probability over the equilibria of each game; unpacks into low and high.

    The entries 0.0 and 1.0 are exact statements. A probability strictly between them is a float strictly between them,
    however near it is, so that ``low == 0`` and ``high == 1`` decide what they seem to decide.

    Attributes
    ----------
    low, high : float64 [games], to 1e-9
    exactly : bool [games], which games were decided in exact arithmetic

    >>> ends = EventEnds(np.array([0.0, 0.5]), np.array([5e-324, 1.0]), np.array([True, False]))
    >>> ends.low_sign.tolist(), ends.high_sign.tolist()
    ([0, 1], [1, 2])
    """

    low: Array
    high: Array
    exactly: Array

    def __iter__(self) -> Iterator[Array]:
        yield self.low
        yield self.high

    def __repr__(self) -> str:
        return f"<EventEnds of {len(self.low)} games, {int(self.exactly.sum())} decided exactly>"

    @property
    def low_sign(self) -> Array:
        """Of each smallest probability, int8 [games]: ZERO = 0, BETWEEN = 1 or ONE = 2, exactly."""
        return _signs(self.low)

    @property
    def high_sign(self) -> Array:
        """Of each largest probability, int8 [games]: ZERO = 0, BETWEEN = 1 or ONE = 2, exactly."""
        return _signs(self.high)


def _signs(values: Array) -> Array:
    signs: Array = (values > 0).astype(np.int8) + (values == 1)
    return signs.astype(np.int8)


def event_arrays(event: Any, n_games: int, m: int, n: int) -> Array:
    """One event for all games, [1, m, n], or one each, [games, m, n], as a fresh boolean array."""
    cells = np.asarray(event)
    if cells.dtype != bool or cells.shape[-2:] != (m, n) or cells.size not in (m * n, n_games * m * n):
        raise GameError(
            f"the event must be a boolean array of shape {(m, n)}, or with {n_games} games in front, not {cells.dtype} "
            f"of shape {cells.shape}; event_of makes one from cells"
        )
    # a copy: read-only arrays would compile a second version of the kernels
    return np.array(cells.reshape(-1, m, n), order="C")


def rounded_inside(value: Any) -> float:
    """An exact probability as a float that is 0.0 or 1.0 only where the probability is.

    >>> from fractions import Fraction
    >>> rounded_inside(Fraction(1, 10**400)), 1 - rounded_inside(1 - Fraction(1, 10**20))
    (5e-324, 1.1102230246251565e-16)
    """
    if value in (0, 1):
        return float(value)
    return min(max(float(value), LEAST_POSITIVE), LARGEST_BELOW_ONE)
