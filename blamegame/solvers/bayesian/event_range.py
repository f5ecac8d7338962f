"""Smallest and largest probability of an event over all Bayes-Nash equilibria of a two-player game."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.bayesian import BayesianGame, to_exact_bayesian
from blamegame.games.bayesian_forms import induced_game
from blamegame.games.beliefs import event_chance
from blamegame.games.event import event_probability
from blamegame.games.strategic import Array
from blamegame.solvers.bayesian.bayes_nash import bayes_nash
from blamegame.solvers.strategic.nash import nash


def bayes_event_range(game: BayesianGame, event: Any, *, time_limit: float | None = None) -> tuple[Any, Any]:
    """(smallest, largest) probability of ``event``, before types are drawn, over all Bayes-Nash equilibria.

    ``event`` is a boolean array over *actions*, shape [*n_actions], or over *plans* for all types, also those of
    probability zero, shape [*n_plans]; of a plan, what a type of probability zero would do never brings it into the
    event.

    Raises
    ------
    IncompleteSolution
        Where time runs out before every equilibrium is known.

    Examples
    --------
    >>> from blamegame.models.promotion import Promotion
    >>> model = Promotion()
    >>> bayes_event_range(model.bayesian_game(), model.avoiding_actions)
    (Fraction(1, 1), Fraction(1, 1))
    """
    exact = to_exact_bayesian(game)
    cells = np.asarray(event)
    n_plans = tuple(n**k for n, k in zip(game.n_actions, game.n_types))
    if cells.dtype == bool and cells.shape == game.n_actions:
        solution = bayes_nash(exact, time_limit=time_limit).require_complete("the range of an event")
        chances = [event_chance(exact, profile, cells) for profile in solution.equilibria]
    elif cells.dtype == bool and cells.shape == n_plans:
        induced = nash(induced_game(exact), time_limit=time_limit).require_complete("the range of an event")
        reduced = _over_plans(exact, cells)
        chances = [event_probability(profile, reduced) for profile in induced.equilibria]
    else:
        raise GameError(
            f"an event over this game is boolean of shape {game.n_actions} (actions) or {n_plans} (plans), "
            f"not {cells.dtype} of shape {cells.shape}"
        )
    ends = min(chances), max(chances)
    return ends if game.exact else (float(ends[0]), float(ends[1]))


def _over_plans(game: BayesianGame, cells: Array) -> Array:
    """The event over plans of the types of positive probability: in it whatever the other types would do."""
    every = [(player, k) for player, n in enumerate(game.n_types) for k in range(n)]
    table = cells.reshape([game.n_actions[player] for player, _ in every])
    absent = tuple(axis for axis, agent in enumerate(every) if agent not in game.agents)
    reduced = np.asarray(table.all(axis=absent))
    return reduced.reshape([len(game.plans(player)) for player in range(game.n_players)])
