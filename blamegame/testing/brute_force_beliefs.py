"""Rationalizable actions of a small game by trying every corner of every set of beliefs, without any solver."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import StrategicGame, check_single, to_exact
from blamegame.testing.brute_force import solve_linear_system

MOST_BELIEFS = 9
"""The most cells of the other players that beliefs are tried on."""


def rationalizable_by_brute_force(game: StrategicGame) -> tuple[tuple[int, ...], ...]:
    """Positions of the rationalizable actions of every player, exactly; beliefs may be correlated.

    An action survives a round where some belief about the others' surviving actions makes it a best reply. The beliefs
    that do are a bounded polytope: there are any iff it has a corner, where as many of its inequalities hold with
    equality as there are cells, less one. All rounds take all players at once.

    >>> rationalizable_by_brute_force(StrategicGame([[[4, 0], [0, 4], [1, 1]], [[1, 0], [0, 1], [9, 9]]]))
    ((0, 1), (0, 1))
    """
    check_single(game, "rationalizable_by_brute_force")
    if game.payoffs[0].size > MOST_BELIEFS * min(game.n_actions):
        raise UnsupportedGame(f"brute force tries beliefs on at most {MOST_BELIEFS} cells of the others, not {game!r}")
    payoffs = to_exact(game).payoffs
    kept = tuple(tuple(range(count)) for count in game.n_actions)
    while True:
        smaller = []
        for player, actions in enumerate(kept):
            table = np.moveaxis(payoffs[player][np.ix_(*kept)], player, 0).reshape(len(actions), -1).tolist()
            smaller.append(tuple(action for row, action in enumerate(actions) if _is_best_somewhere(table, row)))
        if tuple(smaller) == kept:
            return kept
        kept = tuple(smaller)


def _is_best_somewhere(table: list[list[Fraction]], row: int) -> bool:
    n = len(table[0])
    limits = [[Fraction(-int(k == j)) for j in range(n)] for k in range(n)]  # limit @ belief <= 0
    limits += [[b - a for b, a in zip(other, table[row])] for k, other in enumerate(table) if k != row]
    one = [Fraction(1)] * (n + 1)
    for tight in combinations(limits, n - 1):
        belief = solve_linear_system([*([*limit, Fraction(0)] for limit in tight), one])
        if belief is not None and all(sum(a * p for a, p in zip(limit, belief)) <= 0 for limit in limits):
            return True
    return False
