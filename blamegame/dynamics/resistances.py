"""Resistance of each step of log-linear learning: what the player who revises gives up by that step."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import Array

MOST_PROFILES = 1024


def regrets(payoffs: Array, n_players: int) -> Array:
    """What each player gives up in each cell against its best reply there, shape [*batch, n_players, *n_actions]."""
    axes = payoffs.ndim - n_players
    tables = np.moveaxis(payoffs, axes - 1, 0)  # a player's table with the batch in front
    given_up = [table.max(axis=axes - 1 + player, keepdims=True) - table for player, table in enumerate(tables)]
    return np.stack(given_up, axis=axes - 1)


def resistances(payoffs: Array, n_players: int) -> Array:
    """Weights of the steps between profiles in which one player moves, shape [*batch, n, n]; profiles are row-major.

    The step to profile t costs what the one who moves gives up *at t* against its best reply; ``math.inf`` where two
    profiles differ in the actions of several players, or of none.

    >>> resistances(np.array([[[2, 0]], [[1, 4]]]), 2).tolist()
    [[inf, 0.0], [3.0, inf]]
    """
    shape = payoffs.shape[payoffs.ndim - n_players :]
    n = math.prod(shape)
    if n > MOST_PROFILES:
        raise UnsupportedGame(
            f"this game has {n:,} action profiles, and log-linear learning compares all pairs of up to "
            f"{MOST_PROFILES:,}; drop actions that nobody plays (rationalizable) first"
        )
    batch = payoffs.shape[: payoffs.ndim - n_players - 1]
    given_up = regrets(payoffs, n_players).reshape(*batch, n_players, n)
    kind: Any = object if payoffs.dtype == object else np.float64
    out = np.full((*batch, n, n), math.inf, dtype=kind)
    for player, step_from, step_to in one_player_steps(shape):
        out[..., step_from, step_to] = given_up[..., player, :][..., step_to]
    return out


def one_player_steps(shape: tuple[int, ...]) -> list[tuple[int, Array, Array]]:
    """For each player the pairs of different profiles between which only it moves, as flat positions."""
    places = np.arange(math.prod(shape)).reshape(shape)
    found = []
    for player, n_actions in enumerate(shape):
        lines = np.moveaxis(places, player, -1).reshape(-1, n_actions)  # each line: this player's choices
        one, other = (k.ravel() for k in np.nonzero(~np.eye(n_actions, dtype=bool)))
        found.append((player, lines[:, one].ravel(), lines[:, other].ravel()))
    return found


def check_precision(precision: Any, largest: float) -> float:
    """A precision of choice as a float, with which no product overflows."""
    if isinstance(precision, bool | str) or not precision >= 0:
        raise GameError(f"precision={precision!r} is not 0 or more: 0 is choice at random, larger is sharper")
    value = float(precision)
    if not value * largest < 1e300:
        raise GameError(f"precision={precision} times a loss of {largest:.3g} is beyond 1e300; stable is the limit")
    return value
