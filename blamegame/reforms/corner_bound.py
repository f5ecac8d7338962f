"""A bound on success in every correlated equilibrium at the corners of a box, and so everywhere in it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, object_array


def correlated_bound(tables: Sequence[tuple[Array, Array]]) -> Fraction:
    """A bound on success in every correlated equilibrium at every corner, from one vector of multipliers; exact.

    Where obeying a recommendation is never worse on average, E[q] <= E[q + sum of multipliers x gain from obeying]
    <= the largest such sum in any cell. Where payoffs are of degree one in each parameter, the bound holds in the whole
    box that has these corners.

    Parameters
    ----------
    tables : for each corner exact payoffs, shape [2, m, n], and exact probabilities of success, shape [m, n]

    >>> from blamegame.models.delegation import Delegation
    >>> model = Delegation()  # (push, escalate) is all that a mediator can bring about
    >>> round(float(correlated_bound([(model.stage_game().payoffs, np.array(model.success()))])), 6)
    0.1
    """
    from scipy.optimize import linprog

    rows = np.concatenate([_gains_from_obeying(payoffs) for payoffs, _ in tables])
    chances = np.concatenate([success.ravel() for _, success in tables])
    count = rows.shape[1]
    proposed = linprog(
        np.append(np.zeros(count), 1.0),
        np.column_stack([rows.astype(np.float64), -np.ones(len(rows))]),
        -chances.astype(np.float64),
        bounds=[(0, 1e6)] * count + [(None, None)],
    )
    if proposed.status != 0:
        return Fraction(chances.max())
    multipliers = object_array([Fraction(max(float(y), 0.0)).limit_denominator(10**6) for y in proposed.x[:count]])
    return Fraction((chances + rows @ multipliers).max())


def _gains_from_obeying(payoffs: Array) -> Array:
    """For each cell (row) and pair of a player's actions (column), what obeying the first gains over the second."""
    shape = payoffs.shape[1:]
    columns = []
    for player in range(2):
        for action in range(shape[player]):
            for other in range(shape[player]):
                if other != action:
                    column = np.full(shape, Fraction(0), dtype=object)
                    own: Any = np.moveaxis(payoffs[player], player, 0)
                    np.moveaxis(column, player, 0)[action] = own[action] - own[other]
                    columns.append(column.ravel())
    return np.stack(columns, axis=1)
