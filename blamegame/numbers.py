"""Exact numbers as a reader expects them: the decimal where it ends soon, else the fraction."""

from __future__ import annotations

import re
from fractions import Fraction

_MOST_CHARACTERS = 40
_SPELLING = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*|/[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")


def number_text(number: Fraction | float) -> str:
    """A number as the shortest text that is still exact, or the nearest float where both are long.

    >>> number_text(Fraction(9, 10)), number_text(Fraction(2, 9)), number_text(0.1)
    ('0.9', '2/9', '0.1')
    """
    value = Fraction(number)
    near = float(value)
    decimal = repr(int(value)) if value.denominator == 1 else repr(near)
    ratio = str(value)
    if Fraction(decimal) == value or value == Fraction(near):
        return decimal
    return ratio if len(ratio) <= 24 else decimal


def number_meant(text: str) -> str | None:
    """A number as Python and scenario files spell it, of a text that spells it another way; None where it is none.

    A percentage is divided by 100, and a single comma stands for the point.

    >>> number_meant("30%"), number_meant(" 0,3 "), number_meant("12,5 %"), number_meant("1/3"), number_meant("much")
    ('0.3', '0.3', '0.125', '1/3', None)
    """
    bare = text.strip().removesuffix("%").rstrip()
    if len(bare) > _MOST_CHARACTERS:
        return None
    pointed = bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare
    if _SPELLING.fullmatch(pointed) is None:
        return None
    try:
        value = Fraction(pointed)
    except ZeroDivisionError:
        return None
    return number_text(value / 100) if text.strip().endswith("%") else pointed
