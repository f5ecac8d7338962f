"""Ranges of games over states: how often the event happens in the long run."""

from __future__ import annotations

from blamegame.deadline import Deadline
from blamegame.games.event_range import Bound, Range
from blamegame.games.question import Question
from blamegame.games.stochastic import StochasticGame


def long_run_range(question: Question[StochasticGame], deadline: Deadline) -> Range:
    """Over stationary Markov-perfect equilibria, mixed ones included; one always exists."""
    from blamegame.solvers.stochastic.stationary_range import stationary_range

    found = stationary_range(question.game, question.event, time_limit=deadline)
    if found.complete:
        return Range.between(found.best, found.worst)
    note = "not every mixed stationary equilibrium could be found"
    if found.best != found.best:
        return Range(Bound(0, 1), Bound(0, 1), False, note)
    return Range(Bound(0, found.best), Bound(found.worst, 1), False, note)
