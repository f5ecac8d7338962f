"""What every figure shares: axes, colours that survive colour blindness and grey print, labels with units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.concepts import Concept
from blamegame.extras import need
from blamegame.games.event_range import EMPTY, ENTRENCHED, FREE, TRAP
from blamegame.models.model import Model

STATUS_COLOURS = MappingProxyType(
    {FREE: "#CFE5F5", TRAP: "#E69F00", ENTRENCHED: "#14406B", EMPTY: "#FFFFFF", "not computed": "#B0B0B0"}
)
"""One colour for each verdict; light, middle and dark, so that they differ in grey as well."""

_MOST_HELD = 3

DARK, MIDDLE, LIGHT = "#14406B", "#E69F00", "#CFE5F5"
WARNING = "#A6301C"


def axes_or_new(ax: Any, *, size: tuple[float, float] = (6.4, 4.2)) -> Any:
    """The axes given, or those of a new figure of ``size`` inches."""
    if ax is not None:
        return ax
    plt = need("matplotlib.pyplot")

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


def about_concept(concept: Concept | str) -> str:
    """A solution concept, or its part of a variable's name, as what a figure is about.

    >>> from blamegame.concepts import Nash, SubgamePerfect
    >>> about_concept(Nash()), about_concept(SubgamePerfect(0.9)), about_concept("coarse_correlated")
    ('Nash equilibria', 'subgame perfect equilibria at discount 0.9', 'coarse correlated equilibria')
    """
    text = concept if isinstance(concept, str) else concept.slug
    name, setting = re.fullmatch(r"([a-z_]*?)(?:_(\d.*))?", text, re.IGNORECASE).groups()  # type: ignore[union-attr]
    kind = "play" if name == "rationalizable" else "equilibria"
    at = (
        ""
        if setting is None
        else f" at {'rationality' if name == 'logit' else 'discount'} {setting.replace('over', '/')}"
    )
    return f"{'Nash' if name == 'nash' else words(name)} {kind}{at}"


def about_data(data: Any, variable: str) -> str:
    """What the attributes of a study's dataset say: scenario or model, parameters held at one value, concept."""
    facts = [f"{kind} {data.attrs[kind]}" for kind in ("scenario", "model") if kind in data.attrs][:1]
    held = [name for name in data[variable].coords if not data[name].ndim]
    if 0 < len(held) <= _MOST_HELD:
        facts.append("at " + " and ".join(f"{words(name)} {value_text(data[name].values)}" for name in held))
    concept = data[variable].attrs.get("concept", "")
    return ", ".join([" ".join(facts)] * bool(facts) + [about_concept(concept)] * bool(concept))


def value_text(value: Any) -> str:
    """A coordinate as it stands in a figure: a number to four digits, or words.

    >>> value_text(0.30000000000000004), value_text("trace_upward + train")
    ('0.3', 'trace upward + train')
    """
    return words(str(value)) if np.asarray(value).dtype.kind not in "iuf" else f"{float(value):.4g}"


def ask(ax: Any, question: str, *, about: str = "") -> None:
    """The question as title, and in small type below it what it is about; an empty question asks for neither."""
    ax.set_title(question, pad=20 if about else None)
    if about and question:
        ax.annotate(
            about, (0.5, 1), xytext=(0, 6), xycoords="axes fraction", textcoords="offset points", ha="center",
            va="bottom", fontsize=9, color="0.3", annotation_clip=False, gid="about",
        )  # fmt: skip


def legend_below(ax: Any, *, columns: int = 3, drop: float = 0.55, **settings: Any) -> None:
    """A legend ``drop`` inches under the axes, where it hides no data whatever the figure's height."""
    ScaledTranslation = need("matplotlib.transforms").ScaledTranslation

    lower = ax.transAxes + ScaledTranslation(0, -drop, ax.figure.dpi_scale_trans)
    ax.legend(
        loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=lower, ncols=columns, frameon=False, **settings
    )
