"""Points generated where one player mixes freely and the other's mixture is given: a linear programme.

With the mixture beta of player j and the payoff v of player i fixed, let z(a, b, k) be the chance that a, b happen and
the lottery after them picks point k. In z everything is linear: i gets v from each action it plays, z splits over b as
beta says, j gets the same from each action of beta and no more from others, and payoffs and frequency are sums of z.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.solvers.repeated.generated.points import InnerSet, Point
from blamegame.solvers.repeated.mediated.largest_chance import whole_numbers

_PERTURBED = 1e-11
Direction = tuple[int, int, int]
"""Whole weights on v1, v2 and f."""


def semi_pure_points(
    found: InnerSet,
    mixer: int,
    beta: Sequence[Any],
    direction: Direction,
    *,
    better_than: float,
    usable: Sequence[int] | None = None,
    outside: bool = False,
) -> list[Point]:
    """The point furthest in ``direction`` where player ``mixer`` mixes against ``beta``, if beyond ``better_than``.

    Floats scan over the mixer's payoff, exact arithmetic makes the point. ``usable`` are the points that may follow,
    ``outside`` forbids the event now. An empty list where there is none.
    """
    problem = _Problem(found, mixer, beta, usable, outside)
    best, at = better_than, None
    for v in problem.levels():
        value = problem.float_maximum(v, direction)
        if value is not None and value > best + 1e-9:
            best, at = value, v
    if at is None:
        return []
    point = problem.exact_point(at, direction)
    return [] if point is None else [point]


class _Problem:
    def __init__(
        self, found: InnerSet, mixer: int, beta: Sequence[Any], usable: Sequence[int] | None, outside: bool
    ) -> None:
        self.found, self.mixer, self.beta = found, mixer, beta
        cells, (m, n) = found.scaled.cells, found.scaled.cells.shape
        self.n = n
        self.own = range((m, n)[mixer])
        self.played = [b for b, p in enumerate(beta) if p]
        self.points = list(range(len(found.points)) if usable is None else usable)
        self.now, self.later = cells.now, cells.later
        self.threats = found.threats
        self.columns = [
            (a, b, k)
            for a in self.own
            if not (outside and any(found.event.flat[self.cell(a, b)] for b in self.played))
            for b in self.played
            for k in self.points
        ]

    def cell(self, a: int, b: int) -> int:
        return a * self.n + b if self.mixer == 0 else b * self.n + a

    def pay(self, a: int, b: int, player: int) -> Any:
        return self.found.scaled.cells[self.cell(a, b)].payoff[player]

    def levels(self) -> Iterator[Any]:
        """Payoffs of the mixer worth trying: the least that keeps it in, and where single points make ties."""
        i = self.mixer
        against = [sum((self.beta[b] * self.pay(a, b, i) for b in self.played), self.now * 0) for a in self.own]
        floor = max(self.now * g + self.later * self.threats[i] for g in against)
        seen = {floor}
        yield floor
        for g in against:
            for k in self.points:
                v = self.now * g + self.later * self.found.points[k].value[i]
                if v > floor and v not in seen:
                    seen.add(v)
                    yield v

    def rows(self, v: Any) -> tuple[list[list[Any]], list[list[Any]]]:
        """Homogeneous rows: (equal to 0, at least 0)."""
        i, j = self.mixer, 1 - self.mixer
        zero = self.now * 0
        points = self.found.points
        equal, least = [], []
        for own in sorted({a for a, _, _ in self.columns}):
            equal.append([
                self.now * self.pay(a, b, i) + self.later * points[k].value[i] - v if a == own else zero
                for a, b, k in self.columns
            ])  # fmt: skip
            for b0, b1 in zip(self.played, self.played[1:]):
                equal.append([
                    zero if a != own else self.beta[b1] if b == b0 else -self.beta[b0] if b == b1 else zero
                    for a, b, k in self.columns
                ])  # fmt: skip
        gets = [self.now * self.pay(a, b, j) + self.later * points[k].value[j] for a, b, k in self.columns]
        first = self.played[0]
        for other in self.played[1:]:
            equal.append([
                g / self.beta[b] if b == first else -g / self.beta[b] if b == other else zero
                for g, (a, b, k) in zip(gets, self.columns)
            ])  # fmt: skip
        for other in range(len(self.beta)):
            if not self.beta[other]:
                least.append([
                    (g - self.now * self.pay(a, other, j) - self.later * self.threats[j]) if b == first else zero
                    for g, (a, b, k) in zip(gets, self.columns)
                ])  # fmt: skip
        return equal, least

    def objective(self, v: Any, direction: Direction) -> list[Any]:
        i, j = self.mixer, 1 - self.mixer
        points = self.found.points
        return [
            direction[i] * v
            + direction[j] * (self.now * self.pay(a, b, j) + self.later * points[k].value[j])
            + direction[2] * (self.now * int(self.found.event.flat[self.cell(a, b)]) + self.later * points[k].value[2])
            for a, b, k in self.columns
        ]

    def float_maximum(self, v: Any, direction: Direction) -> float | None:
        """The best value in floats; None where nothing is feasible."""
        from blamegame.solvers.repeated.kernels.dense_simplex import simplex

        if not self.columns:
            return None
        equal, least = self.rows(v)
        matrix = np.array(
            [*equal, *([-x for x in row] for row in equal), *([-x for x in row] for row in least)], dtype=float
        )
        values = np.array(self.objective(v, direction), dtype=float)
        lift = 4.0 + values.max() - 2 * values.min()
        rows, columns = matrix.shape
        table = np.zeros((rows + 2, columns + rows + 2))
        table[:rows, :columns] = matrix
        table[rows, :columns] = 1.0
        table[: rows + 1, columns : columns + rows + 1] = np.eye(rows + 1)
        table[:rows, -1] = _PERTURBED * (1 + np.arange(rows) * 37 % 11 / 7)
        table[rows, -1] = 1.0
        table[rows + 1, :columns] = -(values + lift)
        basis = np.arange(columns, columns + rows + 1, dtype=np.int64)
        if not simplex(table, basis, 500):
            return None
        total = sum(table[r, -1] for r in range(rows + 1) if basis[r] < columns)
        return float(table[rows + 1, -1]) - lift if total > 1 - 1e-6 else None

    def exact_point(self, v: Any, direction: Direction) -> Point | None:
        """The best point, exactly; None where nothing is feasible."""
        from blamegame.solvers.linear.linear_programme import maximise

        equal, least = self.rows(v)
        values = self.objective(v, direction)
        lift = 4 + max(values) - 2 * min(values)
        matrix = [whole_numbers(row) for row in equal]
        matrix += [[-x for x in row] for row in matrix]
        matrix += [[-x for x in whole_numbers(row)] for row in least]
        matrix.append([1] * len(self.columns))
        objective = whole_numbers([value + lift for value in values])
        optimum = maximise(objective, matrix, [0] * (len(matrix) - 1) + [1])
        return self.point(v, optimum.point) if sum(optimum.point) == 1 else None

    def point(self, v: Any, z: Sequence[Fraction]) -> Point:
        of = self.found.scaled._of
        zero, i, j = self.now * 0, self.mixer, 1 - self.mixer
        chances: dict[int, Any] = {}
        own = [zero] * len(self.own)
        worth, often = zero, zero
        lotteries: dict[int, dict[int, Any]] = {}
        for (a, b, k), weight in zip(self.columns, z):
            if weight:
                w, cell = of(weight), self.cell(a, b)
                own[a] += w
                chances[cell] = chances.get(cell, zero) + w
                lotteries.setdefault(cell, {})[k] = w
                later = self.found.points[k].value
                worth += w * (self.now * self.pay(a, b, j) + self.later * later[j])
                often += w * (self.now * int(self.found.event.flat[cell]) + self.later * later[2])
        promises = {cell: {k: w / chances[cell] for k, w in lottery.items()} for cell, lottery in lotteries.items()}
        mixtures = (tuple(own), tuple(self.beta)) if i == 0 else (tuple(self.beta), tuple(own))
        value = (v, worth, often) if i == 0 else (worth, v, often)
        return Point(value, mixtures, promises)
