"""Subgame-perfect payoffs of repeated games of any number of players by directions, under perfect monitoring."""

from __future__ import annotations

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import Perfect
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.directions.decomposition_lp import PerfectProgramme, coordinates, directions_in
from blamegame.solvers.repeated.directions.directional_bounds import DirectionalBounds, bounds_by_directions
from blamegame.solvers.repeated.directions.half_spaces import Cell, Programme


def judd_yeltekin_conklin(
    game: RepeatedGame,
    *,
    extra: Array | None = None,
    directions: int | None = None,
    time_limit: float | None = None,
    most_steps: int = 2_000,
) -> DirectionalBounds:
    """Bound the payoffs of all pure subgame-perfect equilibria with public randomisation.

    For two players :func:`~blamegame.payoff_set` is exact and much faster; this is for three and more.

    Parameters
    ----------
    game : a repeated game under perfect monitoring
    extra : array, shape [*n_actions], optional
        A further coordinate that carries no incentive, such as an event as 0 and 1.
    directions : how many half-spaces bound the set, default 48 in the plane and 96 in space
    time_limit : seconds; stopped early the outer bound is valid and ``converged`` is False

    Notes
    -----
    The bounds are as fine as the directions: with few of them the inner set may be no more than the equilibria of the
    stage game, and the outer bound keeps corners that no equilibrium attains.

    References
    ----------
    Judd, Yeltekin and Conklin (2003), "Computing supergame equilibria", Econometrica 71.

    Examples
    --------
    Three players in a dilemma, each better off alone whatever the others do; impatience rules the good cell out:

    >>> import itertools
    >>> from blamegame.games.strategic import StrategicGame
    >>> payoffs = np.zeros((3, 2, 2, 2))
    >>> for cell in itertools.product((0, 1), repeat=3):
    ...     payoffs[(slice(None), *cell)] = [2 * cell.count(0) - 3 * (own == 0) for own in cell]
    >>> stage = StrategicGame(payoffs)
    >>> [bool(judd_yeltekin_conklin(RepeatedGame(stage, d), directions=14).not_playable[0, 0, 0]) for d in (0.1, 0.5)]
    [True, False]
    """
    if not isinstance(game.monitoring, Perfect):
        raise UnsupportedGame("judd_yeltekin_conklin needs perfect monitoring; with public signals use public_perfect")
    table, _, _ = coordinates(game, extra)
    spread = directions_in(len(table), directions or (48 if len(table) == 2 else 96))
    programmes: dict[Cell, Programme] = {
        cell: PerfectProgramme(table, cell, game.stage.n_players, float(game.discount), spread)
        for cell in np.ndindex(*game.stage.n_actions)
    }
    return bounds_by_directions(game, programmes, spread, extra, time_limit=time_limit, most_steps=most_steps)
