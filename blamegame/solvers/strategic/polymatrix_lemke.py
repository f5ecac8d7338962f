"""One Nash equilibrium of a polymatrix game by Lemke's complementary pivoting, in integers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.polymatrix import PolymatrixGame
from blamegame.games.strategic import Array, Profile, fractions_of, object_array
from blamegame.solvers.linear.lemke import lemke

Row = list[int]


@dataclass(frozen=True, eq=False, repr=False)
class PolymatrixSolution:
    """One equilibrium of a polymatrix game.

    Attributes
    ----------
    game : the game that was solved
    equilibria : one profile, or none where the search was stopped
        Fractions where the payoffs are, otherwise the correctly rounded floats of an exact equilibrium.
    payoffs : expected payoff of every player, shape [n_players], for each profile
    complete : False, since there may be other equilibria
    status : one sentence
    stats : ``pivots``, ``max_regret`` (of the profile before it is rounded: zero, by exact arithmetic), ``seconds``
    """

    game: PolymatrixGame
    equilibria: tuple[Profile, ...]
    payoffs: tuple[Array, ...]
    complete: bool
    status: str
    stats: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.equilibria)

    def __repr__(self) -> str:
        return f"<PolymatrixSolution: {self.status}>"


def polymatrix_lemke(game: PolymatrixGame, *, time_limit: float | Deadline | None = None) -> PolymatrixSolution:
    """One exact Nash equilibrium of a polymatrix game, whatever its ties.

    Parameters
    ----------
    game : polymatrix game
        A float game is solved exactly too, from the rationals its floats store.
    time_limit : seconds, or a deadline; optional
        When it runs out, or on Ctrl-C, no equilibrium comes back.

    Notes
    -----
    1. Turn payoffs into positive costs C, also C[i, i]: a constant added to all of a player's costs changes nothing.
    2. Equilibria are the solutions of the linear complementarity problem w = M z + q, w, z >= 0, w . z = 0 with
       z = (x, v), M = [[C, -E'], [E, 0]], q = (0, -1): x holds the strategies, v the players' expected costs, and row i
       of E adds up player i's probabilities.
    3. Lemke's algorithm with the covering vector 1 and the lexicographic ratio test. x' C x > 0 for every x >= 0 but 0,
       so M is copositive and M z >= 0, z' M z = 0 only at z = 0: no ray can end the path before a solution
       (Cottle, Pang and Stone, section 4.4), and the lexicographic rule excludes cycles.
    4. Check the result from the payoffs: nobody gains by deviating, exactly.

    All numbers are integers over one common denominator. The path can be exponentially long.

    References
    ----------
    Howson (1972), "Equilibria of polymatrix games", Management Science 18. Miller and Zucker (1991), "Copositive-plus
    Lemke algorithm solves polymatrix games", Oper. Res. Lett. 10. Cottle, Pang and Stone (1992), "The Linear
    Complementarity Problem", sections 4.4 and 4.9.

    Examples
    --------
    >>> pennies = [[1, -1], [-1, 1]]
    >>> game = PolymatrixGame({(0, 1): pennies, (1, 2): pennies, (2, 0): [[-1, 1], [1, -1]]}, players=3)
    >>> solution = polymatrix_lemke(game)
    >>> [[str(p) for p in strategy] for strategy in solution.equilibria[0]]
    [['1/2', '1/2'], ['1/2', '1/2'], ['1/2', '1/2']]
    >>> game.regret(solution.equilibria[0]).max() == 0
    True
    """
    started = time.monotonic()
    deadline = Deadline.of(time_limit)
    exact = _exact(game)
    profile: Profile | None = None
    pivots = 0
    with deadline:
        z, pivots = lemke(*_complementarity(exact), time_limit=deadline)
        ends = np.cumsum([0, *game.n_actions]).tolist()
        profile = tuple(object_array(z[a:b]) for a, b in pairwise(ends))
    stats = {"pivots": pivots, "seconds": time.monotonic() - started}
    if profile is None:
        status = f"{deadline.reason}: no equilibrium yet, allow more time"
        return PolymatrixSolution(game, (), (), False, status, stats)
    gain = max(exact.regret(profile).tolist())
    if gain != 0:
        raise ArithmeticError(f"the path ended at a profile with a gain of {gain}: please report this game")
    payoffs = object_array([exact.action_values(i, profile) @ profile[i] for i in range(game.n_players)])
    if not game.exact:
        profile = tuple(strategy.astype(np.float64) for strategy in profile)
        payoffs = payoffs.astype(np.float64)
    for array in (*profile, payoffs):
        array.setflags(write=False)
    status = f"one equilibrium after {pivots} pivots, verified exactly; there may be others"
    return PolymatrixSolution(game, (profile,), (payoffs,), False, status, stats | {"max_regret": gain})


def _exact(game: PolymatrixGame) -> PolymatrixGame:
    if game.exact:
        return game
    return PolymatrixGame(
        {pair: fractions_of(table) for pair, table in game.payoffs.items()}, game.players, game.actions
    )


def _costs(game: PolymatrixGame) -> list[Row]:
    """Positive integer costs of every action (rows) from each action of every player (columns)."""
    ends = np.cumsum([0, *game.n_actions]).tolist()
    rows: list[Row] = []
    for i, n in enumerate(game.n_actions):
        tables = {other: table.tolist() for (own, other), table in game.payoffs.items() if own == i}
        scale = lcm(*(value.denominator for table in tables.values() for row in table for value in row))
        block = [[0] * ends[-1] for _ in range(n)]
        for j, (a, b) in enumerate(pairwise(ends)):
            for action in range(n):
                given = tables[j][action] if j in tables else [Fraction(0)]
                costs = [-int(value * scale) for value in given]
                block[action][a:b] = costs * (b - a) if len(costs) == 1 else costs
            least = min(min(row[a:b]) for row in block)
            for row in block:
                row[a:b] = [value - least + 1 for value in row[a:b]]
        rows += block
    return rows


def _complementarity(game: PolymatrixGame) -> tuple[list[Row], list[int]]:
    """M and q of step 2."""
    costs, n_players = _costs(game), len(game.n_actions)
    owner = [player for player, n in enumerate(game.n_actions) for _ in range(n)]
    above = [row + [-int(owner[k] == i) for i in range(n_players)] for k, row in enumerate(costs)]
    below = [[int(owner[k] == i) for k in range(len(owner))] + [0] * n_players for i in range(n_players)]
    return above + below, [0] * len(owner) + [-1] * n_players
