"""Sensitivity bars with confidence intervals: Sobol indices or Morris effects."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.extras import need
from blamegame.games.strategic import Array
from blamegame.plots.style import DARK, MIDDLE, axes_or_new, legend_below, words
from blamegame.studies.sensitivity import MorrisEffects, SobolIndices


def plot_sensitivity(
    found: SobolIndices | MorrisEffects,
    *,
    most: int = 12,
    measure: str | None = None,
    title: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw the ``most`` influential parameters, the strongest on top, with the intervals of the estimates.

    Parameters
    ----------
    found : what :func:`blamegame.sobol` or :func:`blamegame.morris` returned
    most : how many parameters
    measure : what was measured, in words; by default the name of the function

    Returns
    -------
    matplotlib Axes
    """
    names = found.ranked()[:most][::-1]
    measured = measure or words(found.measure) or "the measure"
    ax = axes_or_new(ax, size=(6.4, 1.4 + 0.36 * len(names)))
    at = np.array([found.parameters.index(name) for name in names])
    rows = np.arange(len(names), dtype=float)
    error = {"ecolor": "0.15", "capsize": 2.5, "elinewidth": 1}
    level = f"bars: {100 * found.confidence:g} % interval"
    if isinstance(found, SobolIndices):
        ax.barh(
            rows + 0.2, found.total[at], 0.38, xerr=_arms(found.total, found.total_interval, at),
            color=DARK, error_kw=error,
            label="with interactions (total)",
        )  # fmt: skip
        ax.barh(
            rows - 0.2, found.first[at], 0.38, xerr=_arms(found.first, found.first_interval, at),
            color=MIDDLE, error_kw=error,
            label="alone (first order)",
        )  # fmt: skip
        ax.set_xlabel(f"share of the variance of {measured}\n({level})")
    else:
        arms = _arms(found.mean_absolute, found.mean_absolute_interval, at)
        ax.barh(
            rows, found.mean_absolute[at], 0.6, xerr=arms, color=DARK, error_kw=error, label="mean size of the effect",
        )  # fmt: skip
        ax.plot(
            found.deviation[at],
            rows,
            "D",
            color=MIDDLE,
            markeredgecolor="black",
            clip_on=False,
            zorder=4,
            label="deviation of the effect",
        )
        ax.set_xlabel(f"change of {measured} over the parameter's range\n({level})")
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_yticks(rows, [words(name) for name in names])
    ax.set_title(f"Which parameters does {measured} depend on?" if title is None else title)
    _case_intervals(ax)
    legend_below(ax, columns=2, drop=0.75)
    return ax


def _arms(estimates: Array, intervals: Array, at: Array) -> Array:
    """How far the intervals reach below and above the estimates, shape [2, parameters]."""
    arms: Array = np.maximum([[-1], [1]] * (intervals[at].T - estimates[at]), 0)
    return arms


def _case_intervals(ax: Any) -> None:
    """A light edge around the intervals, which would else be lost on dark bars."""
    ErrorbarContainer = need("matplotlib.container").ErrorbarContainer
    patheffects = need("matplotlib.patheffects")
    Normal, Stroke = patheffects.Normal, patheffects.Stroke

    for container in ax.containers:
        if isinstance(container, ErrorbarContainer):
            for line in (*container.lines[1], *container.lines[2]):
                line.set_path_effects([Stroke(linewidth=3, foreground="white"), Normal()])
