"""Long-run shares of an irreducible Markov chain, without a single subtraction: in rationals, or in logarithms."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.strategic import Array


def stationary(moves: Any) -> Array:
    """Exact stationary distribution of an irreducible chain, shape [n].

    Parameters
    ----------
    moves : array of Fraction or int, shape [n, n]
        Probabilities (or rates) of going from s to t; the diagonal is ignored.

    References
    ----------
    Grassmann, Taksar and Heyman (1985), "Regenerative analysis and steady state distributions for Markov chains",
    Operations Research 33.

    Examples
    --------
    >>> [str(share) for share in stationary([[0, Fraction(1, 2)], [Fraction(1, 4), 0]])]
    ['1/3', '2/3']
    """
    p = np.array(moves, dtype=object)
    n = len(p)
    for k in range(n - 1, 0, -1):
        leaving = sum(p[k, :k].tolist(), Fraction(0))
        p[:k, k] = p[:k, k] / leaving
        p[:k, :k] = p[:k, :k] + np.multiply.outer(p[:k, k], p[k, :k])
    shares = [Fraction(1)]
    for k in range(1, n):
        shares.append(sum((share * p[i, k] for i, share in enumerate(shares)), Fraction(0)))
    total = sum(shares)
    out = np.empty(n, dtype=object)
    out[:] = [share / total for share in shares]
    return out


def log_stationary(log_moves: Array) -> Array:
    """The same from and in logarithms, shape [n]: shares far below the smallest float keep their digits.

    Sums and products only, so that each share has a small *relative* error: about n times the rounding of the
    logarithms given.

    >>> np.exp(log_stationary(np.log([[1, 0.5], [0.25, 1]]))).round(12).tolist()
    [0.333333333333, 0.666666666667]
    """
    p = np.array(log_moves, dtype=np.float64)
    n = len(p)
    for k in range(n - 1, 0, -1):
        p[:k, k] -= np.logaddexp.reduce(p[k, :k])
        p[:k, :k] = np.logaddexp(p[:k, :k], p[:k, k, None] + p[k, :k])
    shares = np.zeros(n)
    for k in range(1, n):
        shares[k] = np.logaddexp.reduce(shares[:k] + p[:k, k])
    normalised: Array = shares - np.logaddexp.reduce(shares)
    return normalised
