"""A centre that moves first: what it should set, and pay for, when it expects the worst equilibrium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import product
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import ReformError
from blamegame.games.event import expectation
from blamegame.games.strategic import Array, StrategicGame, object_array
from blamegame.games.table import align, format_number
from blamegame.models.forms import Table
from blamegame.models.model import Model
from blamegame.reforms.adjustment import game_of
from blamegame.reforms.corner_bound import correlated_bound
from blamegame.reforms.lever import CENTRE, Lever
from blamegame.reforms.multi_affine import MultiAffine, as_multi_affine
from blamegame.reforms.reform import Number, exact_number

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class CentrePlan:
    """The best setting found, and a proof of how much better any other could be.

    Attributes
    ----------
    levers : what the centre sets
    values : what to set each lever to; exact
    success : probability of success in the worst equilibrium there; exact
    cost : of the setting
    bound : no setting is worth more than this; exact
    status : in words
    """

    levers: tuple[Lever, ...]
    values: Point
    success: Fraction
    cost: Fraction
    bound: Fraction
    status: str

    @property
    def net(self) -> Fraction:
        """Success in the worst equilibrium less the cost."""
        return self.success - self.cost

    def __str__(self) -> str:
        rows = [["lever", "set to", "cost"]]
        for lever, value in zip(self.levers, self.values):
            rows.append([lever.parameter, format_number(value), format_number(lever.price * value)])
        rows.append(["success in the worst equilibrium", format_number(self.success), ""])
        rows.append(["net of cost", format_number(self.net), ""])
        rows.append(["no setting is worth more than", format_number(self.bound), ""])
        return "\n".join(line.rstrip() for line in [*align(rows), self.status])


def centre_optimum(
    model: Model,
    levers: Sequence[Lever] = CENTRE,
    *,
    gap: Number = Fraction(1, 1000),
    time_limit: float | Deadline | None = None,
) -> CentrePlan:
    """The setting of ``levers`` with the largest success in the *worst* Nash equilibrium, less what it costs.

    Parameters
    ----------
    model : a model of two players with a probability of success in each cell; floats count as what they store
    levers : parameters with prices; payoffs must be of degree one in each of them
        A priced lever without an upper end is searched as far as it could pay.
    gap : how far the value found may be from the bound
    time_limit : seconds, optional; the bounds are then further apart, and the status says so

    Returns
    -------
    CentrePlan
        Often the best is approached and not attained: at the boundary itself the worse equilibrium still exists.

    Raises
    ------
    UnsupportedGame
        Where a payoff is not of degree one in each lever.

    Notes
    -----
    Branch and bound over boxes. A box is worth no more than its cheapest corner costs less than a bound on the success
    of the worst equilibrium throughout it, the least of:

    1. the largest success of any cell;
    2. the success of any pure profile that is an equilibrium at every corner: gains from deviating are of degree one
       in each lever, so it is an equilibrium everywhere in the box, and the worst is no better;
    3. the bound that one vector of multipliers proves for every correlated equilibrium at every corner, hence
       everywhere: a linear programme proposes it in floating point, and its value is recomputed in rationals.

    Settings are valued at corners and middles, with every Nash equilibrium, exactly.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> plan = centre_optimum(Delegation(), gap=Fraction(1, 200))
    >>> print(f"worth {float(plan.net):.2f}, no other is worth more than {float(plan.bound):.2f}")
    worth 0.64, no other is worth more than 0.65
    """
    found = _Settings(model, tuple(levers))
    tolerance = exact_number(gap, "gap")
    if not tolerance > 0:
        raise ReformError(f"gap={gap} is not more than 0; the best setting is often a limit that no setting attains")
    deadline = Deadline.of(time_limit)
    best = max((found.value(corner), corner) for corner in found.corners(found.box))
    queue: list[tuple[Fraction, int, tuple[Point, Point]]] = [(-found.bound(found.box), 0, found.box)]
    looked = 0
    with deadline:
        while queue and -queue[0][0] > best[0] + tolerance:
            deadline.check()
            halves = found.halves(queue[0][2])
            bounded = []
            for half in halves:
                best = max(best, *((found.value(point), point) for point in found.candidates(half)))
                bounded.append((max(-found.bound(half), queue[0][0]), half))  # the box's own bound holds for it
            for negative, half in bounded:
                looked += 1
                heappush(queue, (negative, looked, half))
            heappop(queue)  # the box itself, which no half precedes; only now, so that an interrupt loses none
    bound = max(best[0], -queue[0][0]) if queue else best[0]
    values = best[1]
    cost = found.cost(values)
    words = f"{deadline.reason}; " if deadline.stopped else ""
    far = format_number(bound - best[0])
    return CentrePlan(
        found.levers, values, best[0] + cost, cost, bound, f"{words}proved to {far} over {looked:,} boxes"
    )  # fmt: skip


class _Settings:
    """One model as polynomials of the levers: its value at a setting, and bounds on the value over a box."""

    def __init__(self, model: Model, levers: tuple[Lever, ...]) -> None:
        exact: Any = model.exact() if isinstance(model, Table) and not model.batch_shape else None
        if exact is None or exact.success() is None:
            raise ReformError("the centre sets levers of one model with a probability of success in each cell")
        self.levers = levers
        self._game = game_of(exact)
        if self._game.n_players != 2:
            raise ReformError(f"the worst equilibrium is found for 2 players, this game has {self._game.n_players}")
        symbols = MultiAffine.levers(len(levers))
        for lever in levers:
            model.check_name(lever.parameter)
        lifted = exact.replace({lever.parameter: symbol for lever, symbol in zip(levers, symbols)})
        self._payoffs = _polynomials(lifted.payoffs())
        self._success = _polynomials(lifted.success())
        self._known: dict[Point, Fraction] = {}
        self._tables: dict[Point, tuple[Array, Array]] = {}
        self.box = self._whole(exact)

    def _whole(self, exact: Any) -> tuple[Point, Point]:
        low, high = [], []
        for lever in self.levers:
            spec = exact.parameters()[lever.parameter]
            bottom = spec.low if lever.low is None else lever.low
            top = spec.high if lever.high is None else lever.high
            if top is None:
                if not lever.price:
                    raise ReformError(f"{lever.parameter} is unbounded and free; give it high=")
                top = bottom + 1 / lever.price  # success is at most 1
            if not spec.low <= bottom <= top or (spec.high is not None and top > spec.high):
                raise ReformError(f"{lever.parameter} from {bottom} to {top} is not in its range {spec.range_text()}")
            low.append(bottom)
            high.append(top)
        return tuple(low), tuple(high)

    def cost(self, point: Point) -> Fraction:
        return sum((lever.price * value for lever, value in zip(self.levers, point)), Fraction(0))

    def corners(self, box: tuple[Point, Point]) -> list[Point]:
        return list(dict.fromkeys(product(*zip(*box))))

    def candidates(self, box: tuple[Point, Point]) -> list[Point]:
        return [*self.corners(box), tuple((a + b) / 2 for a, b in zip(*box))]

    def halves(self, box: tuple[Point, Point]) -> list[tuple[Point, Point]]:
        low, high = box
        widths = [(b - a) / (d - c) if d > c else 0 for a, b, c, d in zip(low, high, *self.box)]
        side = widths.index(max(widths))
        middle = (low[side] + high[side]) / 2
        return [
            (low, (*high[:side], middle, *high[side + 1 :])),
            ((*low[:side], middle, *low[side + 1 :]), high),
        ]

    def value(self, point: Point) -> Fraction:
        """Success in the worst Nash equilibrium at a setting, less its cost."""
        if point not in self._known:
            from blamegame.solvers.strategic.nash import nash

            payoffs, success = self._at(point)
            found = nash(StrategicGame(payoffs, self._game.players, self._game.actions))
            found.require_complete("the worst equilibrium")
            worst = min(Fraction(expectation(profile, success)) for profile in found.equilibria)
            self._known[point] = worst - self.cost(point)
        return self._known[point]

    def bound(self, box: tuple[Point, Point]) -> Fraction:
        """No setting in the box is worth more."""
        tables = [self._at(corner) for corner in self.corners(box)]
        success = np.max([chances for _, chances in tables], axis=0)
        worst = success.max()
        steady = np.all([_pure_equilibria(payoffs) for payoffs, _ in tables], axis=0)
        worst = min(worst, success[steady].min() if steady.any() else correlated_bound(tables))
        bound: Fraction = worst - self.cost(box[0])
        return bound

    def _at(self, point: Point) -> tuple[Array, Array]:
        if point not in self._tables:
            self._tables[point] = _values(self._payoffs, point), _values(self._success, point)
        return self._tables[point]


def _polynomials(table: Any) -> Array:
    array = np.asarray(table, dtype=object)
    return object_array([as_multi_affine(value) for value in array.ravel().tolist()]).reshape(array.shape)


def _values(table: Array, point: Point) -> Array:
    return object_array([polynomial.at(point) for polynomial in table.ravel().tolist()]).reshape(table.shape)


def _pure_equilibria(payoffs: Array) -> Array:
    best = [payoffs[i] == payoffs[i].max(axis=i, keepdims=True) for i in range(2)]
    return np.asarray(best[0] & best[1], dtype=bool)
