"""Payoff sets of repeated games of any number of players by directions, under perfect or public monitoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.directions.decomposition_lp import coordinates
from blamegame.solvers.repeated.directions.half_spaces import Cell, Programme, inner_set, outer_half_spaces
from blamegame.solvers.strategic.pure import pure_cells


@dataclass(frozen=True, eq=False, repr=False)
class DirectionalBounds:
    """Average payoffs of pure equilibria with public randomisation, between half-spaces and attained points.

    Attributes
    ----------
    game : the repeated game
    directions : float array, shape [k, n_coordinates]
    outer : float array, shape [k]: every equilibrium payoff v has directions @ v <= outer (payoff units)
    inner : float array, shape [m, n_coordinates]: equilibrium payoffs, whose convex hull is attained too (m may be 0)
    not_playable : boolean array over cells: shown to be played after no history of any equilibrium
    playable : boolean array over cells: shown to be played in some equilibrium
    converged : whether the iteration settled; the bounds hold all the same
    status : one sentence

    Notes
    -----
    Both bounds come from floating-point linear programmes whose errors are pushed outward (inward) by 1e-9 of each
    player's payoff range.
    """

    game: RepeatedGame
    directions: Array
    outer: Array
    inner: Array
    not_playable: Array
    playable: Array
    converged: bool
    status: str
    stats: Mapping[str, Any] = field(default_factory=dict)

    def range_of(self, coordinate: int) -> tuple[float, float, float, float]:
        """Bounds of one coordinate: (outer low, inner low, inner high, outer high); NaN where there is no inner set."""
        axis = np.eye(self.directions.shape[1])[coordinate]
        high = float(self.outer[np.argmax(self.directions @ axis)])
        low = -float(self.outer[np.argmax(self.directions @ -axis)])
        if not len(self.inner):
            return low, np.nan, np.nan, high
        return low, float(self.inner[:, coordinate].min()), float(self.inner[:, coordinate].max()), high

    def __repr__(self) -> str:
        return f"<DirectionalBounds at discount {self.game.discount}: {self.status}>"


def bounds_by_directions(
    game: RepeatedGame,
    programmes: dict[Cell, Programme],
    directions: Array,
    extra: Array | None,
    *,
    time_limit: float | Deadline | None,
    most_steps: int,
) -> DirectionalBounds:
    """Run the outer iteration from all feasible payoffs and the inner verification; results in payoff units."""
    table, scale, shift = coordinates(game, extra)
    start = (directions @ table.reshape(len(table), -1)).max(axis=1)
    found = outer_half_spaces(programmes, directions, start, time_limit=time_limit, most_steps=most_steps)
    alive, played = (np.zeros(game.stage.n_actions, dtype=bool) for _ in range(2))
    for cell in found.alive:
        alive[cell] = True
    nash = [cell for cell in pure_cells(game.stage) if cell in found.alive]
    points = np.array([[layer[cell] for layer in table] for cell in nash]).reshape(-1, len(table))
    inner = None if len(found.alive) == len(nash) == 1 else inner_set(programmes, directions, found)
    for cell in [*nash, *(inner.played if inner else ())]:
        played[cell] = True
    if inner is not None:
        points = np.concatenate([points, inner.points])
    back = directions / scale
    length = np.linalg.norm(back, axis=1)
    outer = (found.heights + directions @ (shift / scale)) / length if found.alive else np.full(len(length), -np.inf)
    return DirectionalBounds(
        game=game,
        directions=back / length[:, None],
        outer=outer,
        inner=points * scale + shift,
        not_playable=~alive,
        playable=played,
        converged=found.converged,
        status=f"{found.stopped}{alive.sum()} of {alive.size} action profiles may be played, {played.sum()} surely are",
        stats={"steps": found.steps},
    )
