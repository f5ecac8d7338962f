"""Phase diagram: the verdict on avoidance over two parameters, with the exact boundaries on top."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.plots.exact_regions import exact_regions
from blamegame.plots.style import STATUS_COLOURS, WARNING, about_data, ask, axes_or_new, label_of, legend_below, words
from blamegame.studies.boundary import Boundary
from blamegame.studies.schema import status_words, variable_in

_LETTERS = 66  # that fit below the axes


def plot_phase_diagram(
    data: Any,
    *,
    boundary: Boundary | None = None,
    here: Model | None = None,
    status: str | None = None,
    title: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw the verdicts of a study over a grid of two parameters.

    Parameters
    ----------
    data : xarray.Dataset of :func:`blamegame.study`
        Its variable ``status`` (default the first of verdicts) has two dimensions; the first is drawn to the right,
        the second upwards. Each has two values or more.
    boundary : :class:`~blamegame.studies.boundary.Boundary`, optional
        Exact boundaries over the same two parameters; the colours then follow them instead of the grid.
    here : the model from which the study starts, marked where it is in the plane

    Returns
    -------
    matplotlib Axes
    """
    colors = need("matplotlib.colors")
    BoundaryNorm, ListedColormap = colors.BoundaryNorm, colors.ListedColormap
    Patch = need("matplotlib.patches").Patch

    status = variable_in(data, "status") if status is None else status
    codes = data[status]
    if codes.ndim != 2:
        raise StudyError(
            f"a phase diagram needs two parameters, {status!r} has the dimensions {codes.dims}; "
            "choose the others with data.sel(...)"
        )
    x, y = codes.dims
    for dim in (x, y):
        if codes.sizes[dim] == 1:
            raise StudyError(
                f"a phase diagram needs two values or more of each parameter, {dim} has one; vary it, or draw "
                f"plot_corridor(data.isel({dim}=0))"
            )
    codes = codes.sortby([dim for dim in (x, y) if dim in data.coords and data[dim].dtype.kind in "iuf"])
    if boundary is not None and (boundary.x, boundary.y) != (x, y):
        raise StudyError(f"the boundary is over ({boundary.x}, {boundary.y}), the data over ({x}, {y})")
    ax = axes_or_new(ax)
    numbers = [dim for dim in (x, y) if codes[dim].dtype.kind in "iuf"]
    names = tuple(STATUS_COLOURS)
    verdicts = status_words(codes.values)
    positions = np.searchsorted(sorted(names), verdicts)
    order = sorted(names)
    ax.pcolormesh(
        *(_places(codes[dim].values) for dim in (x, y)),
        positions.T,
        cmap=ListedColormap([STATUS_COLOURS[name] for name in order]),
        norm=BoundaryNorm(np.arange(len(order) + 1) - 0.5, len(order)),
        shading="nearest",
        rasterized=True,
    )
    shown = [name for name in names if (verdicts == name).any()]
    handles = [Patch(facecolor=STATUS_COLOURS[name], edgecolor="0.3", label=name) for name in shown]
    if boundary is not None:
        handles += _draw_exact(ax, boundary)
    if here is not None and len(numbers) == 2:
        at = [float(getattr(here, dim)) for dim in (x, y)]
        if all(codes[dim].values.min() <= value <= codes[dim].values.max() for dim, value in zip((x, y), at)):
            handles += ax.plot(
                *at, "o", color=WARNING, markeredgecolor="white", markeredgewidth=1.4, markersize=9, zorder=5,
                clip_on=False, linestyle="none", label="you are here",
            )  # fmt: skip
    for dim, limit in ((x, ax.set_xlim), (y, ax.set_ylim)):
        if dim in numbers:  # half a cell beyond the ends nothing was computed
            limit(float(codes[dim].min()), float(codes[dim].max()))
    ax.set_xlabel(label_of(x, data[x].attrs))
    ax.set_ylabel(label_of(y, data[y].attrs))
    lines = _name_cells(ax.xaxis, codes[x].values)
    _name_cells(ax.yaxis, codes[y].values)
    ask(ax, f"Where is {_event(codes.attrs)} entrenched?" if title is None else title, about=about_data(data, status))
    legend_below(ax, columns=len(handles), handles=handles, drop=0.55 + 0.17 * (lines - 1))
    return ax


def _draw_exact(ax: Any, boundary: Boundary) -> list[Any]:
    """Colours up to the exact boundary, and the boundary; its handle for the legend, if there is any of it."""
    collections = need("matplotlib.collections")
    patheffects = need("matplotlib.patheffects")
    polygons, lines = exact_regions(boundary)
    ax.add_collection(
        collections.PolyCollection(
            [polygon for _, polygon in polygons], facecolors=[STATUS_COLOURS[name] for name, _ in polygons],
            linewidth=0, antialiased=False, rasterized=True, zorder=1.5, gid="exact",
        )
    )  # fmt: skip
    if not lines:
        return []
    casing = [patheffects.Stroke(linewidth=3.0, foreground="white"), patheffects.Normal()]
    ax.add_collection(
        collections.LineCollection(
            lines, colors="black", linewidth=1.3, capstyle="round", path_effects=casing, zorder=3, gid="boundary"
        )
    )
    return [need("matplotlib.lines").Line2D([], [], color="black", linewidth=1.3, label="exact boundary")]


def _places(values: Array) -> Array:
    """Where the cells of a coordinate stand: at its numbers, or in turn where it has words."""
    return values if values.dtype.kind in "iuf" else np.arange(len(values))


def _name_cells(axis: Any, values: Array) -> int:
    """Tick labels where a coordinate has words; the lines that the longest takes."""
    if values.dtype.kind in "iuf":
        return 1
    names = [fill(words(str(name)), max(9, _LETTERS // len(values))) for name in values]
    axis.set_ticks(range(len(names)), names)
    return max(name.count("\n") for name in names) + 1


def _event(attrs: Any) -> str:
    """What the verdict is on, as the study says."""
    said = str(attrs.get("long_name", "")).partition(" (")[0]
    return said.removeprefix("verdict on ") if said.startswith("verdict on ") else "mutual avoidance"
