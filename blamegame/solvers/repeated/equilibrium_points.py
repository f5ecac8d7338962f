"""An equilibrium with an exact frequency, as points that anybody can check."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.event import event_of
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import to_exact
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.frequency import seconds_left
from blamegame.solvers.repeated.generated.growth import avoiding_for_ever, grown_towards
from blamegame.solvers.repeated.generated.points import InnerSet, Point
from blamegame.solvers.repeated.generated.seeds import pure_points, stage_points
from blamegame.solvers.repeated.set_operator.operator import check_two_players
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame


@dataclass(frozen=True)
class EquilibriumPoints:
    """Points each of which is worth a subgame-perfect equilibrium; one of them has ``frequency``.

    Attributes
    ----------
    frequency : Fraction
    points : tuples (value, mixtures, promises): payoffs and frequency (v1, v2, f); current play; and for each cell that
        may happen (row, column, lottery), the lottery as pairs (position of a point, weight). All Fractions.
    """

    frequency: Fraction
    points: tuple[Any, ...]


def equilibrium_points(
    game: RepeatedGame, event: Any, *, most: bool = True, time_limit: float | Deadline | None = None
) -> EquilibriumPoints:
    """An equilibrium in which ``event`` is as frequent as is found (or as rare, ``most=False``), mixed ones included.

    Raises
    ------
    GameError
        At discount factor 0, where equilibria are those of the stage game.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> found = equilibrium_points(Delegation().repeated(Fraction(1, 2)), Delegation().avoidance)
    >>> found.frequency
    Fraction(1, 1)
    """
    check_two_players(game, "equilibrium_points")
    if game.exact_discount == 0:
        raise GameError("at discount 0 only the game of one period counts; use nash")
    from blamegame.solvers.strategic.nash import nash

    inside, stage = event_of(game.stage, event), to_exact(game.stage)
    deadline = Deadline.of(time_limit)
    scaled = ScaledGame(game)
    points = stage_points(scaled, inside, nash(stage, time_limit=seconds_left(deadline)).equilibria, 0)
    pure = payoff_set(game, time_limit=seconds_left(deadline))
    points += pure_points(scaled, inside, pure, len(points)) if pure.supports else []
    found = InnerSet(scaled, inside, tuple(points))
    if not most:
        found = avoiding_for_ever(found, stage, deadline=deadline)
    found = grown_towards(found, stage, 1 if most else -1, deadline=deadline)
    ends = [_fraction(point.value[2]) for point in found.points]
    return EquilibriumPoints(max(ends) if most else min(ends), tuple(_written(found, p) for p in found.points))


def _written(found: InnerSet, point: Point) -> Any:
    first, second = found.scaled.back_point((point.value[0], point.value[1]))
    n = found.scaled.cells.shape[1]
    promises = tuple(
        (cell // n, cell % n, tuple((k, _fraction(w)) for k, w in lottery.items() if w))
        for cell, lottery in point.promises.items()
    )
    mixtures = tuple(tuple(_fraction(p) for p in side) for side in point.mixtures)
    return (first, second, _fraction(point.value[2])), mixtures, promises


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))
