"""Supports of all extreme equilibria of a two-player game whose payoffs are functions of one parameter, at a place."""

from __future__ import annotations

from typing import Any

from blamegame.games.strategic import Array
from blamegame.solvers.parametric.polynomials import over_a_common_denominator
from blamegame.solvers.parametric.rational_function import Place

SupportPair = tuple[tuple[int, ...], tuple[int, ...]]


def extreme_supports(payoffs: Array, place: Place) -> tuple[SupportPair, ...]:
    """Supports of every extreme equilibrium at the place, sorted; degenerate games included.

    Parameters
    ----------
    payoffs : object array, shape [2, m, n]
        :class:`RationalFunction` or exact numbers.
    place : Place
        Where signs are decided. The answer is the same as far around it as no polynomial in ``place.asked`` vanishes.

    Notes
    -----
    The double description method (Motzkin et al. 1953) over the ordered field of rational functions at a place, on
    both best-response polyhedra; then pairs of vertices with every label (Mangasarian 1964). Two extreme equilibria of
    equal support are the same vertex pair or lie in one component; each support pair is listed once.
    """
    _, m, n = payoffs.shape
    rows = _vertices(_polynomials(payoffs[1].T, place), place)
    columns = _vertices(_polynomials(payoffs[0], place), place)
    everything = (1 << m + n) - 1
    found = set()
    for x, x_labels in rows:
        for y, y_labels in columns:
            y_aligned = (y_labels & (1 << n) - 1) << m | y_labels >> n
            if x_labels | y_aligned == everything:
                found.add((_support(x, place), _support(y, place)))
    return tuple(sorted(found))


def _support(vertex: tuple[Any, ...], place: Place) -> tuple[int, ...]:
    return tuple(i for i, weight in enumerate(vertex) if place.sign(weight) > 0)


def _polynomials(table: Array, place: Place) -> list[list[Any]]:
    """The table times a positive common denominator, shifted per column to make one entry zero: same best responses."""
    scaled = over_a_common_denominator(table, place).tolist()
    return [[value - first for value, first in zip(row, scaled[0])] for row in scaled]


def _vertices(payoffs: list[list[Any]], place: Place) -> list[tuple[tuple[Any, ...], int]]:
    """Vertices (weights up to a positive factor) of {(x, v): x >= 0, v >= payoffs @ x} with their labels."""
    from flint import fmpq_poly

    n = len(payoffs[0])
    zero, one = fmpq_poly([0]), fmpq_poly([1])
    rays: list[tuple[tuple[Any, ...], int]] = [((*[zero] * n, one), (1 << n) - 1)]
    for i in range(n):
        unit = tuple(one if k == i else zero for k in range(n))
        rays.append(((*unit, payoffs[0][i]), (1 << n) - 1 ^ 1 << i | 1 << n))
    for j in range(1, len(payoffs)):
        rays = _cut(rays, payoffs[j], 1 << n + j, place)
    return [(ray[:-1], labels) for ray, labels in rays if any(w.degree() >= 0 for w in ray[:-1])]


def _cut(rays: list[tuple[Any, int]], row: list[Any], label: int, place: Place) -> list[tuple[Any, int]]:
    slack = [ray[-1] - sum((p * w for p, w in zip(row, ray)), 0 * ray[-1]) for ray, _ in rays]
    signs = [place.sign(value) for value in slack]
    kept = [(ray, labels | label if sign == 0 else labels) for (ray, labels), sign in zip(rays, signs) if sign >= 0]
    masks = [labels for _, labels in rays]
    for k, (high, high_labels) in enumerate(rays):
        for h, (low, low_labels) in enumerate(rays):
            if signs[k] > 0 > signs[h]:
                shared = high_labels & low_labels
                if sum(mask & shared == shared for mask in masks) == 2:
                    ray = [slack[k] * b - slack[h] * a for a, b in zip(high, low)]
                    kept.append((_primitive(ray, place), shared | label))
    return kept


def _primitive(ray: list[Any], place: Place) -> tuple[Any, ...]:
    """The ray divided by a common factor that is positive at the place, so that degrees stay small."""
    common = ray[0]
    for entry in ray[1:]:
        common = common.gcd(entry)
    sign = place.sign(common)
    return tuple(entry // common * sign for entry in ray) if common.degree() > 0 and sign else tuple(ray)
