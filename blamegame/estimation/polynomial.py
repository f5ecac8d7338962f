"""Sparse polynomials in a model's parameters, so that its own payoff formula writes out its coefficients once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

_BITS = 4
_MOST_DEGREE = 2**_BITS - 1


class NotPolynomial(Exception):
    """A step of the formula that no polynomial can take; the formula is then evaluated with :class:`Dual` numbers."""


class Polynomial:
    """Float coefficients by monomial; a monomial packs its exponents, four bits a variable, so products add keys.

    >>> x, y = Polynomial.variable(0), Polynomial.variable(1)
    >>> sorted(((1 - x) * (y + x)).exponents(2))
    [((0, 1), 1.0), ((1, 0), 1.0), ((1, 1), -1.0), ((2, 0), -1.0)]
    """

    __slots__ = ("terms",)

    def __init__(self, terms: dict[int, float]) -> None:
        self.terms = terms

    @classmethod
    def variable(cls, position: int) -> Polynomial:
        """The polynomial that is the variable at ``position``."""
        return cls({1 << (_BITS * position): 1.0})

    def exponents(self, n: int) -> list[tuple[tuple[int, ...], float]]:
        """Exponents of the ``n`` variables and coefficient of each term that is not zero.

        Raises
        ------
        NotPolynomial
            Where an exponent may have outgrown its four bits.
        """
        found = [
            (tuple(key >> (_BITS * k) & _MOST_DEGREE for k in range(n)), value)
            for key, value in self.terms.items()
            if value
        ]
        if any(max(exponents, default=0) > _MOST_DEGREE // 2 for exponents, _ in found):
            raise NotPolynomial(f"a degree above {_MOST_DEGREE // 2}")
        return found

    def __add__(self, other: Any) -> Polynomial:
        terms = dict(self.terms)
        for key, value in _terms(other).items():
            terms[key] = terms.get(key, 0.0) + value
        return Polynomial(terms)

    __radd__ = __add__

    def __neg__(self) -> Polynomial:
        return Polynomial({key: -value for key, value in self.terms.items()})

    def __sub__(self, other: Any) -> Polynomial:
        terms = dict(self.terms)
        for key, value in _terms(other).items():
            terms[key] = terms.get(key, 0.0) - value
        return Polynomial(terms)

    def __rsub__(self, other: Any) -> Polynomial:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Polynomial:
        if not isinstance(other, Polynomial):
            factor = _number(other)
            return Polynomial({key: value * factor for key, value in self.terms.items()})
        terms: dict[int, float] = {}
        for one, a in self.terms.items():
            for two, b in other.terms.items():
                terms[one + two] = terms.get(one + two, 0.0) + a * b
        return Polynomial(terms)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Polynomial:
        return self * (1 / _number(other))

    def __pow__(self, power: int) -> Polynomial:
        out = Polynomial({0: 1.0})
        for _ in range(power):
            out = out * self
        return out

    def positive_part(self) -> Polynomial:
        """Liability by cause takes maxima and ratios."""
        raise NotPolynomial("max(0, x)")

    def ratio_or_zero(self, x: Any) -> Polynomial:
        """Liability by cause takes maxima and ratios."""
        raise NotPolynomial("x / total")


def _number(value: Any) -> float:
    if not isinstance(value, int | float | Fraction):
        raise NotPolynomial(f"arithmetic with {type(value).__name__}")
    return float(value)


def _terms(value: Any) -> dict[int, float]:
    return value.terms if isinstance(value, Polynomial) else {0: _number(value)}
