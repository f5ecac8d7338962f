"""Pure equilibria of a game on a network without strategic complements: all of a small game, some of a large one."""

from __future__ import annotations

import time
from itertools import islice, product
from math import prod

import numpy as np

from blamegame.games.hypergraphical import MOST_CELLS, HypergraphicalGame
from blamegame.games.strategic import Array
from blamegame.solvers.network.best_replies import BestReplies
from blamegame.solvers.strategic.pure import pure_cells

_MOST_STARTS = 64
_MOST_SWEEPS = 50


def pure_search(
    game: HypergraphicalGame, kept: Array, *, time_limit: float | None = None
) -> tuple[list[Array], bool, int]:
    """Pure equilibria, whether these are all pure ones, and the number of best-reply sweeps.

    A game of at most 20,000 action profiles is enumerated. In a larger one, best replies are followed role by role
    from the profiles in which all players of a role do the same (the first 64 of them): a player moves only where that
    is a strict gain. Dynamics that cycles finds nothing, which proves nothing.

    Examples
    --------
    >>> from blamegame.games.hypergraphical import LocalGames
    >>> meet = np.array([[[[1, 0], [0, 1]], [[1, 0], [0, 1]]]])
    >>> pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array([0, 0]), meet)
    >>> game = HypergraphicalGame((("stay", "go"),), np.zeros(3, dtype=int), (pairs,))
    >>> found, every, _ = pure_search(game, np.ones((3, 2), dtype=bool))
    >>> [profile.tolist() for profile in found], every
    ([[0, 0, 0], [1, 1, 1]], True)
    """
    if game.n_players <= 30 and prod(game.n_actions.tolist()) <= MOST_CELLS:
        return [np.array(cell) for cell in pure_cells(game.strategic_form())], True, 0
    deadline = None if time_limit is None else time.monotonic() + time_limit
    replies = BestReplies(game)
    found: dict[bytes, Array] = {}
    sweeps = 0
    starts = product(*(range(len(labels)) for labels in game.actions))
    for start in islice(starts, _MOST_STARTS):
        profile = np.array(start)[game.roles]
        profile = np.where(kept[np.arange(len(profile)), profile], profile, kept.argmax(axis=1))
        seen: set[bytes] = set()
        for _ in range(_MOST_SWEEPS):
            if deadline is not None and time.monotonic() > deadline:
                return list(found.values()), False, sweeps
            before = profile
            for role in reversed(range(len(game.actions))):  # leaves first
                best = replies.at(profile, role=role)
                stays = best[np.arange(len(profile)), profile] | (game.roles != role)
                profile = np.where(stays, profile, best.argmax(axis=1))
            sweeps += 1
            if (profile == before).all():
                found.setdefault(profile.tobytes(), profile)
            if profile.tobytes() in seen or (profile == before).all():
                break
            seen.add(profile.tobytes())
    return list(found.values()), False, sweeps
