"""Event bounds of one small game: the dual simplex of ``kernels.incentives`` in integers of any size."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from blamegame.games.strategic import object_array

Rows = Sequence[Sequence[int]]


def smallest_probability(gains: Rows, inside: Sequence[bool]) -> Fraction:
    """Smallest probability of the cells ``inside`` over distributions p on cells with gains @ p <= 0.

    Parameters
    ----------
    gains : shape [incentives, cells], integers, such that some distribution satisfies every incentive
    inside : shape [cells]

    Notes
    -----
    All weight on a cell of least cost is dual feasible, so the dual simplex method needs no first phase. Pivots are
    fraction-free: entries are determinants over one common denominator (Edmonds 1967). Bland's rule ends it.

    Examples
    --------
    Both incentives together leave only the even distribution:

    >>> smallest_probability([[1, -1], [-1, 1]], [True, False])
    Fraction(1, 2)
    """
    if all(inside):
        return Fraction(1)
    n_cells, n_rows = len(inside), len(gains)
    base = list(inside).index(False)
    order = [base, *(c for c in range(n_cells) if c != base)]
    ones = [1] * n_cells
    rows = [[row[c] for c in order] for row in [*gains, ones, [int(cell) for cell in inside]]]
    tableau = [object_array([*(a - row[0] for a in row[1:]), -row[0]]) for row in rows]
    tableau[n_rows] = object_array(ones)
    basic, free = [*range(n_cells, n_cells + n_rows), base], order[1:]
    common = 1
    while True:
        short = [r for r in range(n_rows + 1) if tableau[r][-1] < 0]
        if not short:
            return Fraction(-tableau[-1][-1], common)
        leaving = min(short, key=basic.__getitem__)
        line = tableau[leaving]
        # candidates have a negative entry and a cost that is not: the least ratio, then the first variable
        candidates = zip(tableau[-1][:-1].tolist(), line[:-1].tolist(), free, range(n_cells - 1))
        entering = min((Fraction(cost, -entry), name, c) for cost, entry, name, c in candidates if entry < 0)[2]
        pivot = line[entering]
        for r, row in enumerate(tableau):
            if r != leaving:
                factor = row[entering]
                tableau[r] = (factor * line - row * pivot) // common
                tableau[r][entering] = factor
        tableau[leaving] = -line
        tableau[leaving][entering] = -common
        common = -pivot
        basic[leaving], free[entering] = free[entering], basic[leaving]
