"""A finite automaton of a repeated game: its states, what is played in each, and which play leads where."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.automaton import Automaton
from blamegame.plots.style import DARK, LIGHT, WARNING, axes_or_new, legend_below


def plot_automaton(machine: Automaton, *, title: str | None = None, ax: Any = None) -> Any:
    """Draw the states on a circle, the first at the left; solid arrows as meant, dashed ones after a deviation.

    A state with solid arrows only goes on the same way whatever is played; a dashed arrow names its plays only where
    deviations lead to different states.

    Returns
    -------
    matplotlib Axes
    """
    ax = axes_or_new(ax, size=(6.4, 4.6))
    graph = machine.to_networkx()
    places = _places(machine.states)
    for source, target, facts in graph.edges(data=True):
        whatever = len(set(graph.successors(source))) == 1
        if facts["meant"] or not whatever:
            _arrow(ax, places[source], places[target], facts)
    for name, facts in graph.nodes(data=True):
        ax.text(
            *places[name], f"{name}\n{facts['plays']}", ha="center", va="center", fontsize=9, zorder=5,
            bbox={"boxstyle": "round,pad=0.5", "facecolor": LIGHT if facts["initial"] else "white", "edgecolor": DARK},
        )  # fmt: skip
    ax.plot([], [], color=DARK, label="as meant")
    ax.plot([], [], color=WARNING, linestyle="--", label="after a deviation")
    ax.plot([], [], "s", color=LIGHT, markeredgecolor=DARK, markersize=9, label="play begins here")
    ax.set_title(title or "What is played, and what follows a deviation?")
    ax.set_xlim(-1.75, 1.75)
    ax.set_ylim(-1.45, 1.45)
    ax.set_axis_off()
    legend_below(ax, drop=0.1)
    return ax


def _places(states: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    if len(states) == 1:
        return {states[0]: (0.0, 0.0)}
    angles = np.pi - 2 * np.pi * np.arange(len(states)) / len(states)
    return {name: (float(np.cos(a)), float(0.8 * np.sin(a))) for name, a in zip(states, angles)}


def _arrow(ax: Any, start: tuple[float, float], end: tuple[float, float], facts: dict[str, Any]) -> None:
    colour, line = (DARK, "-") if facts["meant"] else (WARNING, "--")
    if start == end:  # a loop above the state where it is meant, below where it is not
        side = 1 if facts["meant"] else -1
        (x, y), reach = start, 0.52 * side
        loop: dict[str, Any] = {
            "arrowstyle": "-|>",
            "color": colour,
            "linestyle": line,
            "connectionstyle": f"arc3,rad={-1.6 * side}",
        }
        ax.annotate("", (x + 0.16, y + 0.15 * side), (x - 0.16, y + 0.15 * side), arrowprops=loop)
        if _is_telling(facts):
            ax.text(x, y + reach, facts["label"], ha="center", va="center", fontsize=8, color=colour)
        return
    bend = 0.18 if facts["meant"] else 0.34
    curve: dict[str, Any] = {
        "arrowstyle": "-|>", "color": colour, "linestyle": line, "shrinkA": 34, "shrinkB": 34,
        "connectionstyle": f"arc3,rad={bend}",
    }  # fmt: skip
    ax.annotate("", end, start, arrowprops=curve)
    if _is_telling(facts):
        middle = (2 * np.array(start) + np.array(end)) / 3
        across = np.array([end[1] - start[1], start[0] - end[0]])
        ax.text(*(middle + bend * 0.8 * across), facts["label"], ha="center", va="center", fontsize=8, color=colour)


def _is_telling(facts: dict[str, Any]) -> bool:
    """Whether the plays along an arrow need words: only where deviations part ways."""
    return not facts["meant"] and facts["label"] != "otherwise"
