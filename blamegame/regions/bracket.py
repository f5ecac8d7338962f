"""Bisection between what is proved and what is refuted, on nested boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

import numpy as np

from blamegame.games.strategic import Array
from blamegame.regions.attack import Attack, Witness
from blamegame.regions.setting import Setting

P = TypeVar("P")
Struck = tuple[Attack, Witness]

_PIECES = 12
_TRIES = 5  # bisections with cuts, which are dear
_NEAR = 10  # steps: a bracket that is not worth cuts


@dataclass(frozen=True, eq=False)
class Bracket(Generic[P]):
    """The largest step proved (-1: none) with its proof, and the smallest refuted (None: none) with its county."""

    low: int
    proof: P | None
    high: int | None
    struck: Struck | None


def bracket(
    top: int,
    prove: Callable[[int, int], P | None],
    strike: Callable[[int], Struck | None],
    deadline: float | None = None,
) -> Bracket[P]:
    """Steps 0 to ``top``: ``prove(step, pieces)`` on the box of a step, ``strike(step)`` for a county that fails there.

    Where a step is neither proved nor refuted the two ends are sought apart, and if they stay far from each other the
    proof may cut the box into pieces. After ``deadline`` (of ``time.monotonic``) the bracket is left as it is.
    """
    low, high, middle = -1, top + 1, 0
    proof: P | None = None
    struck: Struck | None = None
    while high - low > 1 and not _late(deadline):
        found = prove(middle, 1)
        if found is not None:
            low, proof = middle, found
        else:
            hit = strike(middle)
            if hit is None:
                break
            high, struck = middle, hit
        middle = (low + high) // 2
    if high - low > 1:
        low, proof = _largest(low, middle, proof, lambda step: prove(step, 1), 1, deadline)
        high, struck = _smallest(middle, high, struck, strike, deadline)
        if high - low > _NEAR:
            near = max(_NEAR // 2, (high - low) >> _TRIES)
            low, proof = _largest(low, high, proof, lambda step: prove(step, _PIECES), near, deadline)
    return Bracket(low, proof, high if struck is not None else None, struck)


def _largest(
    low: int, high: int, proof: P | None, prove: Callable[[int], P | None], near: int, deadline: float | None
) -> tuple[int, P | None]:
    while high - low > near and not _late(deadline):
        middle = (low + high) // 2
        found = prove(middle)
        if found is None:
            high = middle
        else:
            low, proof = middle, found
    return low, proof


def _smallest(
    low: int, high: int, struck: Struck | None, strike: Callable[[int], Struck | None], deadline: float | None
) -> tuple[int, Struck | None]:
    while high - low > 1 and not _late(deadline):
        middle = (low + high) // 2
        hit = strike(middle)
        if hit is None:
            low = middle
        else:
            high, struck = middle, hit
    return high, struck


def _late(deadline: float | None) -> bool:
    return deadline is not None and monotonic() > deadline


def binding(setting: Setting, attack: Attack, low: Array, high: Array) -> tuple[str, ...]:
    """The variables whose return to the middle alone takes the county farthest from failing, the farthest first.

    Those that take it less than a fiftieth as far as the first are left out.
    """
    middle, radius = (low + high) / 2, (high - low) / 2
    points = np.repeat(attack.position[None], len(low) + 1, axis=0)
    points[np.arange(len(low)) + 1, np.arange(len(low))] = 0
    margins = attack.kind.margin(setting.payoffs.at(middle + radius * points))
    relief = margins[0] - margins[1:]
    relief = np.where(radius > 0, relief, 0.0)
    least = max(float(relief.max(initial=0.0)) / 50, 1e-9)
    order = np.argsort(-relief, kind="stable").tolist()
    return tuple(setting.variables[v] for v in order if relief[v] > least)
