"""Logit choices and their derivatives in any strategic game: the principal branch by arclength, then Newton."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.strategic.logit import logit


def general_choices(payoffs: Array, rise: Array, precision: float) -> tuple[Array, Array]:
    """Log probabilities of every player's actions in one row, and their derivatives.

    Parameters
    ----------
    payoffs : [n players, *actions]
    rise : derivatives in P parameters, [P, n, *actions]
    precision : lambda

    Returns
    -------
    log probabilities [A], A the number of actions of all players, and derivatives [P + 1, A], the last in log precision

    Notes
    -----
    With l_i = lambda u_i - log sum exp(lambda u_i), differentiating gives (I - M) dl = r, where M[ia, jb] is lambda
    (d u_ia / d p_jb - its mean under p_i) p_jb. For two players, one of them with two actions,
    :func:`logit_choices` is about a hundred times as fast.
    """
    game = StrategicGame(np.ascontiguousarray(payoffs))
    profile = logit(game, most_rationality=precision).profiles[-1]
    logs = np.log(np.maximum(np.concatenate(profile), 1e-300))
    sizes = payoffs.shape[1:]
    ends = np.cumsum((0, *sizes))
    for _ in range(50):
        values, matrix = _replies(payoffs, logs, ends, precision)
        gap = logs - _log_softmax(precision * values, ends)
        step = np.linalg.solve(np.eye(len(logs)) - matrix, gap)
        logs = logs - step
        if np.abs(step).max() < 1e-13 * max(1.0, float(np.abs(logs).max())):
            break
    values, matrix = _replies(payoffs, logs, ends, precision)
    strategies = [np.exp(logs[a:b]) for a, b in pairwise(ends)]
    moved = [precision * _stack(one, strategies) for one in rise] + [precision * values]
    right = np.array([_centred(row, strategies, ends) for row in moved])
    return logs, np.linalg.solve(np.eye(len(logs)) - matrix, right.T).T


def _replies(payoffs: Array, logs: Array, ends: Array, precision: float) -> tuple[Array, Array]:
    """Expected payoffs of every action [A], and M [A, A]."""
    strategies = [np.exp(logs[a:b]) for a, b in pairwise(ends)]
    n = len(strategies)
    matrix = np.zeros((len(logs), len(logs)))
    for i in range(n):
        for j in range(n):
            if i != j:
                table = _expected(payoffs[i], strategies, but=(i, j))
                table = table if i < j else table.T
                table = table - strategies[i] @ table
                matrix[ends[i] : ends[i + 1], ends[j] : ends[j + 1]] = precision * table * strategies[j]
    return _stack(payoffs, strategies), matrix


def _stack(payoffs: Array, strategies: list[Array]) -> Array:
    return np.concatenate([_expected(payoffs[i], strategies, but=(i,)) for i in range(len(strategies))])


def _expected(table: Array, strategies: list[Array], *, but: tuple[int, ...]) -> Array:
    for player in reversed(range(len(strategies))):
        if player not in but:
            table = np.tensordot(table, strategies[player], axes=([player], [0]))
    return table


def _log_softmax(values: Array, ends: Array) -> Array:
    parts = []
    for a, b in pairwise(ends):
        part = values[a:b] - values[a:b].max()
        parts.append(part - np.log(np.exp(part).sum()))
    return np.concatenate(parts)


def _centred(row: Array, strategies: list[Array], ends: Array) -> Array:
    return np.concatenate([row[a:b] - p @ row[a:b] for p, a, b in zip(strategies, ends, ends[1:])])
