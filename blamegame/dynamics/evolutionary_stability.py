"""Evolutionarily stable strategies of a symmetric game of two players: every one of them, exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from blamegame.dynamics.symmetric import symmetric_table
from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Array, StrategicGame, fractions_of, object_array

_MOST_ACTIONS = 12


def evolutionarily_stable(game: StrategicGame) -> tuple[Array, ...]:
    """Every evolutionarily stable strategy of a symmetric game of at most 12 actions; exact, possibly none.

    Such a strategy, once everyone plays it, does better than any small share of mutants: it is a best reply to itself,
    and against every other best reply y to it, it earns more than y earns against y.

    Returns
    -------
    tuple of strategies, object arrays of Fraction, by size of support and then by its positions

    Notes
    -----
    1. For each support S, solve for the p on S that makes the actions of S equally good; skip S unless p is unique
       and positive and no action outside does better. (An ESS is the only equilibrium with its support.)
    2. Let B be the best replies to p. With deviations z = y - p over B, where z is 0 or more outside S and sums to 0,
       p is stable exactly if z'Az < 0 for all z other than 0 (Haigh 1975, Abakuks 1980). Remove one action of S by the
       sum, the others of S by completing squares (their part must be positive definite); what is left over B less S
       must be strictly copositive.
    3. That is decided by principal minors and adjugates (Hadeler 1983), in rationals.

    References
    ----------
    Maynard Smith and Price (1973), Nature 246; Haigh (1975), "Game theory and evolution", Adv. Applied Probability 7;
    Abakuks (1980), "Conditions for evolutionarily stable strategies", J. Applied Probability 17; Hadeler (1983), "On
    copositive matrices", Linear Algebra and its Applications 49.

    Examples
    --------
    >>> hawk_dove = StrategicGame([[[-1, 4], [0, 2]], [[-1, 0], [4, 2]]])
    >>> [[str(share) for share in strategy] for strategy in evolutionarily_stable(hawk_dove)]
    [['2/3', '1/3']]
    """
    table = symmetric_table(game, "evolutionarily_stable")
    n = len(table)
    if n > _MOST_ACTIONS:
        raise UnsupportedGame(f"evolutionarily_stable tries every support of up to {_MOST_ACTIONS} actions, not of {n}")
    exact = table if game.exact else fractions_of(table)
    found: list[Array] = []
    closed: list[set[int]] = []  # the best replies to one ESS hold no other's support (Bishop and Cannings 1976)
    for size in range(1, n + 1):
        for support in combinations(range(n), size):
            if any(set(support) <= replies for replies in closed):
                continue
            strategy = _indifferent(exact, support)
            if strategy is None:
                continue
            values = (exact @ strategy).tolist()
            replies = [action for action, value in enumerate(values) if value == max(values)]
            if set(support) <= set(replies) and _resists(exact, support, replies):
                found.append(strategy)
                closed.append(set(replies))
    return tuple(found)


def _indifferent(table: Array, support: tuple[int, ...]) -> Array | None:
    """The only positive strategy on ``support`` that makes its actions equally good; None without one."""
    size = len(support)
    rows = [[*(table[i, j] - table[support[0], j] for j in support), Fraction(0)] for i in support[1:]]
    rows.append([Fraction(1)] * (size + 1))
    solved = _solve(rows)
    if solved is None or min(solved) <= 0:
        return None
    strategy = object_array([Fraction(0)] * len(table))
    strategy[list(support)] = solved
    return strategy


def _solve(rows: list[list[Any]]) -> list[Fraction] | None:
    """Gauss-Jordan on a square system with its right-hand side; None where it is singular."""
    n = len(rows)
    for column in range(n):
        pivot = next((row for row in range(column, n) if rows[row][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(n):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column])]
    return [row[-1] for row in rows]


def _resists(table: Array, support: tuple[int, ...], replies: list[int]) -> bool:
    """Whether -z'Az is positive for every deviation z: step 2."""
    base, free = support[0], list(support[1:])
    outside = [action for action in replies if action not in support]
    order = free + outside
    rest = np.ix_(order, order)
    form = -(table[rest] - table[order, base][:, None] - table[base, order][None, :] + table[base, base])
    form = form + form.T
    for _ in free:  # complete squares in a variable of either sign
        corner = form[0, 0]
        if corner <= 0:
            return False
        form = form[1:, 1:] - np.multiply.outer(form[1:, 0], form[0, 1:]) / corner
    return _strictly_copositive(form)


def _strictly_copositive(form: Array) -> bool:
    """Whether x'Qx > 0 for all x of 0 or more but 0 (Hadeler 1983): from the smallest principal parts up."""
    n = len(form)
    for size in range(1, n + 1):
        for part in combinations(range(n), size):
            inside = form[np.ix_(part, part)]
            if _determinant(inside) <= 0 and _adjugate_column(inside) is not None:
                return False
    return True


def _adjugate_column(form: Array) -> list[Fraction] | None:
    """The adjugate's last column where all of it is positive; with a determinant of 0 or less it shows x'Qx <= 0."""
    n = len(form)
    if n == 1:
        return [Fraction(1)]
    column = []
    for i in range(n):
        minor = np.delete(np.delete(form, n - 1, axis=0), i, axis=1)
        column.append((-1) ** (i + n - 1) * _determinant(minor))
    return column if min(column) > 0 else None


def _determinant(form: Array) -> Any:
    rows = [list(row) for row in form.tolist()]
    result = Fraction(1)
    for column in range(len(rows)):
        pivot = next((row for row in range(column, len(rows)) if rows[row][column]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != column:
            rows[column], rows[pivot] = rows[pivot], rows[column]
            result = -result
        result *= rows[column][column]
        for row in range(column + 1, len(rows)):
            factor = rows[row][column] / rows[column][column]
            rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column])]
    return result
