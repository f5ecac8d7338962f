"""Greatest and least equilibrium of a game with strategic complements, by best replies from the highest and lowest."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from blamegame.errors import IncompleteSolution
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.strategic import Array
from blamegame.solvers.network.best_replies import BestReplies
from blamegame.solvers.network.complements import Order


@dataclass(frozen=True, eq=False)
class Ends:
    """The least and the greatest equilibrium, action positions of shape [n_players], and the number of iterations."""

    least: Array
    greatest: Array
    iterations: int


def monotone_best_replies(
    game: HypergraphicalGame, orders: tuple[Order, ...], kept: Array, *, time_limit: float | None = None
) -> Ends:
    """Iterate everybody's lowest best reply from the lowest surviving profile, and the highest from the highest.

    Where the game has strategic complements in ``orders`` (:func:`complementary_orders`) the iteration only rises, or
    only falls, and ends at the least and the greatest equilibrium; every Nash equilibrium, correlated equilibrium and
    rationalizable profile lies between them.

    Raises
    ------
    IncompleteSolution
        Where ``time_limit`` seconds passed.

    References
    ----------
    Topkis (1979), "Equilibrium points in nonzero-sum n-person submodular games", SIAM J. Control Optim. 17; Milgrom
    and Roberts (1990), "Rationalizability, learning, and equilibrium in games with strategic complementarities",
    Econometrica 58.

    Examples
    --------
    >>> from blamegame.games.hypergraphical import LocalGames
    >>> meet = np.array([[[[1, 0], [0, 1]], [[1, 0], [0, 1]]]])
    >>> pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array([0, 0]), meet)
    >>> game = HypergraphicalGame((("stay", "go"),), np.zeros(3, dtype=int), (pairs,))
    >>> ends = monotone_best_replies(game, ((0, 1),), np.ones((3, 2), dtype=bool))
    >>> ends.least.tolist(), ends.greatest.tolist()
    ([0, 0, 0], [1, 1, 1])
    """
    deadline = None if time_limit is None else time.monotonic() + time_limit
    replies = BestReplies(game)
    width = kept.shape[1]
    rank = np.array([[*map(order.index, range(len(order))), *range(len(order), width)] for order in orders])[game.roles]
    found, iterations = [], 0
    for sign in (1, -1):
        height = np.where(kept, sign * rank, width)
        profile = height.argmin(axis=1)
        while True:
            if deadline is not None and time.monotonic() > deadline:
                raise IncompleteSolution(f"the time limit of {time_limit:g} s was reached; allow more time")
            height = np.where(replies.at(profile), sign * rank, width)
            reply = height.argmin(axis=1)
            iterations += 1
            if (reply == profile).all():
                break
            profile = reply
        found.append(profile)
    return Ends(found[0], found[1], iterations)
