"""One estimation problem: a likelihood, its unknowns and their bounds, and the climb to its maximum."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.cases import Cases
from blamegame.estimation.design import Design, Experiment
from blamegame.estimation.facts import Counted
from blamegame.estimation.likelihood import Likelihood
from blamegame.estimation.scoring import Ascent, ascend
from blamegame.estimation.theory import Theory
from blamegame.estimation.unknown import BETWEEN, COUNTED, FREE, Unknown, spread_starts
from blamegame.games.strategic import Array

_SETTLED = 1e-9  # of a unit of log likelihood still promised


@dataclass(frozen=True, eq=False)
class Problem:
    """What is maximised.

    Attributes
    ----------
    likelihood : of K cells and Q unknowns
    unknowns : free parameters, then facts, then behaviour
    cells : (regime, office, action) of each of the K cells
    """

    likelihood: Likelihood
    unknowns: tuple[Unknown, ...]
    cells: tuple[tuple[str, str, str], ...]

    @property
    def bounds(self) -> tuple[Array, Array]:
        """Lower and upper bounds on the scale of the fit, each [Q]."""
        return (
            np.array([u.inside(u.low) for u in self.unknowns]),
            np.array([u.inside(u.high) for u in self.unknowns]),
        )

    @property
    def starts(self) -> Array:
        """Five starts [5, Q]: the model's own values, then values spread over the ranges in a fixed order."""
        columns = [[u.inside(x) for x in np.roll(u.starts, 0 if k == 0 else k)] for k, u in enumerate(self.unknowns)]
        first = [u.inside(u.starts[0]) for u in self.unknowns]
        spread = np.array(columns).reshape(len(columns), 5).T
        return np.vstack([first, spread[1:]])

    def spread(self, n: int) -> Array:
        """``n`` points [n, Q] spread evenly over the starts' range, always the same (Roberts' R sequence)."""
        q = max(len(self.unknowns), 1)
        root = 1.5
        for _ in range(60):
            root = (1 + root) ** (1 / (q + 1))
        part = (0.5 + np.arange(1, n + 1)[:, None] * root ** -np.arange(1.0, q + 1)) % 1.0
        ends = self.starts
        low, high = ends.min(axis=0), ends.max(axis=0)
        return low + part * (high - low)

    def best(self, *more: Array) -> Ascent:
        """The highest of the climbs from the five starts (and ``more``), polished where scoring has not settled."""
        low, high = self.bounds
        starts = np.vstack([self.starts, *more]) if self.unknowns else np.zeros((1, 0))
        if not self.unknowns:
            return Ascent(starts, *self.likelihood.at(starts), np.zeros(1))
        rough = ascend(self.likelihood, starts, low, high, tolerance=1e-3, most_rounds=25)
        top = np.unique(np.argsort(-rough.value)[:2])
        found = ascend(self.likelihood, rough.theta[top], low, high)
        k = int(found.value.argmax())
        one = Ascent(*(x[k : k + 1] for x in (found.theta, found.value, found.score, found.information, found.open)))
        return one if one.open[0] < _SETTLED else self._polished(one)

    def held(self, theta: Array, low: Array, high: Array, *, tolerance: float = 1e-9) -> Ascent:
        """Climbs from ``theta`` [B, Q] within bounds of their own, [B, Q]."""
        return ascend(self.likelihood, theta, low, high, tolerance=tolerance, most_rounds=40)

    def with_counts(self, counts: Array) -> Problem:
        """The same problem with other counts of the same totals."""
        return replace(self, likelihood=replace(self.likelihood, counts=counts))

    def _polished(self, rough: Ascent) -> Ascent:
        """Sequential quadratic programming from where scoring slowed down (a poor fit bends its model)."""
        from scipy.optimize import minimize

        def down(x: Array) -> tuple[float, Array]:
            value, score, _ = self.likelihood.at(x[None])
            return -float(value[0]), -score[0]

        low, high = self.bounds
        settings = {"maxiter": 300, "ftol": 1e-14}
        found = minimize(down, rough.theta[0], jac=True, bounds=list(zip(low, high)), method="SLSQP", options=settings)
        x = np.clip(found.x, low, high)[None]
        again = ascend(self.likelihood, x, low, high)
        return again if again.value[0] >= rough.value[0] else rough


def pose(cases: Cases, design: Design | Experiment, theory: Theory) -> Problem:
    """The estimation problem of these cases.

    Raises
    ------
    CasesError
        Where cases and design do not speak of the same regimes, offices or actions, or a regime has no cases.
    """
    cells = cells_of(design)
    check(cases, design)
    counts = counts_of(cases, design)
    unknowns = unknowns_of(design, theory)
    totals = totals_of(counts, cells)
    trials = tuple(
        (k, float(fact.k), float(fact.n))
        for k, unknown in enumerate(unknowns)
        if isinstance(fact := design.facts.get(unknown.name), Counted)
    )
    predict = theory.predictor(design, design.varied, counts)
    return Problem(Likelihood(predict, counts, totals, trials), unknowns, cells)


def unknowns_of(design: Design | Experiment, theory: Theory) -> tuple[Unknown, ...]:
    """Everything that the fit estimates, in the order of theta."""
    found = []
    for name in design.varied:
        assert isinstance(design, Design)
        spec = design.model.parameters()[name]
        low, high = float(spec.low), np.inf if spec.high is None else float(spec.high)
        at, kind = float(getattr(design.model, name)), FREE
        fact = design.facts.get(name)
        if isinstance(fact, Counted):
            kind, at = COUNTED, fact.k / fact.n
        elif fact is not None:
            low, high, kind = float(fact.low), float(fact.high), BETWEEN
            at = (low + high) / 2
        found.append(Unknown(name, kind, low, high, spread_starts(low, high, at)))
    return (*found, *theory.behaviour(design))


def cells_of(design: Design | Experiment) -> tuple[tuple[str, str, str], ...]:
    """(regime, office, action) of each cell, in the order of the choice probabilities."""
    return tuple(
        (regime, office, action)
        for regime in design.regime_names
        for office, actions in design.offices
        for action in actions
    )


def counts_of(cases: Cases, design: Design | Experiment, *, cluster: str | None = None) -> Array:
    """How often each cell was seen, [K]; of one cluster if named."""
    place = {cell: k for k, cell in enumerate(cells_of(design))}
    counts = np.zeros(len(place))
    for choice in cases.choices:
        if cluster is None or choice.cluster == cluster:
            counts[place[choice.regime, choice.office, choice.action]] += choice.count
    return counts


def totals_of(counts: Array, cells: tuple[tuple[str, str, str], ...]) -> Array:
    """Observations of each cell's regime and office, [K]."""
    groups: dict[tuple[str, str], float] = {}
    for (regime, office, _), count in zip(cells, counts):
        groups[regime, office] = groups.get((regime, office), 0.0) + count
    return np.array([groups[regime, office] for regime, office, _ in cells])


def check(cases: Cases, design: Design | Experiment) -> None:
    """Refuse cases of another design."""
    if dict(cases.offices) != dict(design.offices):
        raise CasesError(
            f"the cases code {_spelled(cases.offices)}, the design has {_spelled(design.offices)}; "
            "read them with offices=design.offices"
        )
    unknown = sorted(set(cases.regimes) - set(design.regime_names))
    if unknown:
        raise CasesError(f"{unknown[0]!r} is not a regime of the design; it has {', '.join(design.regime_names)}")
    empty = [name for name in design.regime_names if name not in cases.regimes]
    if empty:
        raise CasesError(f"no case under regime {empty[0]!r}; leave it out with design.only(cases.regimes)")


def _spelled(offices: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return "; ".join(f"{office}: {', '.join(actions)}" for office, actions in offices)
