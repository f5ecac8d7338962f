"""Float payoffs of a batch of models, as close to the exact ones as the batch solvers need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from blamegame.games.strategic import Array
from blamegame.models.model import Model

_CANCELLED = 1e-2  # of the largest parameter: smaller payoffs may have lost digits


def rounded_payoffs(model: Model, exact: Callable[[int], Array]) -> Array:
    """Payoffs of a batch of two-player stage games, within 1e-14 of the exact ones relative to a player's largest.

    Parameters
    ----------
    model : a model with a stage game, whose parameters hold a batch of floats
    exact : the payoffs of one model of the batch, by its position, in rational arithmetic

    Returns
    -------
    float array, shape [*batch, 2, m, n]

    Notes
    -----
    A payoff is a sum of a few products of parameters, so rounding moves it by a few 1e-16 of the largest parameter.
    Where a player's largest payoff is much smaller than that, digits may have cancelled: those games are computed
    exactly and rounded once. So are those that a model itself calls ill-conditioned.
    """
    built: Any = model
    game = built.stage_game()
    payoffs: Array = game.payoffs
    shape = game.batch_shape
    largest = np.abs(payoffs).reshape(*shape, 2, -1).max(axis=-1).min(axis=-1)
    doubtful = largest < _CANCELLED * _largest_parameter(model)
    if hasattr(model, "ill_conditioned"):
        doubtful = doubtful | model.ill_conditioned()
    positions = np.flatnonzero(np.broadcast_to(doubtful, shape))
    if len(positions):
        payoffs = payoffs.copy()
        for index in positions.tolist():
            payoffs[np.unravel_index(index, shape)] = exact(index).astype(np.float64)
    return payoffs


def _largest_parameter(model: Model) -> Array:
    largest = np.zeros(())
    for name in model.parameters():
        largest = np.maximum(largest, np.abs(np.asarray(getattr(model, name), dtype=np.float64)))
    return largest
