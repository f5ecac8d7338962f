"""Points to grow from: stage equilibria repeated, the pure set with frequencies, lasting mixtures on a rectangle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.repeated.generated.points import InnerSet, Point
from blamegame.solvers.repeated.mediated.constraints import Support
from blamegame.solvers.repeated.payoff_set import PayoffSet
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame
from blamegame.solvers.strategic.nash import nash

_MOST_BITS = 600


def stage_points(scaled: ScaledGame, event: Array, profiles: Iterable[Sequence[Array]], first: int) -> list[Point]:
    """Each Nash equilibrium of the stage game in every period; ``first`` is the position of the first of them."""
    return [stationary(scaled, event, profile, first + k) for k, profile in enumerate(profiles)]


def stationary(scaled: ScaledGame, event: Array, profile: Sequence[Any], position: int) -> Point:
    """The same mixtures in every period, whatever happened."""
    (m, n), cells = scaled.cells.shape, scaled.cells
    first, second = (tuple(scaled._of(Fraction(p)) for p in side) for side in profile)
    happening = [i * n + j for i in range(m) for j in range(n) if first[i] and second[j]]
    zero = scaled.rational(0.0)
    chances = {c: first[c // n] * second[c % n] for c in happening}
    value = [sum((chances[c] * cells[c].payoff[i] for c in happening), zero) for i in range(2)]
    often = sum((chances[c] for c in happening if event.flat[c]), zero)
    return Point((value[0], value[1], often), (first, second), {c: {position: scaled.rational(1.0)} for c in happening})


def pure_points(scaled: ScaledGame, event: Array, found: PayoffSet, first: int) -> list[Point]:
    """The corners of the inner payoff set of pure play, with the frequency along one way to get them.

    None where its numbers are too long to go on with.
    """
    from flint import fmpq_mat

    vertices = found.inner_polygon.vertices
    count = len(vertices)
    if not count or max(_bits(x) for v in vertices for x in v) > _MOST_BITS:
        return []
    corners = [_moved(scaled, v) for v in vertices]
    lotteries = [_lottery(corners, _moved(scaled, image.continuation)) for image in found.supports]
    if any(lottery is None for lottery in lotteries):
        return []
    zero, one = scaled.rational(0.0), scaled.rational(1.0)
    now, later = scaled.cells.now, scaled.cells.later
    system = [
        [(one if i == j else zero) - later * (lotteries[i] or {}).get(j, zero) for j in range(count)]
        for i in range(count)
    ]
    right = [now if event.flat[image.cell] else zero for image in found.supports]
    often = fmpq_mat(count, count, [x for row in system for x in row]).solve(fmpq_mat(count, 1, right)).entries()
    n = scaled.cells.shape[1]
    out = []
    for corner, image, lottery, f in zip(corners, found.supports, lotteries, often):
        sides = [
            tuple(one if k == at else zero for k in range(size))
            for at, size in zip(divmod(image.cell, n), scaled.cells.shape)
        ]
        promise = {first + k: weight for k, weight in (lottery or {}).items()}
        out.append(Point((corner[0], corner[1], f), (sides[0], sides[1]), {image.cell: promise}))
    return out


def lasting_mixtures(found: InnerSet, stage: StrategicGame, support: Support) -> list[Point]:
    """Equilibria of the game restricted to a rectangle, played in every period, leaving it being punished.

    ``stage`` is exact; each point is written as the next one of ``found``.
    """
    shape = found.scaled.cells.shape
    restricted = StrategicGame(stage.payoffs[np.ix_((0, 1), *support)])
    out = []
    for profile in nash(restricted).equilibria:
        whole = []
        for side, actions, size in zip(profile, support, shape):
            full = [Fraction(0)] * size
            for action, p in zip(actions, side.tolist()):
                full[action] = p
            whole.append(full)
        point = stationary(found.scaled, found.event, whole, len(found.points))
        if all(_leaving(found, point, i, a) <= point.value[i] for i in range(2) for a in range(shape[i])):
            out.append(point)
    return out


def staying(point: Point, position: int) -> Point:
    """A point whose play never changes, at another position."""
    return Point(point.value, point.mixtures, {c: {position: point.value[0] * 0 + 1} for c in point.promises})


def _leaving(found: InnerSet, point: Point, player: int, action: int) -> Any:
    """What an action that is not played pays with the worst point after it; nothing where it is played."""
    cells, (_, n) = found.scaled.cells, found.scaled.cells.shape
    if point.mixtures[player][action]:
        return point.value[player]
    threat = cells.later * found.threats[player]
    pays = [
        q * (cells.now * cells[action * n + b if player == 0 else b * n + action].payoff[player] + threat)
        for b, q in enumerate(point.mixtures[1 - player])
        if q
    ]
    return sum(pays[1:], pays[0])


def _moved(scaled: ScaledGame, point: Sequence[Any]) -> tuple[Any, Any]:
    x, y = ((scaled._of(Fraction(point[i])) - scaled.low[i]) / scaled.span[i] for i in range(2))
    return x, y


def _lottery(corners: Sequence[tuple[Any, Any]], point: tuple[Any, Any]) -> dict[int, Any] | None:
    """Weights on at most three corners of a convex polygon that are worth ``point``."""
    if point in corners:
        return {corners.index(point): corners[0][0] * 0 + 1}
    count = len(corners)
    if count == 2:
        a, b = corners
        axis = 0 if a[0] != b[0] else 1
        share = (point[axis] - a[axis]) / (b[axis] - a[axis])
        return {0: 1 - share, 1: share}
    for j in range(1, count - 1):
        a, b, c = corners[0], corners[j], corners[j + 1]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if not area:
            continue
        second = ((point[0] - a[0]) * (c[1] - a[1]) - (point[1] - a[1]) * (c[0] - a[0])) / area
        third = ((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])) / area
        if second >= 0 and third >= 0 and second + third <= 1:
            return {0: 1 - second - third, j: second, j + 1: third}
    return None


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()
