"""What every check shares: the verdict, the refusal, and a meter of exact arithmetic that makes every check end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

MOST_WORK = 40_000_000  # units; one is an operation on short fractions, one or two microseconds
ZERO, ONE = Fraction(0), Fraction(1)
Cell = tuple[int, ...]
Data = dict[str, Any]
Finding = tuple[str, str]  # the claim in words, and why it fails: "" where it holds


class Refused(ValueError):
    """The file is not a certificate, or is too large to check: neither a proof nor a counter-example."""


@dataclass(frozen=True)
class Verdict:
    """Whether the claim holds, the claim in words, the reason, facts about the check, and what the claim is about."""

    holds: bool
    claim: str
    reason: str
    facts: Data = field(default_factory=dict, hash=False)
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        first = f"{'Proved' if self.holds else 'NOT proved'}: {self.claim}"
        return "\n".join(f"{line}." for line in (first, *self.about, self.reason))


class Work:
    """Counts exact arithmetic, long numbers dearer, so that every check ends: ``work(x)`` is x, or Refused."""

    done = 0

    def __call__(self, x: Fraction) -> Fraction:
        self.spend(1 + ((x.numerator.bit_length() + x.denominator.bit_length()) >> 8) ** 2)
        return x

    def spend(self, units: int) -> None:
        self.done += units
        if self.done > MOST_WORK:
            raise Refused(f"too large: checking needs more than {MOST_WORK} units of exact arithmetic")

    def total(self, numbers: Iterable[Fraction]) -> Fraction:
        out = ZERO
        for x in numbers:
            out = self(out + x)
        return out


Claims = dict[str, tuple[Callable[[Data, Data, Work], Finding], Data, Data]]
"""By kind: what decides a claim of that kind, and the patterns of the claim and of the proof."""
