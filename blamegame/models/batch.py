"""The stage games of a batch of models: floats to compute with, and any of the models in rational arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.batch import Batch, as_batch
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.model import Model

_CANCELLED = 1e-2  # of the largest parameter: smaller payoffs may have lost digits


def batch_of(model: Model, exact: Callable[[int], Array] | None = None) -> Batch:
    """The stage games of every model of a batch, in C order; a single model is a batch of one.

    Parameters
    ----------
    model : a model with a stage game
    exact : callable, optional
        The exact payoffs of one model of the batch, by its position; by default those of ``model.item(k).exact()``.
        Models whose parameters are all exact bring their own.

    Notes
    -----
    A payoff is a sum of a few products of parameters, so rounding moves it by a few 1e-16 of the largest parameter.
    Where a player's largest payoff is much smaller than that, digits may have cancelled: those games are computed
    exactly and rounded once. So are those that a model itself calls ill-conditioned.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> batch = batch_of(Delegation(authority=np.array([0.25, 0.5])))
    >>> batch
    <Batch of 2 games 2 x 3, 2 rounded>
    >>> bool(np.all(batch.exact(1) == Delegation(authority=0.5).exact().payoffs()))
    True
    """
    built: Any = model
    game: StrategicGame = built.stage_game()
    if game.exact:
        return as_batch(game, players=game.n_players)
    true = exact if exact is not None else _Items(model)
    payoffs = game.payoffs.reshape(-1, *game.payoffs.shape[-game.n_players - 1 :])
    doubtful = np.flatnonzero(_digits_lost(built, payoffs))
    if len(doubtful):
        payoffs = payoffs.copy()
        for index in doubtful.tolist():
            payoffs[index] = true(index).astype(np.float64)
    return Batch(payoffs, true)


def tables_of(model: Model, exact_model: Callable[[int], Model] | None = None) -> Batch | None:
    """The stage games of a model whose parameters hold arrays; None where it holds none, or a single model is given.

    ``exact_model`` gives model k of the batch where its numbers are known better than as the floats in it.
    """
    built: Any = model
    if not model.batch_shape:
        return None
    try:
        if not built.stage_game().batch_shape:
            return None
    except (ModelError, TypeError):  # whole-number parameters hold no batch
        return None
    return batch_of(model, None if exact_model is None else _Payoffs(exact_model))


def _digits_lost(model: Any, payoffs: Array) -> Array:
    """Which games may be off by more than 1e-14 of a player's largest payoff."""
    largest = np.abs(payoffs).reshape(*payoffs.shape[:2], -1).max(axis=-1).min(axis=-1)
    lost: Array = largest < _CANCELLED * _flat(_largest_parameter(model), model)
    return np.asarray(lost | _flat(model.ill_conditioned(), model))


def _flat(values: Array, model: Model) -> Array:
    return np.broadcast_to(values, model.batch_shape).reshape(-1)


def _largest_parameter(model: Model) -> Array:
    largest = np.zeros(())
    for name in model.parameters():
        largest = np.maximum(largest, np.abs(np.asarray(getattr(model, name), dtype=np.float64)))
    return largest


class _Items:
    """Payoffs of the models of a batch, each computed in rational arithmetic from the stored parameters."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self, index: int) -> Array:
        one: Any = self.model.item(index).exact()
        payoffs: Array = one.stage_game().payoffs
        return payoffs


class _Payoffs:
    """Payoffs of models that are given in rational arithmetic one by one."""

    def __init__(self, exact_model: Callable[[int], Any]) -> None:
        self.exact_model = exact_model

    def __call__(self, index: int) -> Array:
        payoffs: Array = self.exact_model(index).stage_game().payoffs
        return payoffs
