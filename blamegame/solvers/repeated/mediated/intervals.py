"""A sharper bound from outside: support by support, with each mixing player's payoff in an interval.

Whoever mixes is indifferent, so its payoff v_i is the same after each action it may play. Split into intervals [l, h],
l x_i(a_i) <= (1-d) sum_b x g_i + d sum_b y_i <= h x_i(a_i) is linear; where only one player mixes it is exact as the
intervals shrink. What cannot be generated, with an interval, a support and the bound so far, never can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self, TypeVar

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.mediated.constraints import Constraints, OnePeriod, Support, incentives, joined, within
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, tables_of, with_frequency
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_ROOM = 1e-12
_MOST_PLAYS = 160
_NARROW = 1e-3
_STEPS = 3
_AXES = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, -1.0, 0.0]])


class Kind(Protocol):
    """A kind of play in one period: a pair of supports, and what it pays each player at least and at most."""

    @property
    def support(self) -> Support:
        """The actions of each player that may be played."""

    @property
    def low(self) -> tuple[float, float]:
        """The least it pays each player."""

    @property
    def high(self) -> tuple[float, float]:
        """The most it pays each player."""

    def constraints(self, scaled: ScaledGame, outer: OuterSet) -> OnePeriod:
        """What must hold of it, rounded outwards."""

    def halves(self) -> tuple[Self, ...]:
        """Split in two where that helps most; itself alone where it is narrow."""

    def narrowed(self, low: tuple[float, float], high: tuple[float, float]) -> Self:
        """The same with other payoffs."""


K = TypeVar("K", bound=Kind)


@dataclass(frozen=True)
class Play:
    """Current play on a pair of supports that pays player i between ``low[i]`` and ``high[i]`` (scaled)."""

    support: Support
    low: tuple[float, float]
    high: tuple[float, float]

    def constraints(self, scaled: ScaledGame, outer: OuterSet) -> Constraints:
        """What must hold of it, rounded outwards."""
        tables = tables_of(scaled)
        ratio = scaled.later / scaled.now
        slack = [ratio * (float(outer.corners[:, i].max()) - outer.threats[i]) * (1 + _ROOM) + _ROOM for i in range(2)]
        rows = incentives(tables, scaled.now, self.support, slack)
        for i in range(2):
            if len(self.support[i]) > 1:
                ends = self.low[i] - _ROOM, self.high[i] + _ROOM
                rows = joined(
                    rows, within(tables, scaled.now, scaled.later, outer.threats.tolist(), i, self.support, *ends)
                )
        return rows

    def halves(self) -> tuple[Play, ...]:
        """Split where a mixing player's interval is widest; itself where all are narrow."""
        mixing = [i for i in range(2) if len(self.support[i]) > 1]
        i = max(mixing, key=lambda k: self.high[k] - self.low[k], default=0)
        if not mixing or self.high[i] - self.low[i] < _NARROW:
            return (self,)
        middle = (self.low[i] + self.high[i]) / 2
        upper, lower = list(self.high), list(self.low)
        upper[i] = lower[i] = middle
        return replace(self, high=(upper[0], upper[1])), replace(self, low=(lower[0], lower[1]))

    def narrowed(self, low: tuple[float, float], high: tuple[float, float]) -> Play:
        """The same with other payoffs."""
        return replace(self, low=low, high=high)


def plays_on(supports: Sequence[Support], outer: OuterSet) -> list[Play]:
    """One play for each pair of supports, paying what the bound allows."""
    low, high = outer.corners.min(axis=0), outer.corners.max(axis=0)
    return [Play(s, (float(low[0]), float(low[1])), (float(high[0]), float(high[1]))) for s in supports]


def refined(
    scaled: ScaledGame,
    outer: OuterSet,
    plays: Sequence[K],
    *,
    hold_threats: bool = False,
    rounds: int = 6,
    deadline: Deadline | None = None,
) -> tuple[OuterSet, list[K]]:
    """The bound after splitting, and the plays that are left; nothing is left where ``plays`` generate nothing.

    ``hold_threats``: deviations are punished by what ``outer`` allows, also where less play is considered.
    """
    left, deadline = list(plays), deadline or Deadline()
    for _ in range(rounds):
        for _ in range(_STEPS):
            if not left or deadline.over:
                return outer, left
            outer, left = _step(scaled, outer, left, hold_threats)
            if outer.empty:
                return outer, []
        halves = [half for play in left for half in play.halves()]
        if len(halves) > _MOST_PLAYS or len(halves) == len(left):
            break
        left = halves
    return outer, left


def none_possible(
    scaled: ScaledGame, outer: OuterSet, plays: Sequence[K], *, most: int = 3_000, deadline: Deadline | None = None
) -> bool:
    """Whether none of ``plays`` can be generated with promises in ``outer``: split until each is empty.

    Gives up at the first that is narrow and still possible, so a no costs little.
    """
    payoffs, corners = with_frequency(scaled.payoffs), with_frequency(outer.corners)
    nothing = np.zeros(len(scaled.payoffs))
    stack, deadline = list(plays), deadline or Deadline()
    for _ in range(most):
        if not stack:
            return True
        if deadline.over:
            return False
        play = stack.pop()
        tops, _ = play.constraints(scaled, outer).reach(scaled.later, payoffs, nothing, _AXES, corners, outer.threats)
        left = _tightened(play, tops.tolist())
        if left is None:
            continue
        halves = left.halves()
        if len(halves) == 1:
            return False
        stack.extend(halves)
    return False


def _tightened(play: K, tops: Sequence[float]) -> K | None:
    """The play with payoffs within what it reaches to the right, up, left and down; None where nothing is left."""
    right, top, left, bottom = tops
    low, high = (max(-left, play.low[0]), max(-bottom, play.low[1])), (min(right, play.high[0]), min(top, play.high[1]))
    return None if any(low[i] > high[i] + 10 * _ROOM for i in range(2)) else play.narrowed(low, high)


def _step(scaled: ScaledGame, outer: OuterSet, plays: list[K], hold: bool) -> tuple[OuterSet, list[K]]:
    from blamegame.solvers.repeated.kernels.mediated import polygon_of

    payoffs, corners = with_frequency(scaled.payoffs), with_frequency(outer.corners)
    directions, nothing = with_frequency(outer.directions), np.zeros(len(scaled.payoffs))
    axes = [int(np.argmax(outer.directions @ axis[:2])) for axis in _AXES]
    best = np.full(len(directions), -np.inf)
    left: list[K] = []
    for play in plays:
        tops, _ = play.constraints(scaled, outer).reach(
            scaled.later, payoffs, nothing, directions, corners, outer.threats
        )
        kept = _tightened(play, tops[axes].tolist())
        if kept is None:
            continue
        left.append(kept)
        np.maximum(best, tops, out=best)
    heights = np.minimum(outer.heights, best)
    room = np.empty((2 * len(directions) + 16, 2))
    polygon: Array = room[: polygon_of(outer.directions, heights, room) if left else 0].copy()
    threats = outer.threats if hold or not len(polygon) else np.maximum(outer.threats, polygon.min(axis=0))
    return OuterSet(outer.directions, heights, polygon, threats, False, outer.steps + 1), left
