"""The curve of logit equilibria in logarithms of probabilities, followed by arclength (compiled).

A point holds the logarithms of all players' probabilities, players in order, and then the rationality; ``ends``
[n_players + 1] says where each player's begin. ``payoffs`` [n_players, n_cells] lie in [0, 1] and ``place`` [n_cells,
n_players] says which unknown is the probability of the action that a player takes in a cell. The equations are: the
probabilities of a player sum to one, and its log-odds are the rationality times the differences in expected payoff.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled

REACHED, PAUSED, LOST = 0, 1, 2
NEAR = 1e-13  # of the equations, whose terms are logarithms of probabilities
LONGEST, SHORTEST = 0.5, 1e-9  # steps, relative to the rationality


@compiled
def equations(payoffs: Any, place: Any, ends: Any, point: Any, matrix: Any) -> Any:
    """Fill ``matrix`` [n + 1, n + 2] with the Jacobian at ``point`` and, in its last column, the residuals.

    The last row is left for what pins down the last unknown. Returns the largest residual in size.
    """
    n_players, n_cells, n = payoffs.shape[0], payoffs.shape[1], point.size - 1
    rationality, last = point[n], n + 1
    chance, values = np.empty(n), np.zeros(n)
    for u in range(n):
        chance[u] = np.exp(point[u])
        for w in range(n + 2):
            matrix[u, w] = 0.0
    for cell in range(n_cells):
        for i in range(n_players):
            weight = payoffs[i, cell]
            for k in range(n_players):
                if k != i:
                    weight *= chance[place[cell, k]]
            own = place[cell, i]
            values[own] += weight
            for k in range(n_players):
                if k != i:
                    matrix[own, place[cell, k]] += weight
    largest = 0.0
    for i in range(n_players):
        first = ends[i]
        total = 0.0
        for u in range(first, ends[i + 1]):
            total += chance[u]
            if u > first:
                for w in range(n):
                    matrix[u, w] = -rationality * (matrix[u, w] - matrix[first, w])
                matrix[u, u], matrix[u, first] = 1.0, -1.0
                gain = values[u] - values[first]
                matrix[u, n] = -gain
                matrix[u, last] = point[u] - point[first] - rationality * gain
                largest = max(largest, abs(matrix[u, last]))
        for w in range(n):
            matrix[first, w] = chance[w] if first <= w < ends[i + 1] else 0.0
        matrix[first, last] = total - 1.0
        largest = max(largest, abs(total - 1.0))
    return largest


@compiled
def solve(matrix: Any, out: Any) -> Any:
    """Gauss's elimination with pivoting of a square matrix with its right side as last column; False if singular."""
    n = out.size
    for step in range(n):
        at, best = step, abs(matrix[step, step])
        for r in range(step + 1, n):
            if abs(matrix[r, step]) > best:
                at, best = r, abs(matrix[r, step])
        if not 0.0 < best < np.inf:
            return False
        if at != step:
            for c in range(step, n + 1):
                matrix[step, c], matrix[at, c] = matrix[at, c], matrix[step, c]
        upper = matrix[step]
        for r in range(step + 1, n):
            lower = matrix[r]
            factor = lower[step] / upper[step]
            if factor != 0.0:
                for c in range(step, n + 1):
                    lower[c] -= factor * upper[c]
    for r in range(n - 1, -1, -1):
        value = matrix[r, n]
        for c in range(r + 1, n):
            value -= matrix[r, c] * out[c]
        out[r] = value / matrix[r, r]
    return True


@compiled
def settle(payoffs: Any, place: Any, ends: Any, point: Any, normal: Any, most: Any, reach: Any, matrix: Any) -> Any:
    """Newton's method from ``point``, in place, at right angles to ``normal``: steps taken, or -1.

    It is -1 where the method does not settle in ``most`` steps or moves an unknown by more than ``reach``.
    """
    size = point.size
    start, change = point.copy(), np.empty(size)
    for attempt in range(most + 1):
        residual = equations(payoffs, place, ends, point, matrix)
        largest = 1.0
        for u in range(size):
            largest = max(largest, abs(point[u]))
        if residual < NEAR * largest:
            return attempt
        if attempt == most:
            break
        for u in range(size):
            matrix[size - 1, u] = normal[u]
        matrix[size - 1, size] = 0.0
        if not solve(matrix, change):
            return -1
        for u in range(size):
            point[u] -= change[u]
            if not abs(point[u] - start[u]) <= reach:
                return -1
    return -1


@compiled
def follow(
    payoffs: Any, place: Any, ends: Any, tangent: Any, step: Any, top: Any, points: Any, count: Any, budget: Any
) -> Any:
    """(REACHED, PAUSED or LOST; how many rows of ``points`` are filled): onward from the last of ``count`` rows.

    From a point of the curve step along its tangent and return to the curve; halve the step where that does not settle
    quickly, lengthen it where it does, until the rationality is ``top``. ``tangent`` and ``step`` [1] are kept between
    calls; each call makes at most ``budget`` attempts.
    """
    size = points.shape[1]
    matrix, onward, guess = np.empty((size, size + 1)), np.empty(size), np.empty(size)
    fresh = True
    for _ in range(budget):
        here = points[count - 1]
        if not here[size - 1] < top:
            return REACHED, count
        if count == points.shape[0]:
            return PAUSED, count
        if fresh:
            equations(payoffs, place, ends, here, matrix)
            for u in range(size):
                matrix[size - 1, u], matrix[u, size] = tangent[u], 0.0
            matrix[size - 1, size] = 1.0
            if not solve(matrix, onward):
                return LOST, count
            length = 0.0
            for u in range(size):
                length += onward[u] * onward[u]
            for u in range(size):
                tangent[u] = onward[u] / np.sqrt(length)
        for u in range(size):
            guess[u] = here[u] + step[0] * tangent[u]
        taken = settle(payoffs, place, ends, guess, tangent, 6, step[0], matrix)
        fresh = taken >= 0
        if not fresh:
            step[0] /= 2.0
            if step[0] < SHORTEST * max(1.0, abs(here[size - 1])):
                return LOST, count
            continue
        for u in range(size):
            points[count, u] = guess[u]
        count += 1
        if taken <= 3:
            step[0] = min(step[0] * 1.6, LONGEST * max(1.0, abs(guess[size - 1])))
    return PAUSED, count
