"""Which pure stationary profiles are equilibria, for many games at once: yes, no, or too near a tie for floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import Array

NO, YES, UNSURE = 0, 1, 2
_NO_PATIENCE = 2.0**-40  # a discount factor this near 1 is left to exact arithmetic
_TINY, _HUGE = 1e-250, 1e250  # outside these a float sum may under- or overflow


@dataclass(frozen=True, eq=False)
class Tables:
    """A batch of games with each state's action profiles in one row.

    Attributes
    ----------
    payoffs : one array per state, shape [n_games, n_cells, n_players], each player scaled to at most 1 in size
    transitions : one array per state, shape [n_games, n_cells, n_states]
    deviations : for each state and player, shape [n_cells, n_actions]: the cells that player can move to
    margin : shape [n_games]: differences of values below it may be rounding; infinite where floats are no use
    discount : float
    """

    payoffs: tuple[Array, ...]
    transitions: tuple[Array, ...]
    deviations: tuple[tuple[Array, ...], ...]
    margin: Array
    discount: float

    @property
    def n_cells(self) -> tuple[int, ...]:
        return tuple(table.shape[1] for table in self.payoffs)


def tables_of(game: StochasticGame) -> Tables:
    """The tables of a game or of a batch, flattened; payoffs may be off by 1e-14 of a player's largest."""
    n_states, n_players = game.n_states, game.n_players
    payoffs, sound = _scaled(game)
    n_games = len(payoffs[0])
    transitions = tuple(t.reshape(n_games, -1, n_states).astype(np.float64) for t in game.transitions)
    deviations = tuple(tuple(_moves(stage.n_actions, player) for player in range(n_players)) for stage in game.stages)
    # In units of the largest payoff, values solve (I - d P) v = (1 - d) u, whose inverse has row sums 1 / (1 - d);
    # elimination of a diagonally dominant system commits an error of a few n units of rounding before that inverse.
    patience = float(1 - game.exact_discount)
    sound &= patience > _NO_PATIENCE
    margin = np.where(sound, 2.0**-44 * (n_states + 8) ** 2 / max(patience, _NO_PATIENCE), np.inf)
    return Tables(payoffs, transitions, deviations, margin, float(game.discount) if patience > _NO_PATIENCE else 0.5)


def screen(tables: Tables, profiles: Sequence[Array]) -> Array:
    """Verdicts for pure stationary profiles, int8 array of shape [n_games, n_profiles].

    ``profiles`` holds for each state the position of the action profile that each stationary profile plays there,
    shape [n_profiles].
    """
    weight = tables.discount
    n_states = len(tables.payoffs)
    stage = np.stack([table[:, cells] for table, cells in zip(tables.payoffs, profiles)], axis=2)
    chain = np.stack([table[:, cells] for table, cells in zip(tables.transitions, profiles)], axis=2)
    with np.errstate(all="ignore"):
        values = np.linalg.solve(np.eye(n_states) - weight * chain, (1 - weight) * stage)
        verdict = np.full(stage.shape[:2], YES, dtype=np.int8)
        margin = tables.margin[:, None]
        for s, cells in enumerate(profiles):
            for player, moves in enumerate(tables.deviations[s]):
                best = np.full(verdict.shape, -np.inf)
                for action in range(moves.shape[1]):
                    to = moves[cells, action]
                    later = (tables.transitions[s][:, to] * values[..., player]).sum(axis=-1)
                    worth = (1 - weight) * tables.payoffs[s][:, to, player] + weight * later
                    best = np.maximum(best, np.where(to == cells, -np.inf, worth))
                gain = best - values[:, :, s, player]
                verdict[(verdict != NO) & ~(gain < -margin)] = UNSURE
                verdict[gain > margin] = NO
    return verdict


def _scaled(game: StochasticGame) -> tuple[tuple[Array, ...], Array]:
    """Float payoffs with each player's largest at 1, and whether that could be done soundly."""
    flat = [
        np.moveaxis(g.payoffs.reshape(-1, game.n_players, *g.n_actions), 1, -1).reshape(
            -1, int(np.prod(g.n_actions)), game.n_players
        )
        for g in game.stages
    ]
    largest: Any = np.stack([np.abs(table).max(axis=1) for table in flat]).max(axis=0)
    if any(table.dtype == object for table in flat):
        one: Any = Fraction(1)
        unit = np.where(np.equal(largest, 0), one, largest)
        return tuple((t / unit[:, None]).astype(np.float64) for t in flat), np.ones(len(largest), dtype=bool)
    sound = ((largest == 0) | ((largest > _TINY) & (largest < _HUGE))).all(axis=1)
    unit = np.where((largest > _TINY) & (largest < _HUGE), largest, 1.0)
    return tuple(t / unit[:, None] for t in flat), sound


def _moves(n_actions: tuple[int, ...], player: int) -> Array:
    grid = np.arange(int(np.prod(n_actions))).reshape(n_actions)
    rows = np.moveaxis(grid, player, -1)
    spread = np.broadcast_to(rows[..., None, :], (*rows.shape, n_actions[player]))
    return np.moveaxis(spread, -2, player).reshape(-1, n_actions[player])
