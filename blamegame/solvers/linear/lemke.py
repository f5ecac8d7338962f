"""Lemke's algorithm for a linear complementarity problem, in integers: exact, and never caught by ties."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from blamegame.deadline import Deadline
from blamegame.solvers.linear.tableau import Tableau


class RayTermination(Exception):
    """The path left through a ray: the problem is outside the class that Lemke's algorithm solves."""


def lemke(
    matrix: Any, constant: Sequence[Any], *, time_limit: float | Deadline | None = None
) -> tuple[list[Fraction], int]:
    """z >= 0 with w = constant + matrix @ z >= 0 and z @ w = 0, exactly; and the number of pivots.

    Parameters
    ----------
    matrix : shape [n, n], rational numbers
    constant : shape [n], rational numbers
    time_limit : seconds, or a deadline

    Raises
    ------
    RayTermination
        Where the path ends in a ray. It cannot for z'Mz >= 0 on z >= 0 with z'q >= 0 wherever Mz >= 0 and z'Mz = 0.
    OutOfTime

    Notes
    -----
    1. A covering vector of ones times z0 makes w = constant + matrix @ z + z0 feasible at z = 0.
    2. z0 enters; then always the complement of the variable that left, until z0 leaves.
    3. The leaving variable is the lexicographic minimum of the ratios, so no basis comes back.

    References
    ----------
    Lemke (1965), "Bimatrix equilibrium points and mathematical programming", Management Science 11.

    Examples
    --------
    >>> [str(z) for z in lemke([[2, 1], [1, 2]], [-5, -6])[0]]
    ['4/3', '7/3']
    """
    deadline = Deadline.of(time_limit)
    n = len(constant)
    if all(c >= 0 for c in constant):
        return [Fraction(0)] * n, 0
    tableau, row = _covered(matrix, constant)
    cover = entering = 2 * n
    while True:
        leaving = tableau.exchange(row, entering)
        if leaving == cover:
            value, scale = tableau.values(), tableau.scale
            return [Fraction(value.get(n + k, 0), scale) for k in range(n)], tableau.pivots
        deadline.check()
        entering = leaving + n if leaving < n else leaving - n
        limiting = tableau.limiting_row(entering, preferred=cover)
        if limiting is None:
            raise RayTermination("Lemke's path ended in a ray")
        row = limiting


def _covered(matrix: Any, constant: Sequence[Any]) -> tuple[Tableau, int]:
    """w (0 .. n-1) in terms of z (n .. 2n-1) and z0 (2n), in integers, and the row in which z0 becomes basic first.

    Each w is measured in units that make its row whole. z0 comes in where the constant is least, which makes all others
    feasible; by lexicography in the last of several such rows.
    """
    n = len(constant)
    rows = [[-Fraction(a) for a in row] + [Fraction(-1), Fraction(c)] for row, c in zip(matrix, constant)]
    sizes = [lcm(*(a.denominator for a in row)) for row in rows]
    whole = [[a.numerator * (size // a.denominator) for a in row] for row, size in zip(rows, sizes)]
    tableau = Tableau([row[:-1] for row in whole], [row[-1] for row in whole], range(n), range(n, 2 * n + 1))
    return tableau, min(range(n), key=lambda k: (rows[k][-1], -k))
