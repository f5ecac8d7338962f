"""Maximum likelihood inside bounds by damped Fisher scoring, for a batch of starts or of constrained problems at once.

The expected information is the Gauss-Newton matrix of the deviance residuals, so this is their trust-region method
with the trust region written as damping. Measured against scipy's trust-region reflective on the same residuals with
the same starts it reaches the same likelihood, and a batch of problems costs little more than one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.estimation.likelihood import Likelihood
from blamegame.games.strategic import Array

_DAMP, _EASE, _LEAST, _MOST = 8.0, 0.15, 1e-7, 1e5


@dataclass(frozen=True, eq=False)
class Ascent:
    """Where each of B ascents ended.

    Attributes
    ----------
    theta : [B, Q]
    value : log likelihood, [B]
    score, information : there, [B, Q] and [B, Q, Q]
    open : what the quadratic model still promises in log likelihood, [B]; below the tolerance it has settled
    """

    theta: Array
    value: Array
    score: Array
    information: Array
    open: Array


def ascend(
    likelihood: Likelihood,
    start: Array,
    low: Array,
    high: Array,
    *,
    tolerance: float = 1e-12,
    most_rounds: int = 60,
) -> Ascent:
    """Climb from ``start`` [B, Q] within ``low`` and ``high`` ([B, Q] or [Q]; equal where a parameter is held).

    Notes
    -----
    1. Parameters at a bound whose score points outwards stay there in this round.
    2. Solve (information + damping x its diagonal) step = score for the others, and clip to the bounds.
    3. Accept what raises the likelihood and relax the damping; else damp more.
    """
    low, high = np.broadcast_to(low, start.shape), np.broadcast_to(high, start.shape)
    theta = np.clip(start, low, high)
    value, score, information = likelihood.at(theta)
    damping = np.full(len(theta), 1e-3)
    promise = np.full(len(theta), np.inf)
    climbing = np.arange(len(theta))
    for _ in range(most_rounds):
        step, promise[climbing] = _step(
            theta[climbing], score[climbing], information[climbing], damping[climbing], low[climbing], high[climbing]
        )
        on = (promise[climbing] >= tolerance) & (damping[climbing] < _MOST)
        climbing, step = climbing[on], step[on]
        if not len(climbing):
            break
        trial = np.clip(theta[climbing] + step, low[climbing], high[climbing])
        found = likelihood.at(trial, climbing)
        better = (found[0] > value[climbing]) & np.isfinite(found[1]).all(-1)
        up = climbing[better]
        theta[up], value[up], score[up], information[up] = trial[better], *(x[better] for x in found)
        damping[climbing] = np.where(better, np.maximum(damping[climbing] * _EASE, _LEAST), damping[climbing] * _DAMP)
    return Ascent(theta, value, score, information, promise)


def _step(
    theta: Array, score: Array, information: Array, damping: Array, low: Array, high: Array
) -> tuple[Array, Array]:
    """The damped step and what the undamped model promises, with parameters held at their bounds left out."""
    held = ((theta <= low) & (score <= 0)) | ((theta >= high) & (score >= 0)) | (low >= high)
    q = theta.shape[1]
    diagonal = np.einsum("bqq->bq", information)
    floor = 1e-10 * np.maximum(diagonal.max(axis=1, keepdims=True), 1e-10)
    matrix = np.where(held[:, :, None] | held[:, None, :], 0.0, information)
    at = np.arange(q)
    matrix[:, at, at] = np.where(held, 1.0, matrix[:, at, at] + damping[:, None] * (diagonal + floor) + floor)
    right = np.where(held, 0.0, score)
    step = np.linalg.solve(matrix, right[..., None])[..., 0]
    return step, 0.5 * (step * right).sum(-1) * (1 + damping)
