"""Profile likelihood: how far each unknown may move before the best fit with it held there becomes too bad.

The set of values whose likelihood ratio stays below a cut is walked outwards from the estimate on both sides, every
unknown and side at once, the others re-estimated at each step; where it crosses the cut the end is found by false
position on the square root of the ratio, which is nearly straight.

References
----------
Venzon and Moolgavkar (1988), "A method for computing profile-likelihood-based confidence intervals", Appl. Stat. 37.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blamegame.estimation.problem import Problem
from blamegame.games.strategic import Array

_MOST_STEPS, _MOST_REFINEMENTS, _MOST_REOPENED = 60, 25, 4
_TRIES, _FLAT_TRIES = 3, 24
_FLAT = 1e-9


@dataclass(frozen=True)
class Interval:
    """A confidence set of one unknown.

    Attributes
    ----------
    low, high : in the unknown's own unit
    low_open, high_open : whether the set runs into the end of the range there, so that the cases give no bound
    """

    low: float
    high: float
    low_open: bool
    high_open: bool

    def __str__(self) -> str:
        if self.low_open and self.high_open:
            return "anything"
        if self.low_open:
            return f"at most {self.high:.4g}"
        return f"at least {self.low:.4g}" if self.high_open else f"{self.low:.4g} to {self.high:.4g}"


def cut_of(level: float, degrees: int = 1) -> float:
    """What a likelihood ratio stays below with probability ``level``: the quantile of chi-squared.

    >>> round(cut_of(0.95), 3), round(cut_of(0.95, 3), 3)
    (3.841, 7.815)
    """
    from scipy.special import chdtri

    return float(chdtri(max(degrees, 1), 1 - level))


def intervals(
    problem: Problem, theta: Array, value: float, positions: Sequence[int], cuts: Sequence[float]
) -> list[Interval]:
    """The profile sets of the unknowns at ``positions``, each with its own cut.

    Parameters
    ----------
    theta, value : the estimate [Q] on the scale of the fit and its log likelihood
    """
    low, high = problem.bounds
    where = np.repeat(np.asarray(positions, dtype=int), 2)
    side = np.tile([-1.0, 1.0], len(positions))
    cut = np.repeat(np.asarray(cuts, dtype=float), 2)
    ends, open_ = _ends(problem, theta, value, where, side, cut, low, high)
    found = []
    for k, position in enumerate(positions):
        unknown = problem.unknowns[position]
        left, right = (unknown.outside(x) for x in ends[2 * k : 2 * k + 2])
        left = unknown.low if open_[2 * k] else left
        right = unknown.high if open_[2 * k + 1] else right
        found.append(Interval(left, right, bool(open_[2 * k]), bool(open_[2 * k + 1])))
    return found


def _ends(
    problem: Problem, theta: Array, value: float, where: Array, side: Array, cut: Array, low: Array, high: Array
) -> tuple[Array, Array]:
    """Ends of the sets, [n], and whether each runs into its bound.

    Notes
    -----
    1. Walk outwards until the ratio passes the cut or the bound is reached. 2. Find the end by false position.
    3. Just beyond each end climb again from points spread over all ranges: where that finds a better fit than the
    walk did, the set goes on, so walk on from there. Every end is thus found from inside. Where several logit
    equilibria exist *and* a direction is flat, the best fit lies along a cliff and the set may reach further still.
    """
    walk = _Walk(problem, theta, value, where, side, np.sqrt(cut), low, high)
    walk.outwards()
    walk.to_the_cut()
    spans = np.array([unknown.span for unknown in problem.unknowns])
    tries = problem.spread(_FLAT_TRIES if flat_directions(problem, theta).shape[1] else _TRIES)
    _islands(walk, tries)
    for _ in range(_MOST_REOPENED):
        ends = np.flatnonzero(~walk.open)
        if not len(ends):
            break
        at = np.clip(walk.ends[ends] + side[ends] * 1e-3 * spans[where[ends]], low[where[ends]], high[where[ends]])
        many = np.repeat(np.arange(len(ends)), len(tries))
        starts = np.tile(tries, (len(ends), 1))
        got, reached = _ratio(problem, value, starts, where[ends][many], at[many], low, high, tolerance=1e-4)
        best = got.reshape(len(ends), -1).argmin(axis=1) + np.arange(len(ends)) * len(tries)
        further = got[best] < walk.root[ends]
        if not further.any():
            break
        for k, j in zip(ends[further].tolist(), best[further].tolist()):
            walk.reopen(k, at[many[j]], got[j], reached[j])
        walk.outwards()
        walk.to_the_cut()
    return walk.ends, walk.open


def _islands(walk: _Walk, tries: Array) -> None:
    """Other maxima inside a cut and beyond an end belong to the set: walk on from them."""
    low, high = (np.tile(x, (len(tries), 1)) for x in (walk.low, walk.high))
    found = walk.problem.held(tries, low, high, tolerance=1e-4, along_cliffs=False)
    roots = np.sqrt(np.maximum(2 * (walk.value - found.value), 0))
    for k in np.flatnonzero(~walk.open).tolist():
        beyond = walk.side[k] * (found.theta[:, walk.where[k]] - walk.ends[k])
        far = np.where((roots < walk.root[k]) & (beyond > 1e-6 * walk.spans[k]), beyond, 0.0)
        if far.any():
            j = int(far.argmax())
            walk.reopen(k, found.theta[j, walk.where[k]], roots[j], found.theta[j])
    walk.outwards()
    walk.to_the_cut()


class _Walk:
    """The state of n walks: the last point inside each set and, once found, a first point outside."""

    def __init__(
        self,
        problem: Problem,
        theta: Array,
        value: float,
        where: Array,
        side: Array,
        root: Array,
        low: Array,
        high: Array,
    ) -> None:
        n = len(where)
        self.problem, self.value, self.where, self.side, self.root = problem, value, where, side, root
        self.low, self.high = low, high
        self.bound = np.where(side > 0, high[where], low[where])
        self.spans = np.array([unknown.span for unknown in problem.unknowns])[where]
        first = 0.5 * root * _standard_errors(problem, theta)[where]
        self.step = np.minimum(np.where(np.isfinite(first) & (first > 0), first, np.inf), self.spans / 4)
        self.inner, self.inner_root = theta[where].astype(float), np.zeros(n)
        self.near, self.before = np.tile(theta, (n, 1)), np.tile(theta, (n, 1))
        self.outer, self.outer_root, self.far = np.full(n, np.nan), np.full(n, np.nan), np.tile(theta, (n, 1))
        self.open = self.inner == self.bound
        self.walking = ~self.open
        self.ends, self.settled = self.inner.copy(), self.open.copy()

    def reopen(self, k: int, at: float, root: float, theta: Array) -> None:
        """Walk ``k`` goes on from a point outside its end that is inside the set after all."""
        self.inner[k], self.inner_root[k] = at, root
        self.near[k] = self.before[k] = theta
        self.step[k] = self.spans[k] / 50
        self.walking[k] = at != self.bound[k]
        self.open[k] = at == self.bound[k]
        self.ends[k], self.settled[k] = at, False

    def outwards(self) -> None:
        for _ in range(_MOST_STEPS):
            todo = np.flatnonzero(self.walking)
            if not len(todo):
                return
            there = self.inner[todo] + self.side[todo] * self.step[todo]
            beyond = self.side[todo] * (there - self.bound[todo]) >= 0
            at = np.where(beyond, self.bound[todo], there)
            ahead = 2 * self.near[todo] - self.before[todo]
            got, reached = _ratio(self.problem, self.value, ahead, self.where[todo], at, self.low, self.high)
            for j, k in enumerate(todo.tolist()):
                self._moved(k, at[j], got[j], reached[j])
        self.open |= self.walking
        self.walking[:] = False

    def _moved(self, k: int, at: float, root: float, theta: Array) -> None:
        if root > self.root[k]:
            self.outer[k], self.outer_root[k], self.far[k] = at, root, theta
            self.walking[k] = False
            return
        rise = (root - self.inner_root[k]) / max(abs(at - self.inner[k]), 1e-300)
        self.before[k], self.near[k] = self.near[k], theta
        self.inner[k], self.inner_root[k] = at, root
        self.ends[k] = at
        if at == self.bound[k]:
            self.walking[k], self.open[k] = False, True
        aim = 1.1 * (self.root[k] - root) / rise if rise > 0 else np.inf
        longest = self.spans[k] / 4 if np.isfinite(self.bound[k]) else np.inf
        self.step[k] = min(max(aim, 0.5 * self.step[k]), 2.5 * self.step[k], longest)

    def to_the_cut(self) -> None:
        todo = np.flatnonzero(~self.open & ~self.settled)
        self.settled[todo] = True
        inside, outside = self.inner_root - self.root, self.outer_root - self.root
        last = np.zeros(len(self.root))
        for _ in range(_MOST_REFINEMENTS):
            if not len(todo):
                return
            part = inside[todo] / (inside[todo] - outside[todo])
            at = self.inner[todo] + part * (self.outer[todo] - self.inner[todo])
            guess = self.near[todo] + part[:, None] * (self.far[todo] - self.near[todo])
            got, reached = _ratio(self.problem, self.value, guess, self.where[todo], at, self.low, self.high)
            unsettled = []
            for j, k in enumerate(todo):
                gap = got[j] - self.root[k]
                self.ends[k] = at[j]
                if abs(gap) < 1e-6 or abs(self.outer[k] - self.inner[k]) < 1e-7 * self.spans[k]:
                    continue
                unsettled.append(k)
                if gap > 0:
                    self.outer[k], outside[k], self.far[k] = at[j], gap, reached[j]
                    inside[k] *= 0.5 if last[k] > 0 else 1.0
                else:
                    self.inner[k], inside[k], self.near[k] = at[j], gap, reached[j]
                    outside[k] *= 0.5 if last[k] < 0 else 1.0
                last[k] = np.sign(gap)
            todo = np.array(unsettled, dtype=int)


def _ratio(
    problem: Problem,
    value: float,
    start: Array,
    where: Array,
    at: Array,
    low: Array,
    high: Array,
    *,
    tolerance: float = 1e-8,
) -> tuple[Array, Array]:
    """Square root of the likelihood ratio with unknown ``where`` held ``at``, and where the others then are."""
    rows = np.arange(len(where))
    lows, highs = np.tile(low, (len(where), 1)), np.tile(high, (len(where), 1))
    lows[rows, where] = highs[rows, where] = at
    found = problem.held(start, lows, highs, tolerance=tolerance)
    return np.sqrt(np.maximum(2 * (value - found.value), 0)), found.theta


def _standard_errors(problem: Problem, theta: Array) -> Array:
    from scipy.linalg import pinvh

    information = problem.likelihood.at(theta[None])[2][0]
    return np.sqrt(np.maximum(np.diag(pinvh(information)), 0))


def flat_directions(problem: Problem, theta: Array) -> Array:
    """Directions [Q, n] in which the likelihood does not bend at ``theta``, in units of each unknown's span."""
    information = problem.likelihood.at(theta[None])[2][0]
    spans = np.array([unknown.span for unknown in problem.unknowns])
    values, vectors = np.linalg.eigh(information * np.outer(spans, spans))
    return vectors[:, values < _FLAT * max(values.max(initial=0.0), 1.0)]


def curve(problem: Problem, theta: Array, value: float, position: int, points: Array) -> Array:
    """Square root of the likelihood ratio with one unknown held at each of ``points`` (own unit), walked outwards."""
    unknown = problem.unknowns[position]
    low, high = problem.bounds
    inside = np.array([unknown.inside(max(x, unknown.low) if unknown.logarithmic else x) for x in points])
    out = np.empty(len(points))
    for group in (np.flatnonzero(inside >= theta[position]), np.flatnonzero(inside < theta[position])[::-1]):
        start = theta[None]
        for k in group:
            root, start = _ratio(problem, value, start, np.array([position]), inside[k : k + 1], low, high)
            out[k] = root[0]
    return out
