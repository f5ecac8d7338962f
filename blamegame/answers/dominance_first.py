"""Nash ranges of many tables of any number of players: dominance first, then whoever solves what is left of each.

What is left of most tables is small: a single profile, one or two players with a choice, or three with two actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from blamegame.answers.strategic import nash_range
from blamegame.concepts import Nash
from blamegame.deadline import Deadline
from blamegame.errors import IncompleteSolution
from blamegame.games.batch import Batch
from blamegame.games.event_range import SMALLEST, Bound, Range, stacked
from blamegame.games.question import Question
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.strategic.batch import (
    MOST_ACTIONS,
    MOST_OF_THE_SMALLER,
    equilibria_batch,
    event_probabilities,
    expectation_range,
)
from blamegame.solvers.strategic.batches.cubes import Cubes, cube_equilibria
from blamegame.solvers.strategic.batches.event_ends import LARGEST_BELOW_ONE
from blamegame.solvers.strategic.batches.parts import parts

_CUBE = (2, 2, 2)


def nash_ranges_after_dominance(
    batch: Batch, events: Sequence[Array], deadline: Deadline
) -> tuple[tuple[Range, ...], int]:
    """The range of each event over every Nash equilibrium of each table, and how many were decided exactly.

    Notes
    -----
    1. Actions that are surely strictly dominated go, again and again; players with one action left are fixed.
    2. Where at most two still choose, the batch solver of two players answers, exactly near ties.
    3. Where three choose between two actions each, so does that of cubes; a game with a comparison near a tie, and all
       that is left, is answered as it would be alone.
    """
    ranges = [_Ranges(len(batch)) for _ in events]
    exactly, left = 0, list[int]()
    for part in parts(batch):
        sizes = part.batch.n_actions
        if len(sizes) == 2 and min(sizes) <= MOST_OF_THE_SMALLER and max(sizes) <= MOST_ACTIONS:
            solved = equilibria_batch(part.batch)
            exactly += int(solved.decided_exactly.sum())
            for known, event in zip(ranges, events):
                known.put(part.games, range_of_listed(solved, part.of(event)))
        elif sizes == _CUBE:
            cubes = cube_equilibria(part.batch)
            left += part.games[~cubes.sure].tolist()
            for known, event in zip(ranges, events):
                known.put(part.games[cubes.sure], _range_of_cubes(cubes, part.of(event)))
        else:
            left += part.games.tolist()
    for index in sorted(left):
        deadline.check()
        game = StrategicGame(batch.exact(index))
        for known, event in zip(ranges, events):
            table = event[index] if event.ndim > len(game.n_actions) else event
            known.put(np.array([index]), stacked([_alone(Question(game, table, Nash()), deadline)], (1,)))
    deadline.check()
    return tuple(known.as_range() for known in ranges), exactly + len(left)


def range_of_listed(solved: Any, event: Array) -> Range:
    """The range of an event, or of a table of chances, over the listed equilibria of each game of two players."""
    if event.dtype == bool:
        return Range.between(*event_probabilities(solved, event))
    least, most = expectation_range(solved, event.astype(np.float64))
    some = event_probabilities(solved, event != 0)  # where nothing can happen the chance is exactly zero
    ends = [np.where(can > 0, np.maximum(end, SMALLEST), 0.0) for can, end in zip(some, (least, most))]
    return Range.between(*ends)


def _range_of_cubes(cubes: Cubes, event: Array) -> Range:
    """The range over the equilibria of the sure cubes; ``event`` is [games, 2, 2, 2]."""
    second = cubes.chances[:, :, None]
    mixtures = np.concatenate([1 - second, second], axis=2)
    cells = np.einsum("ei,ej,ek->eijk", mixtures[:, 0], mixtures[:, 1], mixtures[:, 2])
    chances = event[cubes.game].astype(np.float64)
    value = np.clip((cells * chances).sum(axis=(1, 2, 3)), SMALLEST, LARGEST_BELOW_ONE)
    played = np.einsum("ei,ej,ek->eijk", *(mixtures[:, player] > 0 for player in range(3)))
    value[~(played & (chances > 0)).any(axis=(1, 2, 3))] = 0.0
    value[~(played & (chances < 1)).any(axis=(1, 2, 3))] = 1.0
    low, high = np.full(len(cubes.sure), np.inf), np.full(len(cubes.sure), -np.inf)
    np.minimum.at(low, cubes.game, value)
    np.maximum.at(high, cubes.game, value)
    return Range.between(low[cubes.sure], high[cubes.sure])


def _alone(question: Question[StrategicGame], deadline: Deadline) -> Range:
    """The range of one game; where a solver gives up, this game is undecided and the others are not."""
    try:
        return nash_range(question, deadline)
    except IncompleteSolution as error:
        return Range(Bound(0, 1), Bound(0, 1), False, str(error))


class _Ranges:
    """Ranges of n games, filled in as they are found."""

    def __init__(self, n_games: int) -> None:
        self.ends = np.full((4, n_games), np.nan)
        self.complete = np.zeros(n_games, dtype=bool)
        self.note = ""

    def put(self, games: Array, found: Range) -> None:
        for row, end in zip(self.ends, (found.low.lower, found.low.upper, found.high.lower, found.high.upper)):
            row[games] = end
        self.complete[games] = found.complete
        self.note = self.note or found.note

    def as_range(self) -> Range:
        low, most_of_low, least_of_high, high = self.ends
        return Range(Bound(low, most_of_low), Bound(least_of_high, high), self.complete, self.note)
