"""Linear programmes whose data are polynomials in one parameter, solved exactly at a place of the parameter's line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blamegame.solvers.parametric.rational_function import Place

Polynomial = Any
"""A ``fmpq_poly``."""


def maximum(
    objective: Sequence[Polynomial], matrix: Sequence[Sequence[Polynomial]], bounds: Sequence[Polynomial], place: Place
) -> tuple[Polynomial, Polynomial]:
    """The largest objective @ x over x >= 0 with matrix @ x <= bounds, as (numerator, positive denominator).

    Parameters
    ----------
    objective : shape [n]
    matrix : shape [m, n]
    bounds : shape [m], none negative at the place, so that x = 0 is feasible; the maximum must be finite
    place : Place
        Where signs are decided; the value is this quotient as far around it as no polynomial in ``place.asked`` has a
        root.

    Notes
    -----
    The simplex method with Bland's rule, which ends on every degenerate programme, on a tableau without fractions: all
    entries have the last pivot, which is positive, as their denominator (Edmonds 1967), so that they stay minors of the
    data and their degrees small.

    References
    ----------
    Bland (1977), "New finite pivoting rules for the simplex method". Edmonds (1967), "Systems of distinct
    representatives and linear algebra", for division-free elimination.

    Examples
    --------
    Two activities share a budget of 1, and the second earns the parameter t for the first one's 1:

    >>> from fractions import Fraction
    >>> from flint import fmpq_poly
    >>> one, t = fmpq_poly([1]), fmpq_poly([0, 1])
    >>> for at in (Fraction(1, 2), Fraction(3, 2)):
    ...     top, bottom = maximum([one, t], [[one, one]], [one], Place(at))
    ...     print(top / bottom)
    1
    x
    """
    from flint import fmpq_poly

    zero, one = fmpq_poly([0]), fmpq_poly([1])
    n, m = len(objective), len(bounds)
    slacks = [[one if k == i else zero for k in range(m)] for i in range(m)]
    rows = [[*row, *slack, bound] for row, slack, bound in zip(matrix, slacks, bounds)]
    costs = [*(-c for c in objective), *[zero] * (m + 1)]
    basic = list(range(n, n + m))
    pivot = one
    while (entering := next((j for j in range(n + m) if place.sign(costs[j]) < 0), None)) is not None:
        leaving = _leaving(rows, basic, entering, place)
        rows, costs, pivot = _pivoted(rows, costs, pivot, leaving, entering)
        basic[leaving] = entering
    return costs[-1], pivot


def _leaving(rows: list[list[Polynomial]], basic: list[int], entering: int, place: Place) -> int:
    """The row that limits the entering variable first; of several the one of the lowest variable (Bland)."""
    best: int | None = None
    for k in sorted(range(len(rows)), key=basic.__getitem__):
        if place.sign(rows[k][entering]) > 0:
            sooner = best is None or place.sign(
                rows[k][-1] * rows[best][entering] - rows[best][-1] * rows[k][entering]
            ) < 0  # fmt: skip
            best = k if sooner else best
    if best is None:
        raise ArithmeticError("this linear programme is unbounded")
    return best


def _pivoted(
    rows: list[list[Polynomial]], costs: list[Polynomial], pivot: Polynomial, leaving: int, entering: int
) -> tuple[list[list[Polynomial]], list[Polynomial], Polynomial]:
    """The tableau after one exchange; every division is exact."""
    new, through = rows[leaving][entering], rows[leaving]

    def cleared(row: list[Polynomial]) -> list[Polynomial]:
        factor = row[entering]
        return [(new * entry - factor * above) // pivot for entry, above in zip(row, through)]

    return [row if k == leaving else cleared(row) for k, row in enumerate(rows)], cleared(costs), new
