"""The value of a zero-sum or constant-sum game, and optimal strategies as proof of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array, to_exact
from blamegame.solvers.strategic.lemke_howson import lemke_howson

_SMALL = 100
"""Up to this many cells complementary pivoting in integers beats setting up a linear program."""


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


def zero_sum(game: StrategicGame) -> ZeroSumValue:
    """The value of a constant-sum game and one optimal strategy for each player, proved exactly.

    Parameters
    ----------
    game : one game of two players whose payoffs add up to the same number in every cell
        Exact payoffs give Fractions. A ``float64`` game is solved exactly as well, from player 1's stored payoffs,
        and the
        answer rounded; its sums may differ by rounding (4 units in the last place of the largest number involved).

    Raises
    ------
    UnsupportedGame
        Unless there are two players and the sum is constant; the message names two cells that differ.
    GameError
        For a batch of games.

    Notes
    -----
    1. Player 1 maximises v subject to x @ A >= v: HiGHS proposes an optimal basis in floats.
    2. Both players' strategies on that basis are solved again in rational numbers.
    3. Accepted only if min(x @ A) = max(A @ y) exactly; otherwise Lemke-Howson in integers, whose end is an equilibrium
       and so optimal.

    References
    ----------
    von Neumann (1928), "Zur Theorie der Gesellschaftsspiele". Shapley and Snow (1950), "Basic solutions of discrete
    games".

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
    pair = (_from_basis(first) if first.size > _SMALL else None) or _by_pivoting(first)
    x, y = pair
    value = min((x @ first).tolist())
    guarantees = (x @ first, first @ y)
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


def _by_pivoting(first: Array) -> tuple[Array, Array]:
    solution = lemke_howson(StrategicGame(np.array([first, -first], dtype=object)))
    x, y = solution.equilibria[0]
    return x.copy(), y.copy()


def _from_basis(first: Array) -> tuple[Array, Array] | None:
    """Both strategies from the optimal basis that HiGHS proposes; None unless they are exactly optimal."""
    from flint import fmpz_mat

    basis = _proposed_basis(first)
    if basis is None:
        return None
    rows, columns = basis
    scale = math.lcm(*(value.denominator for value in first.ravel().tolist()))
    size = len(rows)
    block = [[int(first[i, j] * scale) for j in columns] for i in rows]
    right = fmpz_mat(size + 1, 1, [0] * size + [1])
    out = []
    for table, used, n in ((list(zip(*block)), rows, first.shape[0]), (block, columns, first.shape[1])):
        entries = [[*line, -1] for line in table] + [[1] * size + [0]]
        try:
            solution = fmpz_mat(size + 1, size + 1, [entry for line in entries for entry in line]).solve(right)
        except ZeroDivisionError:
            return None
        strategy = object_array([Fraction(0)] * n)
        for position, action in enumerate(used):
            strategy[action] = Fraction(int(solution[position, 0].p), int(solution[position, 0].q))
        out.append(strategy)
    x, y = out
    optimal = min(x.tolist()) >= 0 and min(y.tolist()) >= 0 and min((x @ first).tolist()) == max((first @ y).tolist())
    return (x, y) if optimal else None


def _proposed_basis(first: Array) -> tuple[list[int], list[int]] | None:
    """Rows played and columns binding at an optimal basis; None where the solver gives no square one."""
    import highspy

    lowest, highest = min(first.ravel().tolist()), max(first.ravel().tolist())
    if lowest == highest:
        return [0], [0]
    unit = ((first - lowest) / (highest - lowest)).astype(np.float64)
    m, n = unit.shape
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = m + 1, n + 1
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = np.append(np.zeros(m), 1.0)
    program.col_lower_ = np.append(np.zeros(m), -highspy.kHighsInf)
    program.col_upper_ = np.full(m + 1, highspy.kHighsInf)
    program.row_lower_ = np.append(np.zeros(n), 1.0)
    program.row_upper_ = np.append(np.full(n, highspy.kHighsInf), 1.0)
    dense = np.vstack([np.hstack([unit.T, np.full((n, 1), -1.0)]), np.append(np.ones(m), 0.0)])
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(m + 2) * (n + 1)
    program.a_matrix_.index_ = np.tile(np.arange(n + 1), m + 1)
    program.a_matrix_.value_ = dense.T.ravel()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("solver", "simplex")
    solver.passModel(program)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    basis = solver.getBasis()
    rows = [i for i in range(m) if basis.col_status[i] == highspy.HighsBasisStatus.kBasic]
    columns = [j for j in range(n) if basis.row_status[j] != highspy.HighsBasisStatus.kBasic]
    return (rows, columns) if rows and len(rows) == len(columns) else None


def _floats(values: Array) -> Array:
    out = np.array([float(value) for value in values.tolist()])
    out.setflags(write=False)
    return out
