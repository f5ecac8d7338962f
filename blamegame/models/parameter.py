"""What one field of a model means: symbol, meaning, range, unit and source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Parameter:
    """What one field of a model means: symbol, meaning, range (inclusive; ``high=None`` is unbounded) and source."""

    name: str
    symbol: str
    meaning: str
    low: Fraction
    high: Fraction | None
    default: Fraction
    unit: str
    source: str

    def range_text(self) -> str:
        """The range in words, as error messages give it."""
        if self.high is None:
            return f"{self.low} or more"
        return f"{self.low} to {self.high}"

    def clip(self, value: Any) -> Any:
        """``value`` moved into the range; works on numbers and arrays."""
        if isinstance(value, np.ndarray):
            low, high = (_like(value, self.low), None if self.high is None else _like(value, self.high))
            return np.maximum(value, low) if high is None else np.minimum(np.maximum(value, low), high)
        low_type = type(value) if isinstance(value, float) else Fraction
        value = max(value, low_type(self.low))
        return value if self.high is None else min(value, low_type(self.high))


def _like(array: Any, bound: Fraction) -> Any:
    return bound if array.dtype == object else float(bound)
