"""Polynomials of degree one in each of a few levers: over a box they are largest and smallest at corners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from blamegame.errors import UnsupportedGame


class MultiAffine:
    """A sum of coefficients times products of *different* levers, exact; a lever times itself is refused.

    A model whose fields hold these evaluates its payoffs as such polynomials, which proves that they have the form.

    >>> x, y = MultiAffine.levers(2)
    >>> ((1 - x) * (2 + y)).at((Fraction(1, 2), 4))
    Fraction(3, 1)
    >>> x * (1 - x)
    Traceback (most recent call last):
    ...
    blamegame.errors.UnsupportedGame: a payoff is not of degree one in each lever; its bounds over a box are not known
    """

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[int, Fraction]) -> None:
        self.terms = {levers: value for levers, value in terms.items() if value}

    @classmethod
    def levers(cls, count: int) -> list[MultiAffine]:
        """The levers themselves."""
        return [cls({1 << k: Fraction(1)}) for k in range(count)]

    def at(self, values: Sequence[Any]) -> Fraction:
        """The polynomial at one point."""
        total = Fraction(0)
        for levers, coefficient in self.terms.items():
            for k, value in enumerate(values):
                if levers >> k & 1:
                    coefficient = coefficient * value
            total += coefficient
        return total

    def positive_part(self) -> MultiAffine:
        """max(0, self): only where no lever is in it."""
        return MultiAffine({0: max(self._constant(), Fraction(0))})

    def ratio_or_zero(self, x: Any) -> Any:
        """x / self, and 0 where self is 0: only where no lever is in self."""
        total = self._constant()
        return x / total if total else Fraction(0)

    def _constant(self) -> Fraction:
        if any(self.terms):
            raise _not_multi_affine()
        return self.terms.get(0, Fraction(0))

    def __add__(self, other: Any) -> MultiAffine:
        terms = dict(self.terms)
        for levers, value in _terms_of(other).items():
            terms[levers] = terms.get(levers, Fraction(0)) + value
        return MultiAffine(terms)

    def __mul__(self, other: Any) -> MultiAffine:
        terms: dict[int, Fraction] = {}
        for one, value in self.terms.items():
            for two, factor in _terms_of(other).items():
                if one & two:
                    raise _not_multi_affine()
                terms[one | two] = terms.get(one | two, Fraction(0)) + value * factor
        return MultiAffine(terms)

    def __truediv__(self, other: Any) -> MultiAffine:
        divisor = other._constant() if isinstance(other, MultiAffine) else Fraction(other)
        return self * (1 / divisor)

    def __neg__(self) -> MultiAffine:
        return self * -1

    def __sub__(self, other: Any) -> MultiAffine:
        return self + as_multi_affine(other) * -1

    def __rsub__(self, other: Any) -> MultiAffine:
        return as_multi_affine(other) + self * -1

    __radd__ = __add__
    __rmul__ = __mul__


def as_multi_affine(value: Any) -> MultiAffine:
    """A number as the polynomial without levers; a polynomial as itself."""
    return value if isinstance(value, MultiAffine) else MultiAffine({0: Fraction(value)})


def _terms_of(other: Any) -> Mapping[int, Fraction]:
    return as_multi_affine(other).terms


def _not_multi_affine() -> UnsupportedGame:
    return UnsupportedGame("a payoff is not of degree one in each lever; its bounds over a box are not known")
