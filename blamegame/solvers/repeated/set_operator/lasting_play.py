"""Whether play can stay within some action profiles for ever while deviations are punished by any equilibrium."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blamegame.solvers.repeated.set_operator.operator import (
    Cells,
    apply_operator,
    binding_continuations,
    least_promises,
)
from blamegame.solvers.repeated.set_operator.polygon import EMPTY, Point, Polygon, hull

_EXACT_STEPS = 24
_MOST_BITS = 4_000
_FLOAT_STEPS = 4_000
_ROOMS = (1e-9, 1e-7, 1e-5)
"""How much more than needed the promises of a float iteration are, payoffs being in [0, 1]; rounding is 1e-15."""


def can_last(cells: Cells, chosen: Sequence[int], threats: Point, attained: Point, rational: Any) -> bool | None:
    """Whether some subgame-perfect equilibrium plays the profiles ``chosen`` only, at every history of its path.

    Parameters
    ----------
    cells : exact, payoffs in [0, 1]
    threats : no equilibrium gives player i less than ``threats[i]``
    attained : some equilibrium gives player i ``attained[i]``; equal to ``threats`` where the payoff set is exact
    rational : float -> exact number of the kind of ``cells``

    Returns
    -------
    True where that is proved in exact arithmetic. False where exact iteration ends in the empty set, or iteration in
    floats does with every promise loosened by far more than rounding adds up to. None where neither is found.

    Notes
    -----
    With punishments given, the payoffs of such paths are the largest fixed point of the set operator restricted to
    ``chosen``, and it is empty exactly where the answer is no. Promises are needed in amounts of at least something, so
    a set shows that the answer is yes once each of its corners is *at least* reached from the set.
    """
    if not chosen:
        return False
    payoffs = [cells[k].payoff for k in chosen]
    if any(_enough(p, least_promises(cells[k], attained)) for k, p in zip(chosen, payoffs)):
        return True
    polygon = hull(payoffs)
    for _ in range(_EXACT_STEPS):
        if sustains_itself(cells, chosen, polygon, attained):
            return True
        step = apply_operator(cells, chosen, polygon, threats)
        if not step.images:
            return False
        polygon = hull(image.value for image in step.images)
        if max(int(c.height_bits()) for vertex in polygon.vertices for c in vertex) > _MOST_BITS:
            break
    for room in _ROOMS:
        soft = _with_room(cells, chosen, attained, room)
        down = room / 4
        lowered = hull((rational(float(x) - down), rational(float(y) - down)) for x, y in soft.vertices)
        if lowered and sustains_itself(cells, chosen, lowered, attained):
            return True
    return False if not _with_room(cells, chosen, threats, -1e-12) else None


def sustains_itself(cells: Cells, chosen: Sequence[int], polygon: Polygon, threats: Point) -> bool:
    """Whether each corner is at least reached by one of ``chosen`` and a promise from ``polygon`` that enforces it."""
    return bool(polygon) and all(
        any(_reaches(cells, index, polygon, vertex, threats) for index in chosen) for vertex in polygon.vertices
    )


def _reaches(cells: Cells, index: int, polygon: Polygon, vertex: Point, threats: Point) -> bool:
    cell = cells[index]
    floor = least_promises(cell, threats)
    need = tuple(max(floor[i], (vertex[i] - cells.now * cell.payoff[i]) / cells.later) for i in range(2))
    return bool(binding_continuations(polygon, (need[0], need[1])))


def _enough(payoff: Point, need: Point) -> bool:
    return bool(payoff[0] >= need[0] and payoff[1] >= need[1])


def _with_room(cells: Cells, chosen: Sequence[int], threats: Point, room: float) -> Polygon:
    """The fixed point in floats where each promise must exceed what is needed by ``room``; empty where there is none.

    With a negative room of more than rounding errors add up to, an empty answer is proof.
    """
    rows = [cells[k] for k in chosen]
    now, later = float(cells.now), float(cells.later)
    payoffs = [(float(row.payoff[0]), float(row.payoff[1])) for row in rows]
    needs = [tuple(float(x) + room for x in least_promises(row, threats)) for row in rows]
    polygon = hull(payoffs)
    for _ in range(_FLOAT_STEPS):
        images = []
        for payoff, need in zip(payoffs, needs):
            if payoff[0] >= need[0] and payoff[1] >= need[1]:
                images.append(payoff)
                continue
            for w in binding_continuations(polygon, (need[0], need[1])):
                images.append((now * payoff[0] + later * w[0], now * payoff[1] + later * w[1]))
        if not images:
            return EMPTY
        new = hull(images)
        if len(new) == len(polygon) and all(
            abs(a[i] - b[i]) < 1e-15 for a, b in zip(new.vertices, polygon.vertices) for i in range(2)
        ):
            return new
        polygon = new
    return polygon
