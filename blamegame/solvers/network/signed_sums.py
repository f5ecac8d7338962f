"""Sums over local games whose sign is certain: floats with a bound on their error, integers where it is too wide."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array

_UNIT = 2.0**-52


def largest_of(tables: Iterable[Array]) -> int:
    """The largest absolute value in some tables of integers, and 1 where all are zero."""
    return max((abs(value) for table in tables for value in table.ravel().tolist()), default=0) or 1


def nearest_floats(integers: Array, scale: int) -> Array:
    """Python integers divided by ``scale``, as the nearest floats; zero stays zero and signs stay.

    Raises
    ------
    GameError
        Where numbers are so far apart that the smallest would vanish beside ``scale``.
    """
    flat = integers.ravel().tolist()
    out = np.array([float(Fraction(value, scale)) for value in flat], dtype=np.float64).reshape(integers.shape)
    if ((out == 0) != (integers == 0)).any():
        raise GameError("payoffs differ by more than 300 orders of magnitude; rescale the model")
    return out


def rounding_bound(absolute: Array, terms: Array) -> Array:
    """How far a float sum of ``terms`` numbers with absolute values summing to ``absolute`` is from the exact sum.

    Each number is off by half a unit in the last place, and so is each of the additions (Higham 2002, section 4.2);
    the bound allows twice that. It is zero where all numbers are.
    """
    bound: Array = (terms + 4) * _UNIT * absolute
    return bound
