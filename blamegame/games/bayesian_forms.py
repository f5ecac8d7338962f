"""Strategic games that a Bayesian game comes down to: one player per type, or one plan per player."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.bayesian import BayesianGame
from blamegame.games.strategic import Array, StrategicGame

_MOST_CELLS = 4_000_000


def agent_form(game: BayesianGame) -> StrategicGame:
    """The strategic game in which every type of positive probability is a player of its own, with interim payoffs.

    Its Nash equilibria are the Bayes-Nash equilibria, one strategy for each agent.

    >>> from fractions import Fraction
    >>> payoffs = [[[[[2, 0], [0, 1]], [[0, 2], [1, 0]]]], [[[[1, 0], [0, 2]], [[0, 2], [1, 0]]]]]
    >>> agent_form(BayesianGame(payoffs, [[Fraction(1, 3), Fraction(2, 3)]]))
    <StrategicGame 2 x 2 x 2, players 1, 2 (1), 2 (2), exact>
    """
    agents = game.agents
    shape = tuple(game.n_actions[player] for player, _ in agents)
    _check_size(len(agents) * prod(shape), "the agent form")
    kind: Any = object if game.exact else np.float64
    table = np.zeros((len(agents), *shape), dtype=kind)
    for position, (player, own) in enumerate(agents):
        weight = game.marginal(player)[own]
        for profile in np.argwhere(np.not_equal(game.prior, 0)).tolist():
            if profile[player] == own:
                chance = game.prior[tuple(profile)] / weight
                table[position] += chance * _spread(game, agents, player, profile)
    return StrategicGame(table, agent_names(game), [game.actions[player] for player, _ in agents])


def induced_game(game: BayesianGame) -> StrategicGame:
    """The induced strategic game: a player's action is a plan, one action for each of its types; ex-ante payoffs.

    Plans leave out types of probability zero. Labels join the actions of the types in order with ``|``.
    """
    plans = [game.plans(player) for player in range(game.n_players)]
    live = [[k for i, k in game.agents if i == player] for player in range(game.n_players)]
    shape = tuple(map(len, plans))
    _check_size(game.n_players * prod(shape), "the induced strategic game")
    kind: Any = object if game.exact else np.float64
    table = np.zeros((game.n_players, *shape), dtype=kind)
    for profile in np.argwhere(np.not_equal(game.prior, 0)).tolist():
        # What this type profile does under each plan picks the cell of its own stage game.
        acts = [[plan[live[i].index(k)] for plan in plans[i]] for i, k in enumerate(profile)]
        for player in range(game.n_players):
            cells = game.payoffs[(player, *profile)]
            table[player] += game.prior[tuple(profile)] * cells[np.ix_(*acts)]
    labels = [["|".join(game.actions[i][a] for a in plan) for plan in plans[i]] for i in range(game.n_players)]
    return StrategicGame(table, game.players, labels)


def agent_names(game: BayesianGame) -> list[str]:
    alone = [sum(i == player for i, _ in game.agents) == 1 for player in range(game.n_players)]
    return [game.players[i] if alone[i] else f"{game.players[i]} ({game.types[i][k]})" for i, k in game.agents]


def _check_size(cells: int, what: str) -> None:
    """Refuse a table that would not fit in memory."""
    if cells > _MOST_CELLS:
        raise GameError(f"{what} would have {cells:,} entries (at most {_MOST_CELLS:,}); merge types or actions")


def _spread(game: BayesianGame, agents: tuple[tuple[int, int], ...], player: int, profile: list[int]) -> Array:
    """Payoffs of a player at one type profile, along the axes of the agents that act in it."""
    axes = [agents.index((i, k)) for i, k in enumerate(profile)]
    shape = [1] * len(agents)
    for i, axis in enumerate(axes):
        shape[axis] = game.n_actions[i]
    out: Array = game.payoffs[(player, *profile)].reshape(shape)  # agents are ordered by player, so axes are too
    return out
