"""Shapley shares: how much of a gain each reform brings, averaged over every order of introducing them."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array, object_array
from blamegame.reforms.lattice import dimension, sizes


def shapley(values: Array) -> Array:
    """The Shapley value of each of k reforms in the game whose coalitions are the bundles.

    Reform i gets the mean, over all k! orders, of what it adds to the reforms introduced before it:
    ``sum over S without i of |S|! (k-1-|S|)! / k! * (values[S + i] - values[S])``. The shares sum to
    ``values[all] - values[none]``.

    Parameters
    ----------
    values : array, shape [2^k]
        The measure at each bundle (bit i of the position says whether reform i is in it). Fractions give exact
        shares, floats give floats.

    Raises
    ------
    ReformError
        Where a value is missing (NaN): a share needs the measure at every bundle.

    References
    ----------
    Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II.

    Examples
    --------
    >>> shapley(np.array([0.0, 1.0, 1.0, 4.0])).tolist()
    [2.0, 2.0]
    """
    k = dimension(values)
    exact = values.dtype == object
    missing = 0 if exact else int(np.isnan(values).sum())
    if missing:
        raise ReformError(f"the measure has no value at {missing} of {len(values)} bundles; Shapley shares need all")
    by_size = [Fraction(1, k * comb(k - 1, size)) for size in range(k)]
    weights = object_array(by_size) if exact else np.array([float(weight) for weight in by_size])
    size = sizes(k)
    bundles = np.arange(len(values))
    shares = []
    for i in range(k):
        without = bundles[bundles & (1 << i) == 0]
        shares.append((weights[size[without]] * (values[without | (1 << i)] - values[without])).sum())
    return object_array(shares) if exact else np.array(shares, dtype=np.float64)
