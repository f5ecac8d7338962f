"""Frequencies over all subgame-perfect equilibria of many small games at one discount: work where it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.batch import as_batch
from blamegame.games.event_range import SMALLEST, TRAP, UNDECIDED, Bound, Range, as_float
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.solvers.repeated.frequency import CLOSE
from blamegame.solvers.repeated.frequency_bounds import frequency_range
from blamegame.solvers.repeated.playability_batch import playable_batch
from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities


@dataclass(frozen=True, eq=False)
class FrequencyBatch:
    """For each of E events and n games, bounds of both ends of the range of frequencies.

    Attributes
    ----------
    low_lower, low_upper, high_lower, high_upper : float arrays, shape [E, n]
        The smallest frequency lies in [low_lower, low_upper], the largest in [high_lower, high_upper]; a bound is 0
        exactly where that is proved.
    status : array of str, shape [E, n]: *free*, *trap*, *entrenched*, each proved, or *undecided*
    examined : boolean array, shape [n]; False where time ran out first: then nothing but 0 to 1 is said
    """

    low_lower: Array
    low_upper: Array
    high_lower: Array
    high_upper: Array
    status: Array
    examined: Array

    @property
    def ranges(self) -> tuple[Range, ...]:
        """For each event the range of every game, as one value with arrays of shape [n]."""
        ends = zip(self.low_lower, self.low_upper, self.high_lower, self.high_upper)
        return tuple(
            Range(Bound(a, b), Bound(c, d), (b - a <= CLOSE) & (d - c <= CLOSE), event="frequency")
            for a, b, c, d in ends
        )

    @property
    def decided(self) -> Array:
        """Whether the verdict is proved for every event, shape [n]."""
        out: Array = (self.status != UNDECIDED).all(axis=0)
        return out


def frequency_batch(
    games: Any,
    events: Sequence[Array],
    discount: Number,
    *,
    verdicts_only: bool = False,
    threads: int | None = None,
    time_limit: float | Deadline | None = None,
) -> FrequencyBatch:
    """Bounds of the frequency of each event over all subgame-perfect equilibria, for each of many games.

    Parameters
    ----------
    games, discount, threads : as for :func:`~blamegame.solvers.repeated.playability_batch.playable_batch`
    events : boolean arrays over action profiles, each one for all games, shape [m, k], or one a game, shape [n, m, k]
    verdicts_only : leave ends open where the verdict is known, which saves most of the time
    time_limit : seconds, optional; games that were not reached say so in ``examined``

    Notes
    -----
    Two stage equilibria, one in the event and one outside it, settle both ends at every discount factor; with
    ``verdicts_only`` a stage equilibrium outside the event and a playable cell in it are a trap. Everything else goes
    through :func:`~blamegame.solvers.repeated.frequency_bounds.frequency_range`, from exact payoffs.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> from fractions import Fraction
    >>> model = Delegation()
    >>> found = frequency_batch(model.payoffs()[None], [model.avoidance], Fraction(9, 10))
    >>> found.status.tolist(), found.low_upper.tolist(), found.high_lower.tolist()
    ([['trap']], [[0.0]], [[1.0]])
    """
    deadline = Deadline.of(time_limit)
    batch = as_batch(games)
    n_games = len(batch)
    stage = equilibria_batch(batch, threads=threads)
    chances = [tuple(event_probabilities(stage, event)) for event in events]
    playable = playable_batch(batch, discount, threads=threads).yes if discount else None
    ends = np.zeros((4, len(events), n_games))
    ends[1] = ends[3] = 1.0
    status = np.full((len(events), n_games), UNDECIDED, dtype="<U10")
    examined = np.zeros(n_games, dtype=bool)
    for g in range(n_games):
        if deadline.over:
            break
        for k, all_events in enumerate(events):
            event = all_events if all_events.ndim == 2 else all_events[g]
            least, most = float(chances[k][0][g]), float(chances[k][1][g])
            if least == 0.0 and (most == 1.0 or (verdicts_only and (most > 0.0 or _played(playable, g, event)))):
                ends[:, k, g] = 0.0, 0.0, most or SMALLEST, 1.0
                status[k, g] = TRAP
                continue
            game = RepeatedGame(StrategicGame(batch.exact(g)), discount)
            found = frequency_range(game, event, verdict_only=verdicts_only, time_limit=deadline)
            both = (found.low.lower, found.low.upper, found.high.lower, found.high.upper)
            ends[:, k, g] = [as_float(x) for x in both]
            status[k, g] = found.status
        if deadline.stopped:  # within this game
            break
        examined[g] = True
    return FrequencyBatch(ends[0], ends[1], ends[2], ends[3], status, examined)


def _played(playable: Array | None, game: int, event: Array) -> bool:
    return playable is not None and bool(playable[game][event].any())
