"""A box of scenario discovery: which stretch of each restricted parameter it keeps."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.models.model import Model
from blamegame.plots.style import DARK, LIGHT, axes_or_new, legend_below, parameter_label
from blamegame.studies.prim import Prim, PrimBox


def plot_prim_box(
    found: Prim, box: PrimBox, *, model: Model | type[Model] | None = None, title: str | None = None, ax: Any = None
) -> Any:
    """Draw the stretch of every restricted parameter that the box keeps, on the range that was searched.

    Parameters
    ----------
    found, box : what :func:`blamegame.prim` returned, and one of its boxes
    model : for the units of the parameters, optional

    Returns
    -------
    matplotlib Axes
    """
    ax = axes_or_new(ax, size=(6.8, 1.9 + 0.4 * max(len(box.limits), 1)))
    limits = box.limits[::-1]
    for row, limit in enumerate(limits):
        low, high = found.ranges[limit.parameter]
        scale = high - low
        ends = (max(limit.low, low) - low) / scale, (min(limit.high, high) - low) / scale
        ax.barh(row, 1, 0.62, color=LIGHT, edgecolor="0.4", linewidth=0.6, label="range searched" if row == 0 else None)
        ax.barh(row, ends[1] - ends[0], 0.34, left=ends[0], color=DARK, label="box" if row == 0 else None)
        ax.text(-0.01, row, _short(low, scale), ha="right", va="center", fontsize=8, color="0.3")
        ax.text(1.01, row, _short(high, scale), ha="left", va="center", fontsize=8, color="0.3")
        for end, at, side in ((limit.low, ends[0], "right"), (limit.high, ends[1], "left")):
            if np.isfinite(end):
                _number_beside(ax, row, at, _short(end, scale), side)
    ax.set_yticks(range(len(limits)), [parameter_label(limit.parameter, model) for limit in limits])
    ax.tick_params(axis="y", pad=32, length=0)
    ax.set_xticks([])
    ax.set_xlim(-0.08, 1.08)
    ax.set_xlabel(
        f"coverage {100 * box.coverage:.0f} %, density {100 * box.density:.0f} %\n"
        f"{box.points:,} points ({100 * box.mass:.0f} % of all)"
    )
    ax.set_title("Where do the cases lie?" if title is None else title)
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    if limits:
        legend_below(ax, columns=2, drop=0.52)
    else:
        ax.text(0.5, 0.5, "no parameter is restricted", transform=ax.transAxes, ha="center")
    return ax


def _short(value: float, span: float) -> str:
    """A number to a hundredth of the range or finer, without trailing zeros."""
    decimals = max(0, 2 - int(np.floor(np.log10(span))))
    return f"{round(value, decimals) + 0.0:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"


def _number_beside(ax: Any, row: int, at: float, text: str, side: str) -> None:
    """The limit's value outside the box, or inside it where there is no room."""
    room = at if side == "right" else 1 - at
    inside = room < 0.12
    outward = -1 if side == "right" else 1
    aligned = side if not inside else ("left" if side == "right" else "right")
    ax.text(
        at + 0.012 * outward * (-1 if inside else 1), row, text, ha=aligned, va="center", fontsize=8,
        color="white" if inside else "black",
    )  # fmt: skip
