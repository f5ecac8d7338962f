"""Ranges of play that lasts: one table, repeated for ever; discounted frequencies."""

from __future__ import annotations

from blamegame.concepts import PublicPerfect, SubgamePerfect
from blamegame.deadline import Deadline
from blamegame.games.event_range import EMPTY, Bound, Range
from blamegame.games.question import Question
from blamegame.games.repeated import RepeatedGame

_CLOSE = 1e-6  # bounds of a frequency that are this close are one value


def subgame_perfect_range(question: Question[RepeatedGame], deadline: Deadline) -> Range:
    """Over all strategies with lotteries, between proved bounds; over the pure ones where the concept says so."""
    from blamegame.solvers.repeated.frequency_bounds import frequency_range

    concept = question.concept
    assert isinstance(concept, SubgamePerfect)
    return frequency_range(question.game, question.event, pure=concept.pure, time_limit=deadline)


def public_perfect_range(question: Question[RepeatedGame], deadline: Deadline) -> Range:
    """Over all public strategies with lotteries, between proved bounds; the pure ones where the concept says so."""
    concept = question.concept
    assert isinstance(concept, PublicPerfect)
    if not concept.pure:
        from blamegame.solvers.repeated.public_frequency import public_frequency_range

        return public_frequency_range(question.game, question.event, time_limit=deadline)
    from blamegame.solvers.repeated.public_corridor import public_corridor

    found = public_corridor(question.game, question.event, time_limit=deadline)
    if found.status == EMPTY:
        return Range.empty("no pure public strategies are in equilibrium; mixed ones are")
    ends = Bound(found.best_low, found.best_high), Bound(found.worst_low, found.worst_high)
    note = "" if found.gap <= _CLOSE else "a discount factor a little further from a switch is usually easier"
    return Range(*ends, found.gap <= _CLOSE, note)
