"""Numbers are exactly what the file spells, or refused within stated bounds before anything is allocated."""

import tracemalloc
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.scenario.numbers import Unusable, exact_number, number_text, parse_decimal
from blamegame.scenario.scenario import loads


@given(st.decimals(min_value="-1e20", max_value="1e20", allow_nan=False, places=12))
def test_a_decimal_is_the_rational_it_spells(value):
    assert parse_decimal(str(value)) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.30", Fraction(3, 10)),
        ("1e-9", Fraction(1, 10**9)),
        ("1E+12", Fraction(10**12)),
        ("-0.0", Fraction(0)),
        ("1_000.5", Fraction(2001, 2)),
        ("1e30", Fraction(10**30)),
        ("1e-30", Fraction(1, 10**30)),
        ("0e70", Fraction(0)),
    ],
)
def test_every_spelling_of_a_decimal_is_exact(text, value):
    assert parse_decimal(text) == value


@pytest.mark.parametrize(
    "text",
    ["1e999999999", "1e-999999999", "1e31", "1e-31", "1" * 200 + ".0", "0." + "3" * 100_000, "9" * 41 + ".0"],
)
def test_what_is_too_long_or_too_large_is_refused_without_being_built(text):
    tracemalloc.start()
    refused = parse_decimal(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(refused, Unusable) and "too long or too large" in refused.why
    assert len(str(refused)) < 60
    assert peak < 1_000_000


@pytest.mark.parametrize("text", ["inf", "-inf", "+nan", "nan"])
def test_what_is_not_finite_is_refused(text):
    refused = parse_decimal(text)
    assert isinstance(refused, Unusable) and refused.why == "is not a finite number"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "write 1 or 0"),
        ("0.3", "write 0.3 without quotes"),
        ("lots", "is text, not a number"),
        ("1/0", "divides by zero"),
        ("1/" + "9" * 35, "too long or too large"),
        ("1" * 500, "is text, not a number"),
        ([1], "is not a number"),
        ({}, "is not a number"),
        (10**40, "too long or too large"),
        pytest.param(1 << 4_000_000, "too long or too large", id="a million digits"),
        (Unusable("inf", "is not a finite number"), "is not a finite number"),
    ],
)
def test_what_is_no_number_is_refused_with_the_way_out(value, reason):
    with pytest.raises(ValueError, match=reason):
        exact_number(value)


def test_a_ratio_in_quotes_is_an_exact_number():
    assert exact_number("1/3") == Fraction(1, 3)
    assert exact_number(" -2 / 6 ") == Fraction(-1, 3)
    text = 'title = "t"\n[model]\nkind = "delegation"\nauthority = "1/3"\n'
    assert loads(text).model.authority == Fraction(1, 3)


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10**9))
def test_a_number_written_out_reads_back_as_itself(value):
    text = number_text(value)
    assert exact_number(text.strip('"') if text.startswith('"') else _toml(text)) == value


def _toml(text):
    import tomllib

    return tomllib.loads(f"x = {text}", parse_float=parse_decimal)["x"]
