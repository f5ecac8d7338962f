"""Hysteresis loop: which profile is played as one parameter goes out, and as it comes back."""

from __future__ import annotations

from typing import Any

from blamegame.models.model import Model
from blamegame.plots.style import DARK, MIDDLE, WARNING, ask, axes_or_new, legend_below, parameter_label, words
from blamegame.reforms.adjustment import words_of
from blamegame.reforms.hysteresis import Hysteresis


def plot_hysteresis(
    loop: Hysteresis, *, model: Model | type[Model] | None = None, title: str | None = None, ax: Any = None
) -> Any:
    """Draw where status quo and target are equilibria, and the jumps between them.

    Parameters
    ----------
    loop : of :func:`~blamegame.reforms.hysteresis.hysteresis`
    model : optional
        Gives the parameter its unit.

    Returns
    -------
    matplotlib Axes
    """
    ax = axes_or_new(ax, size=(7.2, 4.0))
    for level, stretches, colour in ((0, loop.held, MIDDLE), (1, loop.reached, DARK)):
        for number, stretch in enumerate(stretches):
            name = words_of(loop.actions, (loop.status_quo, loop.target)[level])
            ends = [float(stretch.low), float(stretch.high)]
            label = f"{name} is an equilibrium" if not number else None
            ax.plot(ends, [level] * 2, color=colour, linewidth=5, solid_capstyle="butt", label=label, zorder=2)
            if ends[0] == ends[1]:
                ax.plot(ends[:1], [level], "s", color=colour, markersize=6, zorder=2)
    _jump(ax, loop.out_threshold if loop.sustained else None, 0, 1, "leaves", loop)
    _jump(ax, loop.in_threshold if loop.sustained else None, 1, 0, "is lost", loop)
    ax.plot([float(loop.value)], [0], "o", color="white", markeredgecolor="black", markersize=9, label="now", zorder=4)
    ax.set_yticks([0, 1], [words_of(loop.actions, cell) for cell in (loop.status_quo, loop.target)])
    ax.set_ylim(-0.5, 1.5)
    ax.margins(x=0.04)
    ax.set_xlabel(parameter_label(loop.parameter, model))
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    far = "more" if loop.rising else "less"
    ask(ax, f"How much {far} {words(loop.parameter)} to leave, and how much to stay?" if title is None else title)
    legend_below(ax, columns=2)
    return ax


def _jump(ax: Any, at: Any, start: int, end: int, what: str, loop: Hysteresis) -> None:
    if at is None:
        return
    x = float(at)
    ax.annotate(
        "", (x, end), (x, start), zorder=3,
        arrowprops={"arrowstyle": "-|>", "mutation_scale": 16, "linewidth": 1.6, "color": WARNING, "shrinkB": 4},
    )  # fmt: skip
    name = words_of(loop.actions, (loop.status_quo, loop.target)[start])
    ax.annotate(
        f"{name}\n{what} at {x:.4g}", (x, 0.5), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9,
        color=WARNING,
    )  # fmt: skip
