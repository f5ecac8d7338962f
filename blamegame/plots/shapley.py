"""Shapley bars: what each reform of a menu brings, averaged over every order of introducing them."""

from __future__ import annotations

from typing import Any

from blamegame.extras import need
from blamegame.plots.style import DARK, WARNING, axes_or_new, legend_below, words
from blamegame.reforms.plan import ReformPlan


def plot_shapley(plan: ReformPlan, *, title: str | None = None, ax: Any = None) -> Any:
    """Draw the Shapley share of each reform, largest first.

    Returns
    -------
    matplotlib Axes
    """
    Patch = need("matplotlib.patches").Patch

    ax = axes_or_new(ax, size=(6.4, 0.9 + 0.3 * len(plan.menu)))
    ranked = sorted(plan.shapley.items(), key=lambda item: item[1])
    names, shares = zip(*ranked)
    bars = ax.barh(
        [words(name) for name in names],
        shares,
        color=[DARK if share >= 0 else WARNING for share in shares],
        edgecolor="black",
        linewidth=0.5,
        hatch=["" if share >= 0 else "///" for share in shares],
    )
    ax.bar_label(bars, fmt="%+.3f", padding=3, fontsize=8)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_xlabel(f"share of the change in\n{plan.measure}")
    ax.set_title("What does each reform bring?" if title is None else title)
    ax.margins(x=0.14)
    handles = [Patch(facecolor=DARK, edgecolor="black", label="raises it")]
    if shares[0] < 0:
        handles.append(Patch(facecolor=WARNING, edgecolor="black", hatch="///", label="lowers it"))
    legend_below(ax, columns=2, drop=0.7, handles=handles)
    return ax
