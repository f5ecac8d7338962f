"""Cases of one cluster (a county, a coder, a game) resemble each other: cuts for likelihood ratios that know it."""

from __future__ import annotations

import numpy as np

from blamegame.games.strategic import Array


def cluster_covariance(scores: Array, information: Array) -> Array:
    """The sandwich covariance of the estimate, [Q, Q]: information^-1 (sum of cluster scores squared) information^-1.

    Parameters
    ----------
    scores : of each of the G clusters at the estimate, [G, Q]
    information : [Q, Q]

    Notes
    -----
    Without a factor for few clusters: :func:`clustered_cut` takes that into account. A direction without information
    gets no covariance.

    References
    ----------
    Liang and Zeger (1986), "Longitudinal data analysis using generalized linear models", Biometrika 73.
    """
    from scipy.linalg import pinvh

    inverse = pinvh(information)
    return np.asarray(inverse @ (scores.T @ scores) @ inverse)


def inflation(scores: Array, information: Array) -> Array:
    """By how much clusters widen the variance of each unknown, [Q]; 1 where there is no information."""
    from scipy.linalg import pinvh

    plain = np.diag(pinvh(information))
    wide = np.diag(cluster_covariance(scores, information))
    return np.where(plain > 0, wide / np.where(plain > 0, plain, 1.0), 1.0)


def clustered_cut(level: float, degrees: int, clusters: int) -> float:
    """What the likelihood ratio, divided by its inflation, stays below: d (G - 1) / (G - d) F(d, G - d).

    For one unknown that is F(1, G - 1).

    >>> round(clustered_cut(0.95, 1, 12), 3)
    4.844
    """
    from scipy.special import fdtri

    if clusters <= degrees:
        return float("inf")
    return degrees * (clusters - 1) / (clusters - degrees) * float(fdtri(degrees, clusters - degrees, level))
