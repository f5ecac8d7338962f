"""A confidence set as a union of boxes: the cells of a grid in which some parameter vector passes the cut."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import TypeAlias

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.problem import Problem
from blamegame.estimation.unknown import COUNTED, FREE
from blamegame.games.strategic import Array

Box: TypeAlias = Mapping[str, tuple[Fraction, Fraction]]
"""An interval for each parameter."""

_MOST_CELLS = 20_000
_AT_ONCE = 512


def confidence_cells(
    problem: Problem, theta: Array, value: float, box: Box, per_axis: int, cut: float
) -> tuple[Box, ...]:
    """The cells of ``box``, cut into ``per_axis`` parts along each estimated parameter, whose best fit passes ``cut``.

    The best fit inside a cell is climbed to from its point nearest to the estimate and from its middle.
    """
    axes = [u.name for u in problem.unknowns if u.kind in (FREE, COUNTED)]
    if isinstance(per_axis, bool) or not isinstance(per_axis, int) or per_axis < 1:
        raise CasesError(f"per_axis={per_axis!r} is not a whole number of at least 1")
    if per_axis ** len(axes) > _MOST_CELLS:
        raise CasesError(f"{per_axis} parts along {len(axes)} parameters are {per_axis ** len(axes)} cells; use fewer")
    edges = {name: _edges(*box[name], per_axis) for name in axes}
    boxes = [
        {**box, **{name: (edges[name][j], edges[name][j + 1]) for name, j in zip(axes, cell)}}
        for cell in product(range(per_axis), repeat=len(axes))
    ]
    kept: list[Box] = []
    for first in range(0, len(boxes), _AT_ONCE):
        part = boxes[first : first + _AT_ONCE]
        kept += [one for one, ratio in zip(part, _ratios(problem, theta, value, part)) if ratio <= cut]
    return tuple(kept)


def _ratios(problem: Problem, theta: Array, value: float, boxes: list[dict[str, tuple[Fraction, Fraction]]]) -> Array:
    low, high = (np.tile(x, (len(boxes), 1)) for x in problem.bounds)
    for q, unknown in enumerate(problem.unknowns):
        if unknown.name in boxes[0]:
            low[:, q] = [float(box[unknown.name][0]) for box in boxes]
            high[:, q] = [float(box[unknown.name][1]) for box in boxes]
    near = np.clip(theta, low, high)
    middle = np.where(np.isfinite(high), (low + high) / 2, near)
    behaviour = [q for q, u in enumerate(problem.unknowns) if u.name not in boxes[0]]
    middle[:, behaviour] = theta[behaviour]
    found = problem.held(np.vstack([near, middle]), np.tile(low, (2, 1)), np.tile(high, (2, 1)), tolerance=1e-6)
    return np.asarray(2 * (value - found.value.reshape(2, -1).max(axis=0)))


def _edges(low: Fraction, high: Fraction, parts: int) -> list[Fraction]:
    return [low + (high - low) * Fraction(j, parts) for j in range(parts + 1)]
