"""Many small games at one discount factor: which profiles surely cannot be played, and which surely can.

Everything here has margins far beyond rounding; what falls inside a margin is left open for exact arithmetic.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.repeated.kernels.inner import settle
from blamegame.solvers.repeated.kernels.outer import EMPTY, SETTLED, images, iterate
from blamegame.solvers.repeated.kernels.planar import convex_hull, is_inside

_BASE_SLACK = 4e-15
_TOLERANCE = 8e-15
_ROUNDED = 4e-14
"""Twice what a payoff may differ from the true one, plus what normalising adds, in units of the largest payoff."""
_DOUBT = 1e-11
_PULL = 1e-8
_LIFT = 1e-6
"""Threats are held this much above the worst payoffs of the outer bound; the set found may then go below them."""
_MARGIN = 1e-10
_ROUNDS = 3


@compiled
def screen(
    payoffs: Any, ratio: float, now: float, later: float, steps: int, rounded: bool, possible: Any, sure: Any
) -> None:
    """For each game of ``payoffs`` [n_games, 2, m, n]: ``possible`` and ``sure`` [n_games, m * n], in place.

    ``possible`` is False only where a profile cannot be played, whatever rounding of the payoffs to floats did;
    ``sure`` is 1 where a profile can be played (a stage equilibrium, or shown by a self-generating set with room to
    spare), 0 where it is no stage equilibrium, -1 where in doubt. ``rounded`` says that the floats are not the game but
    within a rounding of it, so that a tie of floats decides nothing.
    """
    n_games, _, m, n = payoffs.shape
    count = m * n
    table = np.empty((count, 2))
    replies = np.empty((count, 2))
    gains = np.empty((count, 2))
    polygon = np.empty((4 * count + 44, 2))
    box = np.empty((4 * count, 2))
    stack = np.empty((4 * count + 2, 2))
    threats = np.empty(2)
    alive = np.empty(count, dtype=np.bool_)
    for game in range(n_games):
        slack = _BASE_SLACK
        for player in range(2):
            low = payoffs[game, player].min()
            high = payoffs[game, player].max()
            span = high - low if high > low else 1.0
            slack = max(slack, _BASE_SLACK + _ROUNDED * max(abs(low), abs(high)) / span)
            for i in range(m):
                for j in range(n):
                    table[i * n + j, player] = (payoffs[game, player, i, j] - low) / span
        for i in range(m):
            for j in range(n):
                best0 = 0.0
                best1 = 0.0
                for k in range(m):
                    best0 = max(best0, table[k * n + j, 0])
                for k in range(n):
                    best1 = max(best1, table[i * n + k, 1])
                a = i * n + j
                replies[a, 0] = best0
                replies[a, 1] = best1
                for player in range(2):
                    gains[a, player] = ratio * (replies[a, player] - table[a, player])
        doubt = max(_DOUBT, 8 * slack)
        for a in range(count):
            sure[game, a] = _stage_equilibrium(payoffs[game], table, replies, a, doubt, rounded)
        slack = slack * (1.0 + ratio)
        for a in range(count):
            alive[a] = True
            for corner in range(4):
                box[4 * a + corner, 0] = table[a, 0] + (slack if corner % 2 else -slack)
                box[4 * a + corner, 1] = table[a, 1] + (slack if corner // 2 else -slack)
        threats[:] = -slack
        size = convex_hull(box, 4 * count, stack, polygon)
        status, size, _ = iterate(
            table, replies, gains, now, later, polygon, size, threats, alive, slack, max(_TOLERANCE, 2 * slack), steps
        )
        for a in range(count):
            possible[game, a] = alive[a] and status != EMPTY
        if status == SETTLED and slack < 1e-12 and later > 1e-3 and _still_open(possible[game], sure[game]):
            _show(table, replies, gains, now, later, polygon, size, threats, alive, sure[game])


@compiled
def _stage_equilibrium(payoffs: Any, table: Any, replies: Any, cell: int, doubt: float, rounded: bool) -> int:
    """1 where nobody gains by deviating from ``cell``, 0 where somebody does, -1 where rounding could decide."""
    if max(replies[cell, 0] - table[cell, 0], replies[cell, 1] - table[cell, 1]) > doubt:
        return 0
    _, m, n = payoffs.shape
    i = cell // n
    j = cell % n
    for k in range(m):
        tied = rounded and table[k * n + j, 0] > table[cell, 0] - doubt
        if k != i and (tied or payoffs[0, k, j] > payoffs[0, i, j]):
            return -1
    for k in range(n):
        tied = rounded and table[i * n + k, 1] > table[cell, 1] - doubt
        if k != j and (tied or payoffs[1, i, k] > payoffs[1, i, j]):
            return -1
    return 1


@compiled
def _still_open(possible: Any, sure: Any) -> bool:
    return bool(np.any(possible & (sure != 1)))


@compiled
def _show(
    table: Any,
    replies: Any,
    gains: Any,
    now: float,
    later: float,
    polygon: Any,
    size: int,
    threats: Any,
    alive: Any,
    sure: Any,
) -> None:
    """Set ``sure`` to 1 for the profiles that a self-generating set with margins enforces, if one is found."""
    kept = np.flatnonzero(alive)
    held = np.ones(2, dtype=np.bool_)
    lifted = threats + _LIFT
    room = np.empty((max(4 * table.shape[0], size) + 44, 2))
    room[:size] = polygon[:size]
    size, settled = settle(table[kept], gains[kept], now, later, room, size, lifted, held, _PULL, 1e-13, _ROUNDS)
    if not settled or size < 3:
        return
    for i in range(2):
        threats[i] = room[:size, i].min()
    for k in range(size):
        if not _enforced(table, gains, now, later, room, size, threats, alive, k):
            return
    points = np.empty((4 * table.shape[0] + 4, 2))
    bound = np.empty(2)
    images(table, replies, gains, now, later, room, size, threats, alive, -_MARGIN, points, bound)
    for a in range(table.shape[0]):
        if alive[a]:
            sure[a] = 1


@compiled
def _enforced(
    table: Any, gains: Any, now: float, later: float, polygon: Any, size: int, threats: Any, alive: Any, vertex: int
) -> bool:
    """Whether some profile generates a vertex with margins on both constraints and on its continuation."""
    x = polygon[vertex, 0]
    y = polygon[vertex, 1]
    for a in range(table.shape[0]):
        if not alive[a]:
            continue
        need0 = threats[0] + gains[a, 0] + _MARGIN
        need1 = threats[1] + gains[a, 1] + _MARGIN
        if x == table[a, 0] and y == table[a, 1]:
            # its own continuation: it stays a vertex when the payoffs are replaced by the true ones
            if x >= need0 and y >= need1:
                return True
            continue
        w0 = (x - now * table[a, 0]) / later
        w1 = (y - now * table[a, 1]) / later
        if w0 >= need0 and w1 >= need1 and is_inside(polygon, size, w0, w1, _MARGIN):
            return True
    return False
