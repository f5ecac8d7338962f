"""A system of linear equations solved for some of its variables, in integers, and exchanged one variable at a time."""

from __future__ import annotations

from collections.abc import Sequence


class Tableau:
    """basic = (right - body @ nonbasic) / scale, where every number is an integer.

    All entries are minors of the data and ``scale`` is the last pivot in size, so no fraction and no common factor ever
    builds up (Edmonds 1967; Bareiss 1968).

    Parameters
    ----------
    body : shape [m, n], integers
    right : shape [m], integers
    basic, nonbasic : names of the m variables solved for and of the n others, as distinct integers

    Attributes
    ----------
    rows : m lists, the n coefficients and the right side
    pivots : how many exchanges were made

    References
    ----------
    Edmonds (1967), "Systems of distinct representatives and linear algebra", J. Res. Nat. Bur. Standards 71B. von
    Stengel (2002), "Computing equilibria for two-person games", Handbook of Game Theory 3, for integer pivoting.

    Examples
    --------
    The two equations u = 4 - 2 x - y and w = 6 - x - 3 y, for x and y instead of u and w:

    >>> u, w, x, y = range(4)
    >>> tableau = Tableau([[2, 1], [1, 3]], [4, 6], basic=[u, w], nonbasic=[x, y])
    >>> tableau.exchange(0, x), tableau.exchange(1, y)
    (0, 1)
    >>> tableau.values(), tableau.scale
    ({2: 6, 3: 8}, 5)
    """

    def __init__(
        self, body: Sequence[Sequence[int]], right: Sequence[int], basic: Sequence[int], nonbasic: Sequence[int]
    ) -> None:
        self.rows = [[*row, entry] for row, entry in zip(body, right)]
        self.basic, self.nonbasic = list(basic), list(nonbasic)
        self.scale = 1
        self.pivots = 0
        self._column = {variable: c for c, variable in enumerate(self.nonbasic)}
        self._first_basis = tuple(self.basic)

    def exchange(self, row: int, entering: int) -> int:
        """Solve the equation of ``row`` for ``entering`` instead of the variable that leaves, which is returned."""
        column = self._column.pop(entering)
        line, scale = self.rows[row], self.scale
        pivot = line[column]
        sign = -1 if pivot < 0 else 1
        signed = [sign * b for b in line]
        size = signed[column]
        rows = []
        for other in self.rows:
            factor = other[column]
            if factor == 0:
                fresh = other if size == scale else [a * size // scale for a in other]
            elif scale == 1:
                fresh = [a * size - factor * b for a, b in zip(other, signed)]
            else:
                fresh = [(a * size - factor * b) // scale for a, b in zip(other, signed)]
            if factor:
                fresh[column] = -sign * factor
            rows.append(fresh)
        signed[column] = sign * scale
        rows[row] = signed
        self.rows, self.scale = rows, size
        leaving, self.basic[row] = self.basic[row], entering
        self.nonbasic[column], self._column[leaving] = leaving, column
        self.pivots += 1
        return leaving

    def limiting_row(self, entering: int, *, preferred: int | None = None) -> int | None:
        """The row whose variable reaches zero first as ``entering`` grows from zero; None where none does.

        Ties are broken as if every right side were raised by a tiny amount, the first equation's least tiny of all, so
        that no basis ever comes back (Dantzig, Orden and Wolfe 1955): the lexicographic minimum of the rows of (right
        side, inverse of the basis). The variable ``preferred`` goes wherever it is among the first.
        """
        rows, column = self.rows, self._column[entering]
        tied = self._least([r for r, row in enumerate(rows) if row[column] > 0], column, -1)
        if len(tied) < 2:
            return tied[0] if tied else None
        if preferred is not None and preferred in self.basic and self.basic.index(preferred) in tied:
            return self.basic.index(preferred)
        for variable in self._first_basis:
            if variable in self._column:
                tied = self._least(tied, column, self._column[variable])
            else:  # a basic variable has the unit column of its row
                own = self.basic.index(variable)
                if own in tied:
                    tied = [r for r in tied if r != own]
            if len(tied) == 1:
                break
        return tied[0]

    def _least(self, candidates: list[int], column: int, at: int) -> list[int]:
        """The rows of least entry ``at`` divided by entry ``column``."""
        kept: list[int] = []
        best, by = 0, 1
        for r in candidates:
            entry, divisor = self.rows[r][at], self.rows[r][column]
            difference = entry * by - best * divisor if kept else -1
            if difference < 0:
                kept, best, by = [r], entry, divisor
            elif difference == 0:
                kept.append(r)
        return kept

    def values(self) -> dict[int, int]:
        """The basic variables where all others are zero, times ``scale``."""
        return {variable: row[-1] for variable, row in zip(self.basic, self.rows)}
