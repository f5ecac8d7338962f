"""Exact linear programming: a float solver proposes a basis, rational arithmetic disposes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from blamegame.deadline import Deadline
from blamegame.solvers.linear.float_basis import Basis, FloatSimplex

Rows = Sequence[Sequence[int]]
_REFINEMENTS = 8
_PATIENCE = 60


@dataclass(frozen=True)
class Optimum:
    """A proved optimum: ``point`` is feasible, ``prices`` is dual feasible, and both give ``value``; all exact."""

    value: Fraction
    point: tuple[Fraction, ...]
    prices: tuple[Fraction, ...]


def maximise(
    objective: Sequence[int], matrix: Rows, bounds: Sequence[int], *, time_limit: float | Deadline | None = None
) -> Optimum:
    """The exact maximum of objective @ x over x >= 0 with matrix @ x <= bounds.

    Parameters
    ----------
    objective : shape [n], integers
    matrix : shape [m, n], integers
    bounds : shape [m], integers >= 0 (so that x = 0 is feasible); the maximum must be finite
    time_limit : seconds, or a deadline; optional
        After it :class:`blamegame.deadline.OutOfTime` is raised.

    Returns
    -------
    Optimum
        With ``prices`` y >= 0, shape [m]: y @ matrix >= objective and y @ bounds = value, which proves the value.

    Notes
    -----
    1. HiGHS solves the programme in floating point and gives its final basis.
    2. The basis is solved exactly; where point and prices are feasible it is optimal, whatever the floats said. Where
       the point is not, HiGHS continues on the programme magnified around it (iterative refinement).
    3. If that does not settle it the simplex method continues from that basis in rational arithmetic, with Bland's
       rule wherever it stalls so that it always terminates: first the dual method makes the point feasible (for an
       objective lowered just enough for the prices of this basis to be feasible), then the primal one makes it optimal.
    4. Feasibility of both sides and equality of the objectives are checked once more from the data.

    Which of several optimal points comes back is up to HiGHS; the value is not.

    References
    ----------
    Bland (1977), "New finite pivoting rules for the simplex method". Applegate, Cook, Dash and Espinoza (2007), "Exact
    solutions to linear programming problems".

    Examples
    --------
    >>> optimum = maximise([1, 1], [[2, 1], [1, 3]], [4, 6])
    >>> optimum.value, optimum.point, optimum.prices
    (Fraction(14, 5), (Fraction(6, 5), Fraction(8, 5)), (Fraction(2, 5), Fraction(1, 5)))
    """
    deadline = Deadline.of(time_limit)
    programme = _Programme(objective, matrix, bounds, deadline)
    optimum = programme.simplex(_proposed(programme))[1]
    programme.check(optimum)
    return optimum


def _proposed(programme: _Programme) -> Basis:
    """A basis with an exactly feasible point, as near the optimum as floats can see."""
    floats = FloatSimplex(programme.objective, programme.matrix, programme.bounds, time_limit=programme.deadline)
    basis = floats.solve()
    for _ in range(_REFINEMENTS):
        vertex = programme.solve(basis)
        if vertex is None:
            return [], []
        if vertex.feasible:
            return basis
        point = [Fraction(x, vertex.point_scale) for x in vertex.point]
        proposal = floats.refine(point, [Fraction(slack, vertex.point_scale) for slack in vertex.slacks])
        if proposal == basis:
            break
        basis = proposal
    vertex = programme.solve(basis)
    return ([], []) if vertex is None else programme.repair(basis, vertex)


class _Vertex:
    """The exact basic solution of one basis: point and prices over a common denominator, slacks and reduced costs."""

    def __init__(self, programme: _Programme, basis: Basis, point: Any, prices: Any) -> None:
        self.point, self.point_scale = _spread(point, basis[0], programme.n)
        self.prices, self.price_scale = _spread(prices, basis[1], programme.m)
        used = programme.times(self.point)
        self.slacks = [b * self.point_scale - a for b, a in zip(programme.bounds, used)]
        earned = programme.priced(self.prices)
        self.reduced = [c * self.price_scale - a for c, a in zip(programme.objective, earned)]

    @property
    def feasible(self) -> bool:
        return min(self.point, default=0) >= 0 and min(self.slacks, default=0) >= 0


class _Programme:
    """maximise objective @ x subject to matrix @ x <= bounds, x >= 0; columns n.. n+m-1 are the slacks."""

    def __init__(
        self,
        objective: Sequence[int],
        matrix: Rows,
        bounds: Sequence[int],
        deadline: Deadline,
        column_sizes: Sequence[int] | None = None,
    ) -> None:
        from flint import fmpz_mat

        self.deadline = deadline
        self._solved: tuple[Basis, _Vertex | None] = ([-1], []), None  # the last basis, which is often asked for again
        self.objective, self.matrix, self.bounds = objective, matrix, bounds
        self.m, self.n = len(bounds), len(objective)
        # Sizes make gains comparable between variables, whatever their units; they never decide anything else.
        self._column_sizes = column_sizes or [1] * self.n
        self._row_sizes = [1] * self.m if column_sizes else [max(map(abs, row)) or 1 for row in matrix]
        self._by_rows = fmpz_mat(self.m, self.n, [a for row in matrix for a in row])
        self._by_columns = self._by_rows.transpose()

    def times(self, point: list[int]) -> list[int]:
        """matrix @ point."""
        return _apply(self._by_rows, point)

    def priced(self, prices: list[int]) -> list[int]:
        """prices @ matrix."""
        return _apply(self._by_columns, prices)

    def solve(self, basis: Basis) -> _Vertex | None:
        """Point and prices of a basis; None where the basis matrix is singular."""
        if basis != self._solved[0]:
            self._solved = basis, self._solve(basis)
        return self._solved[1]

    def _solve(self, basis: Basis) -> _Vertex | None:
        inside, tight = basis
        if len(inside) != len(tight):
            return None
        try:
            self.deadline.check()
            point = self._solve_basis(basis, [self.bounds[i] for i in tight])
            self.deadline.check()
            prices = self._solve_basis(basis, [self.objective[j] for j in inside], transpose=True)
            self.deadline.check()
        except ZeroDivisionError:
            return None
        return _Vertex(self, basis, point, prices)

    def repair(self, basis: Basis, vertex: _Vertex) -> Basis:
        """A basis with a feasible point, by the dual simplex method: the primal method on the dual programme."""
        prices = [max(y, 0) for y in vertex.prices]
        earned = self.priced(prices)
        inside = set(basis[0])
        scaled = [c * vertex.price_scale for c in self.objective]
        lowered = [a if j in inside else min(c, a) for j, (c, a) in enumerate(zip(scaled, earned))]
        columns = [[-row[j] for row in self.matrix] for j in range(self.n)]
        dual = _Programme([-b for b in self.bounds], columns, [-c for c in lowered], self.deadline, self._row_sizes)
        (tight, basic), _ = dual.simplex((basis[1], basis[0]))
        return basic, tight

    def simplex(self, basis: Basis) -> tuple[Basis, Optimum]:
        """The primal simplex method from a feasible basis, re-solved exactly at every step.

        The variable that gains most enters; while that leads nowhere (degenerate steps) Bland's rule takes over until
        the objective moves, so no basis can come back.
        """
        best, standing = None, 0
        while True:
            vertex = self.solve(basis)
            assert vertex is not None and vertex.feasible, "a simplex step left the feasible region"
            value = Fraction(sum(c * x for c, x in zip(self.objective, vertex.point)), vertex.point_scale)
            standing = standing + 1 if value == best else 0
            best = value
            entering = self._entering(basis, vertex, cautious=standing > _PATIENCE)
            if entering is None:
                point = tuple(Fraction(x, vertex.point_scale) for x in vertex.point)
                prices = tuple(Fraction(y, vertex.price_scale) for y in vertex.prices)
                return basis, Optimum(value, point, prices)
            basis = self._pivot(basis, vertex, entering)

    def check(self, optimum: Optimum) -> None:
        """Weak duality from the data alone; a failure would be a bug of this file, never a matter of tolerance."""
        point, point_scale = _common(optimum.point)
        prices, price_scale = _common(optimum.prices)
        holds = (
            min(point, default=0) >= 0
            and min(prices, default=0) >= 0
            and all(a <= b * point_scale for a, b in zip(self.times(point), self.bounds))
            and all(a >= c * price_scale for a, c in zip(self.priced(prices), self.objective))
            and sum(c * x for c, x in zip(self.objective, optimum.point)) == optimum.value
            and sum(b * y for b, y in zip(self.bounds, optimum.prices)) == optimum.value
        )
        if not holds:
            raise ArithmeticError("the exact optimum failed its own proof; please report this programme as a bug")

    def _solve_basis(self, basis: Basis, right: list[int], *, transpose: bool = False) -> list[Fraction]:
        from flint import fmpz_mat

        inside, tight = basis
        size = len(inside)
        if not size:
            return []
        square = fmpz_mat(size, size, [self.matrix[i][j] for i in tight for j in inside])
        if transpose:
            square = square.transpose()
        solved = square.solve(fmpz_mat(size, 1, right))
        return [Fraction(int(q.p), int(q.q)) for q in solved.entries()]

    def _entering(self, basis: Basis, vertex: _Vertex, *, cautious: bool) -> int | None:
        """A variable (slacks last) whose increase improves the objective; ``cautious`` takes the first (Bland 1977)."""
        inside = set(basis[0])
        gains = {j: gain for j, gain in enumerate(vertex.reduced) if gain > 0 and j not in inside}
        slack_gains = {self.n + i: -vertex.prices[i] for i in sorted(basis[1]) if vertex.prices[i] < 0}
        if cautious:
            return next(iter([*gains, *slack_gains]), None)
        sized = {j: Fraction(gain, self._column_sizes[j]) for j, gain in gains.items()}
        sized |= {k: Fraction(gain * self._row_sizes[k - self.n]) for k, gain in slack_gains.items()}
        return max(sized, key=lambda k: sized[k], default=None)

    def _pivot(self, basis: Basis, vertex: _Vertex, entering: int) -> Basis:
        inside, tight = basis
        structural = entering < self.n
        column = [self.matrix[i][entering] if structural else int(i == entering - self.n) for i in tight]
        falls, scale = _spread(self._solve_basis(basis, column), inside, self.n)  # how fast basic variables fall
        used = self.times(falls)
        slack_falls = [(self.matrix[i][entering] * scale if structural else 0) - a for i, a in enumerate(used)]
        candidates = [(j, vertex.point[j], falls[j]) for j in inside]
        loose = set(range(self.m)) - set(tight)
        candidates += [(self.n + i, vertex.slacks[i], slack_falls[i]) for i in loose]
        ratios = [(Fraction(level, fall), k) for k, level, fall in candidates if fall > 0]
        if not ratios:
            raise ArithmeticError("this linear programme is unbounded")
        leaving = min(ratios)[1]
        new_inside = [j for j in inside if j != leaving] + ([entering] if structural else [])
        new_tight = [i for i in tight if i + self.n != entering] + ([leaving - self.n] if leaving >= self.n else [])
        return new_inside, new_tight


def _apply(matrix: Any, vector: list[int]) -> list[int]:
    from flint import fmpz_mat

    return [int(a) for a in (matrix * fmpz_mat(len(vector), 1, vector)).entries()]


def _spread(values: list[Fraction], where: list[int], size: int) -> tuple[list[int], int]:
    """Integers over a common denominator, with zeros outside ``where``."""
    numbers, scale = _common(values)
    out = [0] * size
    for position, number in zip(where, numbers):
        out[position] = number
    return out, scale


def _common(values: Sequence[Fraction]) -> tuple[list[int], int]:
    scale = lcm(*(value.denominator for value in values))
    return [value.numerator * (scale // value.denominator) for value in values], scale
