"""Lemke's algorithm for a linear complementarity problem, in integers: exact, and never caught by ties."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, object_array


class RayTermination(Exception):
    """The path left through a ray: the problem is outside the class that Lemke's algorithm solves."""


class OutOfTime(Exception):
    """The deadline passed."""


def lemke(matrix: Any, constant: Sequence[Any], *, deadline: float | None = None) -> tuple[list[Fraction], int]:
    """z >= 0 with w = constant + matrix @ z >= 0 and z @ w = 0, exactly; and the number of pivots.

    Parameters
    ----------
    matrix : shape [n, n], rational numbers
    constant : shape [n], rational numbers
    deadline : a time of ``time.monotonic()``

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

    Pivots are integer and keep one common denominator (Edmonds and Bareiss).

    References
    ----------
    Lemke (1965), "Bimatrix equilibrium points and mathematical programming", Management Science 11.

    Examples
    --------
    >>> [str(z) for z in lemke([[2, 1], [1, 2]], [-5, -6])[0]]
    ['4/3', '7/3']
    """
    n = len(constant)
    if all(c >= 0 for c in constant):
        return [Fraction(0)] * n, 0
    table = _Table(matrix, constant)
    entering = 2 * n
    row = table.most_negative()
    pivots = 0
    while True:
        leaving = table.exchange(row, entering)
        pivots += 1
        if leaving == 2 * n:
            return table.solution(), pivots
        if deadline is not None and time.monotonic() > deadline:
            raise OutOfTime
        entering = leaving + n if leaving < n else leaving - n
        found = table.lexicographic_minimum(entering)
        if found is None:
            raise RayTermination("Lemke's path ended in a ray")
        row = found


class _Table:
    """Rows: basic variables; the numbers of the system  basic = (right - rows @ nonbasic) / scale.

    Variables 0..n-1 are w, n..2n-1 are z, 2n is z0. Columns for the initial basis (w) are always at hand: a basic w has
    the unit column ``scale``, a non-basic one its own.
    """

    def __init__(self, matrix: Any, constant: Sequence[Any]) -> None:
        n = len(constant)
        rows = [[-Fraction(a) for a in row] + [Fraction(-1), Fraction(c)] for row, c in zip(matrix, constant)]
        self.n = n
        self.sizes = [lcm(*(a.denominator for a in row)) for row in rows]  # w is measured in these units
        self.body: Array = np.array([[int(a * size) for a in row] for row, size in zip(rows, self.sizes)], dtype=object)
        self.scale = 1
        self.basic = list(range(n))
        self.nonbasic = [*range(n, 2 * n + 1)]

    def most_negative(self) -> int:
        """The row in which z0 becomes basic: the least constant, and by lexicography the last of several."""
        n = self.n
        least = min(Fraction(self.body[i, n + 1], self.sizes[i]) for i in range(n))
        rows = [i for i in range(n) if Fraction(self.body[i, n + 1], self.sizes[i]) == least]
        return rows[-1]

    def exchange(self, row: int, entering: int) -> int:
        """Pivot: the entering variable becomes basic in ``row``; returns the one that leaves."""
        column = self.nonbasic.index(entering)
        body, scale = self.body, self.scale
        pivot = body[row, column]
        line, stem = body[row].copy(), body[:, column].copy()
        new = (body * pivot - np.outer(stem, line)) // scale
        new[row] = line
        new[:, column] = -stem
        new[row, column] = scale
        if pivot < 0:
            new, pivot = -new, -pivot
        self.body, self.scale = new, pivot
        leaving, self.basic[row] = self.basic[row], entering
        self.nonbasic[column] = leaving
        return leaving

    def lexicographic_minimum(self, entering: int) -> int | None:
        """The row that limits the entering variable; z0 leaves where it may."""
        column = self.body[:, self.nonbasic.index(entering)]
        rows = [i for i in range(self.n) if column[i] > 0]
        if not rows:
            return None
        keys = [self.body[:, -1]]
        rows = self._least(rows, column, keys[0])
        z0 = 2 * self.n
        for row in rows:
            if self.basic[row] == z0:
                return row
        place = {variable: j for j, variable in enumerate(self.nonbasic)}
        where = {variable: i for i, variable in enumerate(self.basic)}
        for w in range(self.n):
            if len(rows) == 1:
                break
            key = self.body[:, place[w]] if w in place else object_array([0] * self.n)
            if w in where:
                key[where[w]] = self.scale
            rows = self._least(rows, column, key)
        return rows[0]

    @staticmethod
    def _least(rows: list[int], column: Array, key: Array) -> list[int]:
        best = rows[:1]
        for i in rows[1:]:
            mine, theirs = key[i] * column[best[0]], key[best[0]] * column[i]
            if mine < theirs:
                best = [i]
            elif mine == theirs:
                best.append(i)
        return best

    def solution(self) -> list[Fraction]:
        out = [Fraction(0)] * self.n
        for variable, right in zip(self.basic, self.body[:, -1].tolist()):
            if self.n <= variable < 2 * self.n:
                out[variable - self.n] = Fraction(int(right), int(self.scale))
        return out
