"""The forms of games that a model can declare, each a base class that says what such a model must define.

A model is one record of parameters in exactly one of these forms (or one of its own, with a row for it in
``blamegame.answers.table``); the form makes of it the question that solvers answer, and refuses in words what has no
meaning for it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from blamegame.concepts import (
    CoarseCorrelated,
    Concept,
    Correlated,
    Logit,
    MarkovPerfect,
    Nash,
    PublicPerfect,
    Rationalizable,
    SubgamePerfect,
)
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.batch import Batch
from blamegame.games.bayesian import BayesianGame
from blamegame.games.beliefs import plan_chances
from blamegame.games.closed_form import ClosedForm
from blamegame.games.event import event_of
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.monitoring import Monitoring, Perfect, PublicSignals
from blamegame.games.question import Question
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.batch import tables_of
from blamegame.models.model import Model
from blamegame.models.threshold import Threshold

_ONE_PERIOD = (Nash, Correlated, CoarseCorrelated, Rationalizable, Logit)


class Table(Model):
    """Played as one table of payoffs, once or in every period.

    A subclass defines ``players``, ``actions``, :meth:`payoffs` and :attr:`avoidance`; with :meth:`success` the public
    can see success and failure, and studies report how likely success is.
    """

    concepts: ClassVar[tuple[type[Concept], ...]] = (*_ONE_PERIOD, SubgamePerfect, PublicPerfect)
    players: ClassVar[tuple[str, ...]]
    actions: ClassVar[tuple[tuple[str, ...], ...]]

    @abstractmethod
    def payoffs(self) -> Array:
        """Payoffs of every office in each cell, shape [*batch, players, *actions]; arithmetic in the parameters."""

    @property
    @abstractmethod
    def avoidance(self) -> Array:
        """Avoidance as a boolean array over action profiles, shape [*actions]."""

    def success(self) -> Array | None:
        """Probability of success in each cell, shape [*batch, *actions]; None where the model does not say."""
        return None

    def stage_game(self) -> StrategicGame:
        """The strategic game of one period; needs numbers (for symbols see :meth:`payoffs`)."""
        return StrategicGame(self.payoffs(), self.players, self.actions)

    def outcome_signals(self) -> PublicSignals | None:
        """What the public sees where only success or failure shows: Pr(success) is that of the action profile."""
        success = self.success()
        if success is None:
            return None
        return PublicSignals(np.stack([success, 1 - success], axis=-1), ("success", "failure"))

    def repeated(self, discount: Number, monitoring: Monitoring | None = None) -> RepeatedGame:
        """The stage game in every period (model.md section 4); perfect monitoring unless signals are given."""
        return RepeatedGame(self.stage_game(), discount, Perfect() if monitoring is None else monitoring)

    @classmethod
    def check_concept(cls, concept: Concept) -> None:
        cls._check_asked(concept)
        if isinstance(concept, SubgamePerfect) and concept.discount is None:
            raise UnsupportedGame(
                f"{cls.__name__} is a table of payoffs, with no stages; of the table repeated for ever give a discount "
                "factor, as in SubgamePerfect(Fraction(9, 10))"
            )

    def event(self, event: Any = None) -> Any:
        """An event over action profiles, default the model's own avoidance, as a boolean array."""
        asked = self.avoidance if event is None else event
        return asked if event is None and _is_cells(asked) else event_of(self.stage_game(), asked)

    def question(self, concept: Concept, event: Any = None) -> Question[Any]:
        self.check_concept(concept)
        if not isinstance(concept, SubgamePerfect | PublicPerfect):
            return Question(self.stage_game(), self.event(event), concept, "the game of one period")
        if isinstance(concept, SubgamePerfect):
            assert concept.discount is not None  # check_concept asked for it
            game = self.repeated(concept.discount)
        else:
            signals = self.outcome_signals()
            if signals is None:
                raise UnsupportedGame(
                    f"{type(self).__name__} does not say how likely success is, so the public sees nothing of play; "
                    "use SubgamePerfect(discount)"
                )
            game = self.repeated(concept.discount, signals)
        return Question(
            game, self.event(event), concept, "the game repeated for ever", "discounted frequency of {event}"
        )

    def batch(self, exact: Callable[[int], Model] | None = None) -> Batch | None:
        return tables_of(self, exact)


class InStages(Model):
    """Played once, in stages: a game in extensive form.

    Under Nash, correlated and rationalizable play it is the strategic form of that game, in which an action is a plan.
    """

    concepts: ClassVar[tuple[type[Concept], ...]] = (SubgamePerfect, *_ONE_PERIOD)

    @abstractmethod
    def tree(self, *, nature: bool = True) -> ExtensiveGame:
        """The game in extensive form; with ``nature=False`` chance at the end is replaced by its expectation."""

    @abstractmethod
    def avoiding_ends(self, tree: ExtensiveGame) -> tuple[int, ...]:
        """The ends of play of :meth:`tree` at which there was avoidance."""

    @classmethod
    def check_concept(cls, concept: Concept) -> None:
        if isinstance(concept, SubgamePerfect) and concept.discount is not None:
            raise UnsupportedGame(
                f"{cls.__name__} is played once, in stages, so leave the discount factor out: SubgamePerfect()"
            )
        cls._check_asked(concept)

    def event(self, event: Any = None) -> Any:
        """The ends of play without chance at which there was avoidance; no other event is known."""
        if event is not None:
            raise UnsupportedGame(
                f"{type(self).__name__} is played in stages: what happens is an end of play, and the only event it "
                "knows is its own avoidance; leave the event out"
            )
        return self.avoiding_ends(self.tree(nature=False))

    def question(self, concept: Concept, event: Any = None) -> Question[Any]:
        self.check_concept(concept)
        return Question(self.tree(nature=False), self.event(event), concept, "the game in stages")


class OverStates(Model):
    """Played over states: what is done today decides tomorrow's game."""

    concepts: ClassVar[tuple[type[Concept], ...]] = (MarkovPerfect,)

    @abstractmethod
    def stochastic_game(self, discount: Number) -> StochasticGame:
        """The stochastic game at one discount factor."""

    @property
    @abstractmethod
    def avoidance(self) -> Array:
        """Avoidance as a boolean array over action profiles, the same in each state."""

    def event(self, event: Any = None) -> Any:
        """An event over action profiles, the same in each state; default the model's own avoidance."""
        return self.avoidance if event is None else event_of(self.stochastic_game(0).stages[0], event)

    def question(self, concept: Concept, event: Any = None) -> Question[Any]:
        self.check_concept(concept)
        assert isinstance(concept, MarkovPerfect)
        game = self.stochastic_game(concept.discount)
        about = f"the game over the states {', '.join(game.states)}"
        return Question(game, self.event(event), concept, about, "share of periods in {event} in the long run")


class Private(Model):
    """Played once with private types, before which nobody knows what others know.

    An event is one over *actions*, and its probability is that before types are drawn.
    """

    concepts: ClassVar[tuple[type[Concept], ...]] = _ONE_PERIOD

    @abstractmethod
    def bayesian_game(self) -> BayesianGame:
        """The Bayesian game of one model."""

    @abstractmethod
    def stage_game(self) -> StrategicGame:
        """The strategic game it induces, in which an action is a plan for all types."""

    @property
    @abstractmethod
    def avoiding_actions(self) -> Array:
        """Avoidance as a boolean array over action profiles."""

    def event(self, event: Any = None) -> Any:
        """How likely each profile of plans leads to an event, a table of chances.

        ``event`` is one over actions (default the model's own avoidance) or a boolean array over profiles of plans.
        """
        game = self.bayesian_game()
        if isinstance(event, np.ndarray) and event.shape != game.n_actions:
            return event_of(self.stage_game(), event)
        if event is None:
            cells = self.avoiding_actions
        else:
            one_type = StrategicGame(np.zeros((game.n_players, *game.n_actions)), game.players, game.actions)
            try:
                cells = event_of(one_type, event)
            except GameError:
                return event_of(self.stage_game(), event)
        return plan_chances(game, cells)

    def question(self, concept: Concept, event: Any = None) -> Question[Any]:
        self.check_concept(concept)
        return Question(
            self.stage_game(), self.event(event), concept, "the game with private types, before they are drawn"
        )

    def batch(self, exact: Callable[[int], Model] | None = None) -> Batch | None:
        return tables_of(self, exact)


class OnNetwork(Model):
    """Played by many offices on a network, each with one action for all its mandates."""

    concepts: ClassVar[tuple[type[Concept], ...]] = (Nash, Correlated, Rationalizable)

    @abstractmethod
    def network_game(self) -> HypergraphicalGame:
        """The game of all offices."""

    @property
    @abstractmethod
    def avoidance(self) -> Array:
        """Avoidance of one mandate, over the actions of its last two offices."""

    @property
    @abstractmethod
    def mandate_actions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The actions of the last two offices of a mandate."""

    def event(self, event: Any = None) -> Any:
        """An event of one mandate, over the actions of its last two offices; default the model's own avoidance."""
        if event is None:
            return self.avoidance
        upper, lower = self.mandate_actions
        local = StrategicGame(np.zeros((2, len(upper), len(lower))), ("the office above", "the last"), (upper, lower))
        return event_of(local, event)

    def question(self, concept: Concept, event: Any = None) -> Question[Any]:
        self.check_concept(concept)
        measure = "share of mandates in {event}"
        return Question(self.network_game(), self.event(event), concept, "the game of all offices", measure)


class Measured(Model):
    """Solved in closed form: its equilibrium is told by ``measures``, and avoidance is one of them beyond a bound."""

    concepts: ClassVar[tuple[type[Concept], ...]] = (Nash,)
    mechanism: ClassVar[str] = ""
    """What the checker of certificates calls it; "" where it knows no such mechanism."""

    @property
    @abstractmethod
    def avoidance(self) -> Threshold:
        """Avoidance as a measure beyond a bound."""

    def no_equilibrium(self) -> str:
        """Why the model has no equilibrium, as a sentence without a full stop; "" where it has one."""
        return ""

    def event(self, event: Any = None) -> Any:
        """A measure beyond a bound; default the model's own avoidance."""
        if event is not None and not isinstance(event, Threshold):
            raise UnsupportedGame(
                f"{type(self).__name__} has measures and no table of payoffs; give an event as "
                f'Threshold("{next(iter(self.measures), "measure")}", ">", bound)'
            )
        return self.avoidance if event is None else event

    def question(self, concept: Concept, event: Any = None) -> Question[Any]:
        self.check_concept(concept)
        decisive = self.event(event)
        why = self.no_equilibrium()
        happens = np.zeros(self.batch_shape, dtype=bool)[()] if why else decisive.happens(self)
        return Question(ClosedForm(happens, not why, why), decisive, concept, "the mechanism in closed form")


def _is_cells(event: Any) -> bool:
    return isinstance(event, np.ndarray) and event.dtype == bool
