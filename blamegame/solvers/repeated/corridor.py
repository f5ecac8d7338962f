"""How often an event happens along subgame-perfect paths: its smallest and largest discounted frequency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.event import event_of
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.payoff_set import PayoffSet
from blamegame.solvers.repeated.playability import Playability, playability_of
from blamegame.solvers.repeated.set_operator.lasting_play import can_last
from blamegame.solvers.repeated.set_operator.operator import check_two_players
from blamegame.solvers.repeated.set_operator.polygon import Point, smallest
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

FREE, TRAP, ENTRENCHED, EMPTY, UNDECIDED = "free", "trap", "entrenched", "no equilibrium", "undecided"
_RADII = (0.01, 0.1, 0.5, 2.0, 10.0, 1e3)
_GRID = (0.0, 0.1, 0.5, 2.0, 10.0, 1e3, 1e6)
_MOST_PRICES = 120
_ROUNDS = 4
_SHIFTS = (0.0, -1e-7, 1e-7)
"""Where more than one price is right at a tie, floors a little lower and higher have the outermost ones."""
_SLACK = 1e-13


@dataclass(frozen=True)
class Corridor:
    """Discounted frequency (1 - d) sum d^t Pr(event in period t) over all subgame-perfect equilibria.

    Attributes
    ----------
    best_low, best_high : the smallest frequency lies between them
    worst_low, worst_high : the largest frequency lies between them
        Fractions 0 and 1 are proved in rational arithmetic; floats are bounds to within rounding. ``best_high`` and
        ``worst_low`` are attained. NaN where there is no equilibrium.
    status : *free*, *trap*, *entrenched*, *no equilibrium*, each proved exactly, or *undecided*
    """

    best_low: Any
    best_high: Any
    worst_low: Any
    worst_high: Any
    status: str

    @property
    def best(self) -> Any:
        """The smallest frequency, from the side on which it is attained."""
        return self.best_high

    @property
    def worst(self) -> Any:
        """The largest frequency, from the side on which it is attained; 0 only where that is proved."""
        return self.worst_low if self.worst_low > 0 or self.status == FREE else self.worst_high

    @property
    def gap(self) -> float:
        """By how much the bounds of an end differ at most."""
        return max(float(self.best_high - self.best_low), float(self.worst_high - self.worst_low))

    def __str__(self) -> str:
        from blamegame.games.table import format_number

        ends = [
            format_number(high) if high - low < 1e-6 else f"{format_number(low)} to {format_number(high)}"
            for low, high in ((self.best_low, self.best_high), (self.worst_low, self.worst_high))
        ]
        return f"{self.status}: frequency {ends[0]} at best, {ends[1]} at worst"


def avoidance_corridor(
    game: RepeatedGame, event: Any, *, tolerance: float = 1e-7, time_limit: float | Deadline | None = None
) -> Corridor:
    """Smallest and largest discounted frequency of ``event`` over pure subgame-perfect equilibria with lotteries.

    Parameters
    ----------
    game : two players, perfect monitoring
    event : boolean array over action profiles, or an iterable of cells
    tolerance : refinement stops once bounds from inside and outside are this close
    time_limit : seconds, for the payoff set

    Notes
    -----
    Punishments are the worst equilibrium payoffs, so what must be promised after each profile is a fixed amount, and
    the frequency is a third coordinate of payoffs that carries no incentive. Whether the smallest is 0 and the largest
    is 0 or 1 is decided in the plane, exactly (:mod:`.lasting_play`, :mod:`.playability`); values between are bounded
    from both sides in floats (:mod:`.kernels.frequency`). Where a promise is enforced at a single point of the payoff
    set the outside bound may not close: one in ten thousand games of small integers, more at discounts near 1.

    References
    ----------
    Abreu, Pearce and Stacchetti (1990), Econometrica 58; Abreu and Sannikov (2014), Theoretical Economics 9.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> print(avoidance_corridor(Delegation().repeated(Fraction(1, 2)), Delegation().avoidance))
    entrenched: frequency 1 at best, 1 at worst
    >>> print(avoidance_corridor(Delegation().repeated(Fraction(9, 10)), Delegation().avoidance))
    trap: frequency 0 at best, 1 at worst
    """
    check_two_players(game, "avoidance_corridor")
    return corridor_of(payoff_set(game, time_limit=time_limit), event, tolerance=tolerance)


def corridor_of(found: PayoffSet, event: Any, *, tolerance: float = 1e-7) -> Corridor:
    """The corridor from a payoff set that is already known."""
    game = found.game
    inside = event_of(game.stage, event).ravel()
    verdicts = playability_of(found)
    yes, alive = verdicts.yes.ravel(), ~verdicts.no.ravel()
    if not alive.any():
        return Corridor(np.nan, np.nan, np.nan, np.nan, EMPTY)
    zero, one = Fraction(0), Fraction(1)
    if not yes.any():
        return Corridor(zero, one, zero, one, UNDECIDED)
    if not alive[inside].any():
        return Corridor(zero, zero, zero, zero, FREE)
    if not alive[~inside].any():
        return Corridor(one, one, one, one, ENTRENCHED)
    if game.exact_discount == 0:  # lotteries over stage equilibria, and both kinds are among them
        return Corridor(zero, zero, one, one, TRAP)
    paths = _Paths(found, verdicts)
    never, always = paths.can_last(~inside), paths.can_last(inside)
    seldom: tuple[Any, Any] = (one, one) if never else paths.most_often(~inside, tolerance)
    often: tuple[Any, Any] = (one, one) if always else paths.most_often(inside, tolerance)
    if not yes[inside].any():
        often = (zero, often[1])
    return Corridor(1 - seldom[1], 1 - seldom[0], *often, _status(never, bool(yes[inside].any())))


def _status(never: bool | None, sometimes: bool) -> str:
    if never is None or not sometimes:
        return UNDECIDED
    return TRAP if never else ENTRENCHED


class _Paths:
    """Paths of play on which nobody deviates, punishments being given, in the arithmetic of a scaled game."""

    def __init__(self, found: PayoffSet, verdicts: Playability) -> None:
        assert found.threats is not None
        scaled = self.scaled = ScaledGame(found.game)
        self.threats = self._moved(found.threats)
        inner = found.inner_polygon
        self.attained = self._moved((smallest(inner, 0), smallest(inner, 1)))
        self.yes, self.alive = verdicts.yes.ravel(), ~verdicts.no.ravel()
        corners = np.array([[float(x) for x in self._moved(vertex)] for vertex in inner.vertices])
        self.inner = np.column_stack([corners, np.zeros(len(corners))])
        self.outer = np.array([[float(x) for x in self._moved(vertex)] for vertex in found.outer_polygon.vertices])
        self.floors_above = scaled.gains + np.array([float(x) for x in self.attained])
        self.floors_below = scaled.gains + np.array([float(x) for x in self.threats])

    def _moved(self, point: Sequence[Any]) -> Point:
        s = self.scaled
        x, y = ((s._of(point[i]) - s.low[i]) / s.span[i] for i in range(2))
        return x, y

    def can_last(self, where: Array) -> bool | None:
        """Whether play can stay in ``where`` for ever; None where neither is proved."""
        sure = [int(k) for k in np.flatnonzero(where & self.yes)]
        possible = [int(k) for k in np.flatnonzero(where & self.alive)]
        s = self.scaled
        answer = can_last(s.cells, possible, self.threats, self.attained, s.rational)
        return None if answer and sure != possible else answer

    def most_often(self, where: Array, tolerance: float) -> tuple[float, float]:
        """Bounds of the largest frequency of ``where``: attained, and not exceeded."""
        from blamegame.solvers.repeated.kernels.frequency import inside, outside, reached_prices

        s, event = self.scaled, where.astype(np.float64)
        above, below = np.flatnonzero(self.yes), np.flatnonzero(self.alive)
        exact = tolerance * min(s.now, 0.1) / 10
        steps = int(40 / s.now) + 100
        points, directions, extra = self.inner, _directions(), np.empty((0, 2))
        low, high = 0.0, 1.0
        for _ in range(_ROUNDS):
            points = inside(
                s.payoffs[above], self.floors_above[above], event[above], s.now, s.later, points, directions, _SLACK,
                exact, steps,
            )  # fmt: skip
            low = max(low, float(points[:, 2].max()))
            moved = (reached_prices(points, self.floors_below[below] + shift, _MOST_PRICES) for shift in _SHIFTS)
            extra = np.unique(np.concatenate([extra, *moved]), axis=0)
            prices = np.unique(np.concatenate([_grid(), extra]), axis=0)
            heights = (prices @ self.outer.T).max(axis=1) + 1.0
            outside(
                s.payoffs[below], self.floors_below[below], event[below], s.now, s.later, prices, heights, exact, steps
            )  # fmt: skip
            high = min(high, float(heights[np.flatnonzero((prices == 0).all(axis=1))[0]]) + 1e-12)
            if high - low <= tolerance:
                break
            directions = np.unique(np.concatenate([directions, np.column_stack([extra, np.ones(len(extra))])]), axis=0)
        return min(low, high), high


def _directions() -> Array:
    """Where points are kept: the frequency alone, mixed with payoffs, and payoffs with next to no frequency."""
    turn = np.linspace(0, np.pi / 2, 7)
    around = np.column_stack([np.cos(turn), np.sin(turn)])
    around[np.abs(around) < 1e-15] = 0
    mixed = [np.column_stack([r * around, np.ones(len(around))]) for r in _RADII]
    return np.concatenate([[[0.0, 0.0, 1.0]], *mixed, np.column_stack([1e6 * around, np.ones(len(around))])])


def _grid() -> Array:
    return np.array([(x, y) for x in _GRID for y in _GRID])


def corridor_curve(
    stage: StrategicGame, event: Any, discounts: Sequence[Number], *, tolerance: float = 1e-7
) -> tuple[Corridor, ...]:
    """The corridor at each discount factor.

    >>> from blamegame.models.delegation import Delegation
    >>> curve = corridor_curve(Delegation().stage_game(), Delegation().avoidance, [Fraction(k, 4) for k in range(4)])
    >>> [corridor.status for corridor in curve]
    ['entrenched', 'entrenched', 'entrenched', 'trap']
    """
    return tuple(avoidance_corridor(RepeatedGame(stage, d), event, tolerance=tolerance) for d in discounts)
