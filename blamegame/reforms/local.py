"""Reforms in one part of a hierarchy: a tier, a province, any set of offices."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array, object_array
from blamegame.models.hierarchy import Hierarchy
from blamegame.reforms.reform import Reform, apply, as_menu


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


def by_place(model: Hierarchy, bundle: Iterable[Reform], *, tier: int = 1) -> dict[str, Hierarchy]:
    """The same bundle adopted nowhere, everywhere, by each tier alone, and by each office of a tier with all below it.

    Parameters
    ----------
    tier : whose offices count as places, the root's tier being 0; default its provinces
        Places whose trees and parameters are alike are listed once, with how many others there are.

    Returns
    -------
    dict of name to hierarchy, as :func:`blamegame.compare` takes it

    Examples
    --------
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import choose
    >>> list(by_place(Hierarchy(tree=(1, 2, 5)), choose(CATALOGUE, ["list"])))[1:]
    ['everywhere', 'tier 1 alone', 'tier 2 alone', 'tier 3 alone', 'office 1 and below', 'office 2 and below']
    >>> list(by_place(Hierarchy(tree=(1, 4, 8)), choose(CATALOGUE, ["list"])))[-1]
    'office 1 and below (like 3 others)'
    """
    tree, reforms = model.tree, as_menu(bundle)
    found = {"nowhere": model, "everywhere": apply(model, reforms)}
    found |= {f"tier {k + 1} alone": apply_in(model, reforms, tree.tier(k)) for k in range(tree.n_tiers)}
    places = np.flatnonzero(tree.tier(tier)).tolist()
    kinds, like = _kinds(model), dict[int, list[int]]()
    for office in places:
        like.setdefault(kinds[office], []).append(office)
    for first, *others in like.values():
        name = tree.names[first] if tree.names else f"office {first}"
        many = f" (like {len(others)} other{'s' * (len(others) > 1)})" if others else ""
        inside = tree.subtree(tree.names[first] if tree.names else first)
        found[f"{name} and below{many}"] = apply_in(model, reforms, inside)
    return found


def _kinds(model: Hierarchy) -> list[int]:
    """A number for each office that is the same for two offices iff all below them, and all parameters there, agree."""
    above = model.tree.above.tolist()
    own = [value.tolist() for name in model.parameters() if isinstance(value := getattr(model, name), np.ndarray)]
    below: list[list[int]] = [[] for _ in above]
    kinds, known = [0] * len(above), dict[object, int]()
    for office in range(len(above) - 1, -1, -1):
        key = tuple(values[office] for values in own), tuple(sorted(below[office]))
        kinds[office] = known.setdefault(key, len(known))
        if office:
            below[above[office]].append(kinds[office])
    return kinds


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
