"""Payoffs of very patient players under public monitoring: the limit set by scores in every direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.directions.decomposition_lp import directions_in


@dataclass(frozen=True, eq=False)
class LimitScores:
    """An outer bound of perfect public equilibrium payoffs at every discount factor, by half-spaces.

    Attributes
    ----------
    directions : float array, shape [k, n_players]
    scores : float array, shape [k]
        ``directions @ v <= scores`` for every pure perfect public equilibrium payoff v at every discount factor. Where
        the set so bounded has an interior, the equilibrium payoffs fill it as the discount factor goes to one (up to
        the directions not listed).
    """

    directions: Array
    scores: Array

    def allows(self, payoff: Array, slack: float = 1e-7) -> bool:
        """Whether a payoff is within all half-spaces."""
        return bool((self.directions @ np.asarray(payoff, dtype=np.float64) <= self.scores + slack).all())


def limit_scores(game: RepeatedGame, *, directions: int = 64) -> LimitScores:
    """Best score in each direction over the pure action profiles; the game's discount factor plays no part.

    The score of profile a in direction d is the largest d @ v for which transfers x(y) with d @ x(y) <= 0 make a an
    equilibrium of the stage game with payoffs u + x, v = u(a) + sum_y pr(y | a) x(y).

    References
    ----------
    Fudenberg and Levine (1994), "Efficiency and observability with long-run and short-run players", J. Econ. Theory
    62, whose algorithm this is for pure profiles; Fudenberg, Levine and Maskin (1994), Econometrica 62.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> game = Delegation().repeated(0.9, Delegation().outcome_signals())
    >>> limit_scores(game).allows(Delegation().stage_game().payoffs[:, 0, 0].astype(float))
    False
    """
    from scipy.optimize import linprog

    if not isinstance(game.monitoring, PublicSignals):
        raise UnsupportedGame("limit_scores needs public signals; under perfect monitoring use payoff_set near 1")
    payoffs = game.stage.payoffs.astype(np.float64)
    chances = game.monitoring.probabilities.astype(np.float64)
    n_players, n_signals = len(payoffs), chances.shape[-1]
    spread = directions_in(n_players, directions)
    scores = np.full(len(spread), -np.inf)
    for cell in np.ndindex(*game.stage.n_actions):
        rows, bounds = [], []
        for player in range(n_players):
            for action in range(payoffs.shape[player + 1]):
                if action != cell[player]:
                    deviation = tuple(action if i == player else a for i, a in enumerate(cell))
                    row = np.zeros((n_signals, n_players))
                    row[:, player] = chances[deviation] - chances[cell]
                    rows.append(row.ravel())
                    bounds.append(payoffs[(player, *cell)] - payoffs[(player, *deviation)])
        now = np.array([payoffs[(player, *cell)] for player in range(n_players)])
        for k, direction in enumerate(spread):
            falling = np.kron(np.eye(n_signals), direction[None])
            found = linprog(
                -np.kron(chances[cell], direction),
                A_ub=np.vstack([*rows, falling]),
                b_ub=np.append(bounds, np.zeros(n_signals)),
                bounds=(None, None),
            )
            if found.status == 0:
                scores[k] = max(scores[k], float(direction @ now - found.fun))
            elif found.status == 3:  # unbounded cannot be: transfers do not point outward; keep the bound honest
                scores[k] = np.inf
    return LimitScores(spread, scores)
