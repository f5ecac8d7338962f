"""Perfect public equilibria: payoffs when only a public signal is seen, bounded from outside and from inside."""

from __future__ import annotations

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.directions.decomposition_lp import PublicProgramme, coordinates, directions_in
from blamegame.solvers.repeated.directions.directional_bounds import DirectionalBounds, bounds_by_directions
from blamegame.solvers.repeated.directions.half_spaces import Cell, Programme


def public_perfect(
    game: RepeatedGame,
    *,
    extra: Array | None = None,
    among: Array | None = None,
    directions: int | None = None,
    time_limit: float | Deadline | None = None,
    most_steps: int = 2_000,
) -> DirectionalBounds:
    """Bound the payoffs of all pure perfect public equilibria with public randomisation, any number of players.

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
       promises inside the current bound can make, and move the half-space there.
    2. Inner: shrink the last outer bound a little towards its middle, and see whether the payoffs that promises inside
       it can make contain it. Pure equilibria of the stage game are always in.

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
    table, _, _ = coordinates(game, extra)
    spread = directions_in(len(table), directions or (48 if len(table) == 2 else 96))
    signals = game.monitoring.probabilities.astype(np.float64)
    programmes: dict[Cell, Programme] = {
        cell: PublicProgramme(table, signals, cell, game.stage.n_players, float(game.discount), spread)
        for cell in np.ndindex(*game.stage.n_actions)
        if among is None or among[cell]
    }
    return bounds_by_directions(game, programmes, spread, extra, time_limit=time_limit, most_steps=most_steps)
