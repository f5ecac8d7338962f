"""Every bundle of a menu applied to one model: 2^k models, exact one by one or as a batch in floating point."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from blamegame.errors import ModelError, ReformError
from blamegame.games.strategic import Array, object_array
from blamegame.models.model import Model
from blamegame.reforms.lattice import subset_sums
from blamegame.reforms.reform import Edit, Reform, as_menu, combined, edited, edits_by_parameter

Names = tuple[str, ...]
"""A bundle as the names of its reforms, in menu order."""

LARGEST_MENU = 16
_LARGEST_PARAMETER = Fraction(10) ** 300


@dataclass(frozen=True, eq=False)
class Bundles:
    """All bundles of a menu; bundle ``b`` contains reform ``i`` where bit ``i`` of ``b`` is set.

    Attributes
    ----------
    model : the model before reform, in rational arithmetic
    menu : the reforms, in the order of the bits
    values : for each edited parameter its possible values, exact
    position : for each edited parameter which of these values each bundle gives it, shape [2^k]
    """

    model: Model
    menu: tuple[Reform, ...]
    values: dict[str, Array]
    position: dict[str, Array]

    def __len__(self) -> int:
        return 1 << len(self.menu)

    def exact(self, bundle: int) -> Model:
        """The model after one bundle, in rational arithmetic."""
        return self.model.replace({name: self.values[name][at[bundle]] for name, at in self.position.items()})

    def batch(self, start: int, stop: int) -> Model:
        """The models after bundles ``start`` to ``stop - 1`` as one batch: each parameter the nearest float."""
        arrays = {n: self.values[n].astype(np.float64)[at[start:stop]] for n, at in self.position.items()}
        if not arrays:  # the empty menu: a batch of the one model as it is
            name = next(iter(self.model.parameters()), "")
            if not name:
                raise ModelError(f"{type(self.model).__name__} has no parameters and so no batch")
            arrays = {name: np.full(stop - start, float(getattr(self.model, name)))}
        return dataclasses.replace(self.model, **arrays)

    def names(self, bundle: int) -> Names:
        """The names of the reforms of a bundle, in menu order."""
        return tuple(reform.name for i, reform in enumerate(self.menu) if bundle >> i & 1)

    def costs(self) -> tuple[Array, int]:
        """Cost of every bundle as whole numbers of 1/denominator, shape [2^k], and that denominator."""
        denominator = lcm(*(reform.cost.denominator for reform in self.menu))
        return subset_sums([int(reform.cost * denominator) for reform in self.menu]), denominator


def every_bundle(model: Model, menu: Iterable[Reform]) -> Bundles:
    """All bundles of ``menu`` on one model of numbers; at most 16 reforms, each name once.

    A parameter that j reforms edit takes at most 2^j values, which are computed exactly once.

    >>> from blamegame import Delegation
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> bundles = every_bundle(Delegation(), CATALOGUE)
    >>> len(bundles), bundles.names(0b110), bundles.exact(0b110).diffusion
    (4096, ('list', 'tolerate'), Fraction(1, 5))
    """
    listed = _check_menu(menu)
    exact = _check_model(model).exact()
    masks = np.arange(1 << len(listed))
    values: dict[str, Array] = {}
    position: dict[str, Array] = {}
    for name, edits in edits_by_parameter(model, listed).items():
        joint = [Edit(name)]
        where = np.zeros(len(masks), dtype=np.int64)
        for bit, (reform, edit) in enumerate(edits):
            joint += [combined(before, edit) for before in joint]
            where |= (masks >> reform & 1) << bit
        spec = model.parameters()[name]
        values[name] = object_array([edited(getattr(exact, name), edit, spec) for edit in joint])
        position[name] = where
    return Bundles(exact, listed, values, position)


def _check_menu(menu: Iterable[Reform]) -> tuple[Reform, ...]:
    listed = list(menu) if not isinstance(menu, Reform) else [menu]
    kept = as_menu(listed)
    if len(kept) < len(listed):
        twice = next(reform.name for i, reform in enumerate(listed) if reform in listed[:i])
        raise ReformError(f"the menu lists {twice!r} twice; each reform can be adopted once")
    if len(kept) > LARGEST_MENU:
        raise ReformError(
            f"a menu of {len(kept)} reforms has {2 ** len(kept):,} bundles; the search tries every bundle, up to "
            f"{LARGEST_MENU} reforms. Join reforms that belong together into one, or search parts of the menu"
        )
    return kept


def _check_model(model: Any) -> Model:
    if not isinstance(model, Model):
        raise ReformError(f"reforms edit a model, and {type(model).__name__} is none; a game has no offices to reform")
    if model.batch_shape:
        raise ReformError(
            f"a search is about one model, this is a batch of shape {model.batch_shape}; search model.item(i) for each"
        )
    for name in model.parameters():
        value = getattr(model, name)
        if not isinstance(value, float | Fraction):
            raise ReformError(f"{name} is {value!r}, which is no number; a search needs numbers throughout")
        if not -_LARGEST_PARAMETER < value < _LARGEST_PARAMETER:
            raise ReformError(f"{name} is beyond 1e300; measure it in a larger unit")
    return model
