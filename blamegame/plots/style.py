"""What every figure shares: axes, colours that survive colour blindness and grey print, labels with units."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from blamegame.avoidance import EMPTY, ENTRENCHED, FREE, TRAP
from blamegame.models.model import Model

STATUS_COLOURS = MappingProxyType(
    {FREE: "#CFE5F5", TRAP: "#E69F00", ENTRENCHED: "#14406B", EMPTY: "#FFFFFF", "not computed": "#B0B0B0"}
)
"""One colour for each verdict; light, middle and dark, so that they differ in grey as well."""

DARK, MIDDLE, LIGHT = "#14406B", "#E69F00", "#CFE5F5"
WARNING = "#A6301C"


def axes_or_new(ax: Any, *, size: tuple[float, float] = (6.4, 4.2)) -> Any:
    """The axes given, or those of a new figure of ``size`` inches."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=size, layout="constrained")[1]


def words(name: str) -> str:
    """A name as it stands in a figure.

    >>> words("push_strength")
    'push strength'
    """
    return name.replace("_", " ")


def label_of(name: str, attributes: Mapping[str, Any]) -> str:
    """Axis label of a dataset variable or coordinate: its name and unit.

    >>> label_of("authority", {"units": "share"}), label_of("equilibria_count", {"units": "1"})
    ('authority (share)', 'equilibria count')
    """
    unit = str(attributes.get("units", ""))
    return words(name) if unit in ("", "1") else f"{words(name)} ({unit})"


def parameter_label(name: str, model: Model | type[Model] | None) -> str:
    """Axis label of a model's parameter; without a model the name alone.

    >>> from blamegame.models.delegation import Delegation
    >>> parameter_label("cost_work", Delegation)
    'cost work (value of success)'
    """
    if model is None:
        return words(name)
    model.check_name(name)
    return label_of(name, {"units": model.parameters()[name].unit})


def legend_below(ax: Any, *, columns: int = 3, drop: float = 0.55, **settings: Any) -> None:
    """A legend ``drop`` inches under the axes, where it hides no data whatever the figure's height."""
    from matplotlib.transforms import ScaledTranslation

    lower = ax.transAxes + ScaledTranslation(0, -drop, ax.figure.dpi_scale_trans)
    ax.legend(
        loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=lower, ncols=columns, frameon=False, **settings
    )
