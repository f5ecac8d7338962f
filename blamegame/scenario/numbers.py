"""Numbers of a scenario file, exact: every decimal is the rational it spells, within stated bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from blamegame.numbers import number_meant

MOST_DIGITS = 40
LARGEST_EXPONENT = 30
BOUNDS = f"at most {MOST_DIGITS} digits, size 1e-{LARGEST_EXPONENT} to 1e{LARGEST_EXPONENT}"

_DECIMAL = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?")
_RATIO = re.compile(r"([+-]?\d{1,%d})/(\d{1,%d})" % (MOST_DIGITS, MOST_DIGITS))  # noqa: UP031  # braces are the regex's


@dataclass(frozen=True)
class Unusable:
    """A number the file spells that this library refuses to hold, and why; it becomes an error where it stands."""

    text: str
    why: str

    def __str__(self) -> str:
        return self.text


def parse_decimal(text: str) -> Fraction | Unusable:
    """The exact value of a TOML float, bounded before anything is allocated (``parse_float`` of ``tomllib``).

    >>> parse_decimal("0.30"), parse_decimal("1e999999999").why.split(":")[0], parse_decimal("inf").why
    (Fraction(3, 10), 'is too long or too large', 'is not a finite number')
    """
    digits = text.replace("_", "")
    if digits.lstrip("+-") in ("inf", "nan"):
        return Unusable(text, "is not a finite number")
    shown = text if len(text) <= MOST_DIGITS else f"{text[:MOST_DIGITS]}..."
    match = _DECIMAL.fullmatch(digits) if len(digits) <= 3 * MOST_DIGITS else None
    if match is None:
        return Unusable(shown, f"is too long or too large: {BOUNDS}")
    sign, whole, fraction, exponent = match.groups()
    power = int(exponent or 0)
    if len(whole) + len(fraction or "") > MOST_DIGITS or abs(power) > 2 * MOST_DIGITS:
        return Unusable(shown, f"is too long or too large: {BOUNDS}")
    value: Fraction = Fraction(f"{sign}{whole}.{fraction or '0'}") * Fraction(
        10**power if power >= 0 else 1, 10 ** max(-power, 0)
    )
    return value if in_bounds(value) else Unusable(shown, f"is too long or too large: {BOUNDS}")


def exact_number(value: Any) -> Fraction:
    """``value`` of a parsed file as an exact number: an integer, a decimal, or a text ``"1/3"``.

    Raises
    ------
    ValueError
        With the way out, without naming the key.
    """
    if isinstance(value, Unusable):
        raise ValueError(value.why)
    if isinstance(value, bool):
        raise ValueError("is not a number; write 1 or 0")
    if isinstance(value, str):
        return _ratio(value)
    if not isinstance(value, int | Fraction):
        raise ValueError("is not a number")
    if isinstance(value, int) and not in_bounds(value):
        raise ValueError(f"is too long or too large: {BOUNDS}")
    return Fraction(value)


def in_bounds(value: int | Fraction) -> bool:
    """Whether a number is 0 or of a size between 1e-LARGEST_EXPONENT and 1e+LARGEST_EXPONENT."""
    size, top = abs(Fraction(value)), Fraction(10**LARGEST_EXPONENT)
    return size == 0 or 1 / top <= size <= top


def _ratio(text: str) -> Fraction:
    match = _RATIO.fullmatch(text.replace(" ", "")) if len(text) <= 3 * MOST_DIGITS else None
    if match is None:
        meant = number_meant(text)
        hint = 'write 0.3, or "1/3"' if meant is None else f"write {meant} without quotes"
        raise ValueError(f"is text, not a number; {hint}")
    if int(match.group(2)) == 0:
        raise ValueError("divides by zero")
    value = Fraction(int(match.group(1)), int(match.group(2)))
    if not in_bounds(value):
        raise ValueError(f"is too long or too large: {BOUNDS}")
    return value


def number_text(value: Fraction) -> str:
    """A number as a scenario file spells it exactly: ``0.3``, ``2``, or ``"1/3"`` in quotes.

    >>> number_text(Fraction(3, 10)), number_text(Fraction(2)), number_text(Fraction(1, 3))
    ('0.3', '2', '"1/3"')
    """
    if value.denominator == 1:
        return str(value.numerator)
    places, rest = 0, value.denominator
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1 or places > LARGEST_EXPONENT:
        return f'"{value.numerator}/{value.denominator}"'
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
