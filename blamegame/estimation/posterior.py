"""Parameter vectors drawn in proportion to their likelihood: the sampled counterpart of a region, never a proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.fit import Fit
from blamegame.games.strategic import Array

_FREEDOM = 5.0  # of the t distribution that proposes
_PROPOSED = 16  # proposals for each draw
_UNIFORM = 0.2  # share of proposals from the ranges, so that flat directions and other humps are seen


@dataclass(frozen=True, eq=False)
class Draws:
    """Equally weighted draws.

    Attributes
    ----------
    values : of each unknown in its own unit, [draws] each
    effective : how many independent draws the weights were worth
    """

    values: Mapping[str, Array]
    effective: float


def posterior(fit: Fit, *, rng: np.random.Generator, draws: int = 1000) -> Draws:
    """Draw parameters with density proportional to their likelihood, uniform over the ranges before the cases.

    Importance sampling: proposals from a t distribution about the estimate, and a fifth of them from a box that holds
    the joint 99 % set, are weighted by likelihood over proposal density and drawn again in proportion. Statements about
    such draws are *sampled*: their share of failures is estimated, and nothing is proved.

    Raises
    ------
    CasesError
        Where the weights are worth fewer than a hundred independent draws, or an unknown has no upper end.

    Notes
    -----
    The precision of choice is uniform on its logarithm.
    """
    if draws < 1:
        raise CasesError(f"draws={draws} is not a number of draws")
    low, high = _box(fit)
    n = _PROPOSED * draws
    points = _proposed(fit, rng, n, low, high)
    inside = ((points >= low) & (points <= high)).all(axis=1)
    points = points[inside]
    logs = np.concatenate([fit.problem.likelihood.at(part)[0] for part in np.array_split(points, max(n // 2048, 1))])
    weights = np.exp(logs - fit.log_likelihood - _log_density(fit, points, low, high))
    weights = weights / weights.sum()
    effective = float(1 / (weights**2).sum())
    if effective < 100:
        raise CasesError(f"{n} proposals are worth only {effective:.0f} draws; ask for more draws, or give more facts")
    chosen = points[rng.choice(len(points), size=draws, p=weights)]
    values = {u.name: np.array([u.outside(x) for x in chosen[:, k]]) for k, u in enumerate(fit.unknowns)}
    return Draws(values, effective)


def _box(fit: Fit) -> tuple[Array, Array]:
    sets = fit.intervals(level=0.999, clustered=False)
    low = np.array([u.inside(max(sets[u.name].low, u.low)) for u in fit.unknowns])
    high = np.array([u.inside(sets[u.name].high) for u in fit.unknowns])
    for unknown, end in zip(fit.unknowns, high):
        if np.isinf(end):
            raise CasesError(f"the cases leave {unknown.name} without an upper end; add a fact about it")
    return low, np.maximum(high, low + 1e-9)


def _shape(fit: Fit, low: Array, high: Array) -> Array:
    """Cholesky factor of the proposals' spread: the curvature, with the box where there is none."""
    return np.linalg.cholesky(np.linalg.inv(fit.information + np.diag(12 / (high - low) ** 2)))


def _proposed(fit: Fit, rng: np.random.Generator, n: int, low: Array, high: Array) -> Array:
    q = len(low)
    spread = rng.standard_normal((n, q)) / np.sqrt(rng.chisquare(_FREEDOM, size=(n, 1)) / _FREEDOM)
    near = fit.theta + spread @ _shape(fit, low, high).T
    anywhere = low + rng.uniform(size=(n, q)) * (high - low)
    return np.where(rng.uniform(size=(n, 1)) < _UNIFORM, anywhere, near)


def _log_density(fit: Fit, points: Array, low: Array, high: Array) -> Array:
    from scipy.special import gammaln

    q, factor = len(low), _shape(fit, low, high)
    scaled = np.linalg.solve(factor, (points - fit.theta).T)
    near = (
        gammaln((_FREEDOM + q) / 2)
        - gammaln(_FREEDOM / 2)
        - 0.5 * q * np.log(_FREEDOM * np.pi)
        - np.log(np.diag(factor)).sum()
        - 0.5 * (_FREEDOM + q) * np.log1p((scaled**2).sum(axis=0) / _FREEDOM)
    )
    anywhere = -np.log(high - low).sum()
    return np.asarray(np.logaddexp(np.log(1 - _UNIFORM) + near, np.log(_UNIFORM) + anywhere))
