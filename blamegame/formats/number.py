"""Numbers as game files write them, read exactly: 3, -1/3, 0.0854, 1.5e-3; bounded before any arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from math import gcd

import numpy as np

from blamegame.numbers import number_meant

MOST_CHARACTERS = 1000
MOST_EXPONENT = 400  # beyond float64 (1e308, 5e-324) and still small as an exact rational
MOST_COMMON_DIGITS = 3000
"""Digits of the largest common denominator of numbers of a file that are added up."""
_MOST_BITS = MOST_COMMON_DIGITS * 10 // 3

NUMBER = r"[+-]?(?:[0-9]++/[0-9]++|(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)"
_WHOLE = re.compile(NUMBER)
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]+)$")
_ZERO_BELOW = re.compile(r"/0+$")


def problem_with_number(text: str) -> str:
    """What is wrong with ``text`` as a number; empty where nothing is.

    >>> problem_with_number("1e999999999")
    "'1e999999999' has an exponent beyond 400"
    """
    if len(text) > MOST_CHARACTERS:
        return f"{text[:20]!r}... has {len(text)} characters; a number has at most {MOST_CHARACTERS}"
    if not _WHOLE.fullmatch(text):
        return f"{text[:40]!r} is not a number; write {number_meant(text) or '3, -1/3, 0.25 or 2.5e-3'}"
    if _ZERO_BELOW.search(text):
        return f"{text[:40]!r} divides by zero"
    exponent = _EXPONENT.search(text)
    if exponent and abs(int(exponent[1])) > MOST_EXPONENT:
        return f"{text[:40]!r} has an exponent beyond {MOST_EXPONENT}"
    return ""


def exact_numbers(texts: Iterable[str]) -> dict[str, Fraction]:
    """The exact rational of each distinct text; each must have passed :func:`problem_with_number`.

    >>> exact_numbers(["0.1", "1/3"])["0.1"]
    Fraction(1, 10)
    """
    return {text: Fraction(text) for text in dict.fromkeys(texts)}


def bounded_sum(values: Iterable[Fraction]) -> Fraction | None:
    """The exact sum, or None where the common denominator would have more than about ``MOST_COMMON_DIGITS`` digits.

    Numbers of different long denominators make sums that are longer than all of them together; this stops before.

    >>> bounded_sum([Fraction(1, 2), Fraction(1, 3)])
    Fraction(5, 6)
    >>> print(bounded_sum(Fraction(1, 10**400 + 2 * k + 1) for k in range(2000)))
    None
    """
    numerator, denominator = 0, 1
    for value in values:
        new = common_denominator(denominator, value.denominator)
        if new is None:
            return None
        if new != denominator:
            numerator *= new // denominator
            denominator = new
        numerator += value.numerator * (denominator // value.denominator)
    return Fraction(numerator, denominator)


def common_denominator(one: int, other: int) -> int | None:
    """The least common multiple; None where it would have more than about ``MOST_COMMON_DIGITS`` digits.

    >>> common_denominator(4, 6), common_denominator(10**2000, 10**2000 + 1)
    (12, None)
    """
    if one % other == 0:
        return one
    factor = other // gcd(one, other)
    return one * factor if one.bit_length() + factor.bit_length() <= _MOST_BITS else None


def number_text(value: Fraction | float) -> str:
    """A payoff as a file carries it: a Fraction exactly, a float as the shortest decimal that gives it back.

    >>> number_text(Fraction(-1, 3)), number_text(0.1)
    ('-1/3', '0.1')

    Raises
    ------
    ValueError
        For a rational with more digits than the readers accept.
    """
    if isinstance(value, float | np.floating):
        return repr(float(value))
    too_long = value.numerator.bit_length() + value.denominator.bit_length() > 4 * MOST_CHARACTERS
    text = "" if too_long else str(value)
    if too_long or len(text) > MOST_CHARACTERS:
        raise ValueError(f"a number of more than {MOST_CHARACTERS} characters has no place in a file")
    return text
