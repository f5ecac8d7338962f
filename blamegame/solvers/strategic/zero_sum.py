"""The value of a zero-sum or constant-sum game, and optimal strategies as proof of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array, to_exact
from blamegame.solvers.linear.linear_programme import maximise


@dataclass(frozen=True, eq=False, repr=False)
class ZeroSumValue:
    """The solution of a two-player game whose payoffs sum to a constant.

    Attributes
    ----------
    game : the game
    value : what player 1 can guarantee, and player 2 can hold it to; player 2 then gets ``constant - value``
    constant : the sum of payoffs in every cell
    strategies : one optimal strategy for each player
    guarantees : (what player 1 gets at least with its strategy against each action of player 2, shape [n]; what player
        1 gets at most from each of its actions against player 2's strategy, shape [m])
        The first is never below ``value``, the second never above: together they prove it.
    """

    game: StrategicGame
    value: Any
    constant: Any
    strategies: Profile
    guarantees: tuple[Array, Array]

    @property
    def gap(self) -> Any:
        """How far the two guarantees are apart, in payoff units: 0 where exact, rounding for floats."""
        return max(self.guarantees[1].tolist()) - min(self.guarantees[0].tolist())

    def __repr__(self) -> str:
        return f"<ZeroSumValue {self.value} of {' x '.join(map(str, self.game.n_actions))}, gap {self.gap}>"


def zero_sum(game: StrategicGame, *, time_limit: float | Deadline | None = None) -> ZeroSumValue:
    """The value of a constant-sum game and one optimal strategy for each player, proved exactly.

    Parameters
    ----------
    game : one game of two players whose payoffs add up to the same number in every cell
        Exact payoffs give Fractions. A ``float64`` game is solved exactly as well, from player 1's stored payoffs,
        and the answer rounded; its sums may differ by rounding (4 units in the last place of the largest number
        involved).
    time_limit : seconds, or a deadline; optional

    Raises
    ------
    UnsupportedGame
        Unless there are two players and the sum is constant; the message names two cells that differ.
    GameError
        For a batch of games.
    OutOfTime
        Where the time limit passed before there was an answer.

    Notes
    -----
    1. With all payoffs of A made positive by a shift, maximise the sum of w >= 0 subject to A @ w <= 1, exactly
       (:func:`blamegame.solvers.linear.linear_programme.maximise`).
    2. w and the prices of the constraints, divided by their sum, are optimal strategies of player 2 and player 1, and
       one over that sum is the value: min(x @ A) = max(A @ y) proves it.

    References
    ----------
    von Neumann (1928), "Zur Theorie der Gesellschaftsspiele". Dantzig (1951), "A proof of the equivalence of the
    programming problem and the game problem".

    Examples
    --------
    >>> solution = zero_sum(StrategicGame([[[2, -3], [-1, 1]], [[-2, 3], [1, -1]]]))
    >>> solution.value, [[str(p) for p in strategy] for strategy in solution.strategies]
    (Fraction(-1, 7), [['2/7', '5/7'], ['4/7', '3/7']])
    >>> solution.gap
    Fraction(0, 1)
    """
    check_single(game, "zero_sum")
    if game.n_players != 2:
        raise UnsupportedGame(
            f"zero_sum needs 2 players, this game has {game.n_players}; use logit or simplicial_subdivision"
        )
    constant = _constant(game)
    first = to_exact(game).payoffs[0]
    x, y, guarantees = _optimal(first.tolist(), Deadline.of(time_limit))
    value = min(guarantees[0].tolist())
    if not game.exact:
        rounded = [_floats(strategy) for strategy in (x, y, *guarantees)]
        return ZeroSumValue(game, float(value), constant, (rounded[0], rounded[1]), (rounded[2], rounded[3]))
    for array in (x, y, *guarantees):
        array.setflags(write=False)
    return ZeroSumValue(game, value, constant, (x, y), guarantees)


def _constant(game: StrategicGame) -> Any:
    first, second = game.payoffs
    with np.errstate(over="ignore"):
        sums = first + second
    constant = sums[0, 0]
    if game.exact:
        wrong = sums != constant
    else:
        size = np.maximum(np.maximum(np.abs(first), np.abs(second)), max(abs(first[0, 0]), abs(second[0, 0])))
        wrong = ~(np.abs(sums - constant) <= 4 * np.spacing(size))
    if wrong.any():
        cell = tuple(np.argwhere(wrong)[0].tolist())
        names = [tuple(labels[k] for labels, k in zip(game.actions, at)) for at in ((0, 0), cell)]
        raise UnsupportedGame(
            f"zero_sum needs payoffs with a constant sum: they sum to {constant} at {names[0]} but to {sums[cell]} at "
            f"{names[1]}; use nash"
        )
    return constant if game.exact else float(constant)


def _optimal(first: list[list[Fraction]], deadline: Deadline) -> tuple[Array, Array, tuple[Array, Array]]:
    """One optimal strategy for each player, and what they guarantee."""
    scale = math.lcm(*(value.denominator for row in first for value in row))
    whole = [[value.numerator * (scale // value.denominator) for value in row] for row in first]
    lowest = min(min(row) for row in whole)
    positive = [[value - lowest + 1 for value in row] for row in whole]
    optimum = maximise([1] * len(positive[0]), positive, [1] * len(positive), time_limit=deadline)
    x, y = ([weight / optimum.value for weight in weights] for weights in (optimum.prices, optimum.point))
    guarantees = _expected(x, [*zip(*whole)], scale), _expected(y, whole, scale)
    return object_array(x), object_array(y), guarantees


def _expected(strategy: list[Fraction], table: Sequence[Sequence[int]], scale: int) -> Array:
    """table @ strategy / scale, in integers."""
    common = math.lcm(*(weight.denominator for weight in strategy))
    weights = [weight.numerator * (common // weight.denominator) for weight in strategy]
    return object_array([Fraction(sum(map(mul, row, weights)), common * scale) for row in table])


def _floats(values: Array) -> Array:
    out = np.array([float(value) for value in values.tolist()])
    out.setflags(write=False)
    return out
