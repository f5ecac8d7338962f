"""Newton's method on the indifference equations of a stationary profile whose supports are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from blamegame.games.stationary import stationary_regret, stationary_values
from blamegame.games.stochastic import StationaryProfile, StochasticGame
from blamegame.games.strategic import Array

_PLAYED = (1e-2, 1e-4, 1e-6, 1e-8)
"""Probabilities above which an action counts as played, tried in turn."""
_STEPS = 50
_EXACT = 1e-11  # of the largest payoff: a gain that is rounding


def polished(game: StochasticGame, profile: StationaryProfile) -> StationaryProfile | None:
    """The equilibrium next to a float profile, to machine precision; None where the supports seen lead to none.

    Unknowns are the probabilities of the actions played and the values; equations are that all of them are worth the
    value, and that probabilities sum to one.
    """
    largest = max(1e-300, max(float(np.abs(stage.payoffs).max()) for stage in game.stages))
    for played in _PLAYED:
        supports = [[np.flatnonzero(x > played) for x in at_state] for at_state in profile]
        found = _newton(game, profile, supports)
        if found is not None and float(stationary_regret(game, found).max()) <= _EXACT * largest:
            return found
    return None


def _newton(
    game: StochasticGame, profile: StationaryProfile, supports: Sequence[Sequence[Array]]
) -> StationaryProfile | None:
    values = stationary_values(game, profile)
    weight = float(game.discount)
    n_players, n_states = game.n_players, game.n_states
    blocks = [(s, i, support) for s, at in enumerate(supports) for i, support in enumerate(at)]
    ends = np.cumsum([0, *(len(support) for *_, support in blocks)])
    x = [
        [np.where(np.isin(np.arange(len(p)), support), p, 0.0) for p, support in zip(at, known)]
        for at, known in zip(profile, supports)
    ]
    size = int(ends[-1]) + n_states * n_players
    for _ in range(_STEPS):
        system, residual = np.zeros((size, size)), np.zeros(size)
        row = 0
        for k, (s, i, support) in enumerate(blocks):
            worth = (1 - weight) * game.stages[s].payoffs[i] + weight * (game.transitions[s] @ values[:, i])
            q = against(worth, x[s], (i,))[support]
            lead = against(game.transitions[s], x[s], (i, n_players))[support]
            rows = slice(row, row + len(support))
            residual[rows] = q - values[s, i]
            system[rows, int(ends[-1]) + np.arange(n_states) * n_players + i] = weight * lead
            system[rows, int(ends[-1]) + s * n_players + i] -= 1.0
            for j in range(n_players):
                if j != i:
                    table = against(worth, x[s], (i, j))
                    table = table if i < j else table.T
                    other = s * n_players + j
                    columns = slice(int(ends[other]), int(ends[other + 1]))
                    system[rows, columns] = table[np.ix_(support, blocks[other][2])]
            row += len(support)
            residual[row] = x[s][i].sum() - 1
            system[row, int(ends[k]) : int(ends[k + 1])] = 1.0
            row += 1
        try:
            change = np.linalg.solve(system, -residual)
        except np.linalg.LinAlgError:
            return None
        if not np.isfinite(change).all():
            return None
        for k, (s, i, support) in enumerate(blocks):
            x[s][i][support] += change[int(ends[k]) : int(ends[k + 1])]
        values = values + change[int(ends[-1]) :].reshape(n_states, n_players)
        if float(np.abs(change).max()) <= 1e-15 * max(1.0, float(np.abs(values).max())):
            break
    if any((p < 0).any() for at in x for p in at):
        return None
    return tuple(tuple(p / p.sum() for p in at) for at in x)


def against(table: Array, strategies: Sequence[Array], kept: tuple[int, ...]) -> Array:
    """Expectation of a table over the actions of every player not ``kept``; kept axes stay in order."""
    for other in reversed(range(len(strategies))):
        if other not in kept:
            table = np.tensordot(table, strategies[other], axes=([other], [0]))
    return table
