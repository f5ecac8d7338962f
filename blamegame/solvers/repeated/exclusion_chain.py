"""A short proof that an event is never played: polygons of short rationals, each made from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError, IncompleteSolution
from blamegame.games.event import event_of
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.set_operator.operator import check_two_players
from blamegame.solvers.repeated.set_operator.polygon import Point, Polygon, clip, contains_polygon, hull

Step = tuple[tuple[Point, ...], Point]
_SHARES = (Fraction(1, 10**4), Fraction(1, 10**7), Fraction(1, 10**10))
"""How far beyond what is needed polygons reach, as a share of payoffs: coarse ones have short numbers."""
_MOST_STEPS = 3_000
_EIGHT = np.array([[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]], dtype=np.float64)


def exclusion_chain(game: RepeatedGame, event: Any, *, time_limit: float | Deadline | None = None) -> tuple[Step, ...]:
    """Steps (polygon, threats) that end with no way to enforce the event, for ``NeverPlayed(game, event, chain)``.

    Parameters
    ----------
    game : two players, perfect monitoring; a float discount factor is the rational it stores
    event : boolean array over action profiles, or an iterable of cells
    time_limit : seconds, optional

    Raises
    ------
    GameError
        Where the chain settles with part of the event still enforced: it then can be played, or nearly can.
    IncompleteSolution
        Where time or steps ran out.

    Notes
    -----
    The operator is that of Abreu, Pearce and Stacchetti (1990) in rational arithmetic. After each step the polygon is
    enlarged a little and its corners rounded outwards, so that numbers stay short; a finer grid is tried where the
    coarse one settles too early.

    Examples
    --------
    >>> from blamegame.games.strategic import StrategicGame
    >>> dilemma = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> chain = exclusion_chain(RepeatedGame(dilemma, Fraction(1, 3)), [("a", "a")])
    >>> len(chain) < 10
    True
    """
    check_two_players(game, "exclusion_chain")
    wanted = event_of(game.stage, event)
    deadline = Deadline.of(time_limit)
    operator = _Operator(game)
    for share in _SHARES:
        found = _chain(operator, wanted, share, deadline)
        if found is not None:
            return found
    raise GameError(
        f"no chain excludes the event at discount {game.discount}: some equilibrium plays it, or very nearly so"
    )


def _chain(operator: _Operator, event: Array, share: Fraction, deadline: Deadline) -> tuple[Step, ...] | None:
    alive = dict(operator.payoffs)
    lowest: Any = tuple(min(points[0][i] for points in alive.values()) for i in range(2))
    steps: list[Step] = []
    progress = _Progress(operator, share)
    for _ in range(_MOST_STEPS):
        if deadline.over:
            raise IncompleteSolution(f"{deadline.reason} before the event was excluded; allow more time")
        made = hull(point for points in alive.values() for point in points)
        if progress.stopped(made, lowest):
            return None
        polygon = operator.enlarged(made, share)
        threats = operator.rounded_down(lowest, share)
        steps.append((polygon.vertices, threats))
        alive = {cell: points for cell in alive if (points := operator.enforced(cell, polygon, threats))}
        if not any(event[cell] for cell in alive):
            return tuple(steps)
        lowest = tuple(
            min(max(operator.replies[cell][i], min(p[i] for p in points)) for cell, points in alive.items())
            for i in range(2)
        )
    raise IncompleteSolution(f"the event is not excluded after {_MOST_STEPS} steps; this discount factor is near 1")


class _Progress:
    """Whether polygons still shrink, or threats rise, by more than rounding."""

    def __init__(self, operator: _Operator, share: Fraction) -> None:
        self.span = [float(x) for x in operator.span]
        self.patience = 10 + int(2 / operator.now)
        self.least = float(share) / 16
        self.best, self.since = np.full(10, np.inf), 0

    def stopped(self, polygon: Polygon, lowest: Point) -> bool:
        points = np.array([[float(v[i]) / self.span[i] for i in range(2)] for v in polygon.vertices])
        heights = (_EIGHT @ points.T).max(axis=1)
        state = np.append(heights, [-float(lowest[i]) / self.span[i] for i in range(2)])
        self.since = 0 if (state < self.best - self.least).any() else self.since + 1
        self.best = np.where(state < self.best - self.least, state, self.best)
        return self.since > self.patience


class _Operator:
    """The set operator in payoff units."""

    def __init__(self, game: RepeatedGame) -> None:
        d = self.discount = game.exact_discount
        tables = [[[Fraction(x) for x in row] for row in player] for player in game.stage.payoffs.tolist()]
        m, n = game.stage.n_actions
        cells = [(i, j) for i in range(m) for j in range(n)]
        self.payoffs: dict[tuple[int, int], list[Point]] = {
            (i, j): [(tables[0][i][j], tables[1][i][j])] for i, j in cells
        }
        self.replies = {(i, j): (max(row[j] for row in tables[0]), max(tables[1][i])) for i, j in cells}
        flat = [[x for row in player for x in row] for player in tables]
        self.low = [min(player) for player in flat]
        self.span = [max(player) - min(player) or Fraction(1) for player in flat]
        self.now = 1 - d

    def enforced(self, cell: tuple[int, int], polygon: Polygon, threats: Point) -> list[Point]:
        ((x, y),) = self.payoffs[cell]
        d, now, reply = self.discount, self.now, self.replies[cell]
        image = hull((now * x + d * a, now * y + d * b) for a, b in polygon.vertices)
        one, zero = Fraction(1), Fraction(0)
        image = clip(image, (one, zero), now * reply[0] + d * threats[0])
        return list((clip(image, (zero, one), now * reply[1] + d * threats[1]) if image else image).vertices)

    def rounded_down(self, point: Sequence[Any], share: Fraction) -> Point:
        grid = [self.grid(i, share) for i in range(2)]
        x, y = (point[i] // grid[i] * grid[i] for i in range(2))
        return x, y

    def grid(self, player: int, share: Fraction) -> Fraction:
        """A power of two: about an eighth of the enlargement."""
        size = self.span[player] * share / 8
        return Fraction(2) ** (size.numerator.bit_length() - size.denominator.bit_length())

    def enlarged(self, polygon: Polygon, share: Fraction) -> Polygon:
        """A polygon around this one with corners on the grid, as few as leave it inside."""
        grid = [self.grid(i, share) for i in range(2)]
        room = [self.span[i] * share for i in range(2)]
        corners = []
        for v in polygon.vertices:
            for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                moved = [v[i] + signs[i] * room[i] / 2 for i in range(2)]
                corners.append(tuple(round(moved[i] / grid[i]) * grid[i] for i in range(2)))
        around = hull((x, y) for x, y in corners)
        return _fewest(around, polygon)


def _fewest(around: Polygon, inside: Polygon) -> Polygon:
    """``around`` without the corners that are not needed to hold ``inside``."""
    kept = list(around.vertices)
    k = 0
    while k < len(kept) and len(kept) > 3:
        fewer = hull(kept[:k] + kept[k + 1 :])
        if contains_polygon(fewer, inside):
            kept.pop(k)
        else:
            k += 1
    return hull(kept)
