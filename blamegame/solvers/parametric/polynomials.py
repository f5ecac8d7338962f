"""Tables of rational functions as polynomials over a common denominator that is positive at a place."""

from __future__ import annotations

from typing import Any

from blamegame.games.strategic import Array
from blamegame.solvers.parametric.rational_function import Place, RationalFunction


def over_a_common_denominator(table: Array, place: Place) -> Array:
    """A table of numbers or rational functions times one positive factor, as polynomials, in the same shape.

    >>> import numpy as np
    >>> from fractions import Fraction
    >>> place = Place(Fraction(1, 2))
    >>> x = RationalFunction.parameter(place)
    >>> [str(entry) for entry in over_a_common_denominator(np.array([1 / x, x, 2], dtype=object), place)]
    ['1', 'x^2', '2*x']
    """
    from flint import fmpq_poly

    one = RationalFunction(fmpq_poly([1]), fmpq_poly([1]), place)
    lifted = [one.lift(value) for value in table.ravel().tolist()]
    common = fmpq_poly([1])
    for value in lifted:
        common = common * (value.denominator // value.denominator.gcd(common))
    common = common * place.sign(common)
    out: Array = table.astype(object).ravel()
    out[:] = [value.numerator * (common // value.denominator) for value in lifted]
    return out.reshape(table.shape)


def zero_and_one() -> tuple[Any, Any]:
    """The constant polynomials 0 and 1."""
    from flint import fmpq_poly

    return fmpq_poly([0]), fmpq_poly([1])
