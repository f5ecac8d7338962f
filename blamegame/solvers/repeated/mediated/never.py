"""Proofs from outside that decide a verdict: the event is never played, or cannot be avoided for ever."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.mediated.constraints import (
    everything,
    incentives,
    rectangles_outside,
    supports_of,
    too_many_supports,
)
from blamegame.solvers.repeated.mediated.intervals import plays_on, refined
from blamegame.solvers.repeated.mediated.largest_chance import exact_chance, float_chance
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, exact_tables_of, outer_set, tables_of
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

NEARLY = 1e-6
"""Chances below this in floats are worth an exact look at whether they are 0."""


def is_never(scaled: ScaledGame, outer: OuterSet, event: Array, deadline: Deadline) -> bool:
    """Whether no equilibrium ever plays the event.

    First any recommendations, then support pair by support pair with nearly best replies, both decided exactly; then
    with a mixing player's payoff in intervals, in floats rounded outwards.
    """
    flat = event.ravel()
    exact, tables = exact_tables_of(scaled), tables_of(scaled)
    whole = everything(scaled.cells.shape)
    if (
        float_chance(scaled, outer, incentives(tables, scaled.now, whole), flat) < NEARLY
        and exact_chance(scaled, outer, incentives(exact, scaled.cells.now, whole), flat) == 0
    ):
        return True
    if too_many_supports(scaled.cells.shape):
        return False
    slack = _slack(scaled, outer)
    rough = [float(one) for one in slack]
    touching = [s for s in supports_of(scaled.cells.shape) if event[np.ix_(*s)].any()]
    chances = [float_chance(scaled, outer, incentives(tables, scaled.now, s, rough), flat) for s in touching]
    if max(chances) < NEARLY:
        return all(
            not deadline.over and exact_chance(scaled, outer, incentives(exact, scaled.cells.now, s, slack), flat) == 0
            for s in touching
        )
    _, left = refined(scaled, outer, plays_on(list(supports_of(event.shape)), outer), deadline=deadline)
    return not any(event[np.ix_(*play.support)].any() for play in left)


def is_unavoidable(scaled: ScaledGame, outer: OuterSet, event: Array, deadline: Deadline) -> bool:
    """Whether play cannot stay outside the event for ever: nothing generates itself on rectangles outside it.

    In floats rounded outwards: whatever is empty is so by more than their rounding.
    """
    tables = tables_of(scaled)
    pieces = [incentives(tables, scaled.now, one) for one in rectangles_outside(event)]
    bound = outer_set(
        scaled, pieces=lambda corners, threats: pieces, within=outer, threats=outer.threats, deadline=deadline
    )
    if bound.empty:
        return True
    if too_many_supports(event.shape):
        return False
    outside = [s for s in supports_of(event.shape) if not event[np.ix_(*s)].any()]
    return not refined(scaled, bound, plays_on(outside, bound), hold_threats=True, deadline=deadline)[1]


def _slack(scaled: ScaledGame, outer: OuterSet) -> list[Any]:
    """By how much what is played may fall short of a best reply in one period."""
    cells = scaled.cells
    most = [
        scaled.rational(float(outer.corners[:, i].max())) - scaled.rational(float(outer.threats[i])) for i in range(2)
    ]
    return [cells.later / cells.now * one for one in most]
