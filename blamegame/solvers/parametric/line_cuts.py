"""Where along the line of one parameter a computation may change its answer, exactly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from blamegame.solvers.parametric.rational_function import Place
from blamegame.solvers.parametric.roots import Root, as_root, real_roots


def line_cuts(look: Callable[[Place], Any], bottom: Fraction, top: Fraction) -> list[Root]:
    """Ascending values, ends included, between which every sign asked is constant."""
    cuts = [as_root(bottom), as_root(top)]
    stretches = [(cuts[0], cuts[1])]
    while stretches:
        left, right = stretches.pop()
        place = Place(between(left, right))
        look(place)
        inside = [r for p in place.asked for r in real_roots(p) if left < r < right]
        if place.point in inside:  # the sample fell on a cut, where the answer may be special
            cuts.append(place.point)
            stretches += [(left, place.point), (place.point, right)]
            continue
        lower = max((r for r in inside if r < place.point), default=left)
        upper = min((r for r in inside if place.point < r), default=right)
        for new, stretch in ((lower, (left, lower)), (upper, (upper, right))):
            if new not in (left, right):
                cuts.append(new)
                stretches.append(stretch)
    return sorted(cuts)


def between(left: Root, right: Root) -> Fraction:
    """A rational strictly between two different numbers."""
    while left.high >= right.low:
        left, right = (r.refined((r.high - r.low) / 4) for r in (left, right))
    return (left.high + right.low) / 2
