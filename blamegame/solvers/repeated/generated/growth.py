"""Growing a set of equilibrium points towards a question: does the event happen at all, can play avoid it for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from blamegame.deadline import Deadline
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.generated.points import InnerSet, Point, generates_itself
from blamegame.solvers.repeated.generated.seeds import lasting_mixtures, staying
from blamegame.solvers.repeated.generated.semi_pure import Direction, semi_pure_points
from blamegame.solvers.repeated.mediated.constraints import supports_of, too_many_supports

_ROUNDS = 3
_MOST_POINTS = 40
_MOST_BITS = 6_000


def grown_towards(found: InnerSet, stage: StrategicGame, sign: int, *, deadline: Deadline) -> InnerSet:
    """The set with points further towards the event (``sign`` 1) or away from it (-1); verified, or as it was.

    Steps
    -----
    1. The furthest point where one player mixes and the other plays a pure action or a mixture that is known.
    2. Where there is none, mixtures that last on a rectangle of supports, and points that punish harder; then again.
    """
    grown = found
    for _ in range(_ROUNDS):
        before = len(grown.points)
        grown = _furthest(grown, (0, 0, sign), deadline)
        if len(grown.points) == before:
            grown = _with_lasting(grown, stage, sign, deadline)
            for harder in ((-1, 0, 0), (0, -1, 0)):
                grown = _furthest(grown, harder, deadline)
        if len(grown.points) == before or len(grown.points) > _MOST_POINTS or deadline.over or _long(grown):
            break
    return grown if len(grown.points) > len(found.points) and generates_itself(grown) else found


def avoiding_for_ever(found: InnerSet, stage: StrategicGame, *, deadline: Deadline) -> InnerSet:
    """The set with points of frequency 0 added, if some are found: play that stays outside the event."""
    grown = _with_lasting(found, stage, -1, deadline)
    if any(point.value[2] == 0 for point in grown.points) and generates_itself(grown):
        return grown
    return found


def _furthest(found: InnerSet, direction: Direction, deadline: Deadline) -> InnerSet:
    """With the best point in a direction over who mixes and what the other plays, if any is beyond those there are."""
    best = max(float(sum(d * x for d, x in zip(direction, point.value))) for point in found.points)
    new: list[Any] = []
    for mixer, beta in _against(found):
        if deadline.over:
            break
        for point in semi_pure_points(found, mixer, beta, direction, better_than=best):
            best = float(sum(d * x for d, x in zip(direction, point.value)))
            new = [point]
    return found.with_points(new)


def _against(found: InnerSet) -> Iterator[tuple[int, Sequence[Any]]]:
    """Who mixes, and what the other plays: pure actions, then mixtures of points that are known."""
    one, zero = found.scaled.rational(1.0), found.scaled.rational(0.0)
    for mixer in range(2):
        size = found.scaled.cells.shape[1 - mixer]
        seen = [tuple(one if k == b else zero for k in range(size)) for b in range(size)]
        yield from ((mixer, beta) for beta in seen)
        for point in found.points:
            beta = point.mixtures[1 - mixer]
            if beta not in seen:
                seen.append(beta)
                yield mixer, beta


def _with_lasting(found: InnerSet, stage: StrategicGame, sign: int, deadline: Deadline) -> InnerSet:
    """With mixtures that last on supports that touch the event (``sign`` 1) or do not (-1)."""
    if too_many_supports(found.scaled.cells.shape):
        return found
    supports = [
        support
        for support in supports_of(found.scaled.cells.shape)
        if any(found.event[a, b] for a in support[0] for b in support[1]) == (sign > 0)
    ]
    known = {point.mixtures for k, point in enumerate(found.points) if _lasts(point, k)}
    grown = found
    for support in supports:
        if deadline.over:
            break
        for point in lasting_mixtures(found, stage, support):
            if point.mixtures not in known:
                known.add(point.mixtures)
                grown = grown.with_points([staying(point, len(grown.points))])
    return grown


def _lasts(point: Point, position: int) -> bool:
    return all(set(lottery) == {position} for lottery in point.promises.values())


def _long(found: InnerSet) -> bool:
    return max(int(x.height_bits()) for point in found.points for x in point.value) > _MOST_BITS
