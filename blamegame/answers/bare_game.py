"""The question of a game that no model stands behind: what an event is depends on the form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

from blamegame.concepts import Concept, PublicPerfect, SubgamePerfect
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.bayesian import BayesianGame
from blamegame.games.bayesian_forms import induced_game
from blamegame.games.beliefs import plan_chances
from blamegame.games.event import event_of
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.monitoring import Perfect
from blamegame.games.question import Question
from blamegame.games.repeated import RepeatedGame
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame, to_exact

Game: TypeAlias = StrategicGame | RepeatedGame | ExtensiveGame | StochasticGame | BayesianGame | HypergraphicalGame
FORMS = (StrategicGame, RepeatedGame, ExtensiveGame, StochasticGame, BayesianGame, HypergraphicalGame)


def question_of(game: Game, concept: Concept, event: Any) -> Question[Any]:
    """The question of a bare game.

    Raises
    ------
    GameError
        Without an event, which a game does not have of its own.
    """
    if event is None:
        raise GameError("a bare game does not say what avoidance is; pass event=[(action, action), ...]")
    if isinstance(game, StrategicGame):
        if isinstance(concept, SubgamePerfect | PublicPerfect) and concept.discount is not None:
            if isinstance(concept, PublicPerfect):
                raise UnsupportedGame(
                    "a bare table does not say what the public sees; give RepeatedGame(table, d, signals)"
                )
            return Question(
                RepeatedGame(game, concept.discount), event_of(game, event), concept, "the game repeated for ever"
            )
        return Question(game, event_of(game, event), concept, "the game given")
    if isinstance(game, RepeatedGame):
        return Question(game, event_of(game.stage, event), concept, "the game repeated for ever")
    if isinstance(game, BayesianGame):
        one_type = StrategicGame(np.zeros((game.n_players, *game.n_actions)), game.players, game.actions)
        return Question(
            induced_game(game), plan_chances(game, event_of(one_type, event)), concept, "the game with types"
        )
    if isinstance(game, StochasticGame):
        return Question(game, event_of(game.stages[0], event), concept, "the game over states")
    if isinstance(game, ExtensiveGame):
        if not isinstance(event, Iterable):
            raise GameError(f"event={event!r} is not a set of ends of play; give positions out of tree.terminals")
        return Question(game, tuple(event), concept, "the game in stages")
    return Question(game, np.asarray(event, dtype=bool), concept, "the game of all offices")


def exact_game(game: Any) -> Any:
    """The game in rational arithmetic; floats become the rationals they store."""
    if isinstance(game, StrategicGame):
        return to_exact(game)
    if isinstance(game, RepeatedGame) and isinstance(game.monitoring, Perfect):
        return RepeatedGame(to_exact(game.stage), game.exact_discount)
    return game


def is_exact(game: Any) -> bool:
    """Whether every number of the game was given exactly; trees and networks hold nothing else."""
    return isinstance(game, ExtensiveGame | HypergraphicalGame) or bool(game.exact)
