"""Derivatives of log probabilities by central differences, for theories whose equations nobody differentiates."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from blamegame.estimation.likelihood import Predict
from blamegame.games.strategic import Array

_STEP = 1e-5
_LEAST = 1e-300


def by_differences(probabilities: Callable[[Array], Array]) -> Predict:
    """A predictor from ``probabilities`` (theta [B, Q] -> [B, K]); differences are of second order in 1e-5."""

    def predict(theta: Array) -> tuple[Array, Array]:
        batch, q = theta.shape
        steps = _STEP * np.vstack([np.zeros((1, q)), np.eye(q), -np.eye(q)])
        points = (theta[None] + steps[:, None]).reshape(-1, q)
        logs = np.log(np.maximum(probabilities(points), _LEAST)).reshape(2 * q + 1, batch, -1)
        return logs[0], np.moveaxis((logs[1 : q + 1] - logs[q + 1 :]) / (2 * _STEP), 0, 1)

    return predict
