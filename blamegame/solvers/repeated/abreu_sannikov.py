"""Equilibrium payoffs of two-player repeated games with perfect monitoring (Abreu and Sannikov 2014)."""

from __future__ import annotations

import time
from fractions import Fraction
from types import MappingProxyType

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.solvers.repeated.payoff_set import PayoffSet
from blamegame.solvers.repeated.set_operator.operator import Image, check_two_players
from blamegame.solvers.repeated.set_operator.outer_bound import outer_bound
from blamegame.solvers.repeated.set_operator.polygon import EMPTY, Polygon, excess, hull
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame
from blamegame.solvers.repeated.set_operator.self_generation import self_generating_set, stationary_set


def payoff_set(
    game: RepeatedGame,
    *,
    tolerance: float = 1e-9,
    time_limit: float | Deadline | None = None,
    most_steps: int = 200_000,
) -> PayoffSet:
    """Payoffs of all pure-strategy subgame-perfect equilibria with public randomisation, bounded from both sides.

    Parameters
    ----------
    game : RepeatedGame
        Two players, perfect monitoring, one stage game (not a batch).
    tolerance : float
        The bounds have converged once the outer one reaches beyond the inner one by at most this share of the range of
        payoffs.
    time_limit : seconds, optional
        What is known by then is returned; the outer bound is valid at any time.
    most_steps : int
        Most applications of the set operator in floats.

    Raises
    ------
    UnsupportedGame
        For more than two players or imperfect monitoring.

    Notes
    -----
    1. The operator is iterated in floats with every constraint loosened, so the polygon always contains the set.
    2. A few applications in rational arithmetic follow. They decide ties exactly (a profile that is enforced with
       nothing to spare), and end in the exact set where it is rational and reached in finitely many steps.
    3. A self-generating set is built just inside and verified in rational arithmetic.

    References
    ----------
    Abreu, D. and Y. Sannikov (2014). An algorithm for two-player repeated games with perfect monitoring. Theoretical
    Economics 9, 313-338.
    Abreu, D., D. Pearce and E. Stacchetti (1990). Toward a theory of discounted repeated games with imperfect
    monitoring. Econometrica 58, 1041-1063.

    Examples
    --------
    >>> from blamegame.games.strategic import StrategicGame
    >>> dilemma = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    >>> found = payoff_set(RepeatedGame(dilemma, Fraction(99, 100)))
    >>> found.outer.tolist()
    [[3.0, 3.0], [9.75, 3.0], [9.0, 9.0], [3.0, 9.75]]
    >>> found.exact
    True
    """
    check_two_players(game, "payoff_set")
    if not tolerance > 0:
        raise GameError(f"tolerance={tolerance} must be positive; bounds that meet exactly say so in .exact")
    started = time.monotonic()
    deadline = Deadline.of(time_limit)
    if game.exact_discount == 0:
        return _one_period(game)
    scaled = ScaledGame(game)
    bound, steps, settled = outer_bound(scaled, deadline, most_steps)
    outer = bound.polygon
    inner: Polygon = EMPTY
    supports: tuple[Image, ...] = ()
    if outer and settled and not deadline.over:
        inner, supports = self_generating_set(
            scaled.cells, bound.shaping, outer, bound.threats, scaled.floats, scaled.rational,
            fixed_point=bound.fixed_point,
        )  # fmt: skip
    elif outer:
        inner, supports = stationary_set(scaled.cells, range(len(scaled.cells)))
    gap = None if not outer else _gap(scaled, outer, inner)
    converged = not outer or (gap is not None and gap <= tolerance)
    return PayoffSet(
        game=game,
        outer_polygon=scaled.back(outer),
        inner_polygon=scaled.back(inner),
        threats=scaled.back_point(bound.threats) if outer else None,
        supports=scaled.back_images(supports),
        converged=converged,
        status=_status(converged, settled, outer, inner, gap),
        stats=MappingProxyType({"steps": steps, "seconds": time.monotonic() - started, "gap": gap}),
    )


def _gap(scaled: ScaledGame, outer: Polygon, inner: Polygon) -> float:
    """How far the outer bound reaches beyond the inner one; exact where they are equal, else to within 1e-15."""
    if outer == inner or not inner:
        return 0.0 if inner else float("inf")
    short = [
        hull((scaled.rational(float(x)), scaled.rational(float(y))) for x, y in p.vertices) for p in (outer, inner)
    ]
    return float(excess(*short)) + 1e-15


def _status(converged: bool, settled: bool, outer: Polygon, inner: Polygon, gap: float | None) -> str:
    if not outer:
        return "empty: no action profile can be enforced, so there is no pure-strategy subgame-perfect equilibrium"
    if outer == inner:
        return "exact: the outer bound generates itself"
    if converged:
        return f"converged: the bounds are {gap:.2g} of the payoff range apart"
    if not settled:
        return "not converged: the outer bound was still shrinking; allow more time_limit or most_steps"
    if not inner:
        return "not converged: no inner bound was found; a slightly larger discount factor is usually easier"
    return f"not converged: the bounds are {gap:.2g} of the payoff range apart; this discount factor is near a switch"


def _one_period(game: RepeatedGame) -> PayoffSet:
    first, second = ([[Fraction(x) for x in row] for row in player] for player in game.stage.payoffs.tolist())
    best_first, best_second = [max(column) for column in zip(*first)], [max(row) for row in second]
    stay = [
        Image((x, y), i * len(xs) + j, (x, y))
        for i, (xs, ys) in enumerate(zip(first, second))
        for j, (x, y) in enumerate(zip(xs, ys))
        if x == best_first[j] and y == best_second[i]
    ]
    polygon = hull(image.value for image in stay)
    by_value = {image.value: image for image in stay}
    supports = tuple(by_value[vertex] for vertex in polygon.vertices)
    threats = (min(v[0] for v in by_value), min(v[1] for v in by_value)) if stay else None
    return PayoffSet(
        game, polygon, polygon, threats, supports, True, "exact: at discount 0 only stage equilibria are played"
    )
