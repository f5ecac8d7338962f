"""All extreme Nash equilibria of a small two-player game by trying every support and every set of best replies.

Written to be obviously right and independent of every solver: no pivoting, no labels shared with one, no pruning.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Profile, StrategicGame, check_single, object_array, to_exact

Table = list[list[Fraction]]
Vector = tuple[Fraction, ...]
MOST_CELLS = 36


def extreme_equilibria_by_brute_force(game: StrategicGame) -> tuple[Profile, ...]:
    """Every extreme Nash equilibrium, exact; for checking solvers on games of at most 36 cells.

    1. A strategy of a player is *extreme* where it is the only one with its support that makes one particular set of
       the opponent's actions best replies: a vertex of the best-reply polytope. Solve for every support and every
       set of equally many opponent's actions; keep solutions that are strategies and make that set best replies.
    2. A pair of extreme strategies is an equilibrium where every action played is a best reply.

    >>> game = StrategicGame([[[0, 0, 0]] * 3, [[0, 0, 0]] * 3])
    >>> len(extreme_equilibria_by_brute_force(game))
    9

    References
    ----------
    Mangasarian (1964), "Equilibrium points of bimatrix games", J. SIAM 12.
    """
    check_single(game, "extreme_equilibria_by_brute_force")
    if game.n_players != 2 or game.payoffs[0].size > MOST_CELLS:
        raise UnsupportedGame(f"brute force takes two players and at most {MOST_CELLS} cells, not {game!r}")
    row, column = (table.tolist() for table in to_exact(game).payoffs)
    to_row = [list(line) for line in zip(*row)]  # to_row[j][i]: what row gets from i when column plays j
    of_row = _extreme_strategies(column)
    of_column = _extreme_strategies(to_row)
    pairs = [
        (x, y)
        for x, replies_to_x in of_row.items()
        for y, replies_to_y in of_column.items()
        if _support(x) <= replies_to_y and _support(y) <= replies_to_x
    ]
    return tuple((object_array(x), object_array(y)) for x, y in sorted(pairs, reverse=True))


def _extreme_strategies(opponent: Table) -> dict[Vector, set[int]]:
    """Extreme strategies and the opponent's best replies to each; ``opponent[i][j]``: its payoff from j against i."""
    n_own, n_other = len(opponent), len(opponent[0])
    out: dict[Vector, set[int]] = {}
    for size in range(1, min(n_own, n_other) + 1):
        for support in combinations(range(n_own), size):
            for replies in combinations(range(n_other), size):
                weights = _equalising(opponent, support, replies)
                if weights is None or min(weights) <= 0:
                    continue
                strategy = [Fraction(0)] * n_own
                for action, weight in zip(support, weights):
                    strategy[action] = weight
                best = _best_replies(opponent, strategy)
                if best.issuperset(replies):
                    out[tuple(strategy)] = best
    return out


def _equalising(opponent: Table, support: tuple[int, ...], replies: tuple[int, ...]) -> list[Fraction] | None:
    """The only weights on ``support`` that sum to one and make ``replies`` pay the opponent the same; None if not one.

    Unknowns: the weights, and the common payoff last.
    """
    zero, one = Fraction(0), Fraction(1)
    equations = [[*(opponent[i][j] for i in support), -one, zero] for j in replies]
    equations.append([*(one for _ in support), zero, one])
    solution = solve_linear_system(equations)
    return None if solution is None else solution[:-1]


def _best_replies(opponent: Table, strategy: list[Fraction]) -> set[int]:
    values = [sum(p * line[j] for p, line in zip(strategy, opponent)) for j in range(len(opponent[0]))]
    return {j for j, value in enumerate(values) if value == max(values)}


def solve_linear_system(equations: list[list[Fraction]]) -> list[Fraction] | None:
    """The only solution of a square linear system (right side last in each row), or None; Gauss and Jordan, exact."""
    rows: list[Any] = [list(row) for row in equations]
    n = len(rows)
    for k in range(n):
        pivot = next((i for i in range(k, n) if rows[i][k] != 0), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(n):
            if i != k and rows[i][k] != 0:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k])]
    return [row[n] for row in rows]


def _support(strategy: Vector) -> set[int]:
    return {action for action, weight in enumerate(strategy) if weight != 0}
