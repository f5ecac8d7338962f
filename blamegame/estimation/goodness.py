"""How well a fit fits, whatever it is better than: deviance, Pearson's statistic, observed against fitted choices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.games.strategic import Array


@dataclass(frozen=True)
class Goodness:
    """Distance between counts and fitted choices.

    Attributes
    ----------
    deviance : G2, twice the log likelihood that a perfect fit would add
    pearson : X2
    degrees : cells - regimes x offices - what was estimated (its rank)
    """

    deviance: float
    pearson: float
    degrees: int

    @property
    def p_value(self) -> float:
        """Probability of a deviance as large if the theory held and cases were independent; nan without degrees."""
        from scipy.special import chdtrc

        return float(chdtrc(self.degrees, self.deviance)) if self.degrees > 0 else float("nan")

    @property
    def dispersion(self) -> float:
        """X2 / degrees: near 1 where cases are independent and alike; more where counties differ or the fit is poor."""
        return self.pearson / self.degrees if self.degrees > 0 else float("nan")

    def __str__(self) -> str:
        if self.degrees <= 0:
            return f"G2 {self.deviance:.4g}; nothing is left to judge the fit by (degrees of freedom {self.degrees})"
        verdict = (
            "the fit is not rejected" if self.p_value >= 0.05 else "it does NOT fit: better than a rival is not enough"
        )
        return (
            f"G2 {self.deviance:.4f} on {self.degrees} degrees of freedom (p {self.p_value:.3g}), "
            f"Pearson X2/df {self.dispersion:.3f}: {verdict}"
        )


def goodness(counts: Array, totals: Array, logs: Array, degrees: int) -> Goodness:
    """The distance between ``counts`` [K] of ``totals`` and choices of log probability ``logs``."""
    fitted = totals * np.exp(logs)
    seen = counts > 0
    deviance = 2 * float((counts[seen] * (np.log(counts[seen] / totals[seen]) - logs[seen])).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(fitted > 0, (counts - fitted) ** 2 / fitted, 0.0)
    return Goodness(max(deviance, 0.0), float(parts.sum()), degrees)


def clopper_pearson(k: Array, n: Array, level: float = 0.95) -> tuple[Array, Array]:
    """Exact confidence limits of a share seen ``k`` times of ``n``.

    >>> low, high = clopper_pearson(np.array([3]), np.array([41]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0154], [0.1992])
    """
    from scipy.special import betaincinv

    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    tail = (1 - level) / 2
    low = np.where(k > 0, betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    high = np.where(k < n, betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail), 1.0)
    return low, high
