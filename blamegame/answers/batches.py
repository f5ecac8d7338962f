"""Many tables at once: what a batch answers is what each of its items answers, sooner.

Floats find the equilibria and rationals decide wherever a comparison is near a tie; in the ranges a number is zero only
where the exact one is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.answers.dominance_first import nash_ranges_after_dominance, range_of_listed
from blamegame.answers.strategic import correlated_range
from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Nash, Rationalizable, SubgamePerfect
from blamegame.deadline import Deadline
from blamegame.games.batch import Batch
from blamegame.games.event_range import SMALLEST, Bound, Range, stacked
from blamegame.games.question import Question
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.strategic.batch import MOST_ACTIONS, MOST_OF_THE_SMALLER, equilibria_batch

_MOST_CELLS = 128


@dataclass(frozen=True, eq=False)
class Answers:
    """Of n tables: the range of each event, arrays of shape [n], and how many were decided in rational arithmetic.

    ``equilibria`` are every extreme Nash equilibrium of each table, where :func:`lists_equilibria`; else None.
    """

    ranges: tuple[Range, ...]
    exactly: int
    equilibria: Any = None


Answer = Callable[[Batch, Sequence[Array], Any, Deadline], "Answers"]


def nash_ranges(batch: Batch, events: Sequence[Array], concept: Nash, deadline: Deadline) -> Answers:
    """Over every Nash equilibrium of each table, for each event: boolean, or a table of chances."""
    if not _listed(batch.n_actions):
        found, exactly = nash_ranges_after_dominance(batch, events, deadline)
        return Answers(found, exactly)
    solved = equilibria_batch(batch)
    return Answers(
        tuple(range_of_listed(solved, event) for event in events), int(np.sum(solved.decided_exactly)), solved
    )


def correlated_ranges(batch: Batch, events: Sequence[Array], concept: Concept, deadline: Deadline) -> Answers:
    """Over every correlated or coarse correlated equilibrium of each table; doubtful ones from exact payoffs."""
    from blamegame.solvers.strategic.correlated_batch import event_bounds_batch

    equilibria, exactly = equilibria_batch(batch), np.zeros(len(batch), dtype=bool)
    found = []
    for event in events:
        if event.dtype == bool:
            coarse = isinstance(concept, CoarseCorrelated)
            ends = event_bounds_batch(batch, event, coarse=coarse, equilibria=equilibria)
            exactly |= ends.exactly
            found.append(Range.between(ends.low, ends.high))
        else:
            exactly[:] = True
            found.append(_one_by_one(batch, event, concept, deadline))
    return Answers(tuple(found), int(exactly.sum()))


def _one_by_one(batch: Batch, event: Array, concept: Concept, deadline: Deadline) -> Range:
    """Correlated ranges of a table of chances, each table by its exact linear programme."""
    chances = np.broadcast_to(event, (len(batch), *event.shape[-2:]))
    games = (StrategicGame(batch.exact(index)) for index in range(len(batch)))
    each = [correlated_range(Question(game, table, concept), deadline) for game, table in zip(games, chances)]
    return stacked(each, (len(batch),))


def rationalizable_ranges(
    batch: Batch, events: Sequence[Array], concept: Rationalizable, deadline: Deadline
) -> Answers:
    """Over every profile of actions of each table that survives iterated strict dominance."""
    from blamegame.solvers.strategic.rationalizable_batch import rationalizable_batch

    kept = rationalizable_batch(batch)
    played = kept.first[:, :, None] & kept.second[:, None, :]

    def over(event: Array) -> Range:
        chances = event.astype(np.float64)
        low = np.where(played, chances, np.inf).min(axis=(1, 2))
        high = np.where(played, chances, -np.inf).max(axis=(1, 2))
        return Range.between(low, high)

    return Answers(tuple(over(event) for event in events), int(np.sum(kept.decided_exactly)))


def frequency_ranges(batch: Batch, events: Sequence[Array], concept: SubgamePerfect, deadline: Deadline) -> Answers:
    """Over subgame-perfect play of each table repeated, between proved bounds."""
    return _frequencies(batch, events, concept, deadline, verdicts_only=False)


def frequency_verdicts(batch: Batch, events: Sequence[Array], concept: SubgamePerfect, deadline: Deadline) -> Answers:
    """The same as far as verdicts need it: where one is proved the ends may be left open."""
    return _frequencies(batch, events, concept, deadline, verdicts_only=True)


def _frequencies(
    batch: Batch, events: Sequence[Array], concept: SubgamePerfect, deadline: Deadline, *, verdicts_only: bool
) -> Answers:
    from blamegame.solvers.repeated.corridor_batch import corridor_batch
    from blamegame.solvers.repeated.frequency_batch import frequency_batch

    assert concept.discount is not None
    if concept.pure:
        pure = corridor_batch(batch, events, concept.discount)
        ranges = tuple(_pure_range(pure, best, worst) for best, worst in zip(pure.best, pure.worst))
        return Answers(ranges, int(pure.exactly.sum()))
    found = frequency_batch(batch, events, concept.discount, verdicts_only=verdicts_only, time_limit=deadline)
    return Answers(tuple(found.ranges), len(batch))


def _pure_range(found: Any, best: Array, worst: Array) -> Range:
    exists = ~np.isnan(best)
    known = found.decided & exists
    least = np.where(best > 0, np.maximum(best - found.gap, SMALLEST), 0.0)
    most = np.where(worst > 0, np.minimum(worst + found.gap, 1.0), 0.0)
    zero, one = np.where(exists, 0.0, np.nan), np.where(exists, 1.0, np.nan)
    low = Bound(*(np.where(known, end, other) for end, other in ((least, zero), (best, one))))
    high = Bound(*(np.where(known, end, other) for end, other in ((worst, zero), (most, one))))
    return Range(low, high, found.decided & (found.gap <= 1e-6), exists=exists)


BATCHES: Mapping[tuple[type, type], Answer] = MappingProxyType(
    {
        (StrategicGame, Nash): nash_ranges,
        (StrategicGame, Correlated): correlated_ranges,
        (StrategicGame, CoarseCorrelated): correlated_ranges,
        (StrategicGame, Rationalizable): rationalizable_ranges,
        (RepeatedGame, SubgamePerfect): frequency_ranges,
    }
)


VERDICTS: Mapping[tuple[type, type], Answer] = MappingProxyType({(RepeatedGame, SubgamePerfect): frequency_verdicts})
"""Rows that are quicker where only verdicts are asked for."""


def has_batch(game: Any, concept: Concept) -> bool:
    """Whether games like this one are answered at once under a concept."""
    if (type(game), type(concept)) not in BATCHES:
        return False
    if isinstance(game, StrategicGame) and isinstance(concept, Nash):
        return game.n_players > 1 and prod(game.n_actions) <= _MOST_CELLS
    return _listed((game.stage if isinstance(game, RepeatedGame) else game).n_actions)


def lists_equilibria(game: Any, concept: Concept) -> bool:
    """Whether a batch of games like this one comes with every extreme Nash equilibrium of each."""
    return isinstance(game, StrategicGame) and isinstance(concept, Nash) and _listed(game.n_actions)


def _listed(sizes: tuple[int, ...]) -> bool:
    return len(sizes) == 2 and min(sizes) <= MOST_OF_THE_SMALLER and max(sizes) <= MOST_ACTIONS


def answers(
    form: type,
    batch: Batch,
    events: Sequence[Array],
    concept: Concept,
    deadline: Deadline,
    *,
    verdicts_only: bool = False,
) -> Answers:
    """The range of each event in each table; asked only where :func:`has_batch` is true.

    An event is one for all tables, shape [*actions], or one for each, shape [n, *actions]: boolean, or a table of
    chances. With ``verdicts_only`` the ends of a range may be open where its verdict is proved.
    """
    row = BATCHES[form, type(concept)]
    return (VERDICTS.get((form, type(concept)), row) if verdicts_only else row)(batch, events, concept, deadline)
