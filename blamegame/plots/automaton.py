"""A finite automaton of a repeated game: its states, what is played in each, and which play leads where."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.automaton import Automaton
from blamegame.plots.style import DARK, LIGHT, WARNING, axes_or_new, legend_below

_ROOM = 0.62  # above and below the states, for loops


def plot_automaton(machine: Automaton, *, title: str | None = None, ax: Any = None) -> Any:
    """Draw the states on a circle, the first at the left; solid arrows as meant, dashed ones after a deviation.

    A state with solid arrows only goes on the same way whatever is played; a dashed arrow names its plays only where
    deviations lead to different states.

    Returns
    -------
    matplotlib Axes
    """
    places = _places(machine.states)
    heights = [y for _, y in places.values()]
    low, high = min(heights) - _ROOM, max(heights) + _ROOM
    ax = axes_or_new(ax, size=(6.4, 0.9 + 1.6 * (high - low)))
    graph = machine.to_networkx()
    boxes = {
        name: ax.text(
            *places[name], f"{name}\n{facts['plays']}", ha="center", va="center", fontsize=9, zorder=5,
            bbox={"boxstyle": "round,pad=0.5", "facecolor": LIGHT if facts["initial"] else "white", "edgecolor": DARK},
        ).get_bbox_patch()
        for name, facts in graph.nodes(data=True)
    }  # fmt: skip
    for source, target, facts in graph.edges(data=True):
        whatever = len(set(graph.successors(source))) == 1
        if facts["meant"] or not whatever:
            bend = (0.18 if facts["meant"] else 0.34) * (1 if len(places) < 3 else -1)  # outwards on a circle
            _arrow(ax, (places[source], places[target]), (boxes[source], boxes[target]), facts, bend)
    ax.plot([], [], color=DARK, label="as meant")
    ax.plot([], [], color=WARNING, linestyle="--", label="after a deviation")
    ax.plot([], [], "s", color=LIGHT, markeredgecolor=DARK, markersize=9, label="play begins here")
    ax.set_title("What is played, and what follows a deviation?" if title is None else title)
    ax.set_xlim(-1.45, 1.45)
    ax.set_ylim(low, high)
    ax.set_axis_off()
    legend_below(ax, drop=0.05)
    return ax


def _places(states: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    if len(states) == 1:
        return {states[0]: (0.0, 0.0)}
    angles = np.pi - 2 * np.pi * np.arange(len(states)) / len(states)
    return {name: (float(np.cos(a)), float(0.8 * np.sin(a))) for name, a in zip(states, angles)}


def _arrow(
    ax: Any,
    ends: tuple[tuple[float, float], tuple[float, float]],
    boxes: tuple[Any, Any],
    facts: dict[str, Any],
    bend: float,
) -> None:
    """An arrow from the edge of one box to the edge of another; drawn after the boxes, which get their size late."""
    (start, end), colour = ends, DARK if facts["meant"] else WARNING
    look: dict[str, Any] = {
        "arrowstyle": "-|>", "color": colour, "linestyle": "-" if facts["meant"] else "--", "patchA": boxes[0],
        "patchB": boxes[1], "shrinkA": 1, "shrinkB": 1, "mutation_scale": 12,
    }  # fmt: skip
    if start == end:  # a loop above the state where it is meant, below where it is not
        side = 1 if facts["meant"] else -1
        (x, y), edge = start, (side + 1) / 2  # of the box: 1 its upper edge, 0 its lower
        loop = {**look, "patchA": None, "patchB": None, "connectionstyle": f"arc3,rad={-1.6 * side}"}
        ax.annotate("", (0.7, edge), (0.3, edge), xycoords=boxes[0], textcoords=boxes[0], arrowprops=loop, zorder=6)
        if _is_telling(facts):
            ax.text(x, y + 0.5 * side, facts["label"], ha="center", va="center", fontsize=8, color=colour)
        return
    look["connectionstyle"] = f"arc3,rad={bend}"
    ax.annotate("", end, start, arrowprops=look, zorder=6)
    if _is_telling(facts):
        middle = (2 * np.array(start) + np.array(end)) / 3
        across = np.array([end[1] - start[1], start[0] - end[0]])
        ax.text(*(middle + bend * 0.8 * across), facts["label"], ha="center", va="center", fontsize=8, color=colour)


def _is_telling(facts: dict[str, Any]) -> bool:
    """Whether the plays along an arrow need words: only where deviations part ways."""
    return not facts["meant"] and facts["label"] != "otherwise"
