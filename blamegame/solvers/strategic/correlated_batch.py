"""Event bounds over the correlated equilibria of many small games at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.batch import LARGEST_EXACT, Batch, smallest_integers
from blamegame.games.strategic import Array, StrategicGame, object_array
from blamegame.solvers.strategic.batch import (
    EquilibriumBatch,
    equilibria_batch,
    event_probabilities,
    in_chunks,
    two_players,
)
from blamegame.solvers.strategic.batches.event_ends import EventEnds, event_arrays, rounded_inside
from blamegame.solvers.strategic.batches.exact_incentives import smallest_probability
from blamegame.solvers.strategic.correlated import incentive_gains

_CHUNK = 1024
_LEFT = 2  # as in kernels.correlated


def event_bounds_batch(
    games: Any,
    event: Any,
    *,
    coarse: bool = False,
    equilibria: EquilibriumBatch | None = None,
    threads: int | None = None,
    chunk: int = _CHUNK,
) -> EventEnds:
    """Smallest and largest probability of an event over the correlated equilibria of each game, float64 [games] each.

    Parameters
    ----------
    games : a :class:`~blamegame.games.batch.Batch`, or whatever :func:`~blamegame.games.batch.as_batch` takes
        Payoffs of shape [*batch, 2, m, n]: any batch shape is flattened in C order. Exact numbers stay exact.
    event : boolean array, shape [m, n], or [*batch, m, n] with one event per game
    coarse : whether players only compare following the mediator with one fixed action (Moulin and Vial 1978)
    equilibria : the Nash equilibria of the games, where they are known; else they are found first
    threads, chunk : how many threads share the work and how many games each takes at a time; the answer is the same

    Raises
    ------
    GameError
        Where a shape does not fit or a payoff is not finite; it names the cell.
    UnsupportedGame
        For more players or actions; use :func:`blamegame.correlated_bounds` game by game.

    Notes
    -----
    1. Solve the games for Nash equilibria; an end that one of them attains needs no more than a proof.
    2. Drop actions removed by iterated strict dominance (not for coarse equilibria, which may play them).
    3. Dual simplex in floats from the cell of least cost. Its prices prove a bound to 1e-9; it is accepted where a Nash
       equilibrium attains it, or the vertex found does with a margin in every support and incentive that errors of the
       payoffs cannot use up.
    4. Otherwise rounding might have decided: ties, of payoffs or of mixtures of them, are exact statements, and the
       bound jumps there. The same method with fraction-free pivots then gives the exact rational from the exact
       payoffs, in 64-bit integers where they suffice.

    The answers 0 and 1 are exact: attained by a Nash equilibrium or an exact vertex, or proved without rounding; and a
    bound strictly between them is never rounded to either.

    References
    ----------
    Aumann (1974), "Subjectivity and correlation in randomized strategies"; Edmonds (1967), "Systems of distinct
    representatives and linear algebra", for fraction-free pivots; Bland (1977).

    Examples
    --------
    >>> chicken = [[[[0, 7], [2, 6]], [[0, 2], [7, 6]]]]
    >>> lowest, highest = event_bounds_batch(chicken, np.array([[True, False], [False, False]]))
    >>> lowest.tolist(), highest.round(9).tolist()
    ([0.0], [0.2])
    """
    batch = two_players(games, "event_bounds_batch")
    events = event_arrays(event, len(batch), *batch.n_actions)
    solved = equilibria_batch(batch, threads=threads) if equilibria is None else equilibria
    nash = np.column_stack(list(event_probabilities(solved, events)))
    bounds, how = _bounded(batch, events, nash, coarse, threads, chunk)
    left = np.flatnonzero(how == _LEFT)
    if len(left):
        bounds[left] = _exactly(batch, left, _events_of(events, left), nash[left], coarse)
    return EventEnds(bounds[:, 0].copy(), bounds[:, 1].copy(), solved.decided_exactly | (how != 0))


def _bounded(
    batch: Batch, events: Array, nash: Array, coarse: bool, threads: int | None, chunk: int
) -> tuple[Array, Array]:
    """Bounds [games, 2], and how the kernel found them, or whether it leaves a game to exact arithmetic."""
    from blamegame.solvers.strategic.batches.kernels.correlated import bound_chunk
    from blamegame.solvers.strategic.batches.kernels.residues import prime_tables

    primes = prime_tables()[0]
    games, rounded = batch.payoffs, batch.rounded

    def work(part: slice) -> Any:
        return bound_chunk(games[part], rounded[part], _events_of(events, part), nash[part], coarse, primes)

    parts = in_chunks(work, len(games), threads, chunk)
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _exactly(batch: Batch, left: Array, events: Array, nash: Array, coarse: bool) -> Array:
    """Bounds of the games ``left``, from their exact payoffs: small integers once more through the kernel."""
    shape = batch.payoffs.shape[1:]
    tables = [[smallest_integers(table) for table in batch.exact(g)] for g in left.tolist()]
    small = [bool(batch.rounded[g]) and max(map(max, pair)) <= LARGEST_EXACT for g, pair in zip(left.tolist(), tables)]
    bounds = np.empty((len(left), 2))
    remaining = np.flatnonzero(~np.array(small))
    whole = np.flatnonzero(small)
    if len(whole):
        integers = np.array([tables[k] for k in whole.tolist()], dtype=np.float64).reshape(-1, *shape)
        bounds[whole], how = _bounded(Batch(integers), _events_of(events, whole), nash[whole], coarse, 1, len(whole))
        remaining = np.concatenate([remaining, whole[how == _LEFT]])
    for k in remaining.tolist():
        game = StrategicGame(object_array([v for table in tables[k] for v in table]).reshape(shape))
        bounds[k] = _ends(game, events[k if len(events) > 1 else 0], nash[k], coarse)
    return bounds


def _ends(game: StrategicGame, event: Array, nash: Array, coarse: bool) -> tuple[float, float]:
    """Both ends of one exact game; an end that a Nash equilibrium attains is the end."""
    gains = incentive_gains(game, coarse)
    inside = event.ravel().tolist()
    outside = [not cell for cell in inside]
    low = 0.0 if nash[0] == 0 else rounded_inside(smallest_probability(gains, inside))
    high = 1.0 if nash[1] == 1 else rounded_inside(1 - smallest_probability(gains, outside))
    return low, high


def _events_of(events: Array, games: Any) -> Array:
    return events if len(events) == 1 else events[games]
