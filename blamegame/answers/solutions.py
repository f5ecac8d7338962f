"""Every equilibrium of a game of any form: who finds them, written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from blamegame.answers.extensive import over_plans
from blamegame.answers.strategic import every_nash
from blamegame.concepts import Concept, Correlated, MarkovPerfect, Nash, Rationalizable, SubgamePerfect
from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.question import Question
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame


def _of_tree(game: ExtensiveGame, deadline: Deadline) -> Any:
    from blamegame.solvers.extensive.subgame_perfect import subgame_perfect

    return subgame_perfect(game, time_limit=deadline)


def _over_states(game: StochasticGame, deadline: Deadline) -> Any:
    from blamegame.solvers.stochastic.stationary_range import stationary_equilibria

    return stationary_equilibria(game, time_limit=deadline)


def _on_network(game: HypergraphicalGame, deadline: Deadline) -> Any:
    from blamegame.solvers.network.network_equilibria import network_equilibria

    return network_equilibria(game, time_limit=deadline)


SOLUTIONS: Mapping[tuple[type, type], Callable[[Any, Deadline], Any]] = MappingProxyType(
    {
        (StrategicGame, Nash): every_nash,
        (ExtensiveGame, Nash): lambda game, d: every_nash(over_plans(Question(game, (), Nash())).game, d),
        (ExtensiveGame, SubgamePerfect): _of_tree,
        (StochasticGame, MarkovPerfect): _over_states,
        (HypergraphicalGame, Nash): _on_network,
        (HypergraphicalGame, Correlated): _on_network,
        (HypergraphicalGame, Rationalizable): _on_network,
    }
)


def solution(game: Any, concept: Concept, deadline: Deadline) -> Any:
    """The equilibria of a game under a concept.

    Raises
    ------
    UnsupportedGame
        Where the equilibria are too many to list: their range is what ``avoidance`` answers.
    """
    row = SOLUTIONS.get((type(game), type(concept)))
    if row is None:
        raise UnsupportedGame(
            f"solve lists no {concept} of a {type(game).__name__}; avoidance(...) gives the range of an event over them"
        )
    return row(game, deadline)
