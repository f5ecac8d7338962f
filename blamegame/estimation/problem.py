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
_STUCK = 1e-3  # promised, and yet no step finds it: a cliff
_SCATTER, _AROUND = (3e-2, 1e-2, 3e-3, 1e-3), 12
_LOOKS = 25  # closer, and a parameter that makes a tie exact would be hit


@dataclass(frozen=True, eq=False)
class Problem:
    """What is maximised.

    Attributes
    ----------
    likelihood : of K cells and Q unknowns
    unknowns : free parameters, then facts, then behaviour
    cells : (regime, office, action) of each of the K cells
    scan : how many points to look at before the climbs, where the likelihood has many humps
    smooth : whether it has no steps
    """

    likelihood: Likelihood
    unknowns: tuple[Unknown, ...]
    cells: tuple[tuple[str, str, str], ...]
    scan: int = 0
    smooth: bool = True

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
        """``n`` points [n, Q] spread evenly over the starts' range, always the same."""
        ends = self.starts
        low, high = ends.min(axis=0), ends.max(axis=0)
        return np.asarray(low + _even(n, len(self.unknowns)) * (high - low))

    def best(self, *more: Array) -> Ascent:
        """The highest of the climbs from the five starts (and ``more``), polished where scoring has not settled."""
        low, high = self.bounds
        starts = np.vstack([self.starts, *more]) if self.unknowns else np.zeros((1, 0))
        if not self.unknowns:
            return Ascent(starts, *self.likelihood.at(starts), np.zeros(1))
        if self.scan:
            points = self.spread(self.scan)
            order = np.argsort(-self.likelihood.at(points)[0])
            starts = np.vstack([starts, points[order[:5]]])
        if not self.smooth:
            return self._closest(starts)
        rough = ascend(self.likelihood, starts, low, high, tolerance=1e-2, most_rounds=12)
        top = np.unique(np.argsort(-rough.value)[:2])
        found = ascend(self.likelihood, rough.theta[top], low, high)
        k = int(found.value.argmax())
        one = Ascent(*(x[k : k + 1] for x in (found.theta, found.value, found.score, found.information, found.open)))
        return one if one.open[0] < _SETTLED else self._polished(one)

    def held(
        self, theta: Array, low: Array, high: Array, *, tolerance: float = 1e-9, along_cliffs: bool = True
    ) -> Ascent:
        """Climbs from ``theta`` [B, Q] within bounds of their own, [B, Q].

        Where several logit equilibria exist the likelihood has cliffs, and a climb stops at one although the way goes
        on along it. Those climbs are continued from points scattered around where they stopped.
        """
        found = ascend(self.likelihood, theta, low, high, tolerance=tolerance, most_rounds=40)
        stuck = np.flatnonzero(found.open > _STUCK) if along_cliffs else np.array([], dtype=int)
        for width in _SCATTER if len(stuck) else ():
            spans = np.where(high[stuck] > low[stuck], width * np.array([u.span for u in self.unknowns]), 0.0)
            moves = 2 * _even(_AROUND, theta.shape[1]) - 1
            many = np.repeat(stuck, _AROUND)
            start = found.theta[many] + np.tile(moves, (len(stuck), 1)) * np.repeat(spans, _AROUND, axis=0)
            around = ascend(self.likelihood, start, low[many], high[many], tolerance=tolerance, most_rounds=8)
            best = around.value.reshape(-1, _AROUND).argmax(axis=1) + np.arange(len(stuck)) * _AROUND
            up = around.value[best] > found.value[stuck]
            for name in ("theta", "value", "score", "information", "open"):
                getattr(found, name)[stuck[up]] = getattr(around, name)[best[up]]
            stuck = stuck[found.open[stuck] > _STUCK]
            if not len(stuck):
                break
        return found

    def observed_information(self, theta: Array) -> Array:
        """Minus the second derivatives of the log likelihood at ``theta`` [Q]: differences of the exact score.

        Steps stay inside the bounds. Where the result is not positive semi-definite (at a bound, along a flat
        direction) it is the expected information instead.
        """
        expected = self.likelihood.at(theta[None])[2][0]
        low, high = self.bounds
        q = len(theta)
        step = np.array([1e-4 * u.span for u in self.unknowns])
        ahead, back = np.minimum(theta + step, high), np.maximum(theta - step, low)
        points = np.tile(theta, (2 * q, 1))
        points[np.arange(q), np.arange(q)], points[q + np.arange(q), np.arange(q)] = ahead, back
        score = self.likelihood.at(points)[1] if q else np.zeros((0, 0))
        bend = -(score[:q] - score[q:]) / (ahead - back)[:, None]
        bend = (bend + bend.T) / 2
        scale = np.sqrt(np.maximum(np.diag(expected), 1e-300))
        if not np.isfinite(bend).all() or np.linalg.eigvalsh(bend / np.outer(scale, scale)).min(initial=1.0) < 1e-6:
            return np.asarray(expected)
        return np.asarray(bend)

    def with_counts(self, counts: Array) -> Problem:
        """The same problem with other counts of the same totals."""
        return replace(self, likelihood=replace(self.likelihood, counts=counts))

    def _closest(self, starts: Array) -> Ascent:
        """The highest point found by looking around the best so far, ever closer."""
        low, high = self.bounds
        best = starts[self.likelihood.at(starts)[0].argmax()]
        width = (self.starts.max(axis=0) - self.starts.min(axis=0)) / 20
        for _ in range(_LOOKS):
            around = np.clip(best + width * (2 * _even(_AROUND * 3, len(best)) - 1), low, high)
            points = np.vstack([best, around])
            best = points[self.likelihood.at(points)[0].argmax()]
            width = width / 2
        return Ascent(best[None], *self.likelihood.at(best[None]), np.zeros(1))

    def _polished(self, rough: Ascent) -> Ascent:
        """Sequential quadratic programming from where scoring slowed down (a poor fit bends its model)."""
        from scipy.optimize import minimize

        def down(x: Array) -> tuple[float, Array]:
            value, score, _ = self.likelihood.at(x[None])
            return -float(value[0]), -score[0]

        low, high = self.bounds
        settings = {"maxiter": 100, "ftol": 1e-13}
        found = minimize(down, rough.theta[0], jac=True, bounds=list(zip(low, high)), method="SLSQP", options=settings)
        x = np.clip(found.x, low, high)[None]
        again = ascend(self.likelihood, x, low, high)
        return again if again.value[0] >= rough.value[0] else rough


def _even(n: int, q: int) -> Array:
    """``n`` points of the unit cube in ``q`` dimensions, evenly spread (Roberts' R sequence)."""
    root = 1.5
    for _ in range(60):
        root = (1 + root) ** (1 / (q + 1))
    return np.asarray((0.5 + np.arange(1, n + 1)[:, None] * root ** -np.arange(1.0, q + 1)) % 1.0)


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
    return Problem(Likelihood(predict, counts, totals, trials), unknowns, cells, theory.scan, theory.smooth)


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
