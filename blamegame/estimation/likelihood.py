"""The log likelihood of counts, its score and its expected information, for many parameter vectors at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from blamegame.games.strategic import Array

Predict = Callable[[Array], tuple[Array, Array]]
"""theta [B, Q] -> log probabilities [B, K] and their derivatives [B, Q, K]."""

_EDGE = 1e-12


@dataclass(frozen=True, eq=False)
class Likelihood:
    """Counts in K cells (regime x office x action) under choice probabilities that Q parameters decide.

    Attributes
    ----------
    predict : log probabilities and derivatives
    counts : [K], or [B, K] for a batch of data sets
    totals : observations of the cell's regime and office, [K] or [B, K]
    trials : facts k of n as (position in theta, k, n)
    """

    predict: Predict
    counts: Array
    totals: Array
    trials: tuple[tuple[int, float, float], ...] = field(default=())

    def at(self, theta: Array, rows: Array | slice = slice(None)) -> tuple[Array, Array, Array]:
        """Log likelihood [B], score [B, Q] and expected information [B, Q, Q] at ``theta`` [B, Q].

        ``rows`` says which data sets of a batch these parameter vectors belong to.
        """
        logs, slopes = self.predict(theta)
        counts = np.atleast_2d(self.counts if self.counts.ndim == 1 else self.counts[rows])
        totals = np.atleast_2d(self.totals if self.totals.ndim == 1 else self.totals[rows])
        value = (counts * logs).sum(-1)
        score = (slopes * counts[:, None]).sum(-1)
        weighted = slopes * np.sqrt(totals * np.exp(logs))[:, None]
        information = weighted @ weighted.swapaxes(1, 2)
        for position, k, n in self.trials:
            share = np.clip(theta[:, position], _EDGE, 1 - _EDGE)
            value = value + k * np.log(share) + (n - k) * np.log1p(-share)
            score[:, position] += k / share - (n - k) / (1 - share)
            information[:, position, position] += n / (share * (1 - share))
        return value, score, information
