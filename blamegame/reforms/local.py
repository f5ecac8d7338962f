"""Reforms in one part of a hierarchy: a tier, a province, any set of offices."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array, object_array
from blamegame.models.hierarchy import Hierarchy
from blamegame.reforms.reform import Reform, apply


def apply_in(model: Hierarchy, bundle: Iterable[Reform], offices: Array) -> Hierarchy:
    """The hierarchy after a bundle of reforms adopted by some offices only; everywhere it is :func:`apply`.

    Parameters
    ----------
    offices : boolean array, shape [n_offices], or an array of office numbers
        Such as ``model.tree.tier(3)`` or ``model.tree.subtree(5)``. Which parameters of an office count is said in
        :class:`~blamegame.models.hierarchy.Hierarchy`.

    Examples
    --------
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import choose
    >>> model = Hierarchy(tree=(1, 2, 4))
    >>> apply_in(model, choose(CATALOGUE, ["empower"]), model.tree.subtree(2)).authority.astype(float).tolist()
    [0.3, 0.3, 0.65, 0.3, 0.3, 0.65, 0.65]
    """
    inside = _inside(model, offices)
    reformed, changes = apply(model, bundle), {}
    for name in model.parameters():
        before, after = getattr(model, name), getattr(reformed, name)
        if not np.array_equal(before, after):
            changes[name] = np.where(inside, _each(model, after), _each(model, before))
    return model.replace(changes) if changes else model


def _inside(model: Hierarchy, offices: Array) -> Array:
    n, given = model.tree.n_offices, np.asarray(offices)
    if given.dtype == bool and given.shape == (n,):
        return given
    if given.dtype.kind not in "iu" or given.ndim != 1 or (len(given) and not 0 <= given.min() <= given.max() < n):
        raise ReformError(
            f"offices of shape {given.shape} and type {given.dtype} are neither {n} flags nor office numbers below {n}"
        )
    inside = np.zeros(n, dtype=bool)
    inside[given] = True
    return inside


def _each(model: Hierarchy, value: object) -> Array:
    """One number for each office."""
    return value if isinstance(value, np.ndarray) else object_array([value] * model.tree.n_offices)
