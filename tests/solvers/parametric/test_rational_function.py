from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.solvers.parametric.rational_function import Place, RationalFunction
from blamegame.solvers.parametric.roots import real_roots

points = st.fractions(-2, 2, max_denominator=9)


@given(points, st.lists(st.integers(-4, 4), min_size=4, max_size=4))
def test_arithmetic_and_comparison_agree_with_fractions_at_the_place(point, numbers):
    a, b, c, d = numbers
    x = RationalFunction.parameter(Place(point))
    below = x * x + 1
    left, right = (a + b * x) / below - 1, (c - x * d) * x / below
    value_left = (a + b * point) / (point**2 + 1) - 1
    value_right = (c - point * d) * point / (point**2 + 1)
    assert (left < right, left > right, left == right) == (
        value_left < value_right,
        value_left > value_right,
        value_left == value_right,
    )
    assert left.positive_part() == max(Fraction(0), value_left)
    assert right.ratio_or_zero(1) == (1 / value_right if value_right else 0)
    assert 1 / below == 1 / (point**2 + 1)


def test_signs_at_an_irrational_place_are_exact():
    root = real_roots((-2, 0, 1))[1]
    x = RationalFunction.parameter(Place(root))
    assert x * x == 2 and x > Fraction(141421356, 10**8) and x < Fraction(141421357, 10**8)
    assert (x * x * x - 2 * x).sign() == 0 and (-x).sign() == -1


def test_a_place_remembers_every_polynomial_it_was_asked_about():
    place = Place(Fraction(1, 2))
    x = RationalFunction.parameter(place)
    assert x > Fraction(1, 3) and not x * x > 3
    assert place.asked == {(-1, 3), (-3, 0, 1)}


def test_functions_are_not_hashable_because_equality_depends_on_the_place():
    with pytest.raises(TypeError):
        hash(RationalFunction.parameter(Place(Fraction(0))))
