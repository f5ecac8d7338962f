"""What is known of a parameter besides the cases: an interval that holds for certain, or k of n that were counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from blamegame.errors import CasesError, ReformError
from blamegame.games.table import format_number
from blamegame.reforms.reform import exact_number


@dataclass(frozen=True)
class Between:
    """The parameter lies in [low, high] for certain; the fit may place it anywhere there, and counts no evidence.

    >>> print(Between(Fraction(1, 5), Fraction(2, 5)))
    0.2 to 0.4
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            object.__setattr__(self, name, _exact(getattr(self, name), name))
        if self.low > self.high:
            raise CasesError(f"an interval from {format_number(self.low)} to {format_number(self.high)} is empty")

    def __str__(self) -> str:
        return f"{format_number(self.low)} to {format_number(self.high)}"


@dataclass(frozen=True)
class Counted:
    """Of n cases the share that the parameter states was seen in k: a binomial term of the likelihood.

    >>> print(Counted(3, 41))
    3 of 41
    """

    k: int
    n: int

    def __post_init__(self) -> None:
        for name in ("k", "n"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int):
                raise CasesError(f"{name}={value!r} is not a whole number; a counted fact is k of n")
        if not 0 <= self.k <= self.n or self.n == 0:
            raise CasesError(f"{self.k} of {self.n} is not a count; k lies between 0 and n, and n is at least 1")

    def __str__(self) -> str:
        return f"{self.k} of {self.n}"


Fact: TypeAlias = Between | Counted


def as_fact(name: str, value: Any) -> Fact:
    """A fact as it is written: ``[low, high]``, ``{"k": 3, "n": 41}``, or a value that is a fact already.

    >>> as_fact("tolerance", {"k": 3, "n": 41})
    Counted(k=3, n=41)
    """
    if isinstance(value, Between | Counted):
        return value
    try:
        if isinstance(value, Mapping) and set(value) == {"k", "n"}:
            return Counted(value["k"], value["n"])
        if isinstance(value, list | tuple) and len(value) == 2:
            return Between(*value)
    except CasesError as error:
        raise CasesError(f"fact {name!r}: {error}") from None
    raise CasesError(f"fact {name!r} is {value!r}; write [low, high] or {{k = 3, n = 41}}")


def _exact(value: Any, what: str) -> Fraction:
    try:
        return exact_number(value, what)
    except ReformError as error:
        raise CasesError(str(error)) from None
