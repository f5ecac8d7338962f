"""Tolerances: how far each number may be off alone before a bundle of reforms fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blamegame.extras import need
from blamegame.plots.style import DARK, LIGHT, WARNING, ask, axes_or_new, legend_below, words
from blamegame.regions.radius import Radius


def plot_tolerances(
    found: Mapping[str, Radius],
    *,
    together: Radius | None = None,
    most: int = 12,
    title: str | None = None,
    about: str = "",
    ax: Any = None,
) -> Any:
    """Draw the proved radius of each parameter alone, the least tolerant on top.

    Parameters
    ----------
    found : what :func:`blamegame.regions.tolerances` returned
    together : the radius of all parameters at once, drawn as a line
    most : how many parameters are drawn at most

    Returns
    -------
    matplotlib Axes
    """
    Line2D, Patch = need("matplotlib.lines").Line2D, need("matplotlib.patches").Patch

    shown = list(found.items())[:most]
    ax = axes_or_new(ax, size=(6.8, 1.9 + 0.32 * max(len(shown), 1)))
    rows = range(len(shown))[::-1]
    proved = [100 * float(one.proved or 0) for _, one in shown]
    open_ = [one.refuted is None for _, one in shown]
    bars = ax.barh(
        rows, proved, 0.62, color=[LIGHT if free else DARK for free in open_], edgecolor="0.3", linewidth=0.6
    )
    for bar, free, value in zip(bars, open_, proved):
        ax.text(
            bar.get_width() + 1, bar.get_y() + bar.get_height() / 2,
            f"{value:g} % or more" if free else f"{value:.2f} %", va="center", fontsize=8,
        )  # fmt: skip
    ax.set_yticks(rows, [words(name) for name, _ in shown])
    ax.set_xlim(0, 1.25 * max([*proved, 1]))
    ax.set_xlabel("error in this number alone (% of its value)")
    names = dict.fromkeys(" + ".join(one.bundle) for _, one in shown)
    ask(
        ax,
        title or "Which number must be right?",
        about=about or "after " + ", ".join(name or "nothing" for name in names),
    )
    handles: list[Any] = [Patch(facecolor=DARK, edgecolor="0.3", label="proved up to here, refuted beyond")]
    if any(open_):
        handles.append(Patch(facecolor=LIGHT, edgecolor="0.3", label="no county known where it fails"))
    if together is not None and together.proved is not None:
        at = 100 * float(together.proved)
        ax.axvline(at, color=WARNING, linestyle="--", linewidth=1.2)
        handles.append(Line2D([], [], color=WARNING, linestyle="--", label=f"all numbers at once: {at:.2f} %"))
    legend_below(ax, columns=1 if len(handles) > 2 else 2, handles=handles)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax
