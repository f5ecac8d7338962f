"""Event bounds over the correlated equilibria of many small games at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.strategic import Array, StrategicGame, to_exact
from blamegame.solvers.strategic.batch import (
    equilibria_batch,
    event_arrays,
    event_probabilities,
    in_chunks,
    two_player_games,
)

_CHUNK = 1024
_LEFT = 2  # as in kernels.correlated


def event_bounds_batch(
    payoffs: Any, event: Any, *, coarse: bool = False, threads: int | None = None, chunk: int = _CHUNK
) -> tuple[Array, Array]:
    """Smallest and largest probability of an event over the correlated equilibria of each game, float64 [games] each.

    Parameters
    ----------
    payoffs : float array, shape [*batch, 2, m, n], or a :class:`StrategicGame` of two players
        Any batch shape is flattened in C order. Exact payoffs decide doubtful games as they are, unrounded.
    event : boolean array, shape [m, n], or [*batch, m, n] with one event per game
    coarse : whether players only compare following the mediator with one fixed action (Moulin and Vial 1978)
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
       equilibrium attains it, or the vertex found does with a margin in every support and incentive.
    4. Otherwise rounding might have decided: ties are exact statements, and the bound jumps there. Where the payoffs
       are small integers in some unit, fraction-free 64-bit pivots give the exact rational; the rest go to
       :func:`blamegame.correlated_bounds`, which is exact.

    The answers 0 and 1 are exact: attained by a Nash equilibrium or an exact vertex, or proved without rounding.

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
    exact = _exact_payoffs(payoffs)
    games = two_player_games(payoffs if exact is None else _shifted(exact), "event_bounds_batch")
    m, n = games.shape[2:]
    events = event_arrays(event, len(games), m, n)
    witnesses = equilibria_batch(payoffs, threads=threads)
    nash = np.stack(event_probabilities(witnesses, events), axis=1)
    from blamegame.solvers.strategic.batches.kernels.correlated import bound_chunk
    from blamegame.solvers.strategic.batches.kernels.residues import prime_tables

    primes = prime_tables()[0]
    view = games.view()
    view.setflags(write=False)  # one compiled version serves both writable and read-only arrays

    def work(part: slice) -> Any:
        return bound_chunk(view[part], events if len(events) == 1 else events[part], nash[part], coarse, primes)

    parts = in_chunks(work, len(games), threads, chunk)
    bounds = np.concatenate([part[0] for part in parts])
    how = np.concatenate([part[1] for part in parts])
    if exact is not None:
        how[_merged_by_rounding(exact, games)] = _LEFT
    left = np.flatnonzero(how == _LEFT).tolist()
    if left:
        from blamegame.solvers.strategic.correlated import correlated_bounds

        for g in left:
            single = to_exact(StrategicGame(games[g] if exact is None else exact[g]))
            ends = correlated_bounds(single, events[g if len(events) > 1 else 0], coarse=coarse)
            bounds[g] = float(ends.lowest.value), float(ends.highest.value)
    return bounds[:, 0].copy(), bounds[:, 1].copy()


def _exact_payoffs(payoffs: Any) -> Array | None:
    """The payoffs as Fractions, [games, 2, m, n], where they were given so."""
    held = payoffs.payoffs if isinstance(payoffs, StrategicGame) else payoffs
    if not (isinstance(held, np.ndarray) and held.dtype == object and held.ndim >= 3):
        return None
    return held.reshape(-1, *held.shape[-3:])


def _shifted(exact: Array) -> Array:
    """The same games with each player's smallest payoff at 0, so that floats keep the differences."""
    moved: Array = exact - exact.min(axis=(2, 3), keepdims=True)
    return moved


def _merged_by_rounding(exact: Array, games: Array) -> Array:
    """Which games have two different payoffs of a player that are the same float: no tie, but floats say so."""
    return np.array(
        [
            any(len(set(table.ravel().tolist())) != len(np.unique(rounded)) for table, rounded in zip(*pair))
            for pair in zip(exact, games)
        ]
    )
