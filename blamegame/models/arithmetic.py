"""The two steps of a payoff formula that are not plain arithmetic, for every kind of number a model may hold."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.extras import need

_NOTHING = 1e-12  # floats: a difference of two success probabilities below this is rounding, not a difference


def positive_part(x: Any) -> Any:
    """max(0, x)."""
    if isinstance(x, np.ndarray):
        if x.dtype == object:
            zero: Any = Fraction(0)
            return np.maximum(x, zero)
        return np.where(x > _NOTHING, x, 0.0)
    if isinstance(x, float):
        return x if x > _NOTHING else 0.0
    if isinstance(x, Fraction):
        return max(x, Fraction(0))
    if hasattr(x, "positive_part"):
        return x.positive_part()
    return need("sympy").Max(0, x)


def ratio_or_zero(x: Any, total: Any) -> Any:
    """x / total, and 0 where total is 0."""
    if isinstance(x, np.ndarray) or isinstance(total, np.ndarray):
        nothing = np.equal(total, 0).astype(bool)
        return np.where(nothing, 0, x) / np.where(nothing, 1, total)
    if isinstance(total, float | Fraction):
        return x / total if total else type(total)(0)
    if hasattr(total, "ratio_or_zero"):
        return total.ratio_or_zero(x)
    sympy = need("sympy")
    return sympy.Piecewise((0, sympy.Eq(total, 0)), (x / total, True))
