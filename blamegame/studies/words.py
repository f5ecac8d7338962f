"""Exact numbers as a reader expects them: the decimal where it ends soon, else the fraction."""

from __future__ import annotations

from fractions import Fraction


def number_text(value: Fraction) -> str:
    """An exact number as the shortest text that is still exact, or the nearest float where both are long.

    >>> number_text(Fraction(9, 10)), number_text(Fraction(2, 9)), number_text(Fraction(0.1))
    ('0.9', '2/9', '0.1')
    """
    try:
        near = float(value)
    except OverflowError:
        return str(value)
    if not near and value:  # too small for a float
        return str(value)
    decimal = repr(int(value)) if value.denominator == 1 else repr(near)
    ratio = str(value)
    if Fraction(decimal) == value or value == Fraction(near):
        return decimal
    return ratio if len(ratio) <= 24 else decimal
