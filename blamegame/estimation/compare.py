"""Two fits of the same cases: nested ones by their likelihood ratio, rivals by Vuong's test, cluster by cluster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.fit import Fit
from blamegame.estimation.problem import counts_of, pose
from blamegame.games.strategic import Array


@dataclass(frozen=True)
class Comparison:
    """A test between two fits.

    Attributes
    ----------
    test : ``"likelihood ratio"`` or ``"Vuong"``
    statistic : chi-squared on ``degrees``, or z: positive where the first fit is better
    degrees : of the likelihood ratio; 0 for Vuong's test
    p_value : of the likelihood ratio, or two-sided of z
    clusters : how many independent units the test is over
    """

    test: str
    statistic: float
    degrees: int
    p_value: float
    clusters: int

    def __str__(self) -> str:
        if self.test == "Vuong":
            closer = "first" if self.statistic > 0 else "second"
            verdict = "neither is closer" if self.p_value >= 0.05 else f"the {closer} is closer"
            return f"Vuong z {self.statistic:.2f} over {self.clusters} units (p {self.p_value:.3g}): {verdict}"
        verdict = "the restriction is not rejected" if self.p_value >= 0.05 else "the restriction is rejected"
        return f"likelihood ratio {self.statistic:.3f} on {self.degrees} (p {self.p_value:.3g}): {verdict}"


def likelihood_ratio(wide: Fit, narrow: Fit) -> Comparison:
    """Whether what ``narrow`` holds fixed and ``wide`` estimates may stay fixed.

    Clusters are not taken into account: where there are any, read it as the best case for the narrow fit's rejection.

    Raises
    ------
    CasesError
        Where the cases differ, or the unknowns of ``narrow`` are not among those of ``wide``.
    """
    from scipy.special import chdtrc

    _same_cases(wide, narrow)
    more = {u.name for u in wide.unknowns} - {u.name for u in narrow.unknowns}
    if {u.name for u in narrow.unknowns} - {u.name for u in wide.unknowns} or not more:
        raise CasesError("the first fit must estimate everything that the second does, and more; see vuong()")
    ratio = max(2 * (wide.log_likelihood - narrow.log_likelihood), 0.0)
    return Comparison("likelihood ratio", ratio, len(more), float(chdtrc(len(more), ratio)), len(wide.cases.clusters))


def vuong(one: Fit, other: Fit, *, by_cluster: bool = True) -> Comparison:
    """Which of two fits that are not nested is closer to the truth.

    z is the mean of the differences of log likelihood over its standard error; the differences are of clusters, or of
    single choices where ``by_cluster`` is false or there are no clusters.

    References
    ----------
    Vuong (1989), "Likelihood ratio tests for model selection and non-nested hypotheses", Econometrica 57.
    """
    from scipy.special import ndtr

    _same_cases(one, other)
    gap = one.log_probabilities - other.log_probabilities
    clusters = one.cases.clusters
    if by_cluster and len(clusters) > 1:
        parts = np.array([counts_of(one.cases, one.design, cluster=name) @ gap for name in clusters])
        weights = np.ones(len(parts))
    else:
        parts, weights = gap, one.problem.likelihood.counts
    n = weights.sum()
    total = float(weights @ parts)
    spread = float(weights @ parts**2 - total**2 / n) * n / max(n - 1, 1.0)
    z = total / np.sqrt(spread) if spread > 0 else float("nan")
    return Comparison("Vuong", z, 0, float(2 * ndtr(-abs(z))), int(n))


def leave_one_out(fit: Fit) -> dict[str, float]:
    """For each regime the log likelihood of its cases under the fit to all the others: what the theory foretells.

    Raises
    ------
    CasesError
        Where only one regime was observed.
    """
    names = fit.design.regime_names
    if len(names) < 2:
        raise CasesError("one regime cannot be left out; at least two are needed")
    return {name: _foretold(fit, name, [other for other in names if other != name]) for name in names}


def _foretold(fit: Fit, name: str, others: list[str]) -> float:
    rest = pose(fit.cases.only(others), fit.design.only(others), fit.theory)
    theta = rest.best(fit.theta[None]).theta
    alone = pose(fit.cases.only([name]), fit.design.only([name]), fit.theory)
    logs, _ = alone.likelihood.predict(theta)
    return float(alone.likelihood.counts @ logs[0])


def independence(fit: Fit) -> dict[str, Comparison]:
    """For each regime, whether offices chose independently given the regime (they do in equilibrium): G2 of the table.

    Needs a row per case; regimes without pairs are left out.
    """
    from scipy.special import chdtrc

    found = {}
    offices = [actions for _, actions in fit.cases.offices]
    for regime in fit.cases.regimes:
        table = _table(fit, regime, offices)
        if table.sum() == 0 or table.ndim != 2:
            continue
        table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
        seen = table > 0
        statistic = 2 * float((table[seen] * np.log(table[seen] / expected[seen])).sum())
        degrees = (table.shape[0] - 1) * (table.shape[1] - 1)
        p_value = float(chdtrc(degrees, statistic)) if degrees else 1.0
        found[regime] = Comparison("likelihood ratio", max(statistic, 0.0), degrees, p_value, int(table.sum()))
    return found


def _table(fit: Fit, regime: str, offices: list[tuple[str, ...]]) -> Array:
    table = np.zeros(tuple(map(len, offices)))
    for name, actions, count in fit.cases.pairs:
        if name == regime:
            table[tuple(known.index(action) for known, action in zip(offices, actions))] += count
    return table


def _same_cases(one: Fit, other: Fit) -> None:
    if one.cases != other.cases or one.design.regime_names != other.design.regime_names:
        raise CasesError("the two fits are of different cases or regimes; fit both to the same")
