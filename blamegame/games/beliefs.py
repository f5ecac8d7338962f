"""Beliefs and expectations under a profile of a Bayesian game: posteriors, interim payoffs, chances of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.bayesian import BayesianGame
from blamegame.games.bayesian_forms import agent_names
from blamegame.games.event import event_probability
from blamegame.games.strategic import Array, object_array

_SUM_SLACK = 1e-9  # float strategies may miss a sum of one by this much; exact ones may not


def posterior(
    game: BayesianGame, profile: Sequence[Array], observed: Mapping[str, str], *, known: Mapping[str, str] | None = None
) -> Array:
    """Distribution over type profiles after seeing some players' actions, by Bayes' rule, shape [*n_types].

    Parameters
    ----------
    profile : one strategy for each agent, in the order of ``game.agents``, as :func:`blamegame.bayes_nash` gives them
    observed : player name to the name of the action it was seen to take
    known : player name to the name of its type, such as the observer's own

    Raises
    ------
    GameError
        Where what was observed has probability zero, so that Bayes' rule says nothing.

    Examples
    --------
    >>> from fractions import Fraction
    >>> payoffs = [[[[[2, 0], [0, 1]], [[0, 2], [1, 0]]]], [[[[1, 0], [0, 2]], [[0, 2], [1, 0]]]]]
    >>> game = BayesianGame(payoffs, [[Fraction(1, 3), Fraction(2, 3)]], types=(("1",), ("fond", "cross")))
    >>> posterior(game, ([1, 0], [1, 0], [Fraction(1, 4), Fraction(3, 4)]), {"2": "a"}).tolist()
    [[Fraction(2, 3), Fraction(1, 3)]]
    """
    weights: Any = game.prior
    strategies = dict(zip(game.agents, _strategies(game, profile)))
    for name, action in observed.items():
        player = _position(name, game.players, "player")
        seen = _position(action, game.actions[player], f"action of {name}")
        chances = [strategies[player, k][seen] if (player, k) in strategies else 0 for k in range(game.n_types[player])]
        weights = weights * _along(chances, player, game.n_players)
    for name, kind in (known or {}).items():
        player = _position(name, game.players, "player")
        own = _position(kind, game.types[player], f"type of {name}")
        weights = weights * _along([int(k == own) for k in range(game.n_types[player])], player, game.n_players)
    total = weights.sum()
    if not total:
        raise GameError(f"{dict(observed)} with {dict(known or {})} has probability zero, so beliefs are undefined")
    out: Array = weights / total
    return out


def event_chance(game: BayesianGame, profile: Sequence[Array], event: Array) -> Any:
    """Probability, before types are drawn, that the action profile falls in ``event`` (boolean, shape [*n_actions])."""
    strategies = dict(zip(game.agents, _strategies(game, profile)))
    total: Any = 0
    for types in np.argwhere(np.not_equal(game.prior, 0)).tolist():
        played = tuple(strategies[player, k] for player, k in enumerate(types))
        total = total + game.prior[tuple(types)] * event_probability(played, event)
    return total


def plan_chances(game: BayesianGame, event: Array) -> Array:
    """Probability of ``event`` (boolean over actions) under each profile of plans, before types are drawn.

    Shape [*n_plans]: a plan has an action for every type, also of probability zero, the last type changing fastest.

    >>> from blamegame.models.promotion import Promotion
    >>> model = Promotion()
    >>> chances = plan_chances(model.bayesian_game(), model.avoiding_actions)
    >>> str(chances[1, model.actions[1].index("work|escalate")])
    '1/2'
    """
    plans = [list(product(range(n), repeat=k)) for n, k in zip(game.n_actions, game.n_types)]
    one: Any = Fraction(1) if game.exact else 1.0
    table: Any = np.where(event, one, 0 * one)
    total: Any = 0 * one
    for types in np.argwhere(np.not_equal(game.prior, 0)).tolist():
        acts = [[plan[k] for plan in plans[player]] for player, k in enumerate(types)]
        total = total + game.prior[tuple(types)] * table[np.ix_(*acts)]
    out: Array = total
    return out


def interim_payoffs(game: BayesianGame, profile: Sequence[Array]) -> Array:
    """What each agent, a type that knows itself only, expects from ``profile``, shape [n_agents]."""
    strategies = dict(zip(game.agents, _strategies(game, profile)))
    totals: list[Any] = [0] * len(game.agents)
    for types in np.argwhere(np.not_equal(game.prior, 0)).tolist():
        played = [strategies[player, k] for player, k in enumerate(types)]
        for player, own in enumerate(types):
            table: Any = game.payoffs[(player, *types)]
            for strategy in played:
                table = np.tensordot(strategy, table, axes=([0], [0]))
            position = game.agents.index((player, own))
            totals[position] = totals[position] + game.prior[tuple(types)] * table.item()
    weights = [game.marginal(player)[own] for player, own in game.agents]
    found = [total / weight for total, weight in zip(totals, weights)]
    return np.array(found, dtype=np.float64 if any(isinstance(value, float) for value in found) else object)


def _strategies(game: BayesianGame, profile: Sequence[Any]) -> list[Array]:
    agents = game.agents
    if len(profile) != len(agents):
        named = ", ".join(agent_names(game))
        raise GameError(f"a profile needs one strategy for each agent ({named}); this one has {len(profile)}")
    arrays = [np.asarray(strategy) for strategy in profile]
    for (player, _), name, array in zip(agents, agent_names(game), arrays):
        values = array.tolist() if array.ndim == 1 else []
        off = abs(sum(values) - 1) > (0 if array.dtype == object else _SUM_SLACK)
        if len(values) != game.n_actions[player] or off or min(values) < 0:
            raise GameError(
                f"the strategy of {name}, {array.tolist()}, is not a distribution over {game.actions[player]}"
            )
    return arrays


def _along(values: Sequence[Any], axis: int, n_axes: int) -> Array:
    shape = [1] * n_axes
    shape[axis] = len(values)
    return object_array(list(values)).reshape(shape)


def _position(name: str, names: tuple[str, ...], what: str) -> int:
    if name not in names:
        article = "an" if what[0] in "aeiou" else "a"
        raise GameError(f"{name!r} is not {article} {what}; it is one of {names}")
    return names.index(name)
