"""The parametric bootstrap: what the fit would have found had it been true and the cases drawn again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.fit import Fit
from blamegame.estimation.goodness import goodness
from blamegame.estimation.likelihood import Likelihood
from blamegame.estimation.scoring import ascend
from blamegame.estimation.theory import QuantalResponse
from blamegame.games.strategic import Array


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Refits to cases drawn from a fit.

    Attributes
    ----------
    names : of the unknowns
    values : of each draw in their own unit, [draws, Q]
    deviances : of each draw, [draws]
    p_value : share of draws that fit no better than the cases did, each counted with the cases themselves
    """

    names: tuple[str, ...]
    values: Array
    deviances: Array
    p_value: float

    @property
    def standard_errors(self) -> dict[str, float]:
        """The spread of the refitted values."""
        return dict(zip(self.names, self.values.std(axis=0, ddof=1).tolist()))


def bootstrap(fit: Fit, *, rng: np.random.Generator, draws: int = 200) -> Bootstrap:
    """Draw counts from the fitted choices ``draws`` times and fit each of them, all at once, from the estimate.

    Counts of every regime and office are multinomial with the observed totals; counted facts are binomial.

    Raises
    ------
    CasesError
        For fewer than 2 draws, or cases with clusters: drawn independently they would say nothing about clusters.
    """
    if draws < 2:
        raise CasesError(f"draws={draws}; at least 2 are needed for a spread")
    if len(fit.cases.clusters) > 1:
        raise CasesError("cases of one cluster are not drawn independently; use the clustered intervals of the fit")
    likelihood = fit.problem.likelihood
    if isinstance(fit.theory, QuantalResponse) and fit.theory.branch == "best":
        raise CasesError("branch='best' follows the observed cases; bootstrap the principal branch")
    if likelihood.trials:
        raise CasesError("a bootstrap with counted facts is not offered; use the intervals of the fit")
    counts = _drawn(fit, rng, draws)
    low, high = fit.problem.bounds
    many = Likelihood(likelihood.predict, counts, likelihood.totals)
    found = ascend(many, np.tile(fit.theta, (draws, 1)), low, high, tolerance=1e-8)
    logs, _ = likelihood.predict(found.theta)
    deviances = np.array([goodness(n, likelihood.totals, row, 0).deviance for n, row in zip(counts, logs)])
    values = np.array([[u.outside(x) for u, x in zip(fit.unknowns, theta)] for theta in found.theta])
    worse = int((deviances >= fit.goodness.deviance).sum())
    return Bootstrap(tuple(u.name for u in fit.unknowns), values, deviances, (1 + worse) / (1 + draws))


def _drawn(fit: Fit, rng: np.random.Generator, draws: int) -> Array:
    cells = fit.problem.cells
    counts = np.zeros((draws, len(cells)))
    for group in dict.fromkeys(cell[:2] for cell in cells):
        at = [k for k, cell in enumerate(cells) if cell[:2] == group]
        share = np.exp(fit.log_probabilities[at])
        total = fit.problem.likelihood.totals[at[0]]
        if total != round(total):
            raise CasesError(f"{' '.join(group)}: {total} observations are no whole number to draw")
        counts[:, at] = rng.multinomial(int(total), share / share.sum(), size=draws)
    return counts
