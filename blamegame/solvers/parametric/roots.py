"""Real roots of integer polynomials as exact numbers: an irreducible polynomial and an interval with one root."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import Any


@total_ordering
@dataclass(frozen=True, eq=False, repr=False)
class Root:
    """One real algebraic number.

    Attributes
    ----------
    polynomial : tuple of int
        Coefficients, constant first, of the irreducible integer polynomial it is a root of.
    low, high : Fraction
        An interval that contains this root and no other of the polynomial; ``low == high`` where it is rational.

    Examples
    --------
    >>> below, above = real_roots((-2, 0, 1))
    >>> float(above) ** 2 - 2 < 1e-15, above > Fraction(7, 5), above == below
    (True, True, False)
    >>> [root.rational for root in real_roots((-1, 0, 4))]
    [Fraction(-1, 2), Fraction(1, 2)]
    """

    polynomial: tuple[int, ...]
    low: Fraction
    high: Fraction

    @property
    def rational(self) -> Fraction | None:
        """The number itself where it is rational, else None."""
        return self.low if self.low == self.high else None

    def refined(self, width: Fraction) -> Root:
        """The same number with an interval no wider than ``width``, by bisection on the sign of the polynomial."""
        low, high = self.low, self.high
        sign_low = _sign(_value(self.polynomial, low))
        while high - low > width:
            middle = (low + high) / 2
            if _sign(_value(self.polynomial, middle)) == sign_low:
                low = middle
            else:
                high = middle
        return Root(self.polynomial, low, high)

    def __float__(self) -> float:
        scale = max(abs(self.low), abs(self.high), Fraction(1, 2**200))
        near = self.refined(scale / 2**60)
        return float((near.low + near.high) / 2)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | float | Fraction):
            return self.rational == other
        if not isinstance(other, Root):
            return NotImplemented
        if self.polynomial != other.polynomial:
            return False
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low > high:
            return False
        return low == high or _sign(_value(self.polynomial, low)) != _sign(_value(self.polynomial, high))

    def __lt__(self, other: Root | int | float | Fraction) -> bool:
        if self == other:
            return False
        a, b = self, as_root(other)
        while not (a.high < b.low or b.high < a.low or (a.high == b.low and a != b)):
            a, b = (r if r.rational is not None else r.refined((r.high - r.low) / 4) for r in (a, b))
        return a.high <= b.low

    def __hash__(self) -> int:
        return hash(self.rational if self.rational is not None else self.polynomial)

    def __str__(self) -> str:
        if self.rational is not None and len(str(self.rational)) <= 24:
            from blamegame.games.table import format_number

            return format_number(self.rational)
        return f"≈ {float(self):.10g}"

    def __repr__(self) -> str:
        return f"<Root {self}>"


def real_roots(coefficients: tuple[int, ...]) -> list[Root]:
    """Every real root of a nonzero integer polynomial (constant first), each once, in ascending order.

    The polynomial is factored over the integers; FLINT isolates the complex roots of each factor and gives real ones
    an imaginary part of exactly zero (Johansson 2017), so nothing is missed and nothing is counted twice.
    """
    from flint import fmpz_poly

    out: list[Root] = []
    for factor, _ in fmpz_poly(list(coefficients)).factor()[1]:
        polynomial = tuple(int(c) for c in factor.coeffs())
        if len(polynomial) == 2:
            value = Fraction(-polynomial[0], polynomial[1])
            out.append(Root(polynomial, value, value))
            continue
        for ball, _ in factor.complex_roots():
            if ball.imag == 0:
                out.append(_isolated(polynomial, ball.real))
    return sorted(out)


def _isolated(polynomial: tuple[int, ...], ball: Any) -> Root:
    (middle, middle_exp), (radius, radius_exp) = ball.mid().man_exp(), ball.rad().man_exp()
    centre = Fraction(int(middle)) * Fraction(2) ** int(middle_exp)
    reach = Fraction(int(radius)) * Fraction(2) ** int(radius_exp)
    return Root(polynomial, centre - reach, centre + reach)


def as_root(number: Root | int | float | Fraction) -> Root:
    """A rational number as the root of its linear polynomial; a float is the rational it stores."""
    if isinstance(number, Root):
        return number
    value = Fraction(number)
    return Root((-value.numerator, value.denominator), value, value)


def _value(polynomial: tuple[int, ...], at: Fraction) -> Fraction:
    total = Fraction(0)
    for coefficient in reversed(polynomial):
        total = total * at + coefficient
    return total


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
