"""Whether (coarse) correlated equilibria can, or must, touch an event, where payoffs are functions of a parameter."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.strategic import Array
from blamegame.solvers.linear.parametric_simplex import maximum
from blamegame.solvers.parametric.polynomials import over_a_common_denominator, zero_and_one
from blamegame.solvers.parametric.rational_function import Place


def correlated_verdict(payoffs: Array, event: Array, place: Place, *, coarse: bool = False) -> tuple[bool, bool]:
    """Whether every equilibrium of the game at the place touches the event, and whether some equilibrium does.

    Parameters
    ----------
    payoffs : object array, shape [n_players, *n_actions]
        :class:`~blamegame.solvers.parametric.rational_function.RationalFunction` or exact numbers.
    event : boolean array, shape [*n_actions]
    place : Place
        Where signs are decided. The answer is the same as far around it as no polynomial in ``place.asked`` vanishes.
    coarse : coarse correlated in place of correlated equilibria

    Notes
    -----
    The linear programmes of :func:`~blamegame.correlated_bounds`, whose values are quotients of polynomials here; only
    the signs of the smallest and of the largest probability are asked.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from blamegame.games.strategic import StrategicGame
    >>> chicken = StrategicGame([[[0, 7], [2, 6]], [[0, 2], [7, 6]]])
    >>> crash = np.array([[True, False], [False, False]])
    >>> correlated_verdict(chicken.payoffs, crash, Place(Fraction(1, 2)))
    (False, True)
    """
    zero, one = zero_and_one()
    gains = [row for player in range(len(payoffs)) for row in _gains(payoffs[player], player, coarse, place)]
    matrix, bounds = [[one] * event.size, *gains], [one] + [zero] * len(gains)
    inside = event.ravel().tolist()

    def largest(weight_inside: int, weight_outside: int) -> tuple[Any, Any]:
        return maximum([one * (weight_inside if cell else weight_outside) for cell in inside], matrix, bounds, place)

    least, scale = largest(1, 2)  # the largest mean weight is 2 - the smallest probability of the event
    every = place.sign(2 * scale - least) > 0
    most, scale = largest(2, 1)  # and 1 + its largest probability
    return every, place.sign(most - scale) > 0


def _gains(table: Array, player: int, coarse: bool, place: Place) -> list[list[Any]]:
    """What the player gains in each cell by every deviation, up to one positive factor; a row for each incentive."""
    scaled = over_a_common_denominator(table, place)
    count = scaled.shape[player]
    rows = []
    for deviation in range(count):
        gains = np.take(scaled, [deviation], axis=player) - scaled
        if coarse:
            rows.append(gains.ravel().tolist())
            continue
        for obeyed in range(count):
            if obeyed != deviation:
                only = 0 * gains
                where = (slice(None),) * player + (obeyed,)
                only[where] = gains[where]
                rows.append(only.ravel().tolist())
    return rows
