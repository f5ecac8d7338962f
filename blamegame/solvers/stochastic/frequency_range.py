"""How often an event happens in the long run, over all pure stationary Markov-perfect equilibria."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.markov_chain import long_run_shares
from blamegame.games.stationary import events_by_state
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import Array
from blamegame.solvers.stochastic.markov_perfect import ExactGame, equilibrium_cells

_DOUBTFUL = 1e-9  # a smaller float probability may be a zero, and a zero may be none


@dataclass(frozen=True, eq=False)
class FrequencyRange:
    """Long-run frequency of an event in the best and in the worst equilibrium.

    Attributes
    ----------
    best, worst : number, or float array of shape [*batch]
        Fractions where the game is exact; NaN where there is no pure stationary equilibrium.
    complete : whether every *pure stationary* equilibrium was taken into account; mixed ones never are
    """

    best: Any
    worst: Any
    complete: bool


def markov_avoidance_range(
    game: StochasticGame,
    event: Any,
    *,
    start: int | str = 0,
    exact: ExactGame | None = None,
    time_limit: float | Deadline | None = None,
) -> FrequencyRange:
    """Smallest and largest long-run frequency of an event over the pure stationary Markov-perfect equilibria.

    Parameters
    ----------
    game : a stochastic game, or a batch
    event : event over action profiles, the same in each state, or a list of one boolean array for each state
    start : the state of the first period; it matters only where play can end in several recurrent classes
    exact : ``exact(g)`` gives game ``g`` of a flattened batch in rational arithmetic, where the floats are rounded
    time_limit : seconds, optional

    Notes
    -----
    What happens only in states that are left for good counts nothing: the frequency is a long-run share of periods.
    It is exactly zero where the event happens in no recurrent state, in floats too.

    Examples
    --------
    >>> from blamegame.models.scandal import Scandal
    >>> model = Scandal()
    >>> markov_avoidance_range(model.stochastic_game(0.9), model.avoidance).worst
    1.0
    """
    found = equilibrium_cells(game, exact=exact, deadline=Deadline.of(time_limit))
    events = events_by_state(game, event)
    chains = _chains(game, found.games, found.positions, exact)
    happens = np.stack([cells.ravel()[at] for cells, at in zip(events, found.positions.T)], axis=1)
    shares = long_run_shares(chains, game.state_index(start))
    often = np.where(happens, shares, 0 * shares).sum(axis=1)
    n_games = prod(game.batch_shape)
    best, worst = (_extreme(found.games, often, n_games, side) for side in (min, max))
    if not game.batch_shape:
        ends = [end[0] if game.exact or np.isnan(float(end[0])) else float(end[0]) for end in (best, worst)]
    else:
        ends = [end.astype(np.float64).reshape(game.batch_shape) for end in (best, worst)]
    return FrequencyRange(ends[0], ends[1], complete=not found.stopped)


def _chains(game: StochasticGame, games: Array, positions: Array, exact: ExactGame | None) -> Array:
    """The chain of each equilibrium, shape [k, n_states, n_states]; zeros are zeros of the true game."""
    kind: Any = object if all(table.dtype == object for table in game.transitions) else np.float64
    tables = [t.reshape(-1, prod(stage.n_actions), game.n_states) for t, stage in zip(game.transitions, game.stages)]
    chains = np.stack([table[games, at] for table, at in zip(tables, positions.T)], axis=1).astype(kind)
    if exact is not None:
        # A rounded zero or a zero by rounding would change which states are left for good.
        for k in np.flatnonzero((chains < _DOUBTFUL).any(axis=(1, 2))).tolist():
            true = exact(int(games[k]))
            rows = [t.reshape(-1, game.n_states)[at] for t, at in zip(true.transitions, positions[k].tolist())]
            chains[k] = np.array(rows, dtype=kind)
    return chains


def _extreme(games: Array, often: Array, n_games: int, side: Any) -> Array:
    out = np.full(n_games, np.nan, dtype=often.dtype)
    better: Any = np.fmin if side is min else np.fmax
    if often.dtype == object:
        for g, value in zip(games.tolist(), often.tolist()):
            out[g] = value if out[g] != out[g] else side(out[g], value)
    else:
        better.at(out, games, often)
    return out
