"""Ranges over the equilibria of a table of payoffs, played once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.concepts import CoarseCorrelated, Logit
from blamegame.deadline import Deadline
from blamegame.games.event import event_probability, expectation
from blamegame.games.event_range import SMALLEST, Bound, Range, as_float
from blamegame.games.question import Question
from blamegame.games.strategic import Array, Profile, StrategicGame, object_array
from blamegame.solvers.strategic.dominance_first import Left, left_of

if TYPE_CHECKING:
    from blamegame.solvers.solution import Solution
    from blamegame.solvers.strategic.event_range_nash import NashEventRange

_FEW_PIECES = 8
_FEW_BOXES = 2_000

StrategicQuestion = Question[StrategicGame]


def nash_range(question: StrategicQuestion, deadline: Deadline) -> Range:
    """Over every Nash equilibrium; both ends proved.

    Of two players the probability of an event is bilinear in their strategies, and their equilibria are a union of
    products of polytopes whose vertices are the extreme equilibria (Jansen 1981), so extreme equilibria attain both
    ends. A game of more is first left to the players with a choice after iterated strict dominance. Where three or more
    have one, the ends are exact where equilibria meet proved bounds or all equilibria are isolated, else known to 1e-6.
    """
    game = question.game
    if game.n_players <= 2:
        return _range_of_two(question, deadline)
    left = left_of(game)
    asked = Question(left.game, left.table(question.event), question.concept)
    found = _range_of_two(asked, deadline) if left.game.n_players <= 2 else _range_of_many(asked, deadline)
    return replace(found, low=_in_the_whole(left, found.low), high=_in_the_whole(left, found.high))


def _range_of_two(question: StrategicQuestion, deadline: Deadline) -> Range:
    solution = every_nash(question.game, deadline)
    least, most = _ends([(chance(profile, question.event), profile) for profile in solution.equilibria])
    if solution.complete:
        return Range(least, most)
    from blamegame.solvers.strategic.correlated import expectation_bounds

    outer = expectation_bounds(question.game, as_chances(question.event))
    low, high = outer.lowest.value, outer.highest.value
    if not solution.equilibria:
        return Range(Bound(low, high), Bound(low, high), False, solution.status)
    return Range(
        Bound(min(low, least.upper), least.upper, least.witness),
        Bound(most.lower, max(high, most.lower), most.witness),
        False,
        solution.status,
    )


def _range_of_many(question: StrategicQuestion, deadline: Deadline) -> Range:
    from blamegame.solvers.strategic.event_range_nash import event_range_nash
    from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria

    chances = as_chances(question.event)
    quick = event_range_nash(question.game, chances, most_pieces=_FEW_PIECES, time_limit=deadline)
    if not _is_exact(quick) and not deadline.over:
        listed = isolated_equilibria(question.game, time_limit=deadline, most_boxes=_FEW_BOXES)
        if listed.complete:
            return Range(*_ends([(chance(profile, question.event), profile) for profile in listed.equilibria]))
        quick = event_range_nash(question.game, chances, time_limit=deadline)
    low, high = quick.lowest, quick.highest
    attained = 1 if low.attained is None else low.attained, 0 if high.attained is None else high.attained
    known = _is_close(quick)
    note = "" if known else quick.stopped or "bounded between an equilibrium and what none can pass; allow more time"
    return Range(
        Bound(low.proved, attained[0], low.witness), Bound(attained[1], high.proved, high.witness), known, note
    )


def _is_exact(found: NashEventRange) -> bool:
    return all(end.attained == end.proved for end in (found.lowest, found.highest))


def _is_close(found: NashEventRange) -> bool:
    return all(
        end.attained is not None and abs(end.attained - end.proved) <= Fraction(1, 10**6)
        for end in (found.lowest, found.highest)
    )


def _in_the_whole(left: Left, end: Bound) -> Bound:
    return end if end.witness is None else Bound(end.lower, end.upper, left.profile(end.witness))


def correlated_range(question: StrategicQuestion, deadline: Deadline) -> Range:
    """Over every correlated or coarse correlated equilibrium, of any number of players; both ends proved."""
    from blamegame.solvers.strategic.correlated import expectation_bounds

    coarse = isinstance(question.concept, CoarseCorrelated)
    bounds = expectation_bounds(question.game, as_chances(question.event), coarse=coarse)
    low, high = (Bound.exactly(end.value, end.distribution) for end in (bounds.lowest, bounds.highest))
    return Range(low, high)


def rationalizable_range(question: StrategicQuestion, deadline: Deadline) -> Range:
    """Over every profile of actions that survive iterated strict dominance."""
    from blamegame.solvers.strategic.rationalizable import rationalizable

    kept = rationalizable(question.game)
    chances = as_chances(question.event)[np.ix_(*kept)]
    ends = [np.unravel_index(int(side(chances)), chances.shape) for side in (_first_least, _first_most)]
    cells = [tuple(int(k[a]) for k, a in zip(kept, end)) for end in ends]
    low, high = (Bound.exactly(chances[end], cell) for end, cell in zip(ends, cells))
    return Range(low, high)


def logit_range(question: StrategicQuestion, deadline: Deadline) -> Range:
    """On the principal branch of logit equilibria; every action is played, so an event that can happen does.

    Notes
    -----
    At finite rationality a logit equilibrium has full support. So the probability of an event with a cell in it is
    positive in *every* logit equilibrium, and that of an event without all cells is below one, whatever branch.
    """
    from blamegame.solvers.strategic.logit import logit

    concept = question.concept
    assert isinstance(concept, Logit)
    chances = as_chances(question.event)
    floor, roof = (SMALLEST, 1.0) if np.any(chances != 0) else (0.0, 0.0)
    rationality = float(concept.rationality)
    path = logit(question.game, most_rationality=rationality)
    found = [
        (min(max(float(expectation(profile, chances.astype(np.float64))), floor), roof), profile)
        for profile in (path.at(rationality) if path.complete else ())
    ]
    if not found:
        return Range(Bound(floor, roof), Bound(floor, roof), False, path.status)
    return Range(*_ends(found), False, "on the principal branch; other logit equilibria may exist")


def every_nash(game: StrategicGame, deadline: Deadline) -> Solution:
    """Every Nash equilibrium of a game in which at most two have a choice after dominance, or the isolated ones."""
    from blamegame.solvers.strategic.nash import nash

    if game.n_players <= 2:
        return nash(game, time_limit=deadline)
    left = left_of(game)
    if left.game.n_players <= 2:
        found = nash(left.game, time_limit=deadline)
        whole = [left.profile(profile) for profile in found.equilibria]
        if not game.exact:
            whole = [tuple(np.array([as_float(p) for p in strategy]) for strategy in profile) for profile in whole]
        return replace(found, game=game, equilibria=tuple(whole))
    from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria

    return isolated_equilibria(game, time_limit=deadline)


def chance(profile: Profile, event: Array) -> Any:
    """Probability of an event, or expectation of a table of chances, under one profile."""
    return event_probability(profile, event) if event.dtype == bool else expectation(profile, event)


def as_chances(event: Array) -> Array:
    """An event as a table of exact chances."""
    if event.dtype != bool:
        return event
    return object_array([Fraction(int(inside)) for inside in event.ravel().tolist()]).reshape(event.shape)


def _ends(found: list[tuple[Any, Profile]]) -> tuple[Bound, Bound]:
    if not found:
        return Bound(0, 1), Bound(0, 1)
    return (
        Bound.exactly(*min(found, key=lambda pair: pair[0])),
        Bound.exactly(*max(found, key=lambda pair: pair[0])),
    )


def _first_least(table: Array) -> Any:
    return min(range(table.size), key=table.ravel().__getitem__)


def _first_most(table: Array) -> Any:
    return max(range(table.size), key=table.ravel().__getitem__)
