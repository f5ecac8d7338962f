"""Targets marked up over layers, decided from what a layer minimises, by the sign of a slope and without its root.

Each of L layers chooses a log mark-up x from 0 to cap, whatever the others choose, and minimises, with g = strain > 0,
P = penalty >= 0, s = noise > 0 and Phi the normal distribution,

    f(x) = g x + P Phi(-x / s),    f'(x) = g - P exp(-x^2 / (2 s^2)) / (s sqrt(2 pi)).

For x >= 0 the slope f' rises strictly (P > 0) or is g > 0 (P = 0), so f has one minimiser x* on [0, cap], the choice of
every layer in every equilibrium. For 0 <= b < cap therefore x* > b iff f'(b) < 0, and x* = b > 0 iff f'(b) = 0; also
x* <= cap, with equality iff f'(cap) <= 0. For P > 0 the sign of -f'(b) is, taking logarithms on both sides, that of

    D(b) = ln(P / (g s)) - ln(2 pi) / 2 - b^2 / (2 s^2).

The target has grown by the factor exp(L x*) at the bottom. For B > 0 that is compared with B by comparing x* with
b = ln(B) / L. The overload is that factor divided by capacity; it is compared with B by comparing the factor with
B capacity, and where capacity is 0 it is beyond every B. Logarithms are enclosed between rationals, ever finer until
the sign is certain. Where it is not at the finest, the two sides may be equal: nothing is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from .budget import Refused, Work
from .logarithms import Interval, ln, pi, units_of

PARAMETERS = ("strain", "penalty", "noise", "capacity", "cap")
MEASURES = ("overload", "target_factor", "layer_markup")
POSITIVE = ("strain", "noise")
Enclosure = Callable[[int], Interval]
PRECISIONS = (64, 256, 1024)  # bits after the point
GAME = (
    "With {size} layers, each of which chooses a log mark-up from 0 to cap so as to minimise strain x mark-up + "
    "penalty x Phi(-mark-up / noise), where Phi is the standard normal distribution and target_factor is "
    "exp({size} x mark-up) and overload is target_factor / capacity"
)


def sign(measure: str, size: int, p: dict[str, Fraction], bound: Fraction, work: Work) -> int:
    """The sign of the measure - bound in every outcome."""
    if measure == "overload":
        measure, bound = "target_factor", work(bound * p["capacity"])
    least = 1 if measure == "target_factor" else 0  # of the measure, where x* = 0
    if bound < least:
        return 1
    if bound == least:  # b = 0: x* > 0 iff there is room and the slope is negative
        return 1 if p["cap"] > 0 and _falls(lambda bits: (0, 0), p, work) > 0 else 0

    def b(bits: int) -> Interval:
        if measure == "layer_markup":
            return units_of(bound, bits)
        low, high = ln(bound, bits, work)
        return max(low // size, 0), -(-high // size)

    def room(bits: int) -> Interval:
        (low, high), (less, more) = units_of(p["cap"], bits), b(bits)
        return low - more, high - less

    if measure == "layer_markup" and bound == p["cap"]:
        return min(_falls(b, p, work), 0)
    if _certain(room, "the bound and the largest mark-up allowed") < 0:  # ln B is irrational: never equal
        return -1
    return _falls(b, p, work)


def _falls(b: Enclosure, p: dict[str, Fraction], work: Work) -> int:
    """The sign of -f'(b), that of D(b) where there is a penalty."""
    if p["penalty"] == 0:
        return -1
    ratio = work(p["penalty"] / work(p["strain"] * p["noise"]))
    twice = work(2 * work(p["noise"] * p["noise"]))

    def d(bits: int) -> Interval:
        low, high = ln(ratio, bits, work)
        less, more = (Fraction(2 * end, 1 << bits) for end in pi(bits, work))
        less_half, more_half = ln(less, bits, work)[0] // 2, -(-ln(more, bits, work)[1] // 2)
        less_square, more_square = (work(Fraction(end * end, 1 << bits) / twice) for end in b(bits))
        return low - more_half - ceil(more_square), high - less_half - floor(less_square)

    return _certain(d, "the marginal cost and the marginal gain of a mark-up at the bound")


def _certain(difference: Enclosure, what: str) -> int:
    """The sign of a difference, from enclosures that get finer."""
    for bits in PRECISIONS:
        low, high = difference(bits)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
    raise Refused(f"{what} cannot be told apart with {PRECISIONS[-1]} binary digits; they may be equal")
