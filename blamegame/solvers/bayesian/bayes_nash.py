"""All Bayes-Nash equilibria: of two players through the induced strategic game, pure ones of any number of players."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.bayesian import BayesianGame, to_exact_bayesian
from blamegame.games.bayesian_forms import agent_form, induced_game
from blamegame.games.strategic import Array, Profile
from blamegame.solvers.solution import Solution
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.pure import pure_nash


def bayes_nash(game: BayesianGame, *, time_limit: float | None = None) -> Solution:
    """Every Bayes-Nash equilibrium of a game of two players (or one), one strategy for each type.

    ``solution.game`` is the agent form, in which each type of positive probability is a player, and every equilibrium
    is a profile of it. All equilibria are the union over ``solution.subsets`` of products of convex hulls, taken for
    each *player* over the strategies of its types together; so the extreme ones listed describe every equilibrium.

    Parameters
    ----------
    game : BayesianGame
        Floats are solved exactly, from the rationals they store, and the answer rounded.
    time_limit : seconds, optional
        When it runs out, or on Ctrl-C, the equilibria found so far come back with ``complete=False``.

    Raises
    ------
    UnsupportedGame
        For three players or more.

    Notes
    -----
    1. Build the induced strategic game: a pure strategy is a plan, an action for each type.
    2. List every extreme Nash equilibrium of it.
    3. Replace each mixture of plans by what each type does, and keep one of those that say the same. Mixtures that
       say the same are payoff-equivalent, and the equilibria among them form a convex set, so components carry over.

    References
    ----------
    Harsanyi (1967-68), "Games with incomplete information played by 'Bayesian' players", Management Science 14.

    Examples
    --------
    >>> from blamegame.models.promotion import Promotion
    >>> solution = bayes_nash(Promotion().bayesian_game())
    >>> solution.game.players
    ('upper', 'lower (no prospects)', 'lower (prospects)')
    >>> [[str(p) for p in strategy] for strategy in solution.equilibria[0]]
    [['0', '1'], ['0', '1', '0'], ['0', '1', '0']]
    """
    if game.n_players > 2:
        raise UnsupportedGame(
            f"bayes_nash finds every equilibrium of 2 players, this game has {game.n_players}; use pure_bayes_nash for "
            "all pure equilibria, or logit(agent_form(game)) for one equilibrium"
        )
    exact = to_exact_bayesian(game)
    induced = nash(induced_game(exact), time_limit=time_limit)
    shapes = [_plan_shape(exact, player) for player in range(game.n_players)]
    kept: dict[tuple[Any, ...], Profile] = {}
    position = []
    for mixture in induced.equilibria:
        profile = tuple(s for x, shape in zip(mixture, shapes) for s in by_type(x, shape))
        key = tuple(tuple(strategy.tolist()) for strategy in profile)
        kept.setdefault(key, profile)
        position.append(list(kept).index(key))
    found = len(kept)
    words = f"{found} extreme equilibri{'um' if found == 1 else 'a'} told apart by what types do"
    return Solution(
        game=agent_form(game),
        concept="bayes_nash",
        method="vertex_enumeration",
        equilibria=tuple(_as_given(profile, game.exact) for profile in kept.values()),
        components=_moved(induced.components, position),
        subsets=_moved(induced.subsets, position),
        complete=induced.complete,
        status=f"complete: {words}" if induced.complete else f"{words}; of the induced game: {induced.status}",
        stats={"induced_equilibria": len(induced), **induced.stats},
    )


def pure_bayes_nash(game: BayesianGame) -> Solution:
    """Every pure Bayes-Nash equilibrium of a game of any number of players; ``solution.game`` is the agent form.

    Ties are decided on the agent form of the rationals that the payoffs store. Payoffs of types are interim.

    Examples
    --------
    >>> from blamegame.models.promotion import Promotion
    >>> len(pure_bayes_nash(Promotion().bayesian_game()))
    1
    """
    found = pure_nash(agent_form(to_exact_bayesian(game)))
    return Solution(
        game=agent_form(game),
        concept="pure_bayes_nash",
        method=found.method,
        equilibria=tuple(_as_given(profile, game.exact) for profile in found.equilibria),
        complete=True,
        status=found.status,
        stats=found.stats,
    )


def by_type(mixture: Array, plan_shape: tuple[int, ...]) -> tuple[Array, ...]:
    """What each type does when a player mixes over plans: one strategy for each type of positive probability.

    >>> by_type(np.array([0.5, 0.0, 0.25, 0.25]), (2, 2))
    (array([0.5, 0.5]), array([0.75, 0.25]))
    """
    table = mixture.reshape(plan_shape)
    return tuple(
        table.sum(axis=tuple(k for k in range(len(plan_shape)) if k != own)).reshape(-1)
        for own in range(len(plan_shape))
    )


def _plan_shape(game: BayesianGame, player: int) -> tuple[int, ...]:
    return (game.n_actions[player],) * sum(i == player for i, _ in game.agents)


def _moved(groups: tuple[tuple[int, ...], ...], position: list[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(dict.fromkeys(tuple(sorted({position[k] for k in group})) for group in groups))


def _as_given(profile: Profile, exact: bool) -> Profile:
    out = profile if exact else tuple(strategy.astype(np.float64) for strategy in profile)
    for strategy in out:
        strategy.setflags(write=False)
    return out
