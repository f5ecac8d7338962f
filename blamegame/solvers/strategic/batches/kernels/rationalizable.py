"""Chunks of games through iterated elimination of actions strictly dominated by mixtures, where floats are sure.

An action survives iff it is a best reply to some belief about the opponent's surviving actions. That is the sign of the
value of a matrix game: the believer chooses a belief, the other the action that does best against it. Both sides'
strategies bound the value from the payoffs themselves, whatever the simplex method that proposed them did.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.batches.kernels.correlated import ROUNDING
from blamegame.solvers.strategic.batches.kernels.dominance import beaten_by, undominated

CLEAR = 1e-9  # of the largest difference: a value at least this far from 0 has the sign it seems to have
SMALLEST_RANGE = 1e-290
MOST_PIVOTS = 200
DOMINATED, DOUBTFUL, REPLY = -1, 0, 1
BY_FLOATS, LEFT = 0, 2


@compiled
def surviving_chunk(payoffs: Any, rounded: Any) -> Any:
    """Rationalizable actions of every game of ``payoffs`` [games, 2, m, n]: (masks [games, 2], how [games]).

    ``rounded`` [games] says whose floats stand for nearby rationals. how: by floats, or left to the caller.
    """
    n_games, _, m, n = payoffs.shape
    most = max(m, n)
    masks = np.empty((n_games, 2), dtype=np.int64)
    how = np.zeros(n_games, dtype=np.int8)
    own = np.empty((2, most, most))  # [player, own action, other's action]
    columns_first = np.empty((n, m))
    beats_first = np.empty((m, m), dtype=np.int64)
    beats_second = np.empty((n, n), dtype=np.int64)
    tableau = np.empty((most + 1, most + 1))
    basic = np.empty(most, dtype=np.int64)
    free = np.empty(most, dtype=np.int64)
    belief = np.empty(most)
    mixture = np.empty(most)
    errors = np.zeros(2)
    alive = np.empty(2, dtype=np.int64)
    sizes = (m, n)
    for g in range(n_games):
        for player in range(2):
            errors[player] = 0.0
            for i in range(m):
                for j in range(n):
                    value = payoffs[g, player, i, j]
                    if rounded[g]:
                        errors[player] = max(errors[player], ROUNDING * abs(value))
                    if player == 0:
                        own[0, i, j] = value
                        columns_first[j, i] = value
                    else:
                        own[1, j, i] = value
        beaten_by(columns_first, n, m, errors[0], beats_first)
        beaten_by(payoffs[g, 1], m, n, errors[1], beats_second)
        alive[0], alive[1] = undominated(beats_first, beats_second, m, n)
        while True:
            removed = False
            doubtful = False
            for player in range(2):
                for action in range(sizes[player]):
                    if alive[player] >> action & 1:
                        verdict = reply(
                            own[player], action, alive[player], alive[1 - player], sizes[player], sizes[1 - player],
                            errors[player], tableau, basic, free, belief, mixture,
                        )  # fmt: skip
                        if verdict == DOMINATED:
                            alive[player] &= ~(1 << action)
                            removed = True
                        doubtful = doubtful or verdict == DOUBTFUL
            if not removed:
                break
        masks[g, 0] = alive[0]
        masks[g, 1] = alive[1]
        if doubtful:
            how[g] = LEFT
    return masks, how


@compiled
def reply(
    table: Any,
    action: int,
    alive: int,
    against: int,
    n_own: int,
    n_other: int,
    error: float,
    tableau: Any,
    basic: Any,
    free: Any,
    belief: Any,
    mixture: Any,
) -> int:
    """Whether ``action`` is a best reply, among ``alive``, to some belief about ``against``: sure, not, or doubtful.

    ``table`` is [own action, other's action]; entries may be off by half of ``error``.
    """
    for j in range(n_other):
        if against >> j & 1:
            best = True
            for other in range(n_own):
                if other != action and alive >> other & 1:
                    best = best and table[action, j] >= table[other, j] + error
            if best:
                return REPLY
    rows = 0
    columns = 0
    largest = 0.0
    for other in range(n_own):
        if other != action and alive >> other & 1:
            columns = 0
            for j in range(n_other):
                if against >> j & 1:
                    tableau[rows, columns] = table[other, j] - table[action, j]  # what the belief should make small
                    largest = max(largest, abs(tableau[rows, columns]))
                    columns += 1
            rows += 1
    if not SMALLEST_RANGE < largest < 1.0 / SMALLEST_RANGE:
        return DOUBTFUL
    for r in range(rows):
        for c in range(columns):
            tableau[r, c] = tableau[r, c] / largest + 2.0
        tableau[r, columns] = 1.0
        basic[r] = columns + r
    for c in range(columns):
        tableau[rows, c] = -1.0
        free[c] = c
    tableau[rows, columns] = 0.0
    if not solve_matrix_game(tableau, rows, columns, basic, free):
        return DOUBTFUL
    for c in range(columns):
        belief[c] = 0.0
    for r in range(rows):
        mixture[r] = 0.0
        if basic[r] < columns:
            belief[basic[r]] = max(tableau[r, columns], 0.0)
    for c in range(columns):
        if free[c] >= columns:
            mixture[free[c] - columns] = max(tableau[rows, c], 0.0)
    unit_belief = belief[:columns].sum()
    unit_mixture = mixture[:rows].sum()
    if unit_belief <= 0.0 or unit_mixture <= 0.0:
        return DOUBTFUL
    margin = CLEAR + error / largest
    worst = -np.inf  # the most that another action gains over this one against the belief
    for other in range(n_own):
        if other != action and alive >> other & 1:
            gain = 0.0
            c = 0
            for j in range(n_other):
                if against >> j & 1:
                    gain += belief[c] / unit_belief * ((table[other, j] - table[action, j]) / largest)
                    c += 1
            worst = max(worst, gain)
    if worst < -margin:
        return REPLY
    for j in range(n_other):
        if against >> j & 1:
            gain = 0.0
            r = 0
            for other in range(n_own):
                if other != action and alive >> other & 1:
                    gain += mixture[r] / unit_mixture * ((table[other, j] - table[action, j]) / largest)
                    r += 1
            if gain <= margin:
                return DOUBTFUL
    return DOMINATED


@compiled
def solve_matrix_game(tableau: Any, rows: int, columns: int, basic: Any, free: Any) -> bool:
    """Primal simplex for max sum(q) with C q <= 1, C > 0, in place; false where it takes too long."""
    for step in range(MOST_PIVOTS):
        entering = -1
        for c in range(columns):
            if tableau[rows, c] < -1e-12 and (
                entering < 0
                or (tableau[rows, c] < tableau[rows, entering] if 2 * step < MOST_PIVOTS else free[c] < free[entering])
            ):
                entering = c
        if entering < 0:
            return True
        leaving = -1
        for r in range(rows):
            if tableau[r, entering] > 1e-12 and (
                leaving < 0
                or tableau[r, columns] * tableau[leaving, entering] < tableau[leaving, columns] * tableau[r, entering]
            ):
                leaving = r
        if leaving < 0:
            return False
        pivot = tableau[leaving, entering]
        for c in range(columns + 1):
            tableau[leaving, c] /= pivot
        for r in range(rows + 1):
            factor = tableau[r, entering]
            if r != leaving and factor != 0.0:
                for c in range(columns + 1):
                    tableau[r, c] -= factor * tableau[leaving, c]
                tableau[r, entering] = -factor / pivot
        tableau[leaving, entering] = 1.0 / pivot
        basic[leaving], free[entering] = free[entering], basic[leaving]
    return False
