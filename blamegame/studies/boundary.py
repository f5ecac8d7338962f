"""Boundaries between verdicts over two parameters: exact points on them, joined into lines for drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.concepts import Concept
from blamegame.errors import StudyError
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.solvers.parametric.roots import Root
from blamegame.studies.critical_values import CriticalValues, critical_values

_STEEP = 1.5
"""Lines from column to column are joined where they rise at most this steeply; steeper ones come from the rows."""


@dataclass(frozen=True)
class BoundaryPoint:
    """One exact point at which the verdict changes.

    ``sides`` are the verdicts just below and just above it along the parameter that was solved for.
    """

    x: Fraction | Root
    y: Fraction | Root
    sides: tuple[str, str]


@dataclass(frozen=True, eq=False, repr=False)
class Boundary:
    """Where the verdict on avoidance changes over the plane of two parameters.

    Attributes
    ----------
    x, y : names of the parameters
    x_values, y_values : exact values at which the plane was cut
    columns : for each of ``x_values`` every critical value of ``y``
    rows : for each of ``y_values`` every critical value of ``x``

    Every point is exact; the straight pieces between neighbouring points are for the eye only. What happens between two
    cuts is not seen: a region narrower than the spacing of the cuts may be missed.
    """

    x: str
    y: str
    x_values: tuple[Fraction, ...]
    y_values: tuple[Fraction, ...]
    columns: tuple[CriticalValues, ...]
    rows: tuple[CriticalValues, ...]

    @property
    def points(self) -> tuple[BoundaryPoint, ...]:
        """Every exact point, those of the columns first."""
        along = [
            BoundaryPoint(x, y, sides) for x, cut in zip(self.x_values, self.columns) for y, sides in _changes(cut)
        ]
        across = [BoundaryPoint(x, y, sides) for y, cut in zip(self.y_values, self.rows) for x, sides in _changes(cut)]
        return (*along, *across)

    def lines(self) -> tuple[Array, ...]:
        """Polylines for drawing, float arrays of shape [n, 2] (x, y); every vertex is one of ``points``, rounded once.

        A flat stretch is joined from column to column, a steep one from row to row. Two neighbouring points are joined
        where they separate the same two verdicts, each is the other's nearest, and the line between is not too steep.
        """
        spans = _span(self.x_values), _span(self.y_values)
        upright = [chain[:, ::-1] for chain in _chains(self.y_values, self.rows, spans[1] / spans[0])]
        return (*_chains(self.x_values, self.columns, spans[0] / spans[1]), *upright)

    def status_at(self, column: int, y: Any) -> str:
        """The exact verdict at (``x_values[column]``, ``y``)."""
        return self.columns[column].at(y).status

    def __repr__(self) -> str:
        return f"<Boundary over {self.x} and {self.y}: {len(self.points)} exact points>"


def boundary(
    model: Model,
    x: str,
    y: str,
    x_values: Iterable[Any],
    y_values: Iterable[Any],
    *,
    concept: Concept | None = None,
) -> Boundary:
    """Exact points of the boundaries between verdicts over the plane of two parameters.

    Parameters
    ----------
    model : one model; its other parameters stay as they are
    x, y : names of two parameters
    x_values, y_values : increasing values at which the plane is cut, at least two each, such as the grid of a study
        Floats count as the rationals they store. The first and last are the ends of the plane.
    concept : as for :func:`blamegame.critical_values`; default Nash

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> found = boundary(Delegation(), "authority", "diffusion", [0, Fraction(1, 2), 1], [0, Fraction(1, 2), 1])
    >>> point = found.points[0]
    >>> str(point.x), str(point.y), point.sides
    ('0', '865/2142 (0.403828)', ('free', 'entrenched'))
    """
    if x == y:
        raise StudyError(f"the plane needs two different parameters, not {x!r} twice")
    across, up = _cuts(x, x_values), _cuts(y, y_values)
    columns = tuple(critical_values(model.replace({x: at}), y, concept, low=up[0], high=up[-1]) for at in across)
    rows = tuple(critical_values(model.replace({y: at}), x, concept, low=across[0], high=across[-1]) for at in up)
    return Boundary(x, y, across, up, columns, rows)


def _cuts(name: str, values: Iterable[Any]) -> tuple[Fraction, ...]:
    exact = tuple(Fraction(value) for value in values)
    if len(exact) < 2 or any(left >= right for left, right in pairwise(exact)):
        raise StudyError(f"values of {name} must increase and be at least two, not {[float(v) for v in exact][:6]}")
    return exact


def _span(values: tuple[Fraction, ...]) -> float:
    return float(values[-1] - values[0])


def _changes(cut: CriticalValues) -> list[tuple[Root, tuple[str, str]]]:
    """Where the verdict changes inside the range, with the verdicts on the two sides."""
    around = zip(cut.pieces, cut.pieces[1:], cut.pieces[2:])
    return [
        (here.low, (left.status, right.status))
        for left, here, right in around
        if here.is_point and left.status != right.status
    ]


def _chains(values: tuple[Fraction, ...], cuts: tuple[CriticalValues, ...], scale: float) -> list[Array]:
    """Points of neighbouring cuts joined into chains, each an array of (value, solution)."""
    chains: list[list[tuple[float, float]]] = []
    open_chains: dict[int, int] = {}
    before: list[tuple[float, tuple[str, str]]] = []
    at_before = 0.0
    for value, cut in zip(values, cuts):
        at = float(value)
        here = [(float(root), sides) for root, sides in _changes(cut)]
        steepest = _STEEP * abs(at - at_before) / scale
        joined: dict[int, int] = {}
        for new, old in _pairs(here, before):
            if abs(here[new][0] - before[old][0]) <= steepest:
                joined[new] = open_chains[old]
        for new, (solution, _) in enumerate(here):
            if new not in joined:
                joined[new] = len(chains)
                chains.append([])
            chains[joined[new]].append((at, solution))
        open_chains, before, at_before = joined, here, at
    return [np.array(chain) for chain in chains if len(chain) > 1]


def _pairs(
    here: list[tuple[float, tuple[str, str]]], before: list[tuple[float, tuple[str, str]]]
) -> list[tuple[int, int]]:
    """Positions of points that separate the same verdicts and are each the other's nearest."""

    def nearest(point: tuple[float, tuple[str, str]], others: list[tuple[float, tuple[str, str]]]) -> int | None:
        same = [k for k, other in enumerate(others) if other[1] == point[1]]
        return min(same, key=lambda k: abs(others[k][0] - point[0]), default=None)

    pairs = []
    for new, point in enumerate(here):
        old = nearest(point, before)
        if old is not None and nearest(before[old], here) == new:
            pairs.append((new, old))
    return pairs
