"""Ranges of play that lasts: one table, repeated for ever; discounted frequencies."""

from __future__ import annotations

from typing import Any

from blamegame.answers.strategic import nash_range
from blamegame.concepts import Nash, PublicPerfect, SubgamePerfect
from blamegame.deadline import Deadline
from blamegame.games.event_range import EMPTY, Bound, Range
from blamegame.games.question import Question
from blamegame.games.repeated import RepeatedGame

_CLOSE = 1e-6  # bounds of a frequency that are this close are one value


def frequency_range(question: Question[RepeatedGame], deadline: Deadline) -> Range:
    """Over all strategies, or the pure ones where the concept says so."""
    concept = question.concept
    assert isinstance(concept, SubgamePerfect | PublicPerfect)
    pure = _pure(question, deadline)
    if concept.pure:
        return pure
    return _with_stage_nash(question, pure, deadline)


def _with_stage_nash(question: Question[RepeatedGame], pure: Range, deadline: Deadline) -> Range:
    """What is known of all strategies: a stage equilibrium repeated is an equilibrium at every discount factor."""
    stage = nash_range(Question(question.game.stage, question.event, Nash()), deadline)
    if question.game.discount == 0:
        return stage
    low = min([stage.low.upper, *([pure.low.upper] if pure.exists else [])])
    high = max([stage.high.lower, *([pure.high.lower] if pure.exists else [])])
    note = "mixed strategies were not all examined"
    return Range(Bound(0, low), Bound(high, 1), False, note if not (low == 0 and high == 1) else "")


def _pure(question: Question[RepeatedGame], deadline: Deadline) -> Range:
    if isinstance(question.concept, SubgamePerfect):
        from blamegame.solvers.repeated.corridor import avoidance_corridor

        found: Any = avoidance_corridor(question.game, question.event)
    else:
        from blamegame.solvers.repeated.public_corridor import public_corridor

        found = public_corridor(question.game, question.event)
    if found.status == EMPTY:
        return Range.empty("no pure strategies are in equilibrium; mixed ones are")
    ends = Bound(found.best_low, found.best_high), Bound(found.worst_low, found.worst_high)
    note = "" if found.gap <= _CLOSE else "a discount factor a little further from a switch is usually easier"
    return Range(*ends, found.gap <= _CLOSE, note)
