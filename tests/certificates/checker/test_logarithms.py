"""Enclosures of logarithms and of pi hold what mpmath finds, and are not wide."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.certificates.checker.budget import Work
from blamegame.certificates.checker.logarithms import ln, pi, units_of

PRECISIONS = [8, 64, 256, 1024]
POSITIVE = st.fractions(min_value=Fraction(1, 10**9), max_value=10**9) | st.sampled_from(
    [Fraction(2, 3), Fraction(4, 3), Fraction(1), Fraction(2**200), Fraction(1, 3**300), 1 + Fraction(1, 10**30)]
)


def exactly(x: mpmath.mpf) -> Fraction:
    return Fraction(x.man * (-1 if x < 0 and x.man > 0 else 1)) * Fraction(2) ** x.exp


@pytest.mark.parametrize("bits", PRECISIONS)
@settings(max_examples=100, deadline=None)
@given(x=POSITIVE)
def test_a_logarithm_lies_between_its_bounds(bits: int, x: Fraction) -> None:
    with mpmath.workprec(bits + 400):
        truth = exactly(mpmath.log(mpmath.mpf(x.numerator)) - mpmath.log(mpmath.mpf(x.denominator))) * 2**bits
    low, high = ln(x, bits, Work())
    assert low - Fraction(1, 1000) <= truth <= high + Fraction(1, 1000)
    assert high - low <= 20 * bits * (2 + abs(truth) / 2**bits)


@pytest.mark.parametrize("bits", PRECISIONS)
def test_pi_lies_between_its_bounds(bits: int) -> None:
    with mpmath.workprec(bits + 100):
        truth = exactly(+mpmath.pi) * 2**bits
    low, high = pi(bits, Work())
    assert low < truth < high and high - low < 50 * bits


def test_the_logarithm_of_one_is_about_zero_and_a_rational_encloses_itself() -> None:
    low, high = ln(Fraction(1), 64, Work())
    assert low <= 0 <= high
    assert units_of(Fraction(1, 3), 2) == (1, 2) and units_of(Fraction(5), 3) == (40, 41)
