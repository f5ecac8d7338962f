"""Logit equilibria of games in which one number decides: the log-odds z of the first office's first action.

Two offices, the first with two actions: x = 1/(1 + exp(-z)), the second replies y = softmax(lambda u), u_j = x A_j +
(1 - x) B_j, and the equation is H(z) = z - lambda sum_j y_j d_j = 0, d_j being what the first action gains against j.
Symmetric games of n offices with two actions: H(z) = z - lambda D(x), D a Bernstein polynomial (one office acts against
n - 1 like itself). Both are batches of N games; roots, slopes and branches are found in the same way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from operator import mul
from typing import Protocol, Self

import numpy as np

from blamegame.estimation.branch import Curve, first_arrival
from blamegame.games.strategic import Array

_STARTS = np.array([-12.0, -8, -5, -3, -2, -1.2, -0.6, 0, 0.6, 1.2, 2, 3, 5, 8, 12])
_PARTS = np.array([0.0, 0.15, 0.35, 0.5, 0.65, 0.85, 1.0])
_WIDTHS = np.array([-5.0, -2, 0, 2, 5])
_EDGE = 1e-12


class Equation(Protocol):
    """H(z) = z - gain(z), one for each of N games."""

    def gain(self, z: Array) -> tuple[Array, Array]:
        """lambda D and its derivative in z, at z [N] or [N, K]."""

    def take(self, rows: Array) -> Self:
        """The equations of some of the games."""

    def ends(self) -> tuple[Array, Array]:
        """Between which every root lies, each [N]."""

    def curve(self, row: int) -> Curve:
        """The equation of one game in plain floats."""

    def kinks(self) -> Array:
        """Where the gain turns fast, [N, K]; the search for roots looks there closely."""


@dataclass(frozen=True, eq=False)
class TwoOffices:
    """N games of two offices.

    Attributes
    ----------
    gains : what the first action gains over the second against each reply, d_j, [N, m]
    against_first, against_second : the second office's payoffs A_j and B_j, [N, m]
    precision : lambda, [N]
    """

    gains: Array
    against_first: Array
    against_second: Array
    precision: Array

    def take(self, rows: Array) -> TwoOffices:
        """The equations of some of the games."""
        return TwoOffices(self.gains[rows], self.against_first[rows], self.against_second[rows], self.precision[rows])

    def replies(self, z: Array) -> tuple[Array, Array]:
        """log y and y, shape [N, m]."""
        base, rise, _ = self._scaled
        v = base + odds_share(z)[:, None] * rise
        v = v - v.max(axis=-1, keepdims=True)
        weights = np.exp(v)
        total = weights.sum(axis=-1, keepdims=True)
        return v - np.log(total), weights / total

    @cached_property
    def _scaled(self) -> tuple[Array, Array, Array]:
        """lambda B, lambda (A - B), each [N, m], and what is summed under the reply's weights, [N, m, 4]."""
        rate = self.precision[:, None]
        rise, gain = rate * (self.against_first - self.against_second), rate * self.gains
        return rate * self.against_second, rise, np.stack([np.ones_like(rise), gain, rise, rise * gain], axis=-1)

    def gain(self, z: Array) -> tuple[Array, Array]:
        """See :class:`Equation`; one product of matrices gives every sum over replies."""
        base, rise, summed = self._scaled
        flat = z.ndim == 1
        x = 0.5 + 0.5 * np.tanh(0.5 * (z[:, None] if flat else z))
        v = base[:, None] + x[..., None] * rise[:, None]
        v -= v.max(axis=-1, keepdims=True)
        sums = np.exp(v, out=v) @ summed
        total = sums[..., 0]
        mean = sums[..., 1] / total
        slope = x * (1 - x) * (sums[..., 3] - mean * sums[..., 2]) / total
        return (mean[:, 0], slope[:, 0]) if flat else (mean, slope)

    def ends(self) -> tuple[Array, Array]:
        return self.precision * self.gains.min(axis=-1), self.precision * self.gains.max(axis=-1)

    def curve(self, row: int) -> Curve:
        """The equation of one game in plain floats, for following its branch."""
        d, b = self.gains[row].tolist(), self.against_second[row].tolist()
        g = (self.against_first[row] - self.against_second[row]).tolist()
        full = float(self.precision[row])

        def at(t: float, z: float) -> tuple[float, float, float]:
            x = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
            rate = full * t
            u = [second + x * rise for second, rise in zip(b, g)]
            top = max(u) if rate >= 0 else min(u)
            weights = [math.exp(rate * (value - top)) for value in u]
            total = sum(weights)
            mean_d = sum(map(mul, weights, d)) / total
            mean_g = sum(map(mul, weights, g)) / total
            mean_u = sum(map(mul, weights, u)) / total
            with_g = sum(w * one * two for w, one, two in zip(weights, g, d)) / total - mean_g * mean_d
            with_u = sum(w * one * two for w, one, two in zip(weights, u, d)) / total - mean_u * mean_d
            slope = 1 - rate * rate * x * (1 - x) * with_g
            return z - rate * mean_d, -full * (mean_d + rate * with_u), slope

        return at

    def kinks(self) -> Array:
        m = self.gains.shape[1]
        pairs = list(combinations(range(m), 2))
        one, two = [i for i, _ in pairs], [j for _, j in pairs]
        g = self.against_first - self.against_second
        rise = g[:, one] - g[:, two]
        rise = np.where(np.abs(rise) < 1e-9, 1e-9, rise)
        cross = (self.against_second[:, two] - self.against_second[:, one]) / rise
        width = 1 / np.maximum(self.precision[:, None] * np.abs(rise), 1e-9)
        x = (cross[..., None] + width[..., None] * _WIDTHS).reshape(len(g), len(pairs) * len(_WIDTHS))
        x = np.clip(x, _EDGE, 1 - _EDGE)
        return np.asarray(np.log(x / (1 - x)))


@dataclass(frozen=True, eq=False)
class Alike:
    """N symmetric games of two actions.

    Attributes
    ----------
    gains : what acting gains when k of the n - 1 others act, [N, n], padded with weights that are zero
    weights : binomial coefficients of n - 1 over k, [N, n], 0 beyond
    others : n - 1, [N]
    precision : lambda, [N]
    """

    gains: Array
    weights: Array
    others: Array
    precision: Array

    def take(self, rows: Array) -> Alike:
        """The equations of some of the games."""
        return Alike(self.gains[rows], self.weights[rows], self.others[rows], self.precision[rows])

    def gain(self, z: Array) -> tuple[Array, Array]:
        """See :class:`Equation`."""
        gains, weights, others, rate = self.gains, self.weights, self.others, self.precision
        if z.ndim == 2:
            gains, weights, others, rate = gains[:, None], weights[:, None], others[:, None], rate[:, None]
        x = odds_share(z)
        k = np.arange(self.gains.shape[1])
        n = others[..., None]
        powers = k * log_share(z)[..., None] + np.maximum(n - k, 0) * log_share(-z)[..., None]
        terms = weights * np.exp(powers) * gains
        return rate * terms.sum(axis=-1), rate * (terms * (k - n * x[..., None])).sum(axis=-1)

    def ends(self) -> tuple[Array, Array]:
        used = self.weights > 0
        low = np.where(used, self.gains, np.inf).min(axis=-1)
        high = np.where(used, self.gains, -np.inf).max(axis=-1)
        return self.precision * low, self.precision * high

    def curve(self, row: int) -> Curve:
        """The equation of one game in plain floats, for following its branch."""
        one = self.take(np.array([row]))

        def at(t: float, z: float) -> tuple[float, float, float]:
            gain, rise = one.gain(np.array([z]))
            return z - t * float(gain[0]), -float(gain[0]), 1 - t * float(rise[0])

        return at

    def kinks(self) -> Array:
        return np.zeros((len(self.gains), 0))


def odds_share(z: Array) -> Array:
    """1 / (1 + exp(-z)) without overflow."""
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1.0, small) / (1 + small))


def log_share(z: Array) -> Array:
    """log of :func:`odds_share`, exact far out in both tails."""
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


def principal(equation: Equation) -> tuple[Array, Array]:
    """The root on the branch that starts at (precision 0, z = 0), [N], and how many roots each game has, [N].

    Notes
    -----
    1. H is evaluated on a grid of each game that is dense where replies turn; between two grid points of equal sign
       its turning points are searched where the slopes allow a hidden pair of roots.
    2. One root: it is the principal one, because that branch reaches every precision. Several: the branch is followed
       by arclength from (0, 0) to where it first reaches the precision.
    """
    grid, values = _grid(equation)
    crossing = (values[:, :-1] < 0) != (values[:, 1:] < 0)
    count = crossing.sum(axis=1)
    rows = np.arange(len(grid))
    at = crossing.argmax(axis=1)
    z = _refine(equation, rows, grid[rows, at], grid[rows, at + 1], values[rows, at], values[rows, at + 1])
    for row in np.flatnonzero(count > 1).tolist():
        roots = _roots_of(equation, row, grid, values)
        z[row] = roots[np.abs(roots - first_arrival(equation, row)).argmin()]
    return z, count


def branches(equation: Equation, row: int) -> Array:
    """Every logit equilibrium of one game as log-odds, ascending."""
    return _roots_of(equation, row, *_grid(equation))


def _roots_of(equation: Equation, row: int, grid: Array, values: Array) -> Array:
    at = np.flatnonzero((values[row, :-1] < 0) != (values[row, 1:] < 0))
    rows = np.full(len(at), row)
    return _refine(equation, rows, grid[row, at], grid[row, at + 1], values[row, at], values[row, at + 1])


def _grid(equation: Equation) -> tuple[Array, Array]:
    """Points [N, K], ascending, and H there; a pair of roots between two points gets a point of its own."""
    low, high = equation.ends()
    low, high = np.minimum(low, 0) - 1e-9, np.maximum(high, 0) + 1e-9
    starts = np.broadcast_to(_STARTS, (len(low), len(_STARTS)))
    inside = low[:, None] + (high - low)[:, None] * _PARTS
    points = np.concatenate([starts, equation.kinks()], axis=1)
    points = np.sort(np.concatenate([inside, np.clip(points, low[:, None], high[:, None])], axis=1), axis=1)
    gain, rise = equation.gain(points)
    values, slope = points - gain, 1 - rise
    values[:, 0], values[:, -1] = np.minimum(values[:, 0], -1e-300), np.maximum(values[:, -1], 1e-300)
    sign = np.where(values < 0, -1, 1)
    hidden = (sign[:, :-1] == sign[:, 1:]) & (sign[:, :-1] * slope[:, :-1] < 0) & (sign[:, 1:] * slope[:, 1:] > 0)
    if hidden.any():  # the tangents at both ends must meet beyond zero
        rise = np.where(slope[:, :-1] == slope[:, 1:], 1.0, slope[:, :-1] - slope[:, 1:])
        meet = (values[:, 1:] - values[:, :-1] - slope[:, 1:] * np.diff(points, axis=1)) / rise
        hidden &= sign[:, :-1] * (values[:, :-1] + slope[:, :-1] * meet) <= 0
    if hidden.any():
        rows, at = np.nonzero(hidden)
        turn = _turning_point(equation, rows, points[rows, at], points[rows, at + 1], sign[rows, at])
        extra = np.broadcast_to(points[:, -1:], (len(points), hidden.sum(axis=1).max())).copy()
        place = np.concatenate([np.arange(n) for n in hidden.sum(axis=1)])
        extra[rows, place] = turn
        points = np.sort(np.concatenate([points, extra], axis=1), axis=1)
        values = points - equation.gain(points)[0]
        values[:, 0], values[:, -1] = np.minimum(values[:, 0], -1e-300), np.maximum(values[:, -1], 1e-300)
    return points, values


def _turning_point(equation: Equation, rows: Array, low: Array, high: Array, sign: Array) -> Array:
    """Where H is nearest to zero between ``low`` and ``high``, by bisection on its slope."""
    equation = equation.take(rows)
    for _ in range(30):
        middle = (low + high) / 2
        falls = sign * (1 - equation.gain(middle)[1]) < 0
        low, high = np.where(falls, middle, low), np.where(falls, high, middle)
    return (low + high) / 2


def _refine(equation: Equation, rows: Array, low: Array, high: Array, at_low: Array, at_high: Array) -> Array:
    """Newton's method inside brackets whose ends have opposite signs."""
    equation = equation.take(rows)
    rising = at_low < 0
    z = low + (high - low) * np.clip(at_low / np.where(at_low == at_high, 1, at_low - at_high), 0.02, 0.98)
    for _ in range(100):
        gain, rise = equation.gain(z)
        value, slope = z - gain, 1 - rise
        below = (value < 0) == rising
        low, high = np.where(below, z, low), np.where(below, high, z)
        with np.errstate(divide="ignore", invalid="ignore"):
            newton = z - value / slope
        inside = (newton >= low) & (newton <= high)
        moved = np.where(inside, newton, (low + high) / 2)
        step = np.abs(moved - z)
        z = moved
        if (step <= 1e-8 * np.maximum(1, np.abs(z))).all():  # Newton squares it
            break
    return np.asarray(z)
