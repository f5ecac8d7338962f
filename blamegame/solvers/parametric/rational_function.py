"""Rational functions of one parameter, compared by their exact signs at a place of the parameter's line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from blamegame.solvers.parametric.roots import Root


class Place:
    """A point of the parameter's line at which signs of polynomials are decided exactly, and remembered.

    Whatever is computed at a place stays the same as far to either side as no polynomial in ``asked`` has a root: the
    computation would take every branch the same way (dynamic evaluation, Duval 1994).
    """

    def __init__(self, point: Fraction | Root) -> None:
        self.point = point if isinstance(point, Root) else Root((-point.numerator, point.denominator), point, point)
        self.asked: set[tuple[int, ...]] = set()
        self._known: dict[tuple[int, ...], int] = {}

    def sign(self, polynomial: Any) -> int:
        """Sign of a ``fmpq_poly`` at this place."""
        if polynomial.degree() < 1:
            value = polynomial[0]
            return int(value > 0) - int(value < 0)
        key = tuple(int(c) for c in polynomial.numer().coeffs())
        if key not in self._known:
            self.asked.add(key)
            self._known[key] = self._decide(polynomial)
        return self._known[key]

    def _decide(self, polynomial: Any) -> int:
        from flint import fmpq, fmpq_poly

        root = self.point
        if root.rational is not None:
            value = polynomial(fmpq(root.rational.numerator, root.rational.denominator))
            return int(value > 0) - int(value < 0)
        rest = polynomial % fmpq_poly(list(root.polynomial))
        if rest.degree() < 0:
            return 0
        coefficients = [Fraction(int(c.p), int(c.q)) for c in rest.coeffs()]
        while True:  # rest is not zero at the root, so a narrow enough interval shows its sign
            low, high = _range(coefficients, root.low, root.high)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            root = root.refined((root.high - root.low) / 2**20)


def _range(coefficients: list[Fraction], low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Bounds of a polynomial over an interval, by Horner's rule in interval arithmetic."""
    lowest = highest = Fraction(0)
    for coefficient in reversed(coefficients):
        products = (lowest * low, lowest * high, highest * low, highest * high)
        lowest, highest = min(products) + coefficient, max(products) + coefficient
    return lowest, highest


class RationalFunction:
    """numerator / denominator in one parameter, compared with others by their signs at a :class:`Place`.

    Mixes with int and Fraction. A model whose field holds one evaluates its payoffs as functions of that parameter.

    >>> place = Place(Fraction(1, 2))
    >>> x = RationalFunction.parameter(place)
    >>> (1 - x) * (1 + x) == 1 - x * x, x < Fraction(2, 3), (x / (1 - x)).positive_part() == 1
    (True, True, True)
    """

    __slots__ = ("denominator", "numerator", "place")

    def __init__(self, numerator: Any, denominator: Any, place: Place) -> None:
        self.numerator, self.denominator, self.place = numerator, denominator, place

    @classmethod
    def parameter(cls, place: Place) -> RationalFunction:
        """The parameter itself."""
        from flint import fmpq_poly

        return cls(fmpq_poly([0, 1]), fmpq_poly([1]), place)

    def lift(self, other: Any) -> RationalFunction:
        """A number as a constant function at the same place."""
        from flint import fmpq, fmpq_poly

        if isinstance(other, RationalFunction):
            return other
        value = Fraction(other)
        return RationalFunction(fmpq_poly([fmpq(value.numerator, value.denominator)]), fmpq_poly([1]), self.place)

    def sign(self) -> int:
        """Sign at the place."""
        return self.place.sign(self.numerator) * self.place.sign(self.denominator)

    def positive_part(self) -> RationalFunction:
        """max(0, self) at and around the place."""
        return self if self.sign() > 0 else self.lift(0)

    def ratio_or_zero(self, x: Any) -> RationalFunction:
        """x / self, and 0 where self is 0 at the place."""
        return self.lift(x) / self if self.sign() else self.lift(0)

    def __add__(self, other: Any) -> RationalFunction:
        other = self.lift(other)
        if self.denominator == other.denominator:
            return RationalFunction(self.numerator + other.numerator, self.denominator, self.place)
        top = self.numerator * other.denominator + other.numerator * self.denominator
        return _reduced(top, self.denominator * other.denominator, self.place)

    def __mul__(self, other: Any) -> RationalFunction:
        other = self.lift(other)
        top, bottom = self.numerator * other.numerator, self.denominator * other.denominator
        return _reduced(top, bottom, self.place)

    def __truediv__(self, other: Any) -> RationalFunction:
        other = self.lift(other)
        return _reduced(self.numerator * other.denominator, self.denominator * other.numerator, self.place)

    def __rtruediv__(self, other: Any) -> RationalFunction:
        return self.lift(other) / self

    def __neg__(self) -> RationalFunction:
        return RationalFunction(-self.numerator, self.denominator, self.place)

    def __sub__(self, other: Any) -> RationalFunction:
        return self + -self.lift(other)

    def __rsub__(self, other: Any) -> RationalFunction:
        return self.lift(other) - self

    __radd__ = __add__
    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        return self._excess(other) == 0

    def _excess(self, other: Any) -> int:
        difference: RationalFunction = self - other
        return difference.sign()

    def __lt__(self, other: Any) -> bool:
        return -self._excess(other) > 0

    def __gt__(self, other: Any) -> bool:
        return self._excess(other) > 0

    def __le__(self, other: Any) -> bool:
        return self._excess(other) <= 0

    def __ge__(self, other: Any) -> bool:
        return self._excess(other) >= 0

    __hash__ = None  # type: ignore[assignment]  # equal at one place is not equal everywhere


def _reduced(top: Any, bottom: Any, place: Place) -> RationalFunction:
    if bottom.degree() > 0:
        common = top.gcd(bottom)
        if common.degree() > 0:
            top, bottom = top // common, bottom // common
    return RationalFunction(top, bottom, place)
