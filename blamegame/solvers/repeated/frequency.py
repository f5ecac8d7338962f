"""The value that says how often an event happens over the equilibria of a repeated game."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blamegame.solvers.repeated.corridor import EMPTY, ENTRENCHED, FREE, TRAP, UNDECIDED

CLOSE = 1e-6
"""Bounds that are this close are one value."""


@dataclass(frozen=True)
class End:
    """One end of a range of frequencies lies in [lower, upper]; ``witness`` says what attains its near side."""

    lower: Any
    upper: Any
    witness: str = ""


@dataclass(frozen=True)
class FrequencyRange:
    """Discounted frequency (1 - d) sum d^t Pr(event in period t) over equilibria of a repeated game.

    Attributes
    ----------
    low : the smallest frequency; ``low.upper`` is attained
    high : the largest; ``high.lower`` is attained
        NaN where there is no equilibrium (pure strategies only). Whether a bound is 0 is proved in rational arithmetic;
        other floats are bounds to within rounding.
    status : *free*, *trap*, *entrenched*, each proved, *undecided*, or (pure strategies only) *no equilibrium*
    note : what is left open, in words; "" where nothing is
    """

    low: End
    high: End
    status: str
    note: str = ""

    def __str__(self) -> str:
        from blamegame.games.table import format_number

        ends = [
            format_number(end.upper)
            if end.upper - end.lower < CLOSE
            else f"{format_number(end.lower)} to {format_number(end.upper)}"
            for end in (self.low, self.high)
        ]
        return f"{self.status}: frequency {ends[0]} at best, {ends[1]} at worst"


def range_from(low: End, high: End) -> FrequencyRange:
    """The range with the verdict that its bounds prove."""
    return FrequencyRange(low, high, status_from(low, high), _open(low, high))


def status_from(low: End, high: End) -> str:
    """The verdict that two ends prove."""
    if high.upper == 0:
        return FREE
    if low.lower > 0:
        return ENTRENCHED
    return TRAP if low.upper == 0 and high.lower > 0 else UNDECIDED


def _open(low: End, high: End) -> str:
    ends = [
        f"the {name} frequency is between {float(end.lower):.6g} and {float(end.upper):.6g}"
        for name, end in (("smallest", low), ("largest", high))
        if end.upper - end.lower > CLOSE
    ]
    return "proved: " + ", ".join(ends) if ends else ""


__all__ = ["CLOSE", "EMPTY", "ENTRENCHED", "FREE", "TRAP", "UNDECIDED", "End", "FrequencyRange", "range_from"]
