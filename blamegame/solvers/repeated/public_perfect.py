"""Perfect public equilibria: payoffs when only a public signal is seen, bounded from outside and from inside."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.decomposition_lp import SLACK, DecompositionLP, coordinates, directions_in
from blamegame.solvers.strategic.pure import pure_cells


@dataclass(frozen=True, eq=False, repr=False)
class PublicPerfectSet:
    """Payoffs of pure perfect public equilibria with public randomisation.

    Attributes
    ----------
    game : the repeated game with public signals
    directions : float array, shape [k, n_coordinates]
    outer : float array, shape [k]: every equilibrium payoff v has directions @ v <= outer (payoff units)
    inner : float array, shape [m, n_coordinates]: equilibrium payoffs, whose convex hull is attained too (m may be 0)
    not_playable : boolean array over cells: proved to be played at no public history of any equilibrium
    playable : boolean array over cells: proved to be played in some equilibrium
    converged : whether the iteration settled; the bounds hold all the same
    status : one sentence
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
        return f"<PublicPerfectSet at discount {self.game.discount}: {self.status}>"


def public_perfect(
    game: RepeatedGame,
    *,
    extra: Array | None = None,
    among: Array | None = None,
    directions: int | None = None,
    time_limit: float | None = None,
    most_steps: int = 2_000,
) -> PublicPerfectSet:
    """Bound the payoffs of all pure perfect public equilibria, any number of players.

    Parameters
    ----------
    game : a repeated game with :class:`~blamegame.games.monitoring.PublicSignals`
    extra : array, shape [*n_actions], optional
        A further coordinate that carries no incentive, such as an event as 0 and 1: then its discounted frequency is
        bounded with the payoffs.
    among : boolean array over cells, optional
        Consider only these action profiles, for instance because the others were proved to be never played.
    directions : how many half-spaces bound the set, default 48 in the plane and 96 in space
    time_limit : seconds; stopped early the outer bound is valid and ``converged`` is False

    Notes
    -----
    1. Outer: start from all feasible payoffs. In each direction find the furthest payoff that some action profile and
       promises inside the current bound can make, and move the half-space there. An action profile without feasible
       promises is played in no equilibrium and is dropped for good. The bounds fall, and each is valid.
    2. Inner: shrink the last outer bound a little towards its middle, and see whether it generates itself: whether the
       payoffs that promises inside it can make contain it. Pure equilibria of the stage game are always in.

    References
    ----------
    Abreu, Pearce and Stacchetti (1990), Econometrica 58; Judd, Yeltekin and Conklin (2003), Econometrica 71, for the
    inner and outer approximation by directions.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> found = public_perfect(Delegation().repeated(0.9, Delegation().outcome_signals()))
    >>> Delegation().avoidance[~found.not_playable].tolist(), int((~found.not_playable).sum())
    ([True], 1)
    """
    if not isinstance(game.monitoring, PublicSignals):
        raise UnsupportedGame("public_perfect needs public signals; under perfect monitoring use payoff_set")
    deadline = None if time_limit is None else time.monotonic() + time_limit
    table, scale, shift = coordinates(game, extra)
    spread = directions_in(len(table), directions or (48 if len(table) == 2 else 96))
    signals = game.monitoring.probabilities.astype(np.float64)
    cells = [cell for cell in np.ndindex(*game.stage.n_actions) if among is None or among[cell]]
    discount = float(game.discount)
    programmes = {cell: DecompositionLP(table, signals, cell, game.stage.n_players, discount, spread) for cell in cells}
    flat = table.reshape(len(table), -1)
    heights = (spread @ flat).max(axis=1)
    converged, stopped, steps = False, "", 0
    try:
        while steps < most_steps:
            steps += 1
            moved = _outer_step(programmes, spread, heights)
            if not programmes:
                converged = True
                break
            change = float(np.max(heights - moved))
            heights = moved
            if change < 1e-8:
                converged = True
                break
            if deadline is not None and time.monotonic() > deadline:
                stopped = f"time_limit={time_limit} s ran out; "
                break
    except KeyboardInterrupt:
        stopped = "interrupted; "
    alive = np.zeros(game.stage.n_actions, dtype=bool)
    for cell in programmes:
        alive[cell] = True
    inner, played = _inner(game, programmes, spread, heights, table)
    back = spread / scale
    length = np.linalg.norm(back, axis=1)
    outer = (heights + spread @ (shift / scale)) / length if programmes else np.full(len(spread), -np.inf)
    return PublicPerfectSet(
        game=game,
        directions=back / length[:, None],
        outer=outer,
        inner=inner * scale + shift,
        not_playable=~alive,
        playable=played,
        converged=converged,
        status=f"{stopped}{alive.sum()} of {alive.size} action profiles may be played, {played.sum()} surely are",
        stats={"steps": steps},
    )


def _outer_step(programmes: dict[Any, DecompositionLP], spread: Array, heights: Array) -> Array:
    """Heights after one application of the operator, never above the old ones; drops infeasible cells."""
    moved = np.full(len(spread), -np.inf)
    for cell in list(programmes):
        programme = programmes[cell]
        programme.confine(heights + SLACK)
        for k, direction in enumerate(spread):
            best = programme.furthest(direction)
            if best is None:
                del programmes[cell]
                break
            moved[k] = max(moved[k], best[0] + SLACK)
    lowered: Array = np.minimum(heights, moved)
    return lowered


def _inner(
    game: RepeatedGame, programmes: dict[Any, DecompositionLP], spread: Array, heights: Array, table: Array
) -> tuple[Array, Array]:
    """Points of the largest self-generating set that was found, and the cells that make them."""
    nash = [cell for cell in pure_cells(game.stage) if cell in programmes]
    played = np.zeros(game.stage.n_actions, dtype=bool)
    for cell in nash:
        played[cell] = True
    points = np.array([[layer[cell] for layer in table] for cell in nash]).reshape(-1, len(table))
    if not programmes or len(programmes) == len(nash) == 1:
        return points, played
    corners = _corners(spread, heights)
    if corners is None:
        return points, played
    middle = corners.mean(axis=0)
    for shrink in (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.2, 0.4):
        smaller = middle + (1 - shrink) * (corners - middle)
        made, cells = _generated(programmes, spread, (spread @ smaller.T).max(axis=1))
        if made is not None and _hull_contains(made, smaller):
            for cell in cells:
                played[cell] = True
            return np.concatenate([points, smaller]), played
    return points, played


def _generated(
    programmes: dict[Any, DecompositionLP], spread: Array, heights: Array
) -> tuple[Array | None, set[tuple[int, ...]]]:
    """Payoffs furthest in each direction that promises inside the half-spaces make, and the cells that make them."""
    best: list[tuple[float, Array, tuple[int, ...]] | None] = [None] * len(spread)
    for cell, programme in programmes.items():
        programme.confine(heights - SLACK)
        for k, direction in enumerate(spread):
            found = programme.furthest(direction)
            if found is None:
                break
            known = best[k]
            if np.isfinite(found[1]).all() and (known is None or found[0] > known[0]):
                best[k] = (*found, cell)
    if any(one is None for one in best):
        return None, set()
    made = [one for one in best if one is not None]
    return np.array([payoff for _, payoff, _ in made]), {cell for _, _, cell in made}


def _corners(spread: Array, heights: Array) -> Array | None:
    """Vertices of the intersection of half-spaces; None where it has no interior."""
    from scipy.optimize import linprog
    from scipy.spatial import HalfspaceIntersection, QhullError

    dimension = spread.shape[1]
    widest = linprog(
        np.append(np.zeros(dimension), -1.0),
        A_ub=np.column_stack([spread, np.ones(len(spread))]),
        b_ub=heights,
        bounds=[(None, None)] * dimension + [(0, None)],
    )
    if widest.status != 0 or widest.x[-1] < 1e-7:
        return None
    try:
        corners: Array = HalfspaceIntersection(np.column_stack([spread, -heights]), widest.x[:-1]).intersections
    except QhullError:
        return None
    return corners[np.isfinite(corners).all(axis=1)]


def _hull_contains(points: Array, inside: Array) -> bool:
    """Whether the convex hull of points contains others, by more than rounding."""
    from scipy.spatial import ConvexHull, QhullError

    try:
        faces = ConvexHull(points).equations
    except QhullError:
        return False
    return bool((faces[:, :-1] @ inside.T + faces[:, -1:] <= -SLACK).all())
