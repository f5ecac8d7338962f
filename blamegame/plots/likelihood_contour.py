"""Likelihood contour: which pairs of two unknowns the cases leave open, over what a reform does there."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.estimation.design import Design
from blamegame.estimation.fit import Fit
from blamegame.extras import need
from blamegame.plots.style import DARK, STATUS_COLOURS, ask, axes_or_new, legend_below, parameter_label, words
from blamegame.studies.schema import status_words, variable_in


def plot_likelihood_contour(
    fit: Fit,
    one: str,
    two: str,
    *,
    status: Any = None,
    level: float = 0.95,
    points: int = 31,
    title: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw the joint confidence set of two unknowns.

    Parameters
    ----------
    status : xarray.Dataset of :func:`blamegame.study`, optional
        Verdicts over the same two parameters, for example of the county after the recommended bundle; drawn below.

    Returns
    -------
    matplotlib Axes
    """
    Line2D = need("matplotlib.lines").Line2D
    Patch = need("matplotlib.patches").Patch

    ax = axes_or_new(ax)
    handles = _verdicts(ax, status, one, two) if status is not None else []
    surface = fit.contour(one, two, points=points, level=level)
    ax.contour(surface.one, surface.two, surface.ratio.T, levels=[surface.cut], colors=[DARK], linewidths=1.8)
    handles.append(Line2D([], [], color=DARK, linewidth=1.8, label=f"{level:.0%} set of both"))
    if None not in (fit.estimates[one], fit.estimates[two]):
        ax.plot([fit.values[one]], [fit.values[two]], marker="o", color="black", linestyle="none")
        handles.append(Line2D([], [], marker="o", color="black", linestyle="none", label="estimate"))
    if status is None:
        inside = np.ma.masked_greater(surface.ratio.T, surface.cut)
        ax.pcolormesh(surface.one, surface.two, inside * 0, cmap="Greys", vmin=-1, vmax=4, shading="nearest")
        handles.append(Patch(facecolor="0.85", edgecolor="0.3", label="left open by the cases"))
    for name, place in ((one, ax.set_xlabel), (two, ax.set_ylabel)):
        model = fit.design.model if isinstance(fit.design, Design) and name in fit.design.varied else None
        place(parameter_label(name, model))
    ask(
        ax,
        f"Which {words(one)} and {words(two)} do the cases leave open?" if title is None else title,
        about=fit.theory.in_words,
    )
    legend_below(ax, columns=3, handles=handles)
    return ax


def _verdicts(ax: Any, data: Any, one: str, two: str) -> list[Any]:
    colors = need("matplotlib.colors")
    BoundaryNorm, ListedColormap = colors.BoundaryNorm, colors.ListedColormap
    Patch = need("matplotlib.patches").Patch

    codes = data[variable_in(data, "status")]
    if set(codes.dims) != {one, two}:
        raise StudyError(f"the verdicts are over {codes.dims}, the contour over ({one}, {two})")
    codes = codes.transpose(two, one)
    verdicts, order = status_words(codes.values), sorted(STATUS_COLOURS)
    ax.pcolormesh(
        codes[one].values,
        codes[two].values,
        np.searchsorted(order, verdicts),
        cmap=ListedColormap([STATUS_COLOURS[name] for name in order]),
        norm=BoundaryNorm(np.arange(len(order) + 1) - 0.5, len(order)),
        shading="nearest",
        rasterized=True,
    )
    shown = [name for name in STATUS_COLOURS if (verdicts == name).any()]
    return [Patch(facecolor=STATUS_COLOURS[name], edgecolor="0.3", label=name) for name in shown]
