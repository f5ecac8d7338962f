"""Ranges of games in stages: how likely play ends at a node of the event."""

from __future__ import annotations

from blamegame.deadline import Deadline
from blamegame.games.event_range import Bound, Range
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.question import Question
from blamegame.games.strategic import StrategicGame


def outcomes_range(question: Question[ExtensiveGame], deadline: Deadline) -> Range:
    """Over subgame-perfect equilibria; where mixing at a tie may lead further, between proved bounds."""
    from blamegame.solvers.extensive.outcome_range import outcome_range

    found = outcome_range(question.game, question.event, time_limit=deadline)
    if found.complete:
        return Range.between(found.lowest, found.highest)
    note = "at a tie a player may mix, and mixed play was not searched"
    return Range(Bound(found.surely, found.lowest), Bound(found.highest, found.possibly), False, note)


def over_plans(question: Question[ExtensiveGame]) -> Question[StrategicGame]:
    """The same question of the strategic form, in which an action is a plan for all of a player's moves."""
    from blamegame.solvers.extensive.reduced_form import plan_chances, reduced_strategic_form

    game = reduced_strategic_form(question.game)
    chances = plan_chances(question.game, question.event)
    return Question(game, chances, question.concept, question.about, question.measure)
