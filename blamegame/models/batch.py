"""Many models that differ in numbers only, as one batch of tables: floats to compute with, rationals to decide by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.rounded_payoffs import rounded_payoffs


@dataclass(frozen=True, eq=False)
class Batch:
    """Tables of two players, as floats, and a way back to the exact payoffs of each.

    Attributes
    ----------
    payoffs : float array, shape [n, 2, m, k], within 1e-14 of the exact ones relative to a player's largest
    exact : ``exact(i)`` gives the payoffs of table i in rational arithmetic, shape [2, m, k]
    success : probability of success in each cell, shape [n, m, k]; None where the model does not say
    """

    payoffs: Array
    exact: Callable[[int], Array]
    success: Array | None = None

    def __len__(self) -> int:
        return len(self.payoffs)

    def exactly(self) -> Array:
        """Payoffs of all tables in rational arithmetic, shape [n, 2, m, k]."""
        return np.array([self.exact(index) for index in range(len(self))])


def batch_of(model: Any, exact_model: Callable[[int], Any] | None) -> Batch | None:
    """The tables of a model whose parameters hold arrays; None where it holds none, or more than two players meet.

    ``exact_model`` gives model i where its numbers are known better than as the floats in the batch.
    """
    if not model.batch_shape:
        return None
    try:
        game: StrategicGame = model.stage_game()
    except (ModelError, TypeError):  # whole-number parameters hold no batch
        return None
    if game.n_players != 2 or not game.batch_shape:
        return None

    def exact(index: int) -> Array:
        one = model.item(index).exact() if exact_model is None else exact_model(index)
        payoffs: Array = one.stage_game().payoffs
        return payoffs

    payoffs = rounded_payoffs(model, exact)
    shape = payoffs.shape[-2:]
    success = model.success()
    table = None if success is None else np.broadcast_to(success, (*model.batch_shape, *shape)).reshape((-1, *shape))
    return Batch(payoffs.reshape((-1, 2, *shape)), exact, table)
