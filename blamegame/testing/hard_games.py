"""Two-player games that solvers get wrong, small enough for brute force; each is named after what is hard about it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation


def hard_games() -> dict[str, StrategicGame]:
    """The games by name, exact.

    >>> games = hard_games()
    >>> games["nobody cares, 3 x 3"].n_actions
    (3, 3)
    """
    zero = [[0] * 3] * 3
    identity = np.eye(4, dtype=int)
    rows_twice = np.array([[1, -1], [1, -1], [-1, 1]])
    games: dict[str, tuple[Any, Any]] = {
        "one action each": ([[5]], [[-3]]),
        "one action against three, two of them tied": ([[1, 2, 3]], [[0, 7, 7]]),
        "three tied actions against one": ([[2], [2], [2]], [[1], [0], [1]]),
        "matching pennies: only mixed": ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]),
        "battle of the sexes: two pure, one mixed": ([[2, 0], [0, 1]], [[1, 0], [0, 2]]),
        "a tie beside a strict equilibrium": ([[1, 1], [0, 1]], [[1, 0], [0, 0]]),
        "nobody cares, 3 x 3": (zero, zero),
        "only one player cares": (zero, [[0, 1, 2], [2, 1, 0], [0, 2, 1]]),
        "a row twice": (rows_twice, -rows_twice),
        "a constant sum with ties": ([[1, 0, 1], [0, 1, 1], [1, 1, 0]], [[0, 1, 0], [1, 0, 0], [0, 0, 1]]),
        "rock, paper, scissors": ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], [[0, 1, -1], [-1, 0, 1], [1, -1, 0]]),
        "coordination on 4: 15 equilibria": (identity, identity),
        "a component with two ends": ([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]),
        # https://github.com/drvinceknight/Nashpy/issues/82, where the players minimise
        "eight equilibria of unequal supports": (
            -np.array([[0, 0, 6, 0, 0], [0, 0, 3, 2, 1], [4, 3, 0, 0, 1]]),
            -np.array([[3, 0, 2, 1, 0], [0, 2, 0, 0, 4], [4, 0, 2, 4, 4]]),
        ),
        "weakly dominated but played": ([[1, 1], [1, 0]], [[1, 1], [1, 0]]),
        "huge and tiny payoffs at once": (
            [[Fraction(10**12), 0], [0, Fraction(1, 10**9)]],
            [[Fraction(1, 10**9), 0], [0, Fraction(10**12)]],
        ),
        "payoffs that differ by a billionth in a million": (
            [[10**6, 10**6 + Fraction(1, 10**9)], [10**6 + Fraction(1, 10**9), 10**6]],
            [[10**6, 10**6 - Fraction(1, 10**9)], [10**6 - Fraction(1, 10**9), 10**6]],
        ),
    }
    out = {
        name: StrategicGame([np.asarray(row).tolist(), np.asarray(column).tolist()])
        for name, (row, column) in games.items()
    }
    out["delegation at the defaults"] = Delegation().stage_game()
    out["delegation, nothing costs or yields anything"] = Delegation(
        **{name: 0 for name in Delegation.parameters() if name.startswith(("cost", "credit", "account", "formalism"))}
    ).stage_game()
    return out
