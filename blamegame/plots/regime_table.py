"""Regimes of patience: on which discount factors each action profile can be played."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np

from blamegame.extras import need
from blamegame.games.event import event_of
from blamegame.plots.style import DARK, LIGHT, ask, axes_or_new, legend_below
from blamegame.solvers.repeated.regime_table import RegimeTable


def plot_regime_table(
    table: RegimeTable, *, event: Any = None, event_name: str = "", title: str | None = None, ax: Any = None
) -> Any:
    """Draw a bar for each action profile over the discount factors at which it is playable.

    Parameters
    ----------
    table : of :func:`~blamegame.regime_table`
    event : optional
        Profiles of this event, such as mutual avoidance, are drawn dark.
    event_name : optional
        What the legend calls the event; by default it lists its profiles.

    Returns
    -------
    matplotlib Axes
    """
    Patch = need("matplotlib.patches").Patch

    stage = table.stage
    cells = event_of(stage, event) if event is not None else np.zeros(stage.n_actions, dtype=bool)
    first = {cell: float(start) for cell, start in table.switches}
    order = sorted((window.profile for window in table.windows), key=lambda cell: -first.get(cell, 2.0))
    ax = axes_or_new(ax, size=(6.4, 1.6 + 0.34 * len(order)))
    for row, cell in enumerate(order):
        if cell in first:
            ax.barh(row, 1 - first[cell], left=first[cell], height=0.62, color=DARK if cells[cell] else LIGHT,
                    edgecolor=DARK, linewidth=0.8)  # fmt: skip
            if first[cell] > 0:
                ax.text(first[cell] - 0.01, row, f"{first[cell]:.3f}", ha="right", va="center", fontsize=8)
        else:
            ax.text(0.01, row, "never", va="center", fontsize=8, color="0.35")
    ax.set_yticks(range(len(order)), [_words(stage, cell) for cell in order], fontsize=8)
    ax.set_xlim(0, 1)
    ax.set_xlabel("discount factor (0: one period, near 1: patient offices)")
    ask(
        ax,
        "Which play can patience sustain?" if title is None else title,
        about="pure subgame perfect equilibria, public randomisation",
    )
    if cells.any():
        inside = event_name or "; ".join(_words(stage, cell) for cell in order[::-1] if cells[cell])
        shown = ((DARK, fill(inside, 60)), (LIGHT, "other play"))
        handles = [Patch(facecolor=colour, edgecolor=DARK, label=text) for colour, text in shown]
        legend_below(ax, columns=2, handles=handles)
    for start in {value for value in first.values() if value > 0}:
        ax.axvline(start, color="0.35", linewidth=0.8, linestyle=":", zorder=0)
    return ax


def _words(stage: Any, cell: tuple[int, ...]) -> str:
    return ", ".join(labels[k] for labels, k in zip(stage.actions, cell))
