from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from blamegame.solvers.parametric.roots import Root, real_roots


def test_rational_and_irrational_roots_come_in_order_without_repetition():
    roots = real_roots((0, -2, 0, 1))  # x^3 - 2 x
    assert [float(r) for r in roots] == [-math.sqrt(2), 0, math.sqrt(2)]
    assert [r.rational for r in roots] == [None, 0, None]
    assert len(real_roots((1, -2, 1))) == 1


def test_a_polynomial_without_real_roots_has_none():
    assert real_roots((1, 0, 1)) == []


def test_roots_of_different_polynomials_are_told_apart_however_near():
    near = Fraction(math.isqrt(2 * 10**60), 10**30)
    (_, root) = real_roots((-2, 0, 1))
    assert near < root < near + Fraction(1, 10**30) and root != near
    assert root == real_roots((4, 0, -4, 0, 1))[-1] and hash(root) == hash(real_roots((-2, 0, 1))[1])
    assert root != real_roots((-2, 0, 1))[0] and root != "root"


def test_roots_read_as_fractions_or_decimals():
    assert str(real_roots((-1, 3))[0]) == "1/3 (0.333333)"
    assert str(real_roots((-2, 0, 1))[1]) == "≈ 1.414213562"
    assert repr(real_roots((-1, 3))[0]) == "<Root 1/3 (0.333333)>"


@given(st.lists(st.fractions(-3, 3, max_denominator=7), min_size=1, max_size=5))
def test_a_product_of_linear_factors_has_exactly_those_roots(values):
    coefficients = [Fraction(1)]
    for value in values:
        shifted = [Fraction(0), *coefficients]
        coefficients = [a - value * b for a, b in zip(shifted, [*coefficients, Fraction(0)])]
    scale = math.lcm(*(c.denominator for c in coefficients))
    roots = real_roots(tuple(int(c * scale) for c in coefficients))
    assert [r.rational for r in roots] == sorted(set(values))


def test_intervals_narrow_as_asked():
    root = real_roots((-2, 0, 1))[1].refined(Fraction(1, 10**40))
    assert isinstance(root, Root) and 0 < root.high - root.low <= Fraction(1, 10**40)
    assert root.low**2 < 2 < root.high**2
