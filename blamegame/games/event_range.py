"""How likely an event is over the equilibria of a game: its smallest and largest probability, each with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.concepts import Concept
from blamegame.games.table import format_number

FREE, TRAP, ENTRENCHED, EMPTY = "free", "trap", "entrenched", "no equilibrium"
UNDECIDED = "undecided"
STATUSES = (FREE, TRAP, ENTRENCHED, EMPTY, UNDECIDED)

SMALLEST = float(np.nextafter(np.float64(0), 1))
"""What a positive probability becomes whose nearest float is zero: zero is said of nothing that is not."""


class _Compared:
    """Equality by fields, arrays by their entries; hashed where every field can be."""

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(_same(a, b) for a, b in zip(self.__dict__.values(), other.__dict__.values()))

    def __hash__(self) -> int:
        return hash((type(self), *(str(v) if isinstance(v, np.ndarray) else repr(v) for v in self.__dict__.values())))


@dataclass(frozen=True, eq=False)
class Bound(_Compared):
    """One end of a range: it lies in [lower, upper]; numbers, or arrays of shape [*batch].

    ``witness`` is an equilibrium that attains ``upper`` of the low end, or ``lower`` of the high end; None where none
    is told.

    >>> Bound.exactly(0.5).is_point
    True
    >>> print(Bound(np.array([0.0, 0.5]), 1))
    between [0.  0.5] and 1
    """

    lower: Any
    upper: Any
    witness: Any = None

    @classmethod
    def exactly(cls, value: Any, witness: Any = None) -> Bound:
        """An end that is known."""
        return cls(value, value, witness)

    @property
    def is_point(self) -> bool:
        """Whether the end is known, everywhere in a batch."""
        return bool(np.all(np.equal(self.lower, self.upper) | np.not_equal(self.lower, self.lower)))

    def __str__(self) -> str:
        lower, upper = (
            str(end) if isinstance(end, np.ndarray) else format_number(end) for end in (self.lower, self.upper)
        )
        return lower if self.is_point else f"between {lower} and {upper}"


@dataclass(frozen=True, eq=False)
class Range(_Compared):
    """The smallest and the largest probability of an event over the equilibria of a concept.

    Attributes
    ----------
    low, high : the two ends
        Fractions where the game is exact; in a batch float arrays, in which a number is zero only where the exact one
        is. NaN where the concept allows no equilibrium.
    complete : bool, or boolean array
        Whether every equilibrium of the concept was taken into account; never for :class:`~blamegame.Logit`, which
        follows the principal branch only.
    note : how far an answer goes that is not complete; "" where it is
    exists : bool, or boolean array; whether the concept allows any equilibrium
    concept, event, about : what was asked: the concept, what the event is called, of which game

    Examples
    --------
    >>> Range.between(0, 1).status, Range(Bound(0, 1), Bound.exactly(1), False).status
    ('trap', 'undecided')
    """

    low: Bound
    high: Bound
    complete: Any = True
    note: str = ""
    exists: Any = True
    concept: Concept | None = None
    event: str = "probability"
    about: str = ""

    @classmethod
    def between(cls, low: Any, high: Any, **facts: Any) -> Range:
        """A range whose ends are both known."""
        return cls(Bound.exactly(low), Bound.exactly(high), **facts)

    @classmethod
    def empty(cls, note: str = "") -> Range:
        """The range where no equilibrium exists."""
        return cls(Bound.exactly(np.nan), Bound.exactly(np.nan), True, note, exists=False)

    @property
    def status(self) -> Any:
        """*free* (no equilibrium has the event), *trap* (some have, some have not), *entrenched* (every one has).

        *no equilibrium* where there is none, and *undecided* where the ends do not settle it. A word, or an array.
        """
        words = np.where(
            np.logical_not(self.exists),
            EMPTY,
            np.where(
                np.equal(self.high.upper, 0),
                FREE,
                np.where(
                    np.greater(self.low.lower, 0),
                    ENTRENCHED,
                    np.where(np.equal(self.low.upper, 0) & np.greater(self.high.lower, 0), TRAP, UNDECIDED),
                ),
            ),
        )
        return words if isinstance(self.low.lower, np.ndarray) else str(words)

    def __str__(self) -> str:
        if isinstance(self.low.lower, np.ndarray):
            words, counts = np.unique(self.status, return_counts=True)
            tally = ", ".join(f"{count} {word}" for word, count in zip(words.tolist(), counts.tolist()))
            return f"{np.size(self.low.lower)} models, {self.concept}: {tally}"
        pure = "pure play: " if self.concept is not None and self.concept.settings.get("pure") else ""
        if not self.exists:
            return f"{pure}{EMPTY}" + (f" ({self.note})" if self.note else "")
        ends = f"{pure}{self.status}: {self.event} {self.low} at best, {self.high} at worst"
        return f"{ends} ({self.note})" if self.note else ends

    def __repr__(self) -> str:
        return f"<Range {self}>"


def stacked(ranges: list[Range], shape: tuple[int, ...]) -> Range:
    """The ranges of single models as the range of a batch: float arrays in which only a zero is zero."""

    def ends(values: list[Any]) -> Any:
        return np.array([as_float(value) for value in values]).reshape(shape)

    low, high = (
        Bound(ends([getattr(one, side).lower for one in ranges]), ends([getattr(one, side).upper for one in ranges]))
        for side in ("low", "high")
    )
    flags = [np.array([bool(getattr(one, name)) for one in ranges]).reshape(shape) for name in ("complete", "exists")]
    return Range(low, high, flags[0], next((one.note for one in ranges if one.note), ""), flags[1])


def as_float(value: Any) -> float:
    """The nearest float of a probability, which is zero only where the probability is.

    >>> from fractions import Fraction
    >>> as_float(Fraction(1, 10**400)) > 0
    True
    """
    nearest = float(value)
    return SMALLEST if nearest == 0 and value > 0 else nearest


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        a, b = np.asarray(a), np.asarray(b)
        return a.shape == b.shape and bool(np.all((a == b) | ((a != a) & (b != b))))
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b))
    return bool(a == b) or bool(a != a and b != b)
