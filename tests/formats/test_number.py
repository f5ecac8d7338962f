"""Numbers in files: bounded before they are computed, exact when they are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.formats.number import exact_numbers, number_text, problem_with_number


@given(st.fractions() | st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_is_a_number_with_the_same_value(value):
    text = number_text(value)
    assert problem_with_number(text) == ""
    back = exact_numbers([text])[text]
    assert (float(back) if isinstance(value, float) else back) == value


@pytest.mark.parametrize(
    "text", ["", "-", ".", "1/", "/2", "1/-2", "1.5/2", "1e", "e5", "1e1.5", "0x1", "1 2", "½", "1__0", "1\n"]
)
def test_what_is_no_number_is_said_so(text):
    assert "is not a number" in problem_with_number(text)


def test_a_rational_longer_than_the_reader_takes_is_refused():
    assert Fraction(number_text(Fraction(1, 3**2000))) == Fraction(1, 3**2000)  # 957 characters
    for too_long in (Fraction(1, 3**2100), Fraction(1, 3**100_000)):
        with pytest.raises(ValueError, match="more than 1000 characters"):
            number_text(too_long)
