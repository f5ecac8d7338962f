"""Targets marked up at every layer, until they exceed what anyone can do and paper takes the place of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from blamegame.errors import ModelError
from blamegame.models.forms import Measured
from blamegame.models.model import parameter
from blamegame.models.threshold import Threshold


@dataclass(frozen=True, eq=False)
class Markup(Measured):
    """Each of L layers adds a log mark-up x >= 0, minimising gamma x + Pen Phi(-x / sigma) (model.md section 5).

    A layer insures itself against a shortfall below: a higher mark-up makes missing its own target less likely. Values
    are ``float``, because the formula has a logarithm in it.

    Examples
    --------
    >>> model = Markup(layers=4)
    >>> round(model.layer_markup(), 4), round(model.target_factor(), 4)
    (0.235, 2.5603)
    >>> round(float(layer_factor(7, 4)), 3)  # a week's task due the same day over four layers
    1.627
    """

    parameter_source: ClassVar[str] = "model.md section 5, mark-up of targets; the value is an assumption"
    avoidance_name: ClassVar[str] = "formalism"

    strain: Any = parameter("gamma", "cost of marking up by one log unit", "1", high=None, unit="value")
    penalty: Any = parameter("Pen", "penalty when a layer misses its own target", "1", high=None, unit="value")
    noise: Any = parameter("sigma", "standard deviation of log performance below", "0.2", high=None, unit="log units")
    capacity: Any = parameter(
        "C", "what the bottom can do, in units of the original target", "1.5", high=None, unit="targets"
    )
    cap: Any = parameter(
        "cap",
        "the largest log mark-up that rules allow a layer",
        "10",
        high=None,
        unit="log units",
        source="remedy: no layer may add to targets; 10 is no cap at all",
    )
    layers: int = 4
    mechanism: ClassVar[str] = "markup"
    measures: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "overload": "marked-up target as a multiple of what the bottom can do",
            "target_factor": "factor by which the target has grown at the bottom",
            "layer_markup": "log mark-up of one layer",
        }
    )

    @property
    def avoidance(self) -> Threshold:
        """Formalism: the marked-up target is beyond the bottom's capacity, so that only paper can meet it."""
        return Threshold("overload", ">", 1)

    def __post_init__(self) -> None:
        if isinstance(self.layers, bool) or not isinstance(self.layers, int) or self.layers < 1:
            raise ModelError(f"layers={self.layers!r} is not a whole number of at least 1")
        super().__post_init__()
        for name in ("strain", "noise"):
            if np.any(np.equal(getattr(self, name), 0)):
                raise ModelError(f"{name}=0 makes the best mark-up unbounded; it must be positive")

    def layer_markup(self) -> Any:
        """Log mark-up x* of one layer: sigma sqrt(2 ln(Pen / (gamma sigma sqrt(2 pi)))), 0 where that is not real."""
        p = {name: np.asarray(value, dtype=np.float64) for name, value in self.values().items()}
        ratio = p["penalty"] / (p["strain"] * p["noise"] * np.sqrt(2 * np.pi))
        x = p["noise"] * np.sqrt(2 * np.log(np.maximum(ratio, 1.0)))
        x = np.minimum(x, p["cap"])
        return x if x.ndim else float(x)

    def target_factor(self) -> Any:
        """By how much the target has grown at the bottom: exp(L x*)."""
        factor = np.exp(self.layers * np.asarray(self.layer_markup()))
        return factor if factor.ndim else float(factor)

    def overload(self) -> Any:
        """The marked-up target as a multiple of capacity; infinite where nothing can be done."""
        with np.errstate(divide="ignore"):
            share = np.asarray(self.target_factor()) / np.asarray(self.capacity, dtype=np.float64)
        return share if share.ndim else float(share)

    def formalism(self) -> Any:
        """Whether the marked-up target exceeds capacity, so that only paper can meet it."""
        beyond = np.asarray(self.overload()) > 1
        return beyond if beyond.ndim else bool(beyond)


def layer_factor(total: Any, layers: int) -> Any:
    """The factor that each of ``layers`` equal mark-ups contributes to a total factor."""
    return float(total) ** (1 / layers)
