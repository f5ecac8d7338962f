"""Tables of payoff formulas, evaluated in whatever arithmetic the parameters have, as one array."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, object_array


def assemble(nested: Any, batch_shape: tuple[int, ...]) -> Array:
    """Nested lists of numbers or arrays as one array with the batch in front."""
    leaves, shape = _flatten(nested)
    if any(isinstance(leaf, float) for leaf in leaves) or any(
        isinstance(leaf, np.ndarray) and leaf.dtype != object for leaf in leaves
    ):
        out = np.empty((*batch_shape, len(leaves)), dtype=np.float64)
    else:
        out = np.empty((*batch_shape, len(leaves)), dtype=object)
        leaves = [leaf if not isinstance(leaf, int) else Fraction(leaf) for leaf in leaves]
    if not batch_shape:
        out[:] = object_array(leaves) if out.dtype == object else leaves
    else:
        for k, leaf in enumerate(leaves):
            out[..., k] = leaf
    return out.reshape((*batch_shape, *shape))


def _flatten(nested: Any) -> tuple[list[Any], tuple[int, ...]]:
    if not isinstance(nested, list):
        return [nested], ()
    parts = [_flatten(item) for item in nested]
    return [leaf for leaves, _ in parts for leaf in leaves], (len(nested), *parts[0][1])
