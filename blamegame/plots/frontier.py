"""The frontier of reforms: what standing more error in the numbers costs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any

from blamegame.errors import ReformError
from blamegame.plots.style import DARK, MIDDLE, ask, axes_or_new, legend_below
from blamegame.regions.radius import Radius

_LETTERS = 34


def plot_frontier(
    line: Sequence[tuple[Fraction, Radius]],
    *,
    beside: Sequence[tuple[Fraction, Radius]] = (),
    names: bool = True,
    title: str | None = None,
    about: str = "",
    ax: Any = None,
) -> Any:
    """Draw the largest proved radius that each cost buys.

    Parameters
    ----------
    line : what :func:`blamegame.regions.frontier` returned
    beside : other bundles with their cost, drawn beside the line
    names : whether bundles are named

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ReformError
        Where no bundle is on the frontier.
    """
    if not line:
        raise ReformError("the frontier is empty: no bundle reaches the goal, even at the point itself")
    ax = axes_or_new(ax, size=(7.2, 4.6))
    costs = [float(cost) for cost, _ in line]
    radii = [_per_cent(found) for _, found in line]
    last = max([*costs, *(float(cost) for cost, _ in beside)]) + 1
    ax.step([*costs, last], [*radii, radii[-1]], where="post", color=DARK, linewidth=1.6)
    ax.plot(costs, radii, "o", color=DARK, label="the best bundle of its cost")
    if beside:
        ax.plot(
            [float(cost) for cost, _ in beside], [_per_cent(found) for _, found in beside], "D", color=MIDDLE,
            markeredgecolor="black", label="other bundles",
        )  # fmt: skip
    if names:
        listed = zip([*costs, *(float(c) for c, _ in beside)], [found for _, found in (*line, *beside)])
        for k, (cost, found) in enumerate(listed):
            below = k >= len(line)
            ax.annotate(
                fill(" + ".join(found.bundle) or "nothing", _LETTERS), (cost, _per_cent(found)),
                xytext=(6, 4) if below else (-5, 4), textcoords="offset points", fontsize=7,
                va="bottom", ha="left" if below else "right",
            )  # fmt: skip
    ax.set_xlim(min(0.0, *costs), last)
    ax.set_ylim(0, 1.25 * max(radii) + 1)
    ax.set_xlabel("cost of the bundle")
    ax.set_ylabel("error that it stands (% of every value)")
    ask(ax, title or "What does standing more error cost?", about=about or line[0][1].goal.words(_model(line)))
    legend_below(ax, columns=2)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def _per_cent(found: Radius) -> float:
    return 100 * float(found.proved or 0)


def _model(line: Sequence[tuple[Fraction, Radius]]) -> Any:
    region = line[0][1].region
    assert region is not None  # on the frontier the goal holds at least at the point
    return region.low
