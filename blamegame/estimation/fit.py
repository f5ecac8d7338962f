"""From cases to parameters: the maximum likelihood fit, and the sets of parameters that the cases do not exclude."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.cases import Cases
from blamegame.estimation.cells import Box, confidence_cells
from blamegame.estimation.clusters import cluster_covariance, clustered_cut, inflation
from blamegame.estimation.contour import Contour, contour
from blamegame.estimation.design import Design, Experiment
from blamegame.estimation.goodness import Goodness, goodness
from blamegame.estimation.problem import Problem, counts_of, pose
from blamegame.estimation.profile import Interval, curve, cut_of, flat_directions, intervals
from blamegame.estimation.quantal_response import two_offices
from blamegame.estimation.report import fit_in_words
from blamegame.estimation.scalar_logit import branches, odds_share
from blamegame.estimation.theory import QuantalResponse, Theory
from blamegame.estimation.unknown import BETWEEN, COUNTED, FREE, Unknown
from blamegame.games.strategic import Array

_LOADS = 1e-3  # on a flat direction: from here on a parameter has no point


def fit(cases: Cases, design: Design | Experiment, *, branch: str = "principal", theory: Theory | None = None) -> Fit:
    """The parameters under which the cases are likeliest.

    Parameters
    ----------
    cases : see :class:`Cases` and :func:`read_cases`
    design : regimes, facts and free parameters, or an experiment with known payoffs
    branch : of logit equilibria where several exist, ``"principal"`` or ``"best"`` (:class:`QuantalResponse`)
    theory : another theory of choice, such as ``Trembles()``; then ``branch`` has no meaning

    Raises
    ------
    CasesError
        Where cases and design do not fit together.

    Notes
    -----
    Damped Fisher scoring from five starts at once, inside the ranges, and sequential quadratic programming where the
    model fits so badly that scoring slows down. Log likelihoods leave out the multinomial constants.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> design = Design(Delegation(), {"base": [], "list": ["list"]}, free=["authority", "diffusion"], rationality=8)
    >>> cases = Cases.of_counts({
    ...     "base": {"upper": [9, 51], "lower": [3, 52, 5]}, "list": {"upper": [47, 13], "lower": [9, 49, 2]}})
    >>> found = fit(cases, design)
    >>> {name: round(value, 4) for name, value in found.estimates.items()}, round(found.log_likelihood, 4)
    ({'authority': 0.2915, 'diffusion': 0.7837}, -119.4344)
    >>> print(found.interval("authority"))
    0.1368 to 0.4127
    """
    if theory is None:
        theory = QuantalResponse(branch)
    elif branch != "principal":
        raise CasesError(f"branch={branch!r} belongs to quantal response; theory={theory!r} has none")
    problem = pose(cases, design, theory)
    return Fit(cases, design, theory, problem, problem.best().theta[0])


@dataclass(frozen=True, eq=False, repr=False)
class Fit:
    """A fit and what follows from it; built by :func:`fit`.

    Attributes
    ----------
    cases, design, theory : what was fitted to what
    problem : the likelihood and its unknowns
    theta : the maximum on the scale of the fit, [Q]
    """

    cases: Cases
    design: Design | Experiment
    theory: Theory
    problem: Problem
    theta: Array

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What was estimated: free parameters, parameters with facts, behaviour."""
        return self.problem.unknowns

    @cached_property
    def _at(self) -> tuple[float, Array, Array]:
        value, score, information = self.problem.likelihood.at(self.theta[None])
        return float(value[0]), score[0], information[0]

    @property
    def log_likelihood(self) -> float:
        """At the maximum, without the multinomial constants; counted facts are part of it."""
        return self._at[0]

    @property
    def information(self) -> Array:
        """Expected information on the scale of the fit, [Q, Q]."""
        return self._at[2]

    @cached_property
    def observed_information(self) -> Array:
        """Minus the second derivatives of the log likelihood at the maximum, [Q, Q]."""
        return self.problem.observed_information(self.theta)

    @cached_property
    def log_probabilities(self) -> Array:
        """Of each of the K cells at the maximum."""
        return np.asarray(self.problem.likelihood.predict(self.theta[None])[0][0])

    @cached_property
    def flat(self) -> Array:
        """Directions [Q, n], in units of each unknown's span, in which the cases say nothing."""
        return flat_directions(self.problem, self.theta)

    @property
    def values(self) -> dict[str, float]:
        """One maximum, by name; along a flat direction it is one of many (see :attr:`estimates`)."""
        return {u.name: u.outside(x) for u, x in zip(self.unknowns, self.theta)}

    @property
    def estimates(self) -> dict[str, float | None]:
        """The estimate of each unknown; None where a flat direction leaves no point, only a set."""
        loads = np.abs(self.flat).max(axis=1, initial=0.0) > _LOADS
        return {name: None if flat else value for (name, value), flat in zip(self.values.items(), loads)}

    @cached_property
    def goodness(self) -> Goodness:
        """Deviance and Pearson's statistic."""
        likelihood = self.problem.likelihood
        groups = len({cell[:2] for cell, n in zip(self.problem.cells, likelihood.totals) if n > 0})
        cells = int((likelihood.totals > 0).sum())
        rank = len(self.unknowns) - self.flat.shape[1]
        degrees = cells - groups - rank + len(likelihood.trials)
        return goodness(likelihood.counts, likelihood.totals, self.log_probabilities, degrees)

    @cached_property
    def cluster_scores(self) -> Array:
        """The score of each cluster at the maximum, [G, Q]."""
        slopes = self.problem.likelihood.predict(self.theta[None])[1][0]
        counts = np.array([counts_of(self.cases, self.design, cluster=c) for c in self.cases.clusters])
        return np.asarray(counts.reshape(-1, slopes.shape[1]) @ slopes.T)

    @property
    def standard_errors(self) -> dict[str, float]:
        """From the curvature of the likelihood, clustered where there are clusters, in each unknown's own unit.

        At a bound or along a flat direction they mean little; :meth:`intervals` does not share that fault.
        """
        from scipy.linalg import pinvh

        clustered = len(self.cases.clusters) > 1
        bend = self.observed_information
        covariance = cluster_covariance(self.cluster_scores, bend) if clustered else pinvh(bend)
        errors = np.sqrt(np.maximum(np.diag(covariance), 0))
        return {
            u.name: float(error * (u.outside(x) if u.logarithmic else 1))
            for u, error, x in zip(self.unknowns, errors, self.theta)
        }

    def interval(self, name: str, *, level: float = 0.95, clustered: bool | None = None) -> Interval:
        """The profile likelihood set of one unknown; see :meth:`intervals`."""
        return self.intervals([name], level=level, clustered=clustered)[name]

    def intervals(
        self,
        names: Iterable[str] | None = None,
        *,
        level: float = 0.95,
        joint: bool = False,
        clustered: bool | None = None,
    ) -> dict[str, Interval]:
        """Profile likelihood sets.

        Parameters
        ----------
        names : of unknowns; None takes all
        joint : whether all sets shall hold at once with probability ``level``: each is then the shadow of the joint
            set of the free and the counted parameters
        clustered : use the clusters of the cases; None does wherever there are at least two
        """
        places = {unknown.name: k for k, unknown in enumerate(self.unknowns)}
        wanted = list(places) if names is None else list(names)
        for name in wanted:
            if name not in places:
                raise CasesError(f"{name!r} was not estimated; that were {', '.join(places) or 'no numbers'}")
        cuts = self._cuts(level, self._degrees if joint else 1, clustered)
        positions = [places[name] for name in wanted]
        found = intervals(self.problem, self.theta, self.log_likelihood, positions, [cuts[k] for k in positions])
        return dict(zip(wanted, found))

    def profile(self, name: str, *, points: int = 41, level: float = 0.99) -> tuple[Array, Array]:
        """Values of one unknown across its set at ``level`` and the square root of the likelihood ratio there."""
        ends = self.interval(name, level=level, clustered=False)
        at = np.linspace(ends.low, ends.high, points)
        return at, self.profile_at(name, at)

    def profile_at(self, name: str, values: Array) -> Array:
        """Square root of the likelihood ratio with one unknown held at each of ``values``."""
        position = [unknown.name for unknown in self.unknowns].index(name)
        return curve(self.problem, self.theta, self.log_likelihood, position, values)

    def contour(self, one: str, two: str, *, points: int = 31, level: float = 0.95) -> Contour:
        """The likelihood ratio over two unknowns, the others re-estimated at each point."""
        names = [unknown.name for unknown in self.unknowns]
        sets = self.intervals([one, two], level=max(level, 0.99), joint=True)
        positions = (names.index(one), names.index(two))
        return contour(self.problem, self.theta, self.log_likelihood, positions, sets, points, cut_of(level, 2))

    def region(self, *, level: float = 0.90, clustered: bool | None = None) -> Box:
        """An interval for every parameter, (low, high) by name, so that all hold at once with probability ``level``.

        The shadow of the joint likelihood set of the free and counted parameters, each end rounded outwards; a fact
        that holds for certain keeps its whole interval. Precision and other numbers of behaviour are left out.

        Raises
        ------
        CasesError
            For an experiment, which has no unknown parameters of a model.
        """
        self._needs_parameters()
        names = [u.name for u in self.unknowns if u.kind in (FREE, COUNTED)]
        found = self.intervals(names, level=level, joint=True, clustered=clustered)
        return {
            u.name: self._outward(u, found.get(u.name)) for u in self.unknowns if u.kind in (FREE, COUNTED, BETWEEN)
        }

    def cells(self, *, level: float = 0.90, per_axis: int = 4, clustered: bool | None = None) -> tuple[Box, ...]:
        """The region cut into ``per_axis`` parts along every estimated parameter, without the cells the cases exclude.

        Their union covers the joint likelihood set, and is smaller than the box around it.
        """
        box = self.region(level=level, clustered=clustered)
        cuts = self._cuts(level, self._degrees, clustered)
        cut = max((cuts[k] for k, u in enumerate(self.unknowns) if u.kind in (FREE, COUNTED)), default=0.0)
        return confidence_cells(self.problem, self.theta, self.log_likelihood, box, per_axis, cut)

    @property
    def branches(self) -> dict[str, tuple[float, ...]]:
        """Every logit equilibrium of each regime at the estimate, as Pr(first action of the first office).

        Only for quantal response of two offices of which the first has two actions; {} otherwise. More than one means
        that the likelihood may have cliffs.
        """
        if not isinstance(self.theory, QuantalResponse) or [len(a) for _, a in self.design.offices][:1] != [2]:
            return {}
        if len(self.design.offices) != 2:
            return {}
        n = len(self.design.varied)
        payoffs, _ = self.design.payoffs(self.design.varied).tables(self.theta[None, :n])
        known = self.design.rationality
        rate = float(known) if known is not None else float(np.exp(self.theta[n]))
        equation = two_offices(payoffs, np.full(payoffs.shape[:2], rate))
        return {
            name: tuple(float(x) for x in odds_share(branches(equation, row)))
            for row, name in enumerate(self.design.regime_names)
        }

    @property
    def _degrees(self) -> int:
        return sum(u.kind in (FREE, COUNTED) for u in self.unknowns)

    def _cuts(self, level: float, degrees: int, clustered: bool | None) -> list[float]:
        if not 0 < level < 1:
            raise CasesError(f"level={level} is not between 0 and 1")
        n = len(self.cases.clusters)
        if clustered and n < 2:
            raise CasesError(f"the cases name {n} clusters; at least 2 are needed")
        if clustered is False or n < 2:
            return [cut_of(level, degrees)] * len(self.unknowns)
        widened = inflation(self.cluster_scores, self.observed_information)
        return [float(clustered_cut(level, degrees, n) * w) for w in widened]

    def _needs_parameters(self) -> None:
        if isinstance(self.design, Experiment):
            raise CasesError("an experiment has no unknown parameters of a model, so no region; use intervals()")

    def _outward(self, unknown: Unknown, found: Interval | None) -> tuple[Fraction, Fraction]:
        assert isinstance(self.design, Design)
        if found is None:
            fact: Any = self.design.facts[unknown.name]
            return fact.low, fact.high
        spec = self.design.model.parameters()[unknown.name]
        low = max(Fraction(int(np.floor(found.low * _GRAIN)), _GRAIN), spec.low)
        if np.isinf(found.high):
            raise CasesError(
                f"the cases leave {unknown.name} without an upper end; add a fact about it, or a regime that tells it"
            )
        high = Fraction(int(np.ceil(found.high * _GRAIN)), _GRAIN)
        return low, high if spec.high is None else min(high, spec.high)

    def __reduce__(self) -> Any:
        return _again, (self.cases, self.design, self.theory, self.theta)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Fit):
            return NotImplemented
        return (self.cases, self.theory) == (other.cases, other.theory) and np.array_equal(self.theta, other.theta)

    def __hash__(self) -> int:
        return hash((self.cases, self.theory, self.theta.tobytes()))

    def __repr__(self) -> str:
        numbers = ", ".join(f"{k} {'flat' if v is None else f'{v:.4g}'}" for k, v in self.estimates.items())
        return f"<Fit of {self.theory.in_words}: {numbers}; log likelihood {self.log_likelihood:.4f}>"

    def __str__(self) -> str:
        return fit_in_words(self)


_GRAIN = 10**6


def _again(cases: Cases, design: Design | Experiment, theory: Theory, theta: Array) -> Fit:
    return Fit(cases, design, theory, pose(cases, design, theory), theta)
