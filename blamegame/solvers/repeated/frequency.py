"""The range of frequencies that bounds of both ends prove, in words."""

from __future__ import annotations

from math import inf

from blamegame.deadline import Deadline
from blamegame.games.event_range import Bound, Range

CLOSE = 1e-5
"""Bounds that are this close count as one value."""


def range_between(low: Bound, high: Bound, deadline: Deadline | None = None) -> Range:
    """The smallest and the largest discounted frequency, complete where both are known to within 1e-5.

    >>> range_between(Bound(0, 0), Bound(0.25, 1)).note
    'the largest frequency is between 0.25 and 1'
    """
    ends = [
        f"the {name} frequency is between {float(end.lower):.6g} and {float(end.upper):.6g}"
        for name, end in (("smallest", low), ("largest", high))
        if end.upper - end.lower > CLOSE
    ]
    reason = deadline.reason if deadline is not None and ends else ""
    note = "; ".join(filter(None, [reason, ", ".join(ends)]))
    return Range(low, high, not ends, note, event="frequency")


def settled(low: Bound, high: Bound) -> bool:
    """Whether bounds prove a verdict: free, trap or entrenched."""
    return bool(high.upper == 0 or low.lower > 0 or (low.upper == 0 and high.lower > 0))


def seconds_left(deadline: Deadline) -> float | None:
    """What remains for a call that counts in seconds."""
    return None if deadline.left == inf else deadline.left
