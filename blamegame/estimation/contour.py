"""The likelihood over two unknowns at once, the others re-estimated at every point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from blamegame.estimation.problem import Problem
from blamegame.estimation.profile import Interval
from blamegame.games.strategic import Array


@dataclass(frozen=True, eq=False)
class Contour:
    """A likelihood ratio surface.

    Attributes
    ----------
    names : of the two unknowns
    one, two : their values, [n] each
    ratio : likelihood ratio with both held, [n of one, n of two]
    cut : the pairs at or below it are the confidence set
    """

    names: tuple[str, str]
    one: Array
    two: Array
    ratio: Array
    cut: float


def contour(
    problem: Problem,
    theta: Array,
    value: float,
    positions: tuple[int, int],
    sets: Mapping[str, Interval],
    points: int,
    cut: float,
) -> Contour:
    """The ratio on a grid over the sets of both unknowns, row by row outwards from the estimate."""
    unknowns = [problem.unknowns[q] for q in positions]
    axes = []
    for unknown in unknowns:
        ends = sets[unknown.name]
        top = ends.high if np.isfinite(ends.high) else 4 * max(ends.low, unknown.outside(theta[positions[0]]))
        axes.append(np.linspace(max(ends.low, unknown.low), top, points))
    inside = [np.array([u.inside(x) for x in axis]) for u, axis in zip(unknowns, axes)]
    ratio = np.empty((points, points))
    middle = int(np.abs(inside[0] - theta[positions[0]]).argmin())
    for rows in (range(middle, points), range(middle - 1, -1, -1)):
        start = np.tile(theta, (points, 1))
        for i in rows:
            low, high = (np.tile(x, (points, 1)) for x in problem.bounds)
            low[:, positions[0]] = high[:, positions[0]] = inside[0][i]
            low[:, positions[1]] = high[:, positions[1]] = inside[1]
            found = problem.held(start, low, high, tolerance=1e-6)
            ratio[i], start = 2 * (value - found.value), found.theta
    return Contour((unknowns[0].name, unknowns[1].name), axes[0], axes[1], np.maximum(ratio, 0), cut)
