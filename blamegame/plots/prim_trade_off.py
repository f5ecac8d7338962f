"""Trade-off of scenario discovery: how much density each box buys with how much coverage."""

from __future__ import annotations

from typing import Any

from blamegame.extras import need
from blamegame.plots.style import DARK, WARNING, axes_or_new, legend_below
from blamegame.studies.prim import Prim, PrimBox


def plot_prim_trade_off(found: Prim, *, chosen: PrimBox | None = None, title: str | None = None, ax: Any = None) -> Any:
    """Draw density against coverage for every box of the trajectory, shaded by how many parameters it restricts.

    Returns
    -------
    matplotlib Axes
    """
    MaxNLocator = need("matplotlib.ticker").MaxNLocator

    ax = axes_or_new(ax)
    trail = found.boxes[: found.peeled]
    ax.plot([b.coverage for b in trail], [b.density for b in trail], color="0.6", linewidth=0.8, zorder=1)
    restricted = [len(box.limits) for box in found.boxes]
    dots = ax.scatter(
        [box.coverage for box in found.boxes],
        [box.density for box in found.boxes],
        c=restricted,
        cmap="cividis_r",
        vmin=0,
        vmax=max(max(restricted), 1),
        edgecolors="black",
        linewidths=0.5,
        s=34,
        zorder=2,
        label="a box",
    )
    ax.figure.colorbar(dots, ax=ax, label="parameters restricted", ticks=MaxNLocator(integer=True))
    if chosen is not None:
        ax.plot(
            chosen.coverage, chosen.density, "o", markersize=13, markerfacecolor="none", markeredgecolor=WARNING,
            markeredgewidth=2, label="chosen", zorder=3,
        )  # fmt: skip
    ax.axhline(trail[0].density, color=DARK, linestyle=":", linewidth=1.2, label="everywhere")
    ax.set_xlabel("coverage (share of the cases that lie in the box)")
    ax.set_ylabel("density (share of the box that are cases)")
    ax.set_xlim(-0.03, 1.05)
    ax.set_ylim(0, 1.05)
    ax.set_title("How sharply can the cases be told apart?" if title is None else title)
    legend_below(ax)
    return ax
