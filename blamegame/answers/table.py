"""Who answers what: each form of game under each solution concept, written out.

A pair that is not here has no answer, and is refused by name. A new form of game, or a new concept, is a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from blamegame.answers.closed_form import happens_or_not
from blamegame.answers.extensive import outcomes_range, over_plans
from blamegame.answers.network import share_of_games
from blamegame.answers.repeated import public_perfect_range, subgame_perfect_range
from blamegame.answers.stochastic import long_run_range
from blamegame.answers.strategic import correlated_range, logit_range, nash_range, rationalizable_range
from blamegame.concepts import (
    CoarseCorrelated,
    Correlated,
    Logit,
    MarkovPerfect,
    Nash,
    PublicPerfect,
    Rationalizable,
    SubgamePerfect,
)
from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.closed_form import ClosedForm
from blamegame.games.event_range import Range
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.question import Question
from blamegame.games.repeated import RepeatedGame
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame

Answer = Callable[[Question[Any], Deadline], Range]


def plans_range(question: Question[ExtensiveGame], deadline: Deadline) -> Range:
    """Over equilibria of the strategic form, in which an action is a plan for every move."""
    return RANGES[StrategicGame, type(question.concept)](over_plans(question), deadline)


RANGES: Mapping[tuple[type, type], Answer] = MappingProxyType(
    {
        (StrategicGame, Nash): nash_range,
        (StrategicGame, Correlated): correlated_range,
        (StrategicGame, CoarseCorrelated): correlated_range,
        (StrategicGame, Rationalizable): rationalizable_range,
        (StrategicGame, Logit): logit_range,
        (RepeatedGame, SubgamePerfect): subgame_perfect_range,
        (RepeatedGame, PublicPerfect): public_perfect_range,
        (ExtensiveGame, SubgamePerfect): outcomes_range,
        (ExtensiveGame, Nash): plans_range,
        (ExtensiveGame, Correlated): plans_range,
        (ExtensiveGame, CoarseCorrelated): plans_range,
        (ExtensiveGame, Rationalizable): plans_range,
        (ExtensiveGame, Logit): plans_range,
        (StochasticGame, MarkovPerfect): long_run_range,
        (HypergraphicalGame, Nash): share_of_games,
        (HypergraphicalGame, Correlated): share_of_games,
        (HypergraphicalGame, Rationalizable): share_of_games,
        (ClosedForm, Nash): happens_or_not,
    }
)


SURELY_COMPLETE: Mapping[tuple[type, type], Callable[[Question[Any]], bool]] = MappingProxyType(
    {
        (StrategicGame, Nash): lambda question: question.game.n_players <= 2,
        (StrategicGame, Correlated): lambda question: True,
        (StrategicGame, CoarseCorrelated): lambda question: True,
        (StrategicGame, Rationalizable): lambda question: True,
        (ClosedForm, Nash): lambda question: True,
    }
)
"""Where an answer always takes every equilibrium into account."""


def surely_complete(question: Question[Any]) -> bool:
    """Whether the answer to a question takes every equilibrium into account whatever the numbers are."""
    row = SURELY_COMPLETE.get((type(question.game), type(question.concept)))
    return row is not None and bool(row(question))


def answer(question: Question[Any], deadline: Deadline) -> Range:
    """The range of one question.

    Raises
    ------
    UnsupportedGame
        Where no row answers this form of game under this concept; the message names the concepts that have one.
    """
    row = RANGES.get((type(question.game), type(question.concept)))
    if row is None:
        form = type(question.game).__name__
        known = ", ".join(concept.__name__ for game, concept in RANGES if game is type(question.game))
        forms = ", ".join(dict.fromkeys(game.__name__ for game, _ in RANGES))
        way_out = f"it is asked for {known}" if known else f"the forms with an answer are {forms}"
        raise UnsupportedGame(f"no solver answers for {question.concept} of a {form}; {way_out}")
    found = row(question, deadline)
    return replace(found, concept=question.concept, about=question.about)
