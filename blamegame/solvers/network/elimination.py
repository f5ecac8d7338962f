"""Iterated elimination of strictly dominated actions on a network, sound for every Nash, correlated and rationalizable
outcome."""

from __future__ import annotations

import time

import numpy as np

from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames, renumbered
from blamegame.games.strategic import Array
from blamegame.solvers.network.signed_sums import largest_of, nearest_floats, rounding_bound


def iterated_elimination_on_network(game: HypergraphicalGame, *, time_limit: float | None = None) -> tuple[Array, int]:
    """Actions that survive, boolean array of shape [n_players, most actions], and the number of rounds.

    An action is removed where another one is better by the sum over the player's local games of the *least* advantage
    in each, over the others' surviving actions. That sum is at most the least advantage in the whole game, so only
    strictly dominated actions go; dominance that needs the local games jointly, or a mixture, may be missed. Sums of
    several games are floats with a bound on their error, and count only where certainly positive.

    Stopping at ``time_limit`` seconds leaves more actions than need be, which is as sound.

    Examples
    --------
    >>> table = np.array([[[[3, 0], [5, 1]], [[3, 5], [0, 1]]]])
    >>> pair = LocalGames(np.array([[0, 1]]), np.array([0]), table)
    >>> game = HypergraphicalGame((("a", "b"),), np.zeros(2, dtype=int), (pair,))
    >>> kept, rounds = iterated_elimination_on_network(game)
    >>> kept.tolist(), rounds
    ([[False, True], [False, True]], 2)
    """
    deadline = None if time_limit is None else time.monotonic() + time_limit
    width = max(map(len, game.actions))
    kept = np.arange(width) < game.n_actions[:, None]
    scale = 2 * largest_of(game.integers)
    rounds = 0
    while deadline is None or time.monotonic() < deadline:
        rounds += 1
        gone: Array = kept & _dominated(game, kept, scale)
        if not gone.any():
            break
        kept = kept & ~gone
    return kept, rounds


def survivors_at(game: HypergraphicalGame, group: LocalGames, kept: Array) -> tuple[list[Survivors], Array]:
    """The different (kind, surviving actions of each position) of a group, and which of them each local game is.

    >>> pair = LocalGames(np.array([[0, 1]]), np.array([0]), np.zeros((1, 2, 2, 2), dtype=int))
    >>> survivors_at(HypergraphicalGame((("a", "b"),), np.zeros(2, dtype=int), (pair,)), pair, np.ones((2, 2), bool))[0]
    [(0, ((0, 1), (0, 1)))]
    """
    codes = kept @ (1 << np.arange(kept.shape[1]))
    key, first = group.kinds, np.zeros(0, dtype=np.int64)
    for position in range(group.size):
        key = (key << kept.shape[1]) | codes[group.players[:, position]]
        key, first = renumbered(key)  # kept small, so that it never overflows
    found = []
    for game_number in first.tolist():
        players = group.players[game_number]
        actions = tuple(tuple(np.flatnonzero(kept[player]).tolist()) for player in players.tolist())
        found.append((int(group.kinds[game_number]), actions))
    return found, key


Survivors = tuple[int, tuple[tuple[int, ...], ...]]
"""The kind of a local game and the surviving actions of each of its positions."""


def _dominated(game: HypergraphicalGame, kept: Array, scale: int) -> Array:
    n, width = kept.shape
    least = np.zeros((n, width, width))  # of player p: by how much action b is at least better than a, at [p, a, b]
    absolute = np.zeros((n, width, width))
    for group, table in zip(game.groups, game.integers):
        kinds, which = survivors_at(game, group, kept)
        for position in range(group.size):
            n_actions = group.shape[position]
            gains = np.array([_least_gains(table[kind, position], position, others) for kind, others in kinds])
            floats = nearest_floats(gains, scale)
            players = group.players[:, position]
            for a in range(n_actions):
                for b in range(n_actions):
                    if a != b:
                        gain = floats[which, a, b]
                        least[:, a, b] += np.bincount(players, gain, n)
                        absolute[:, a, b] += np.bincount(players, np.abs(gain), n)
    error = rounding_bound(absolute, game.games_of[:, None, None])
    error[game.games_of <= 1] = 0  # one number, rounded once: its sign is right
    return np.asarray((least > error).any(axis=2))


def _least_gains(table: Array, position: int, kept: tuple[tuple[int, ...], ...]) -> Array:
    """For every pair (a, b) of the position's actions the least of u(b) - u(a) over the others' surviving actions."""
    allowed = [kept[k] if k != position else tuple(range(size)) for k, size in enumerate(table.shape)]
    own = np.moveaxis(table[np.ix_(*allowed)], position, 0).reshape(table.shape[position], -1)
    gains: Array = (own[None, :] - own[:, None]).min(axis=2)
    return gains
