"""Convex polygons in exact arithmetic; the empty set, a point and a segment are polygons like any other.

Coordinates may be of any exact ordered field (``Fraction``, ``flint.fmpq``, ``int`` where nothing is divided); nothing
here rounds, except :func:`to_floats`. A polygon is its extreme points counter-clockwise from the lexicographically
smallest, no three on a line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array

Point = tuple[Any, Any]


@dataclass(frozen=True)
class Polygon:
    """Convex hull of ``vertices``, which are extreme, counter-clockwise and start at the smallest; see :func:`hull`.

    >>> hull([(0, 0), (2, 0), (1, 0), (2, 2)])
    Polygon(vertices=((0, 0), (2, 0), (2, 2)))
    >>> [hull(points).dimension for points in ([], [(1, 1)], [(0, 0), (1, 1)], [(0, 0), (1, 0), (0, 1)])]
    [-1, 0, 1, 2]
    """

    vertices: tuple[Point, ...]

    @property
    def dimension(self) -> int:
        """-1 for the empty set, 0 for a point, 1 for a segment, 2 otherwise."""
        return min(len(self.vertices) - 1, 2)

    @cached_property
    def _sides(self) -> tuple[tuple[_Side, _Side], tuple[_Side, _Side]]:
        return _sides(self.vertices, 0), _sides(self.vertices, 1)

    def __len__(self) -> int:
        return len(self.vertices)

    def __bool__(self) -> bool:
        return bool(self.vertices)


EMPTY = Polygon(())


def hull(points: Iterable[Point]) -> Polygon:
    """Convex hull of finitely many points (monotone chain, Andrew 1979)."""
    ordered: list[Point] = []
    for point in sorted(points):
        if not ordered or point != ordered[-1]:
            ordered.append(point)
    if len(ordered) < 3:
        return Polygon(tuple(ordered))
    lower = _chain(ordered)
    upper = _chain(ordered[::-1])
    return Polygon(tuple(lower[:-1] + upper[:-1]))


def _chain(points: list[Point]) -> list[Point]:
    out: list[Point] = []
    for point in points:
        while len(out) > 1 and _cross(out[-2], out[-1], point) <= 0:
            out.pop()
        out.append(point)
    return out


def _cross(a: Point, b: Point, c: Point) -> Any:
    """Twice the signed area of the triangle; positive where a, b, c turn left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def edges(polygon: Polygon) -> Iterator[tuple[Point, Point]]:
    """Consecutive vertices, the last with the first; a segment has two edges, a point one of length zero."""
    vertices = polygon.vertices
    return zip(vertices, vertices[1:] + vertices[:1])


def contains(polygon: Polygon, point: Point) -> bool:
    """Whether the closed polygon contains ``point``.

    >>> contains(hull([(0, 0), (2, 2)]), (1, 1)), contains(hull([(0, 0), (2, 2)]), (1, 2))
    (True, False)
    """
    if polygon.dimension < 1:
        return polygon.vertices == (point,)
    if any(_cross(a, b, point) < 0 for a, b in edges(polygon)):
        return False
    a, b = polygon.vertices[:2]
    if polygon.dimension == 2:
        return True
    return bool(a[0] <= point[0] <= b[0] and min(a[1], b[1]) <= point[1] <= max(a[1], b[1]))


def contains_polygon(outer: Polygon, inner: Polygon) -> bool:
    """Whether every point of ``inner`` is in ``outer``; the empty set is in every set."""
    return all(contains(outer, vertex) for vertex in inner.vertices)


def support(polygon: Polygon, direction: Point) -> Any:
    """Largest value of ``direction`` . point over a polygon that is not empty.

    >>> support(hull([(0, 0), (3, 1)]), (1, 2))
    5
    """
    return max(direction[0] * x + direction[1] * y for x, y in polygon.vertices)


def smallest(polygon: Polygon, axis: int) -> Any:
    """Smallest coordinate along ``axis`` of a polygon that is not empty."""
    return polygon._sides[axis][0][0][0]


def largest(polygon: Polygon, axis: int) -> Any:
    """Largest coordinate along ``axis`` of a polygon that is not empty."""
    return polygon._sides[axis][0][0][-1]


def clip(polygon: Polygon, normal: Point, bound: Any) -> Polygon:
    """The part of ``polygon`` where ``normal`` . point >= ``bound`` (Sutherland and Hodgman 1974).

    >>> clip(hull([(0, 0), (4, 0), (0, 4)]), (1, 0), 4)
    Polygon(vertices=((4, 0),))
    """
    heights = [normal[0] * x + normal[1] * y - bound for x, y in polygon.vertices]
    if all(height >= 0 for height in heights):
        return polygon
    kept: list[Point] = []
    for (a, b), above_a, above_b in zip(edges(polygon), heights, heights[1:] + heights[:1]):
        if above_a >= 0:
            kept.append(a)
        if above_a > 0 > above_b or above_a < 0 < above_b:
            share = above_a / (above_a - above_b)
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return hull(kept)


def chord(polygon: Polygon, axis: int, level: Any) -> tuple[Any, Any] | None:
    """Ends of the other coordinate on the line where coordinate ``axis`` is ``level``; None where it misses.

    >>> from fractions import Fraction
    >>> chord(hull([(0, 0), (4, 0), (0, 4)]), 0, Fraction(1))
    (Fraction(0, 1), Fraction(3, 1))
    """
    if not polygon or level < smallest(polygon, axis) or level > largest(polygon, axis):
        return None
    found = [height for side in polygon._sides[axis] for height in _heights(*side, level)]
    return min(found), max(found)


_Side = tuple[list[Any], list[Any]]
"""A chain from the smallest to the largest vertex along an axis: its levels, not falling, and its other coordinates."""


def _sides(vertices: tuple[Point, ...], axis: int) -> tuple[_Side, _Side]:
    levels = [vertex[axis] for vertex in vertices]
    first = levels.index(min(levels))
    turn = (levels.index(max(levels)) - first) % len(vertices)
    ring = vertices[first:] + vertices[:first]
    one, other = ring[: turn + 1], ring[:1] + ring[turn:][::-1]
    return tuple(([v[axis] for v in chain], [v[1 - axis] for v in chain]) for chain in (one, other))  # type: ignore[return-value]


def _heights(levels: list[Any], others: list[Any], level: Any) -> list[Any]:
    after = bisect_left(levels, level)
    if levels[after] != level:
        share = (level - levels[after - 1]) / (levels[after] - levels[after - 1])
        return [others[after - 1] + share * (others[after] - others[after - 1])]
    return [others[k] for k in range(after, len(levels)) if levels[k] == level]


def affine(polygon: Polygon, scale: Point, shift: Point) -> Polygon:
    """Image under (x, y) -> (scale[0] x + shift[0], scale[1] y + shift[1]); negative and zero scales are fine."""
    return hull((scale[0] * x + shift[0], scale[1] * y + shift[1]) for x, y in polygon.vertices)


def minkowski_sum(first: Polygon, second: Polygon) -> Polygon:
    """All sums of a point of each; empty where either is.

    >>> len(minkowski_sum(hull([(0, 0), (1, 0)]), hull([(0, 0), (0, 1)])))
    4
    """
    return hull((a[0] + b[0], a[1] + b[1]) for a in first.vertices for b in second.vertices)


def join(*polygons: Polygon) -> Polygon:
    """Convex hull of the union."""
    return hull(vertex for polygon in polygons for vertex in polygon.vertices)


def intersection(first: Polygon, second: Polygon) -> Polygon:
    """Points in both polygons.

    >>> intersection(hull([(0, 0), (2, 2)]), hull([(0, 2), (2, 0)])).vertices == ((1, 1),)
    True
    """
    if second.dimension < first.dimension:
        first, second = second, first
    if not first:
        return EMPTY
    if second.dimension == 0:
        return first if first.vertices == second.vertices else EMPTY
    if first.dimension == 0:
        return first if contains(second, first.vertices[0]) else EMPTY
    out = first
    for a, b in edges(second):
        normal = (a[1] - b[1], b[0] - a[0])
        out = clip(out, normal, normal[0] * a[0] + normal[1] * a[1])
        if second.dimension == 1:
            along = (b[0] - a[0], b[1] - a[1])
            out = clip(out, along, along[0] * a[0] + along[1] * a[1])
    return out


def excess(outer: Polygon, inner: Polygon) -> Any:
    """How far ``outer`` reaches beyond ``inner``: the largest violation of an edge of the one by a vertex of the other.

    Violations are divided by the larger coordinate of the edge, so the number is between one and sqrt(2) distances; it
    is zero exactly where ``outer`` lies in ``inner``. Neither may be empty.
    """
    worst = 0
    for point in outer.vertices:
        for a, b in edges(inner) if inner.dimension == 2 else ():
            size = max(abs(b[0] - a[0]), abs(b[1] - a[1]))
            worst = max(worst, -_cross(a, b, point) / size)
        if inner.dimension < 2 and not contains(inner, point):
            worst = max(worst, _distance_to_flat(inner, point))
    return worst


def _distance_to_flat(flat: Polygon, point: Point) -> Any:
    a, b = flat.vertices[0], flat.vertices[-1]
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] * along[0] + along[1] * along[1]
    share: Any = 0
    if length:
        share = (along[0] * (point[0] - a[0]) + along[1] * (point[1] - a[1])) / length
        share = min(max(share, 0), 1)
    return max(abs(point[0] - a[0] - share * along[0]), abs(point[1] - a[1] - share * along[1]))


def to_floats(polygon: Polygon) -> Array:
    """Vertices as the nearest floats, shape [n, 2]; neighbours that become equal are given once."""
    out: list[tuple[float, float]] = []
    for vertex in polygon.vertices:
        try:
            rounded = (float(vertex[0]), float(vertex[1]))
        except OverflowError:
            raise GameError("a payoff is beyond the range of float64 (1.8e308); read the exact polygon") from None
        if rounded not in out:
            out.append(rounded)
    return np.array(out, dtype=np.float64).reshape(-1, 2)
