"""Smoothed best replies: play drifts towards logit choice against what the others play now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from blamegame.dynamics.replicator import shares_of
from blamegame.dynamics.resistances import check_precision
from blamegame.dynamics.trajectory import Trajectory, float_start, integrate, moments, values_of_actions
from blamegame.games.strategic import Array, StrategicGame


def smoothed_best_reply(
    game: StrategicGame,
    start: Sequence[Any],
    *,
    precision: float,
    time: float = 50.0,
    steps: int = 200,
    tolerance: float = 1e-11,
) -> Trajectory:
    """The smoothed best-reply dynamics dx/dt = logit(precision * u(x)) - x from ``start``.

    Its resting points are the logit equilibria of that precision.

    Parameters
    ----------
    precision : 0 or more; 0 is choice at random, larger is sharper
    time : how long; in one unit of time a share 1 - 1/e of each player's population reconsiders

    References
    ----------
    Fudenberg and Levine (1998), "The Theory of Learning in Games", chapter 4; Hopkins (2002), "Two competing models of
    how people learn in games", Econometrica 70.

    Examples
    --------
    >>> pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> path = smoothed_best_reply(pennies, ([1, 0], [1, 0]), precision=2)
    >>> [strategy.round(6).tolist() for strategy in path.end]
    [[0.5, 0.5], [0.5, 0.5]]
    """
    flat, strategies = float_start(game, start, "smoothed_best_reply")
    beta = check_precision(precision, float(np.abs(flat.payoffs).max()))
    cuts = np.cumsum(game.n_actions)[:-1]
    times = moments(time, steps)

    def velocity(_: float, state: Array) -> Array:
        return np.concatenate(drift(flat.payoffs, np.split(state, cuts), beta))

    path = integrate(velocity, np.concatenate(strategies), times, tolerance=tolerance, caller="smoothed_best_reply")
    parts = [np.maximum(part, 0) for part in np.split(path, cuts, axis=1)]
    return Trajectory(times, tuple(part / part.sum(axis=1, keepdims=True) for part in parts))


def drift(payoffs: Array, strategies: Sequence[Array], beta: float) -> list[Array]:
    """Rates of change of all shares: logit choice less what is played."""
    values = values_of_actions(payoffs, strategies)
    return [shares_of(beta * value) - shares for value, shares in zip(values, strategies)]
