"""Families of bundles as flags over all 2^k subsets of k reforms: minimal and robust members, broken closure.

Bundle ``b`` contains reform ``i`` where bit ``i`` of the number ``b`` is set. A family is a boolean array, shape
[2^k], saying which bundles belong to it. Success need not be inherited by supersets, so nothing here assumes it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array


def dimension(flags: Array) -> int:
    """The number k of reforms of an array over all 2^k bundles."""
    k = max(len(flags).bit_length() - 1, 0)
    if flags.ndim != 1 or len(flags) != 1 << k:
        raise ReformError(f"an array over all bundles has shape [2^k], this one has {flags.shape}")
    return k


def minimal(family: Array) -> Array:
    """Members none of whose proper subsets is a member, shape [2^k].

    >>> np.flatnonzero(minimal(np.array([False, True, False, True]))).tolist()
    [1]
    """
    below = _spread(family, lambda without, having: np.logical_or(having, without, out=having))
    proper = np.zeros_like(below)
    for i in range(dimension(family)):
        _halves(proper, i)[1][...] |= _halves(below, i)[0]
    return np.asarray(family & ~proper)


def robust(family: Array) -> Array:
    """Members all of whose supersets are members: still true whatever is added, shape [2^k].

    >>> np.flatnonzero(robust(np.array([False, True, True, False]))).tolist()
    []
    """
    return _spread(family, lambda without, having: np.logical_and(without, having, out=without))


def closure_violations(family: Array) -> Array:
    """Pairs (b, i): bundle b is a member and b with reform i is not; shape [n_pairs, 2], by b, then i.

    >>> closure_violations(np.array([False, True, True, False])).tolist()
    [[1, 1], [2, 0]]
    """
    k = dimension(family)
    bundles = np.arange(len(family))
    broken = np.empty((len(family), k), dtype=bool)
    for i in range(k):
        broken[:, i] = family & ~family[bundles | (1 << i)]
    return np.argwhere(broken)


def sizes(k: int) -> Array:
    """How many reforms each bundle has, shape [2^k]."""
    return subset_sums([1] * k).astype(np.int64)


def subset_sums(values: list[Any]) -> Array:
    """The sum of ``values`` over each bundle, as exact Python numbers, shape [2^k]."""
    sums = np.zeros(1, dtype=object)
    for value in values:
        sums = np.concatenate([sums, sums + value])
    return sums


def _spread(family: Array, merge: Callable[[Array, Array], Any]) -> Array:
    """Merge along each reform in turn the bundles without it and the bundles having it (Yates' algorithm)."""
    out = family.copy()
    for i in range(dimension(family)):
        merge(*_halves(out, i))
    return out


def _halves(array: Array, i: int) -> tuple[Array, Array]:
    """Views of the bundles without reform i and, in the same order, of those bundles with it."""
    split = array.reshape(-1, 2, 1 << i)
    return split[:, 0], split[:, 1]
