"""Stochastic potentials of many games at once: floats propose, exact arithmetic disposes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.dynamics.in_trees import least_in_trees
from blamegame.dynamics.log_linear import log_linear
from blamegame.dynamics.resistances import regrets, resistances
from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, fractions_of

TOLERANCE = 1e-9
"""Of a game's largest payoff: potentials nearer to the least one than this are compared exactly."""

_CHUNK = 8192


@dataclass(frozen=True, eq=False, repr=False)
class PotentialBatch:
    """Potentials of every game of a batch.

    Attributes
    ----------
    potentials : float64 [games, profiles], in units of payoff, within 1e-14 times the profiles of the largest payoff
    stable : bool [games, profiles], which profiles have the least potential, exactly
    decided_exactly : bool [games], which games were too near a tie for floats
    """

    potentials: Array
    stable: Array
    decided_exactly: Array

    def __len__(self) -> int:
        return len(self.potentials)

    def __repr__(self) -> str:
        games, profiles = self.potentials.shape
        return f"<PotentialBatch of {games} games, {profiles} profiles: {int(self.decided_exactly.sum())} exactly>"


def log_linear_batch(game: StrategicGame, *, exact: Callable[[int], Array] | None = None) -> PotentialBatch:
    """Potentials and stochastically stable profiles of each game of a batch, in C order of the batch.

    Parameters
    ----------
    game : a batch of games
    exact : callable, optional
        ``exact(g)`` gives the true rational payoffs of game ``g`` (flat index), shape [n_players, *n_actions], where
        the floats are these rounded, within 1e-14 of the largest payoff. Without it the rationals that the floats
        store are the game. A batch of exact games brings its own.

    Notes
    -----
    1. Scale each game by a power of two, so that nothing overflows and no digit is lost.
    2. A potential is a continuous function of the payoffs, so rounding moves it little whatever ties: the floats are
       right to about 1e-14 of the largest payoff.
    3. Which profile is stable does depend on ties. Where floats alone bring a second profile within ``TOLERANCE`` of
       the least potential, the game is solved in rationals, except where ties are certain: the near profiles can all
       reach one another by best replies that are clear of any doubt.

    Examples
    --------
    >>> table = np.random.default_rng(1).normal(size=(1000, 2, 2, 3))
    >>> found = log_linear_batch(StrategicGame(table, players=2))
    >>> one = log_linear(StrategicGame(table[0]))
    >>> bool(np.allclose(found.potentials[0], [float(p) for p in one.potentials], atol=1e-14))
    True
    """
    if not game.batch_shape:
        raise GameError("log_linear_batch takes a batch of games; log_linear takes this one, and is exact")
    n_games, shape = math.prod(game.batch_shape), game.n_actions
    payoffs = game.payoffs.reshape(n_games, game.n_players, *shape)
    if game.exact:
        kept = payoffs

        def exact(index: int) -> Array:
            return np.asarray(kept[index])

    scaled, powers = _scaled(payoffs)
    potentials = np.empty((n_games, math.prod(shape)))
    certain = np.empty(n_games, dtype=bool)
    for start in range(0, n_games, _CHUNK):
        part = slice(start, start + _CHUNK)
        potentials[part] = least_in_trees(resistances(scaled[part], game.n_players))
        replies = scaled[part] if game.exact else payoffs[part]  # the smallest payoffs may not survive scaling
        certain[part] = _certain(replies, potentials[part], game.n_players, exact is not None)
    stable = potentials <= potentials.min(axis=1, keepdims=True) + TOLERANCE
    with np.errstate(over="ignore"):  # refused below
        potentials = np.ldexp(potentials, powers[:, None])
    for index in np.flatnonzero(~certain).tolist():
        table = fractions_of(payoffs[index]) if exact is None else exact(index)
        one = log_linear(StrategicGame(table))
        least = min(one.potentials)
        potentials[index] = _floats(one.potentials)
        stable[index] = [potential == least for potential in one.potentials]
    if not np.isfinite(potentials).all():
        raise GameError("potentials are beyond the range of float64 (1.8e308); rescale the payoffs")
    return PotentialBatch(potentials, stable, ~certain)


def _scaled(payoffs: Array) -> tuple[Array, Array]:
    """Float payoffs of each game over a power of two near its largest, and the powers."""
    n_games = len(payoffs)
    if payoffs.dtype != object:
        powers = np.frexp(np.abs(payoffs).reshape(n_games, -1).max(axis=1))[1]
        return np.ldexp(payoffs, -powers.reshape(-1, *[1] * (payoffs.ndim - 1))), powers
    out, exponents = np.empty(payoffs.shape), np.zeros(n_games, dtype=np.int64)
    for index, table in enumerate(payoffs):
        largest = max(abs(value) for value in table.ravel().tolist())
        power = largest.numerator.bit_length() - largest.denominator.bit_length() if largest else 0
        out[index] = (table * (2**-power if power < 0 else 1) / (2**power if power > 0 else 1)).astype(np.float64)
        exponents[index] = power
    return out, np.clip(exponents, -(2**20), 2**20).astype(np.int32)


def _floats(values: Any) -> list[float]:
    try:
        return [float(value) for value in values]
    except OverflowError:
        return [math.inf] * len(values)


def _certain(payoffs: Array, potentials: Array, n_players: int, rounded: bool) -> Array:
    """Whether the profiles within tolerance of the least potential are sure to have exactly that one."""
    near = potentials <= potentials.min(axis=1, keepdims=True) + TOLERANCE
    sure: Array = near.sum(axis=1) == 1
    open_games = np.flatnonzero(~sure)
    if len(open_games):
        with np.errstate(over="ignore"):  # a loss beyond floats is no zero
            losses = resistances(payoffs[open_games], n_players)
        reach = losses == 0
        n = reach.shape[-1]
        reach |= np.eye(n, dtype=bool)
        for _ in range(n.bit_length()):
            reach = reach @ reach
        pairs = near[open_games][:, :, None] & near[open_games][:, None, :]
        sure[open_games] = (reach | ~pairs).all(axis=(1, 2))
        if rounded:  # else the floats are the game, and a loss is zero exactly where they are equal
            sure[open_games] &= ~_doubtful_replies(payoffs[open_games], n_players)
    return sure


def _doubtful_replies(payoffs: Array, n_players: int) -> Array:
    """Games in which rounding of the payoffs may hide which replies are best."""
    losses = regrets(payoffs, n_players)
    largest = np.abs(payoffs).reshape(len(payoffs), -1).max(axis=1)
    small = losses.reshape(len(payoffs), -1) <= TOLERANCE * largest[:, None]
    lines = sum(math.prod(losses.shape[2:]) // n for n in losses.shape[2:])
    return np.asarray(small.sum(axis=1) > lines)  # one best reply in each line of a player's table is no doubt
