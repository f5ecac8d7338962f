"""The largest chance of an event in a piece, over what every equilibrium in it satisfies: a linear programme."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, prod

import numpy as np

from blamegame.games.strategic import Array, Profile, object_array
from blamegame.solvers.strategic.pieces.piece import SCALE, Piece, at_corners


@dataclass(frozen=True, eq=False)
class Bounded:
    """No equilibrium in the piece gives the event more than ``bound``; ``weights`` over its corners attain it."""

    piece: Piece
    bound: Fraction
    weights: Array

    @property
    def middle(self) -> Profile:
        """What each player does on average under ``weights``; exact."""
        out = []
        for player, own in enumerate(self.piece.corners):
            others = tuple(k for k in range(self.weights.ndim) if k != player)
            share = self.weights.sum(axis=others)
            out.append(
                object_array(
                    [
                        sum((w * Fraction(c[a], SCALE) for w, c in zip(share, own)), Fraction(0))
                        for a in range(len(own[0]))
                    ]
                )
            )
        return tuple(out)


def bounded(piece: Piece, tables: list[Array], event: Array, unit: int) -> Bounded | None:
    """A proved bound, or None with a proof that no equilibrium lies in the piece.

    Parameters
    ----------
    tables : each player's payoffs on the piece, as :func:`~blamegame.solvers.strategic.pieces.piece.playable` gives
        them
    event : whole numbers from 0 to ``unit`` over all profiles; chances in units of 1/``unit``

    Notes
    -----
    Write a strategy in the piece as weights over the player's corners, and mu for the product of those weights. In an
    equilibrium no action b earns more than an action a that a corner d of positive weight plays. So mu >= 0 sums to 1,
    and for each player i, corner d of i, action a that d plays, and action b:

        sum over c with c_i = d of mu(c) [u_i(b, c_-i) - u_i(a, c_-i)] <= 0.

    The largest expectation over all such mu, products or not, is a bound, found in floats and proved in whole numbers
    by its multipliers (:func:`~blamegame.solvers.linear.linear_programme.maximise`). Every objective is raised by one:
    then "sums to at most 1" may stand for "sums to 1", and the optimum is 0 just where there is no such mu.
    """
    from blamegame.solvers.linear.linear_programme import maximise

    whole = unit * SCALE ** len(piece.corners)
    objective = [int(value) + whole for value in at_corners(event, piece).ravel().tolist()]
    rows = _incentives(piece, tables)
    optimum = maximise(objective, [[1] * len(objective), *rows], [1] + [0] * len(rows))
    if optimum.value == 0:
        return None
    weights = object_array(optimum.point).reshape(piece.shape)
    return Bounded(piece, Fraction(optimum.value) / whole - 1, weights)


def _incentives(piece: Piece, tables: list[Array]) -> list[list[int]]:
    rows = []
    size = prod(piece.shape)
    for player, (own, table) in enumerate(zip(piece.corners, tables)):
        for d, corner in enumerate(own):
            where = (slice(None),) * player + (d,)
            for a, weight in enumerate(corner):
                for b in range(len(corner) if weight else 0):
                    gain = table[b] - table[a]
                    if b == a or not (gain > 0).any():
                        continue
                    row = object_array([0] * size).reshape(piece.shape)
                    row[where] = gain
                    values = row.ravel().tolist()
                    common = gcd(*values)
                    rows.append([value // common for value in values])
    return rows


def dependence(weights: Array) -> list[float]:
    """How far the weights are from each player's corners being independent of the others', for each player."""
    floats = weights.astype(np.float64)
    out = []
    for player in range(floats.ndim):
        others = tuple(k for k in range(floats.ndim) if k != player)
        apart = floats.sum(axis=others, keepdims=True) * floats.sum(axis=player, keepdims=True)
        out.append(float(np.abs(floats - apart).sum()))
    return out
