"""Who replies best where, under every bundle of a menu: floats propose, exact arithmetic disposes."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.errors import ModelError, ReformError
from blamegame.games.strategic import Array, StrategicGame, best_reply_cells
from blamegame.models.batch import batch_of
from blamegame.reforms.adjustment import game_of
from blamegame.reforms.bundles import Bundles

_NEAR = 1e-9
"""Of a player's largest payoff: losses below this are compared exactly, and rounding moves them by less than 1e-13."""

_CHUNK = 512


class BestReplies:
    """For each bundle asked for, a boolean array [n_players, *n_actions]: whether the player replies best there.

    Two-player models that hold a batch are evaluated many bundles at a time in floating point; a bundle under which two
    replies of somebody are nearly equally good, and every other model, is evaluated in rational arithmetic.
    """

    def __init__(self, bundles: Bundles) -> None:
        self._bundles = bundles
        self._game = game_of(bundles.model)
        self._known: dict[int, Array] = {}
        self._batches = _holds_a_batch(bundles, self._game)

    def __getitem__(self, bundle: int) -> Array:
        if bundle not in self._known:
            if self._batches:
                self._fill(bundle - bundle % _CHUNK)
            else:
                self._known[bundle] = self._exact(bundle)
        return self._known[bundle]

    def _fill(self, start: int) -> None:
        stop = min(start + _CHUNK, len(self._bundles))

        def exact(index: int) -> Array:
            return game_of(self._bundles.exact(start + index)).payoffs

        payoffs = batch_of(self._bundles.batch(start, stop), exact).payoffs
        losses = np.stack([payoffs[:, i].max(axis=i + 1, keepdims=True) - payoffs[:, i] for i in range(2)], axis=1)
        largest = np.abs(payoffs).max(axis=(2, 3), keepdims=True)
        best = losses <= _NEAR * largest
        alone = [(best[:, i].sum(axis=i + 1) == 1).all(axis=1) for i in range(2)]
        for index, clear in enumerate((alone[0] & alone[1]).tolist()):
            self._known[start + index] = best[index] if clear else self._exact(start + index)

    def _exact(self, bundle: int) -> Array:
        game = game_of(self._bundles.exact(bundle))
        if game.actions != self._game.actions:
            names = " + ".join(self._bundles.names(bundle))
            raise ReformError(f"{names} changes which actions there are; a path needs the same actions throughout")
        return best_reply_cells(game)


def _holds_a_batch(bundles: Bundles, game: StrategicGame) -> bool:
    if game.n_players != 2:
        return False
    try:
        batch: Any = bundles.batch(0, 1)
        shape: tuple[int, ...] = batch.stage_game().batch_shape
    except ModelError:
        return False
    return shape == (1,)
