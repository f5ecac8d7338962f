"""Outer bound of the payoff set: the operator iterated in floats with slack, then a few times exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.solvers.repeated.set_operator.operator import Image, apply_operator
from blamegame.solvers.repeated.set_operator.polygon import EMPTY, Point, Polygon, hull, intersection
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_SLACK = 4e-15
"""Loosening of constraints and widening of polygons, on payoffs in [0, 1]; a step rounds by less than 1e-15."""
_TOLERANCE = 8e-15
_MARGIN = 1e-9
"""What is further than this from mattering in floats is not looked at exactly."""
_MOST_BITS = 400
_MOST_EXACT_STEPS = 6
_FEW = 36
_CHUNK = 3_000_000
"""Rough number of edge operations between two looks at the clock."""


@dataclass(frozen=True)
class OuterBound:
    """A polygon around the payoff set, and lower bounds of the worst payoffs; exact, in normalised payoffs.

    ``shaping`` are the profiles whose images are its vertices; ``fixed_point`` says that one more step changes nothing.
    """

    polygon: Polygon
    threats: Point
    shaping: tuple[int, ...]
    fixed_point: bool


def outer_bound(scaled: ScaledGame, deadline: Deadline, most_steps: int) -> tuple[OuterBound, int, bool]:
    """The outer bound, the number of float steps made, and whether the iteration settled."""
    from blamegame.solvers.repeated.kernels import outer as kernel

    floats = _FloatIteration(scaled)
    steps = 0
    while True:
        status = kernel.RUNNING
        while status == kernel.RUNNING and steps < most_steps and not deadline.over:
            status, made = floats.advance(most_steps - steps)
            steps += made
        if status == kernel.EMPTY:
            return OuterBound(EMPTY, (0, 0), (), True), steps, True
        settled = status == kernel.SETTLED
        if settled and (exact := _from_the_start(scaled, floats)) is not None:
            return exact, steps, settled
        bound, again = _exact_steps(scaled, floats)
        if not bound.polygon or not again or not settled:
            return bound, steps, settled


class _FloatIteration:
    """Polygon, threats and surviving profiles of the float iteration."""

    def __init__(self, scaled: ScaledGame) -> None:
        from blamegame.solvers.repeated.kernels.planar import convex_hull

        count = len(scaled.payoffs)
        self.scaled = scaled
        self.alive = np.ones(count, dtype=np.bool_)
        self.threats = np.zeros(2)
        self.polygon = np.empty((4 * count + 44, 2))
        corners = [scaled.payoffs + np.array([dx, dy]) for dx in (-_SLACK, _SLACK) for dy in (-_SLACK, _SLACK)]
        box = np.concatenate(corners)
        self.size: int = convex_hull(box, len(box), np.empty((len(box) + 2, 2)), self.polygon)

    def advance(self, most: int) -> tuple[int, int]:
        from blamegame.solvers.repeated.kernels.outer import iterate

        s = self.scaled
        steps = min(most, max(1, _CHUNK // (len(self.alive) * 20)))
        status, self.size, made = iterate(
            s.payoffs, s.replies, s.gains, s.now, s.later, self.polygon, self.size, self.threats, self.alive,
            _SLACK, _TOLERANCE, steps,
        )  # fmt: skip
        return status, made

    def relevant(self) -> tuple[list[int], list[int]]:
        """Profiles to which exact arithmetic must apply the operator, and those whose best reply is all that counts."""
        from blamegame.solvers.repeated.kernels.outer import sort_profiles

        s = self.scaled
        if len(self.alive) <= 9:
            return [int(k) for k in np.flatnonzero(self.alive)], []
        marks = np.zeros(len(self.alive), dtype=np.int64)
        sort_profiles(
            s.payoffs, s.replies, s.gains, s.now, s.later, self.polygon, self.size, self.threats, self.alive,
            _MARGIN, marks,
        )  # fmt: skip
        return [int(k) for k in np.flatnonzero(marks == 1)], [int(k) for k in np.flatnonzero(marks == 2)]


def _from_the_start(scaled: ScaledGame, floats: _FloatIteration) -> OuterBound | None:
    """The exact fixed point reached in a few steps from the payoffs of the surviving profiles, if it is.

    The threats are already near their limits, so that many games need one or two steps.
    """
    alive = [int(k) for k in np.flatnonzero(floats.alive)]
    if len(alive) > _FEW:
        return None
    polygon = hull(scaled.cells[index].payoff for index in alive)
    threats: Point = (scaled.rational(float(floats.threats[0])), scaled.rational(float(floats.threats[1])))
    for _ in range(_MOST_EXACT_STEPS):
        step = apply_operator(scaled.cells, alive, polygon, threats)
        new = hull(image.value for image in step.images)
        if new == polygon and step.threats == threats:
            return OuterBound(new, threats, _shaping(new, step.images), True)
        polygon, threats = new, step.threats
        alive = [index for index in alive if index not in step.dead]
        if not polygon:
            return OuterBound(EMPTY, (0, 0), (), True)
        if _bits(polygon) > _MOST_BITS:
            break
    return None


def _shaping(polygon: Polygon, images: Sequence[Image]) -> tuple[int, ...]:
    corners = {id(vertex) for vertex in polygon.vertices}  # big rationals are slow to hash, and hull() keeps its points
    return tuple(sorted({image.cell for image in images if id(image.value) in corners}))


def _exact_steps(scaled: ScaledGame, floats: _FloatIteration) -> tuple[OuterBound, bool]:
    """Exact applications from the float polygon; the last value says whether the float iteration should go on.

    It should where exact arithmetic removed a profile or raised a threat by more than rounding.
    """
    rational = scaled.rational
    chosen, by_reply = floats.relevant()
    polygon = hull((rational(float(x)), rational(float(y))) for x, y in floats.polygon[: floats.size])
    polygon = _within_span(scaled, floats, polygon)
    threats: Point = (rational(float(floats.threats[0])), rational(float(floats.threats[1])))
    before = (float(threats[0]), float(threats[1]))
    images: tuple[Image, ...] = ()
    same = False
    for count in range(_MOST_EXACT_STEPS):
        by_reply = _still_by_reply(scaled, by_reply, chosen, threats)
        step = apply_operator(scaled.cells, chosen, polygon, threats)
        raised = _raised(scaled, by_reply, threats, step.threats)
        new = _hull_of(step.images)
        jumped = any(float(raised[i]) > before[i] + _MARGIN / 100 for i in range(2))
        if step.dead or jumped:
            floats.alive[list(step.dead)] = False
            floats.threats[:] = [max(old, _rounded_down(value)) for old, value in zip(floats.threats, raised)]
            return OuterBound(new, raised, tuple(chosen), False), bool(floats.alive.any())
        same = new == polygon and raised == threats
        polygon, threats, images = new, raised, step.images
        if same or not polygon or (count and _bits(polygon) > _MOST_BITS):
            break
    return OuterBound(polygon, threats, _shaping(polygon, images), same), False


def _hull_of(images: Sequence[Image]) -> Polygon:
    """Exact hull; points that floats show to be inside by ``_MARGIN`` are left out first."""
    if len(images) < 24:
        return hull(image.value for image in images)
    from blamegame.solvers.repeated.kernels.planar import convex_hull

    points = np.array([(float(image.value[0]), float(image.value[1])) for image in images])
    corners = np.empty((len(points) + 2, 2))
    corners = corners[: convex_hull(points.copy(), len(points), np.empty((len(points) + 2, 2)), corners)]
    along = np.roll(corners, -1, axis=0) - corners
    offset = points[:, None, :] - corners[None, :, :]
    depth = along[:, 0] * offset[..., 1] - along[:, 1] * offset[..., 0]
    near = np.any(depth <= _MARGIN * np.hypot(along[:, 0], along[:, 1]), axis=1)
    return hull(image.value for image, kept in zip(images, near) if kept)


def _still_by_reply(scaled: ScaledGame, by_reply: list[int], chosen: list[int], threats: Point) -> list[int]:
    """Move profiles whose best reply pays less than the worst payoff, exactly compared, to ``chosen``."""
    level = np.array([float(threats[0]), float(threats[1])])
    near = np.abs(scaled.replies[by_reply] - level) <= 4 * _MARGIN
    kept: list[int] = []
    for index, (first, second) in zip(by_reply, near.tolist()):
        reply = scaled.cells[index].reply
        below = (first and reply[0] < threats[0]) or (second and reply[1] < threats[1])
        (chosen if below else kept).append(index)
    return kept


def _raised(scaled: ScaledGame, by_reply: list[int], threats: Point, raised: Point) -> Point:
    out = [max(threats[i], min([raised[i], *(scaled.cells[index].reply[i] for index in by_reply)])) for i in range(2)]
    return out[0], out[1]


def _within_span(scaled: ScaledGame, floats: _FloatIteration, polygon: Polygon) -> Polygon:
    """``polygon`` cut to the payoffs of the surviving profiles where those lie on one line or point."""
    alive = np.flatnonzero(floats.alive)
    points = scaled.payoffs[alive]
    spread = np.linalg.svd(points - points.mean(0), compute_uv=False)
    if len(alive) > 2 and spread.size > 1 and spread[1] > 1e-9:
        return polygon
    flat = hull(scaled.cells[int(k)].payoff for k in alive)
    return polygon if flat.dimension == 2 else intersection(polygon, flat)


def _rounded_down(value: Any) -> float:
    return float(np.nextafter(float(value), -np.inf))


def _bits(polygon: Polygon) -> int:
    return max(int(c.height_bits()) for vertex in polygon.vertices for c in vertex)
