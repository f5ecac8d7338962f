"""Identification: how sharply cases would see each direction of the unknowns, with the directions in words."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np

from blamegame.estimation.identify import Identification
from blamegame.estimation.null_directions import direction_in_words
from blamegame.extras import need
from blamegame.plots.style import DARK, WARNING, ask, axes_or_new, legend_below, words

_LEAST = 1e-9
_LETTERS = 46


def plot_identification(found: Identification, *, title: str | None = None, ax: Any = None) -> Any:
    """Draw the singular values of the choice probabilities, largest first, each with what moves in its direction.

    Values are in units of each unknown's range. A direction below the weakest that ``rank`` counts is not seen at all.

    Returns
    -------
    matplotlib Axes
    """
    Patch = need("matplotlib.patches").Patch

    names = [p.name for p in found.precisions]
    ax = axes_or_new(ax, size=(8.0, 1.6 + 0.42 * len(names)))
    values = np.maximum(found.singular_values, _LEAST)
    seen = np.arange(len(values)) < found.rank
    rows = np.arange(len(values))[::-1]
    ax.barh(
        rows,
        values,
        color=[DARK if one else WARNING for one in seen],
        edgecolor="black",
        linewidth=0.5,
        hatch=["" if one else "///" for one in seen],
    )
    labels = [words(direction_in_words(_largest(column), names)) for column in found.directions.T]
    ax.set_yticks(rows, [fill(label, _LETTERS) for label in labels], fontsize=7)
    ax.set_xscale("log")
    ax.set_xlim(_LEAST, 2 * max(values.max(), 1e-6))
    ax.set_xlabel("singular value (1 = probabilities move as far as the unknown's range)")
    ask(
        ax,
        "What would the cases tell?" if title is None else title,
        about=f"{len(found.design.regimes)} regimes, {found.rank} of {len(names)} directions seen",
    )
    handles = [Patch(facecolor=DARK, edgecolor="black", label="seen")]
    if not seen.all():
        handles.append(Patch(facecolor=WARNING, edgecolor="black", hatch="///", label="unseen"))
    legend_below(ax, columns=2, handles=handles)
    return ax


def _largest(direction: Any) -> Any:
    """The direction with all but its three largest parts left out."""
    kept = np.abs(direction) >= np.sort(np.abs(direction))[-min(3, len(direction))]
    return np.where(kept, direction, 0.0)
