"""Observed against fitted: how often each action was seen under each regime, and how often it should have been."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.estimation.fit import Fit
from blamegame.estimation.goodness import clopper_pearson
from blamegame.plots.style import DARK, MIDDLE, ask, axes_or_new, legend_below, words


def plot_observed_fitted(fit: Fit, *, level: float = 0.95, title: str | None = None, ax: Any = None) -> Any:
    """Draw a row for each regime, office and action: the observed share with its exact interval, and the fitted one.

    Returns
    -------
    matplotlib Axes
    """
    likelihood, cells = fit.problem.likelihood, fit.problem.cells
    seen = np.flatnonzero(likelihood.totals > 0)
    ax = axes_or_new(ax, size=(6.4, 1.4 + 0.22 * len(seen)))
    counts, totals = likelihood.counts[seen], likelihood.totals[seen]
    share = counts / totals
    low, high = clopper_pearson(counts, totals, level)
    rows = np.arange(len(seen))[::-1]
    error = np.abs([share - low, high - share])
    ax.errorbar(
        share,
        rows,
        xerr=error,
        fmt="o",
        color=DARK,
        markersize=4,
        linewidth=1.2,
        label=f"observed, {level:.0%} interval",
    )
    ax.plot(
        np.exp(fit.log_probabilities[seen]),
        rows,
        "D",
        color=MIDDLE,
        markeredgecolor="black",
        markersize=5,
        label="fitted",
    )
    ax.set_yticks(rows, [f"{words(cells[k][0])}: {words(cells[k][2])}" for k in seen], fontsize=8)
    groups = [cells[k][:2] for k in seen]
    for k in range(1, len(groups)):
        if groups[k] != groups[k - 1]:
            ax.axhline(rows[k] + 0.5, color="0.85", linewidth=0.8)
    ax.set_xlim(0, 1)
    ax.set_xlabel("share of cases")
    ask(ax, "Does the fit say what was seen?" if title is None else title, about=_about(fit))
    legend_below(ax, columns=2)
    return ax


def _about(fit: Fit) -> str:
    found = fit.goodness
    judged = f"p {found.p_value:.2g}" if found.degrees > 0 else "nothing left to judge by"
    return f"{fit.theory.in_words}: G2 {found.deviance:.4g} on {max(found.degrees, 0)} degrees, {judged}"
