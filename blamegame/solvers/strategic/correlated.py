"""Correlated and coarse correlated equilibria: the smallest and largest probability of an event, with proofs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.event import event_of
from blamegame.games.strategic import Array, StrategicGame, check_single, object_array, to_exact
from blamegame.solvers.strategic.batches.event_ends import rounded_inside


@dataclass(frozen=True, eq=False)
class CorrelatedBound:
    """One end of the range of an event's probability: an equilibrium that attains it and a proof that none passes it.

    Attributes
    ----------
    value : the probability; a Fraction where the game is exact
    distribution : shape [*n_actions]
        A (coarse) correlated equilibrium under which the event has probability ``value``.
    multipliers : one array per player, entries >= 0
        Correlated: shape [n_i, n_i], entry [a, b] prices player i's incentive to obey ``a`` rather than play ``b``
        (the diagonal is 0). Coarse: shape [n_i], entry [b] prices the incentive to follow rather than always play b.

    Notes
    -----
    Write gain_i(a, b) = u_i(b, a_-i) - u_i(a) for what player i gains by playing b instead of its part of cell a.
    The proof is an inequality in every cell a:

    - largest: 1[a in event] <= value + sum_i sum_b multipliers[i][a_i, b] gain_i(a, b)
    - smallest: 1[a in event] >= value - sum_i sum_b multipliers[i][a_i, b] gain_i(a, b)

    (coarse: multipliers[i][b] in place of multipliers[i][a_i, b]). Averaged over any (coarse) correlated equilibrium
    the sums are <= 0, because multipliers are >= 0 and no deviation gains; so the event's probability is at most
    (at least) ``value``. With value = 0 the first line proves that no such equilibrium touches the event.
    """

    value: Any
    distribution: Array
    multipliers: tuple[Array, ...]

    def __repr__(self) -> str:
        return f"<CorrelatedBound {self.value}>"


@dataclass(frozen=True, eq=False)
class CorrelatedBounds:
    """Smallest and largest probability of an event over all (coarse) correlated equilibria; every value between too."""

    lowest: CorrelatedBound
    highest: CorrelatedBound
    coarse: bool = False

    def __repr__(self) -> str:
        kind = "coarse correlated" if self.coarse else "correlated"
        return f"<CorrelatedBounds {kind}: {self.lowest.value} to {self.highest.value}>"


def correlated_bounds(game: StrategicGame, event: Any, *, coarse: bool = False) -> CorrelatedBounds:
    """Smallest and largest probability of ``event`` over all correlated (or coarse correlated) equilibria.

    Parameters
    ----------
    game : one game of any number of players
        Exact payoffs give Fractions. A ``float64`` game is solved exactly from the rationals its floats store and the
        results are rounded once at the end, but never to 0 or 1; for an exact proof pass ``to_exact(game)``.
    event : boolean array [*n_actions], or an iterable of cells (see :func:`blamegame.event_of`)
    coarse : whether players only compare following the mediator with one fixed action (Moulin and Vial 1978)

    Raises
    ------
    GameError
        For a batch of games, or an event that does not fit the game.

    Notes
    -----
    A linear programme over distributions on cells, one constraint per incentive. HiGHS proposes a basis; the numbers
    returned come from solving it exactly, and their proof has been checked in rational arithmetic. Nash equilibria
    are correlated equilibria, so the range contains the event's probability in every Nash equilibrium.

    References
    ----------
    Aumann (1974, 1987); Hart and Schmeidler (1989), "Existence of correlated equilibria", for the dual.

    Examples
    --------
    In chicken the mediator can avoid the crash (a, a), or let it happen with probability 1/5 but no more:

    >>> game = StrategicGame([[[0, 7], [2, 6]], [[0, 2], [7, 6]]])
    >>> bounds = correlated_bounds(game, [("a", "a")])
    >>> bounds
    <CorrelatedBounds correlated: 0 to 1/5>

    The proof of the larger end, cell by cell:

    >>> u, proof = game.payoffs, bounds.highest
    >>> for a in range(2):
    ...     for c in range(2):
    ...         gains = [proof.multipliers[0][a, b] * (u[0, b, c] - u[0, a, c]) for b in range(2)]
    ...         gains += [proof.multipliers[1][c, b] * (u[1, a, b] - u[1, a, c]) for b in range(2)]
    ...         assert int((a, c) == (0, 0)) <= proof.value + sum(gains)
    """
    check_single(game, "correlated_bounds")
    cells = event_of(game, event)
    chances = object_array([Fraction(int(inside)) for inside in cells.ravel().tolist()]).reshape(cells.shape)
    return expectation_bounds(game, chances, coarse=coarse)


def expectation_bounds(game: StrategicGame, table: Array, *, coarse: bool = False) -> CorrelatedBounds:
    """Smallest and largest expectation of a table over all correlated (or coarse correlated) equilibria.

    ``table`` holds rationals between 0 and 1, shape [*n_actions], such as the probability of an event in each cell. The
    proof is that of :class:`CorrelatedBound` with the table's entry in place of ``1[a in event]``.

    >>> chicken = StrategicGame([[[0, 7], [2, 6]], [[0, 2], [7, 6]]])
    >>> expectation_bounds(chicken, np.array([[Fraction(1, 2), Fraction(0)], [Fraction(0), Fraction(0)]]))
    <CorrelatedBounds correlated: 0 to 1/10>
    """
    check_single(game, "expectation_bounds")
    entries = [Fraction(entry) for entry in np.asarray(table).ravel().tolist()]
    if np.shape(table) != game.n_actions or min(entries) < 0 or max(entries) > 1:
        raise GameError(f"the table needs numbers from 0 to 1 in shape {game.n_actions}")
    unit = math.lcm(*(entry.denominator for entry in entries))
    weights = [int(entry * unit) for entry in entries]
    incentives = _incentives(to_exact(game), coarse)
    highest = _bound(game, incentives, [unit + weight for weight in weights], unit, coarse)
    lowest = _bound(game, incentives, [2 * unit - weight for weight in weights], unit, coarse)
    return CorrelatedBounds(
        _rounded(game, 2 - lowest[0], *lowest[1:]), _rounded(game, highest[0] - 1, *highest[1:]), coarse
    )


def incentive_gains(game: StrategicGame, coarse: bool) -> list[list[int]]:
    """What each deviation would gain in each cell, in C order, as coprime integers; one row for each deviation.

    >>> incentive_gains(StrategicGame([[[0, 6], [3, 0]], [[0, 0], [0, 0]]]), coarse=False)[:2]
    [[0, 0, -1, 2], [1, -2, 0, 0]]
    """
    return [incentive.gains for incentive in _incentives(to_exact(game), coarse)]


@dataclass(frozen=True)
class _Incentive:
    """Gains of one deviation in every cell, scaled to coprime integers: gains = scale x true gains."""

    player: int
    obeyed: int | None
    deviation: int
    gains: list[int]
    scale: Fraction


def _incentives(game: StrategicGame, coarse: bool) -> list[_Incentive]:
    found = []
    for player, count in enumerate(game.n_actions):
        payoffs = game.payoffs[player]
        for deviation in range(count):
            gains = np.take(payoffs, [deviation], axis=player) - payoffs
            if coarse:
                found.append(_incentive(player, None, deviation, gains))
                continue
            for obeyed in range(count):
                if obeyed != deviation:
                    only = object_array([Fraction(0)] * gains.size).reshape(gains.shape)
                    where = (slice(None),) * player + (obeyed,)
                    only[where] = gains[where]
                    found.append(_incentive(player, obeyed, deviation, only))
    return found


def _incentive(player: int, obeyed: int | None, deviation: int, gains: Array) -> _Incentive:
    values = gains.ravel().tolist()
    up = math.lcm(*(value.denominator for value in values))
    scaled = [value.numerator * (up // value.denominator) for value in values]
    down = math.gcd(*scaled) or 1
    return _Incentive(player, obeyed, deviation, [value // down for value in scaled], Fraction(up, down))


def _bound(
    game: StrategicGame, incentives: list[_Incentive], weights: list[int], unit: int, coarse: bool
) -> tuple[Fraction, Array, tuple[Array, ...]]:
    """Largest expected weight over equilibria, in units of ``unit``.

    All weights are positive, so the optimum uses up the whole probability and "sum of probabilities <= 1" can stand in
    for "= 1", which makes 0 a feasible start.
    """
    from blamegame.solvers.linear.linear_programme import maximise

    rows = [incentive.gains for incentive in incentives]
    optimum = maximise(weights, [[1] * len(weights), *rows], [1] + [0] * len(rows))
    distribution = object_array(optimum.point).reshape(game.n_actions)
    shapes = [(count,) if coarse else (count, count) for count in game.n_actions]
    multipliers = tuple(object_array([Fraction(0)] * math.prod(shape)).reshape(shape) for shape in shapes)
    for incentive, price in zip(incentives, optimum.prices[1:]):
        where = (incentive.deviation,) if coarse else (incentive.obeyed, incentive.deviation)
        multipliers[incentive.player][where] = price * incentive.scale / unit
    return Fraction(optimum.value) / unit, distribution, multipliers


def _rounded(
    game: StrategicGame, value: Fraction, distribution: Array, multipliers: tuple[Array, ...]
) -> CorrelatedBound:
    arrays = [distribution, *multipliers]
    if not game.exact:
        arrays = [array.astype(np.float64) for array in arrays]
    for array in arrays:
        array.setflags(write=False)
    return CorrelatedBound(value if game.exact else rounded_inside(value), arrays[0], tuple(arrays[1:]))
