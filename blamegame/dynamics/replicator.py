"""Replicator dynamics: actions that do better than the average spread, at the rate by which they do better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from blamegame.dynamics.symmetric import symmetric_table
from blamegame.dynamics.trajectory import Trajectory, float_start, integrate, moments, values_of_actions
from blamegame.errors import GameError
from blamegame.games.dominance import restrict
from blamegame.games.strategic import Array, StrategicGame


def replicator(
    game: StrategicGame, start: Sequence[Any], *, time: float = 100.0, steps: int = 200, tolerance: float = 1e-11
) -> Trajectory:
    """The replicator dynamics from ``start``, one population for each player.

    Parameters
    ----------
    game : one game of any number of players
    start : a mixed profile; actions of probability zero never appear
    time : how long, in units in which a payoff advantage of 1 multiplies odds by e
    steps : the moments reported, besides the start
    tolerance : of the integrator, on the logarithms of the shares

    Notes
    -----
    dx_a/dt = x_a (u_a(x) - mean u(x)) is integrated in the logarithms of the shares, normalised at every step: shares
    stay positive and sum to one whatever the step, and a share of 1e-300 keeps its digits.

    References
    ----------
    Taylor and Jonker (1978), "Evolutionarily stable strategies and game dynamics", Math. Biosciences 40; Taylor
    (1979), "Evolutionarily stable strategies with two types of player", J. Applied Probability 16.

    Examples
    --------
    >>> chicken = StrategicGame([[[0, 3], [1, 2]], [[0, 1], [3, 2]]])
    >>> path = replicator(chicken, ([0.6, 0.4], [0.5, 0.5]))
    >>> [strategy.round(6).tolist() for strategy in path.end]
    [[1.0, 0.0], [0.0, 1.0]]
    """
    whole, strategies = float_start(game, start, "replicator")
    kept = tuple(tuple(np.flatnonzero(strategy).tolist()) for strategy in strategies)
    payoffs = restrict(whole, kept).payoffs
    cuts = np.cumsum([len(actions) for actions in kept])[:-1]
    times = moments(time, steps)

    def velocity(_: float, logs: Array) -> Array:
        return np.concatenate(log_growth(payoffs, [shares_of(part) for part in np.split(logs, cuts)]))

    logs = np.log(np.concatenate([strategy[list(actions)] for strategy, actions in zip(strategies, kept)]))
    path = integrate(velocity, logs, times, tolerance=tolerance, caller="replicator")
    out = []
    for part, actions, n in zip(np.split(path, cuts, axis=1), kept, game.n_actions):
        full = np.zeros((len(times), n))
        full[:, list(actions)] = shares_of(part)
        out.append(full)
    return Trajectory(times, tuple(out))


def population_replicator(
    game: StrategicGame, start: Any, *, time: float = 100.0, steps: int = 200, tolerance: float = 1e-11
) -> Trajectory:
    """The replicator dynamics of *one* population whose members play a symmetric game of two players in pairs.

    Parameters
    ----------
    start : shares of the actions in the population, shape [n_actions]

    Examples
    --------
    Hawks and doves: the mixture that is an equilibrium is reached from everywhere.

    >>> hawk_dove = StrategicGame([[[-1, 4], [0, 2]], [[-1, 0], [4, 2]]])
    >>> population_replicator(hawk_dove, [0.01, 0.99]).end[0].round(6).tolist()
    [0.666667, 0.333333]
    """
    table = np.asarray(symmetric_table(game, "population_replicator"), dtype=np.float64)
    shares = float_start(game, (start, start), "population_replicator")[1][0]
    kept = np.flatnonzero(shares)
    inside = table[np.ix_(kept, kept)]
    times = moments(time, steps)

    def velocity(_: float, logs: Array) -> Array:
        now = shares_of(logs)
        values = inside @ now
        return np.asarray(values - now @ values)

    path = integrate(velocity, np.log(shares[kept]), times, tolerance=tolerance, caller="population_replicator")
    full = np.zeros((len(times), len(table)))
    full[:, kept] = shares_of(path)
    return Trajectory(times, (full,))


def log_growth(payoffs: Array, strategies: Sequence[Array]) -> list[Array]:
    """Rates at which the logarithms of all shares grow: each action's advantage over its player's average."""
    values = values_of_actions(payoffs, strategies)
    return [value - (value * shares).sum(axis=-1, keepdims=True) for value, shares in zip(values, strategies)]


def shares_of(logs: Array) -> Array:
    """Shares with these logarithms, up to a common factor, along the last axis."""
    if not np.isfinite(logs).all():
        raise GameError("the flow left the range of float64; scale the payoffs down or follow it for less time")
    grown = np.exp(logs - logs.max(axis=-1, keepdims=True))
    out: Array = grown / grown.sum(axis=-1, keepdims=True)
    return out
