"""Boxes of parameter values before and after reforms: each reform is in, out, or undecided.

A reform edits each parameter by itself, and each edit (times s >= 0, plus a, at least f, into the range) never turns an
order around and has no jumps. So a bundle takes an interval to the interval between what it makes of the ends. Where a
reform is undecided the parameter lies between what the least and the most of all choices make: the scale between
the products of min(1, s) and of max(1, s), the addition between the sums of min(0, a) and of max(0, a), the floor
between that of the reforms that are in and that of all. This covers every choice, and every intensity in between.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from .budget import ONE, ZERO, Data, Refused, Work
from .polynomials import Interval
from .reading import rational, rational_or_none

Box = dict[str, Interval]
Edit = tuple[str, str, Fraction]
Ends = tuple[Fraction, Fraction, Fraction, Fraction | None]  # low, high, and the range: least, most or None


def check_box(parameters: Mapping[str, Ends]) -> None:
    for parameter, (low, high, least, most) in parameters.items():
        if not least <= low <= high or (most is not None and high > most):
            raise Refused(f"{parameter} is not within its range: least, low, high and most are not in order")


def after_reforms(claim: Data, decided: Collection[str], undecided: Collection[str], work: Work) -> Box:
    """The smallest box that is sure to hold the parameters after the reforms decided and any of those undecided."""
    out = {}
    work.spend(sum(len(claim["reforms"][reform]) for reform in (*decided, *undecided)) * 2 + 100)
    for parameter, ends in claim["model"]["parameters"].items():
        firm = [edit for reform in decided for edit in claim["reforms"][reform] if edit[0] == parameter]
        loose = [edit for reform in undecided for edit in claim["reforms"][reform] if edit[0] == parameter]
        out[parameter] = image(ends, firm, loose, work)
    return out


def image(ends: Ends, firm: Collection[Edit], loose: Collection[Edit], work: Work) -> Interval:
    low, high, least, most = ends
    less, more, below, above = ONE, ONE, ZERO, ZERO
    for _, how, x in firm:
        less, more = (work(less * x), work(more * x)) if how == "scale" else (less, more)
        below, above = (work(below + x), work(above + x)) if how == "add" else (below, above)
    for _, how, x in loose:
        less, more = (work(less * min(x, ONE)), work(more * max(x, ONE))) if how == "scale" else (less, more)
        below, above = (work(below + min(x, ZERO)), work(above + max(x, ZERO))) if how == "add" else (below, above)
    floors = [x for _, how, x in firm if how == "floor"]
    low = max([work(min(low * less, low * more) + below), least, *floors])
    high = max(
        [work(max(high * less, high * more) + above), least, *floors, *(x for _, how, x in loose if how == "floor")]
    )
    return (low, high) if most is None else (min(low, most), min(high, most))


INTERVAL = (rational, rational, rational, rational_or_none)  # low, high, least, most
