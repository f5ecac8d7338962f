"""A polygon that holds the payoffs of every subgame-perfect equilibrium, mixed ones included.

Let current play be drawn by a mediator who recommends an action to each player and publishes afterwards what was
recommended; continuations may then depend on it. With x(a) the chance of cell a and y(a) in x(a) W what is promised
after it, the constraints are linear: for each player i, own action a_i and other action a_i'

    sum_b [(1-d) x(a_i, b) (g_i(a_i, b) - g_i(a_i', b)) + d (y_i(a_i, b) - m_i x(a_i, b))] >= 0,

m_i the least payoff of i in W. Whatever behaviour strategies generate with continuations in W satisfies them, so what
iterating from the feasible payoffs leaves holds every equilibrium payoff. Any multipliers lam >= 0 prove a half-plane:

    u @ v <= max over cells a and corners p of W of
             (1-d) u @ g(a) + d u @ p + sum lam_{i,a_i,a_i'} [(1-d) (g_i(a) - g_i(a_i', a_-i)) + d (p_i - m_i)].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.mediated.constraints import OnePeriod, everything, incentives
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_DIRECTIONS = 32
_CLOSEST = 0.06
"""Radians between directions; corners of half-planes that are closer would round by more than the slack."""

Pieces = Callable[[Array, Array], Sequence[OnePeriod]]
"""The kinds of play that are possible, from the corners and the threats of the polygon so far."""


@dataclass(frozen=True, eq=False)
class OuterSet:
    """Half-planes around the payoffs of all equilibria, in payoffs scaled to [0, 1] for each player.

    Attributes
    ----------
    directions : float array, shape [k, 2]; heights : float array, shape [k]: directions @ v <= heights
    corners : float array, shape [n, 2]: their hull holds every equilibrium payoff; empty where nothing is generated
    threats : float array, shape [2]: no equilibrium gives player i less
    settled : whether the iteration came to rest; the bound holds all the same
    steps : how often the operator was applied
    """

    directions: Array
    heights: Array
    corners: Array
    threats: Array
    settled: bool
    steps: int

    @property
    def empty(self) -> bool:
        """Whether nothing is generated at all."""
        return not len(self.corners)


def outer_set(
    game: RepeatedGame | ScaledGame,
    *,
    pieces: Pieces | None = None,
    within: OuterSet | None = None,
    threats: Array | None = None,
    tolerance: float = 1e-8,
    deadline: Deadline | None = None,
    most_steps: int = 3_000,
) -> OuterSet:
    """Bound the payoffs of all subgame-perfect equilibria of two players under perfect monitoring.

    Parameters
    ----------
    game : discount factor above 0
    pieces : optional, the kinds of play that are possible; default recommendations of any cells
    within : optional, a bound to start from
    threats : float array [2], optional
        Least payoffs that deviations are punished with, scaled; default those of the bound itself.
    deadline : optional; the bound is valid however early it stops

    Examples
    --------
    Rock, paper, scissors has one equilibrium payoff at every discount factor, which pure strategies miss:

    >>> from blamegame.games.strategic import StrategicGame
    >>> first = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    >>> found = outer_set(RepeatedGame(StrategicGame([first, -first]), 0.5))
    >>> bool(np.allclose(found.corners, 0.5, atol=1e-6))
    True
    """
    from blamegame.solvers.repeated.kernels.mediated import polygon_of

    deadline = deadline or Deadline()
    scaled = game if isinstance(game, ScaledGame) else ScaledGame(game)
    if pieces is None:
        whole = [incentives(tables_of(scaled), scaled.now, everything(scaled.cells.shape))]

        def pieces(corners: Array, threats: Array) -> Sequence[OnePeriod]:
            return whole

    payoffs = with_frequency(scaled.payoffs)
    directions, heights = (within.directions, within.heights.copy()) if within else _feasible(scaled)
    flat = with_frequency(directions)
    nothing = np.zeros(len(scaled.payoffs))
    room = np.empty((2 * len(directions) + 16, 2))
    best = np.empty(len(directions))
    corners = room[:0]
    steps, settled = 0, False
    while True:
        corners = room[: polygon_of(directions, heights, room)].copy()
        if not len(corners) or settled or steps >= most_steps or deadline.over:
            break
        held = corners.min(axis=0) if threats is None else threats
        best[:] = -np.inf
        for piece in pieces(corners, held):
            tops, _ = piece.reach(scaled.later, payoffs, nothing, flat, with_frequency(corners), held)
            np.maximum(best, tops, out=best)
        np.minimum(best, heights, out=best)
        settled = bool((heights - best).max() < tolerance * scaled.now)
        heights = best.copy()
        steps += 1
    least = threats if threats is not None else corners.min(axis=0) if len(corners) else np.zeros(2)
    return OuterSet(directions, heights, corners, least, settled or not len(corners), steps)


def with_frequency(points: Array, frequency: Array | float = 0.0) -> Array:
    """Points of the plane with a third coordinate, shape [n, 3]."""
    return np.column_stack([points, np.broadcast_to(np.asarray(frequency, dtype=np.float64), len(points))])


def tables_of(scaled: ScaledGame) -> Array:
    """The scaled payoffs in floats, shape [2, m, n]."""
    m, n = scaled.cells.shape
    return np.ascontiguousarray(scaled.payoffs.T.reshape(2, m, n))


def exact_tables_of(scaled: ScaledGame) -> Array:
    """The scaled payoffs exactly, shape [2, m, n]."""
    return np.array(scaled.cells.tables, dtype=object)


def _feasible(scaled: ScaledGame) -> tuple[Array, Array]:
    """Half-planes around what the stage game pays, and what each player can secure for itself."""
    from blamegame.solvers.repeated.kernels.dense_simplex import security

    payoffs = tables_of(scaled)
    directions = _directions_for(scaled.payoffs)
    heights = (directions @ scaled.payoffs.T).max(axis=1) + 1e-15
    for i, own in enumerate((payoffs[0], np.ascontiguousarray(payoffs[1].T))):
        at = int(np.argmin(directions[:, i]))
        heights[at] = min(heights[at], -security(own))
    return directions, heights


def _directions_for(payoffs: Array) -> Array:
    """Unit vectors by angle: the axes, the normals of the sides of the hull of ``payoffs``, and an even spread."""
    from blamegame.solvers.repeated.kernels.planar import convex_hull

    corners = np.empty((len(payoffs) + 2, 2))
    size = convex_hull(payoffs.copy(), len(payoffs), np.empty((len(payoffs) + 2, 2)), corners)
    sides = np.roll(corners[:size], -1, axis=0) - corners[:size]
    long = np.hypot(sides[:, 0], sides[:, 1]) > 1e-6
    normals = np.arctan2(-sides[long, 0], sides[long, 1])
    wanted = [0.0, np.pi / 2, np.pi, 3 * np.pi / 2]
    for angle in [*normals.tolist(), *(2 * np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS).tolist()]:
        turned = angle % (2 * np.pi)
        if all(abs((turned - other + np.pi) % (2 * np.pi) - np.pi) > _CLOSEST for other in wanted):
            wanted.append(turned)
    angles = np.sort(np.array(wanted))
    spread = np.column_stack([np.cos(angles), np.sin(angles)])
    spread[np.abs(spread) < 1e-15] = 0.0
    return spread
