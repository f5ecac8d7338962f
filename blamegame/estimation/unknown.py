"""One number to be estimated: where it may lie, how it is scaled inside the fit, and what kind of thing it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

FREE, BETWEEN, COUNTED, BEHAVIOUR = "free", "between", "counted", "behaviour"


@dataclass(frozen=True)
class Unknown:
    """A parameter of the model, or of how choices are made.

    Attributes
    ----------
    name : as in the model, or "rationality", "tremble", "mean level"
    kind : ``free``; ``between`` (an interval that holds for certain); ``counted`` (k of n); ``behaviour``
    low, high : in the parameter's own unit; ``high`` may be infinite
    starts : five values from which the fit climbs, the likeliest first
    logarithmic : fitted as its logarithm
    """

    name: str
    kind: str
    low: float
    high: float
    starts: tuple[float, ...]
    logarithmic: bool = False

    def inside(self, value: float) -> float:
        """``value`` on the scale of the fit."""
        return math.log(value) if self.logarithmic else value

    def outside(self, value: float) -> float:
        """A value of the fit in the parameter's own unit."""
        return math.exp(value) if self.logarithmic else float(value)

    @property
    def span(self) -> float:
        """The length that counts as the whole range: 1 on a log scale and where there is no upper end."""
        return 1.0 if self.logarithmic or math.isinf(self.high) else max(self.high - self.low, 1e-12)


def spread_starts(low: float, high: float, first: float) -> tuple[float, ...]:
    """``first`` and four values spread over the range (over 0 to twice ``first`` plus 1/2 where it has no end)."""
    top = high if math.isfinite(high) else 2 * first + 0.5
    return (first, *(low + part * (top - low) for part in (0.8, 0.25, 0.55, 0.08)))
