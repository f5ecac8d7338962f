"""Rationalizable actions of a game whose payoffs are functions of one parameter, at a place."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.strategic import Array
from blamegame.solvers.linear.parametric_simplex import maximum
from blamegame.solvers.parametric.polynomials import over_a_common_denominator, zero_and_one
from blamegame.solvers.parametric.rational_function import Place

Survivors = tuple[tuple[int, ...], ...]


def rationalizable_actions(payoffs: Array, place: Place) -> Survivors:
    """Positions of every player's actions that survive iterated elimination by mixed strategies, at the place.

    Parameters
    ----------
    payoffs : object array, shape [n_players, *n_actions]
        :class:`~blamegame.solvers.parametric.rational_function.RationalFunction` or exact numbers.
    place : Place
        Where signs are decided. The answer is the same as far around it as no polynomial in ``place.asked`` vanishes.

    Notes
    -----
    As :func:`~blamegame.rationalizable`: an action survives a round iff it is a best reply to some belief over the
    others' surviving cells, which a linear programme decides.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from blamegame.games.strategic import StrategicGame
    >>> game = StrategicGame([[[4, 0], [0, 4], [1, 1]], [[1, 0], [0, 1], [9, 9]]])
    >>> rationalizable_actions(game.payoffs, Place(Fraction(1, 2)))
    ((0, 1), (0, 1))
    """
    tables = [over_a_common_denominator(table, place) for table in payoffs]
    kept: Survivors = tuple(tuple(range(count)) for count in payoffs.shape[1:])
    while True:
        smaller = tuple(_best_replies_to_something(tables[player], player, kept, place) for player in range(len(kept)))
        if smaller == kept:
            return kept
        kept = smaller


def _best_replies_to_something(table: Array, player: int, kept: Survivors, place: Place) -> tuple[int, ...]:
    mine = kept[player]
    rows: list[list[Any]] = np.moveaxis(table[np.ix_(*kept)], player, 0).reshape(len(mine), -1).tolist()
    zero, one = zero_and_one()
    survivors = []
    for position, row in enumerate(rows):
        gains = [[b - a for b, a in zip(other, row)] for k, other in enumerate(rows) if k != position]
        ones = [one] * len(row)
        mass, _ = maximum(ones, [ones, *gains], [one] + [zero] * len(gains), place)
        if place.sign(mass) > 0:
            survivors.append(mine[position])
    return tuple(survivors)
