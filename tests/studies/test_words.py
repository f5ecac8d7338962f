"""Exact numbers in words: the shortest text that is still exact."""

from fractions import Fraction

import pytest

from blamegame.studies.words import number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(3), "3"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(9, 10), "0.9"),
        (Fraction(1, 3), "1/3"),
        (Fraction(0.1), "0.1"),
        (Fraction(10**30), "1" + "0" * 30),
    ],
)
def test_a_number_is_a_decimal_where_that_is_exact_and_a_fraction_elsewhere(value, text):
    assert number_text(value) == text


def test_where_both_are_long_the_nearest_float_is_shown():
    value = Fraction(10**20 + 1, 3 * 10**20)
    assert number_text(value) == repr(float(value)) == "0.3333333333333333"
