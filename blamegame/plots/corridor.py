"""Corridor: a measure between its best and its worst equilibrium, over one parameter or the discount factor."""

from __future__ import annotations

from typing import Any

from blamegame.errors import StudyError
from blamegame.plots.style import DARK, LIGHT, MIDDLE, axes_or_new, label_of, legend_below
from blamegame.studies.schema import named_after

_QUESTIONS = {
    "avoidance": "How much avoidance do the equilibria allow?",
    "success": "How likely is success in equilibrium?",
    "payoff": "What do the equilibria pay?",
}


def plot_corridor(data: Any, measure: str = "avoidance", *, title: str | None = None, ax: Any = None) -> Any:
    """Draw ``<measure>_best`` and ``<measure>_worst`` of a dataset with one dimension, and the corridor between them.

    Parameters
    ----------
    data : xarray.Dataset with the two variables over one dimension
    measure : such as ``"avoidance"``, ``"success"``; where there are several of a kind, the first

    Returns
    -------
    matplotlib Axes
    """
    name = named_after(f"{measure}_best", data.data_vars)
    best, worst = data[name], data[name.replace("_best", "_worst", 1)]
    if best.ndim != 1 or best.dims != worst.dims:
        raise StudyError(
            f"a corridor needs one dimension, {measure}_best has {best.dims}; choose the others with data.sel(...)"
        )
    ax = axes_or_new(ax)
    (x,) = best.dims
    at = data[x].values
    ax.fill_between(at, best.values, worst.values, color=LIGHT, linewidth=0, label="between equilibria")
    ax.plot(at, worst.values, color=DARK, linewidth=1.8, label="worst equilibrium")
    ax.plot(at, best.values, color=MIDDLE, linewidth=1.8, linestyle="--", label="best equilibrium")
    ax.set_xlabel(label_of(x, data[x].attrs))
    ax.set_ylabel(label_of(measure, best.attrs))
    ax.set_title(title or _QUESTIONS.get(measure, f"How far apart are the equilibria in {measure}?"))
    ax.margins(x=0)
    legend_below(ax)
    return ax
