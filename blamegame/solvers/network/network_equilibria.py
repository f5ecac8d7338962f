"""What all equilibria of a game on a network have in common: elimination, then complements, then search."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.strategic import Array
from blamegame.solvers.network.complements import Order, complementary_orders
from blamegame.solvers.network.elimination import iterated_elimination_on_network
from blamegame.solvers.network.monotone_iteration import monotone_best_replies
from blamegame.solvers.network.pure_search import pure_search


@dataclass(frozen=True, eq=False, repr=False)
class NetworkSolution:
    """Pure equilibria of a game on a network, and what they say about all others.

    Attributes
    ----------
    game : the game that was solved
    method : name of the algorithm that found ``equilibria``
    equilibria : pure equilibria as action positions, shape [n_found, n_players]; least first and greatest last where
        the game has strategic complements
    surviving : boolean array, shape [n_players, most actions]: only these actions occur in any Nash equilibrium,
        correlated equilibrium or rationalizable profile
    orders : for each role its actions from lowest to highest, where the game has strategic complements; else None
    complete : whether every Nash equilibrium, correlated equilibrium and rationalizable profile lies between the first
        and the last of ``equilibria``
    every_pure : whether ``equilibria`` are all pure equilibria
    status : one sentence; where the answer is not complete, advice
    stats : seconds, rounds of elimination, iterations
    """

    game: HypergraphicalGame
    method: str
    equilibria: Array
    surviving: Array
    orders: tuple[Order, ...] | None
    complete: bool
    every_pure: bool
    status: str
    stats: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unique(self) -> bool:
        """Whether one pure profile is the only Nash equilibrium, correlated equilibrium and rationalizable profile."""
        return self.complete and len(self.equilibria) == 1

    @property
    def complements(self) -> bool:
        """Whether the game, on its surviving actions, was shown to have strategic complements."""
        return self.orders is not None

    def __len__(self) -> int:
        return len(self.equilibria)

    def __repr__(self) -> str:
        kind = "complete" if self.complete else "not complete"
        return (
            f"<NetworkSolution by {self.method}: {len(self)} pure equilibria of {self.game.n_players} players, {kind}>"
        )


def network_equilibria(game: HypergraphicalGame, *, time_limit: float | Deadline | None = None) -> NetworkSolution:
    """Pure equilibria that bound every Nash, correlated and rationalizable outcome where that can be shown.

    1. Strictly dominated actions are eliminated, again and again. Where one profile is left it is the answer.
    2. An order of each role's actions is looked for under which what is left has strategic complements. If there is
       one, best replies from both ends lead to the least and the greatest equilibrium.
    3. Otherwise pure equilibria are searched for, and ``complete`` is False.

    Every comparison of payoffs that matters is exact. ``time_limit`` in seconds covers elimination and iteration; the
    check of complements takes a few milliseconds for each *different* local game.

    Raises
    ------
    IncompleteSolution
        Where the time limit stops the iteration of step 2, half of which says nothing.

    Examples
    --------
    >>> import numpy as np
    >>> from blamegame.games.hypergraphical import LocalGames
    >>> meet = np.array([[[[1, 0], [0, 1]], [[1, 0], [0, 1]]]])
    >>> pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array([0, 0]), meet)
    >>> solution = network_equilibria(HypergraphicalGame((("stay", "go"),), np.zeros(3, dtype=int), (pairs,)))
    >>> solution.equilibria.tolist(), solution.complete, solution.unique
    ([[0, 0, 0], [1, 1, 1]], True, False)
    """
    started = time.monotonic()

    deadline = Deadline.of(time_limit)

    def left() -> float | None:
        return None if deadline.left == math.inf else deadline.left

    def solution(method: str, equilibria: Any, status: str, *, every_pure: bool, iterations: int) -> NetworkSolution:
        profiles = np.array(equilibria, dtype=np.int64).reshape(-1, game.n_players)
        profiles.setflags(write=False)
        kept.setflags(write=False)
        stats = {"seconds": time.monotonic() - started, "rounds": rounds, "iterations": iterations}
        complete = alone or orders is not None
        return NetworkSolution(game, method, profiles, kept, orders, complete, every_pure, status, stats)

    kept, rounds = iterated_elimination_on_network(game, time_limit=left())
    alone = bool((kept.sum(axis=1) == 1).all())
    orders = complementary_orders(game, kept)
    if alone:
        status = "complete: elimination of strictly dominated actions leaves one profile"
        return solution("iterated_elimination", [kept.argmax(axis=1)], status, every_pure=True, iterations=0)
    if orders is not None:
        ends = monotone_best_replies(game, orders, kept, time_limit=left())
        both = [ends.least] if (ends.least == ends.greatest).all() else [ends.least, ends.greatest]
        what = "the unique equilibrium bounds" if len(both) == 1 else "the least and the greatest equilibrium bound"
        status = f"complete: strategic complements were checked, and {what} every Nash, correlated and "
        status += "rationalizable outcome"
        return solution("monotone_best_replies", both, status, every_pure=len(both) == 1, iterations=ends.iterations)
    found, every, sweeps = pure_search(game, kept, time_limit=left())
    status = "not complete: no order of the actions gives strategic complements, so there may be "
    status += (
        "mixed equilibria besides" if every else "other equilibria, pure and mixed; a smaller tree can be enumerated"
    )
    return solution("pure_search", found, status, every_pure=every, iterations=sweeps)
