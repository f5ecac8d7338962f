"""Abreu and Sannikov's operator in floats with outward slack: what it returns contains the payoff set.

Payoffs are normalised to [0, 1]. Every incentive constraint is loosened and every new polygon widened by ``slack``,
far more than the rounding of one step, so an action profile that loses all its continuations has none.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.repeated.kernels.planar import chord, convex_hull, furthest_outside, is_inside

RUNNING, SETTLED, EMPTY = 0, 1, 2


@compiled
def iterate(
    payoffs: Any,
    replies: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    alive: Any,
    slack: float,
    tolerance: float,
    steps: int,
) -> Any:
    """Up to ``steps`` applications of the operator, changing ``polygon``, ``threats`` and ``alive`` in place.

    ``payoffs``, ``replies`` (payoff of the best reply) and ``gains`` (least continuation promised above the threat)
    have shape [n_profiles, 2]; ``now`` = 1 - discount, ``later`` = discount. Returns (status, number of vertices,
    number of steps made).
    """
    n_profiles = payoffs.shape[0]
    points = np.empty((4 * n_profiles + 4, 2))
    new = np.empty((4 * n_profiles + 40, 2))
    box = np.empty((4 * (4 * n_profiles + 40), 2))
    stack = np.empty((box.shape[0] + 1, 2))
    bound = np.empty(2)
    for step in range(steps):
        count = images(payoffs, replies, gains, now, later, polygon, size, threats, alive, slack, points, bound)
        if count == 0:
            return EMPTY, 0, step + 1
        new_size = convex_hull(points, count, stack, new)
        for i in range(new_size):
            for corner in range(4):
                box[4 * i + corner, 0] = new[i, 0] + (slack if corner % 2 else -slack)
                box[4 * i + corner, 1] = new[i, 1] + (slack if corner // 2 else -slack)
        new_size = convex_hull(box, 4 * new_size, stack, new)
        moved = furthest_outside(polygon, size, new, new_size)
        raised = False
        for i in range(2):
            if bound[i] - slack > threats[i]:
                raised = raised or bound[i] - slack > threats[i] + tolerance
                threats[i] = bound[i] - slack
        size = new_size
        polygon[:size] = new[:size]
        if moved <= tolerance and not raised:
            return SETTLED, size, step + 1
    return RUNNING, size, steps


@compiled
def images(
    payoffs: Any,
    replies: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    alive: Any,
    slack: float,
    points: Any,
    bound: Any,
) -> int:
    """Images of the continuations that matter, into ``points``; ``bound`` gets a lower bound of the worst payoffs.

    Numbers follow :mod:`blamegame.solvers.repeated.set_operator.operator`, which is the same step in exact arithmetic.
    """
    low0 = polygon[:size, 0].min()
    high0 = polygon[:size, 0].max()
    low1 = polygon[:size, 1].min()
    high1 = polygon[:size, 1].max()
    bound[0] = np.inf
    bound[1] = np.inf
    count = 0
    for a in range(payoffs.shape[0]):
        if not alive[a]:
            continue
        need0 = threats[0] + gains[a, 0] - slack
        need1 = threats[1] + gains[a, 1] - slack
        if need0 > high0 or need1 > high1:
            alive[a] = False
            continue
        if payoffs[a, 0] >= need0 and payoffs[a, 1] >= need1:
            points[count] = payoffs[a]
            count += 1
            bound[0] = min(bound[0], replies[a, 0])
            bound[1] = min(bound[1], replies[a, 1])
            continue
        need0 = max(need0, low0)
        need1 = max(need1, low1)
        least0 = np.inf
        least1 = np.inf
        low, high = chord(polygon, size, 0, need0)
        if high >= need1:
            low = max(low, need1)
            least0 = need0
            least1 = low
            points[count, 0] = now * payoffs[a, 0] + later * need0
            points[count, 1] = now * payoffs[a, 1] + later * low
            points[count + 1, 0] = points[count, 0]
            points[count + 1, 1] = now * payoffs[a, 1] + later * high
            count += 2
        low, high = chord(polygon, size, 1, need1)
        if high >= need0:
            low = max(low, need0)
            least0 = min(least0, low)
            least1 = need1
            points[count, 0] = now * payoffs[a, 0] + later * low
            points[count, 1] = now * payoffs[a, 1] + later * need1
            points[count + 1, 0] = now * payoffs[a, 0] + later * high
            points[count + 1, 1] = points[count, 1]
            count += 2
        if least0 == np.inf:
            alive[a] = False
            continue
        bound[0] = min(bound[0], max(replies[a, 0], now * payoffs[a, 0] + later * least0))
        bound[1] = min(bound[1], max(replies[a, 1], now * payoffs[a, 1] + later * least1))
    return count


@compiled
def sort_profiles(
    payoffs: Any,
    replies: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    alive: Any,
    margin: float,
    marks: Any,
) -> None:
    """Mark each profile: 1 where exact arithmetic must apply the operator, 2 where its best reply is all that matters.

    ``polygon`` and ``threats`` must be settled. Everything not marked 1 keeps its continuations and has its images
    inside by ``margin``, whatever the rounding, or (marked 2) next to the inside of the line of worst payoffs, where
    they are inside if the best reply pays at least the worst payoff.
    """
    one = np.zeros(payoffs.shape[0], dtype=np.bool_)
    points = np.empty((8, 2))
    bound = np.empty(2)
    edge = np.empty((2, 2))
    for i in range(2):
        edge[i, 0], edge[i, 1] = chord(polygon, size, i, threats[i] + 10 * margin)
    for a in range(payoffs.shape[0]):
        marks[a] = 0
        if not alive[a]:
            continue
        for sign in (-1.0, 1.0):
            one[a] = True
            slack = sign * margin
            count = images(payoffs, replies, gains, now, later, polygon, size, threats, one, slack, points, bound)
            if not one[a]:
                marks[a] = 1
            for k in range(count):
                if not is_inside(polygon, size, points[k, 0], points[k, 1], margin):
                    spared = False
                    for i in range(2):
                        spared = spared or (
                            abs(points[k, i] - threats[i]) <= 4 * margin
                            and abs(replies[a, i] - threats[i]) <= 2 * margin
                            and points[k, 1 - i] > edge[i, 0] + 1e4 * margin
                            and points[k, 1 - i] < edge[i, 1] - 1e4 * margin
                        )
                    marks[a] = max(marks[a], 2) if spared and marks[a] != 1 else 1
            for i in range(2):
                if bound[i] < threats[i] + margin and marks[a] != 1:
                    marks[a] = 2 if replies[a, i] >= threats[i] - margin else 1
        one[a] = False
