"""Likelihood profile: how far one unknown may move before the best fit becomes too bad."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.estimation.design import Design
from blamegame.estimation.fit import Fit
from blamegame.estimation.profile import cut_of
from blamegame.plots.style import DARK, MIDDLE, ask, axes_or_new, legend_below, parameter_label, words


def plot_likelihood_profile(
    fit: Fit, name: str, *, level: float = 0.95, points: int = 41, title: str | None = None, ax: Any = None
) -> Any:
    """Draw the square root of the likelihood ratio over one unknown, with the cut of its confidence set.

    Where the curve is a straight V, symmetric intervals would do as well; where it flattens, only a set will.

    Returns
    -------
    matplotlib Axes
    """
    ax = axes_or_new(ax)
    values, roots = fit.profile(name, points=points, level=max(level, 0.99))
    found = fit.interval(name, level=level, clustered=False)
    cut = np.sqrt(cut_of(level))
    ax.plot(values, roots, color=DARK, linewidth=1.6, label="best fit with it held there")
    ax.axhline(cut, color=MIDDLE, linewidth=1.2, linestyle="--", label=f"cut at {level:.0%}")
    ax.axvspan(found.low, min(found.high, values[-1]), color=MIDDLE, alpha=0.18, linewidth=0, label=f"{level:.0%} set")
    estimate = fit.estimates[name]
    if estimate is not None:
        ax.plot([estimate], [0], marker="o", color="black", linestyle="none", label="estimate")
    model = fit.design.model if isinstance(fit.design, Design) and name in fit.design.varied else None
    ax.set_xlabel(parameter_label(name, model))
    ax.set_ylabel("square root of the likelihood ratio")
    ax.set_ylim(bottom=-0.05)
    ask(ax, f"What do the cases say of {words(name)}?" if title is None else title, about=fit.theory.in_words)
    legend_below(ax, columns=2)
    return ax
