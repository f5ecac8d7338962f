"""Payoff set of a repeated game, with the stage game's payoffs, its equilibria and the minmax point."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.responses import expected_payoffs
from blamegame.games.strategic import Array
from blamegame.plots.style import DARK, LIGHT, MIDDLE, WARNING, ask, axes_or_new, label_of, legend_below


def plot_payoff_set(
    payoffs: Any,
    *,
    equilibria: Any = None,
    minmax: Any = None,
    unit: str = "",
    title: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw the equilibrium payoffs of a two-player repeated game.

    Parameters
    ----------
    payoffs : :class:`~blamegame.solvers.repeated.payoff_set.PayoffSet`
        An empty set, a point and a segment are drawn as such.
    equilibria : :class:`~blamegame.Solution` of the stage game, optional
    minmax : pair of numbers, optional
        The payoffs each player can be held to.
    unit : optional
        Of the payoffs, such as ``"value of success"`` for the delegation game.

    Returns
    -------
    matplotlib Axes
    """
    ax = axes_or_new(ax, size=(6.4, 5.2))
    stage = payoffs.game.stage
    _draw_stage(ax, stage)
    _draw_bound(ax, payoffs.outer, "outer bound", facecolor="none", edgecolor=DARK, linestyle="--")
    _draw_bound(ax, payoffs.inner, "equilibrium payoffs", facecolor=LIGHT, edgecolor=DARK, linestyle="-")
    if equilibria is not None:
        points = np.array([[float(v) for v in expected_payoffs(stage, p)] for p in equilibria.equilibria])
        ax.plot(
            *points.T, "o", color=MIDDLE, markeredgecolor="black", markersize=8, label="stage equilibrium", zorder=5
        )
    if minmax is not None:
        ax.plot(*map(float, minmax), "P", color=WARNING, markersize=15, label="minmax", zorder=4)
    if not len(payoffs.outer):
        ax.text(0.5, 0.93, "no equilibrium in pure strategies", transform=ax.transAxes, ha="center", color=WARNING)
    ax.set_xlabel(label_of(f"average payoff of {stage.players[0]}", {"units": unit}))
    ax.set_ylabel(label_of(f"average payoff of {stage.players[1]}", {"units": unit}))
    question = (
        f"Which payoffs can be sustained at discount {float(payoffs.game.discount):g}?" if title is None else title
    )
    ask(ax, question, about="pure subgame perfect equilibria, public randomisation")
    ax.margins(0.12)
    legend_below(ax)
    return ax


def _draw_stage(ax: Any, stage: Any) -> None:
    cells = list(np.ndindex(stage.n_actions))
    points = np.array([[float(stage.payoffs[(i, *cell)]) for i in range(2)] for cell in cells])
    ax.plot(*points.T, "x", color="0.35", markersize=6, label="stage payoffs", zorder=3)
    if len(cells) > 12:
        return
    for point, group in _at_one_place(cells, points):
        names = " = ".join(", ".join(stage.actions[i][a] for i, a in enumerate(cell)) for cell in group)
        side = 1 if point[0] <= points[:, 0].mean() else -1  # towards the middle, so that it stays inside the axes
        ax.annotate(
            names, point, xytext=(6 * side, 6), textcoords="offset points", ha="left" if side == 1 else "right",
            fontsize=8, color="0.25", zorder=6, bbox={"facecolor": "white", "alpha": 0.7, "pad": 0.5, "linewidth": 0},
        )  # fmt: skip


def _at_one_place(cells: list[tuple[int, ...]], points: Array) -> list[tuple[Array, list[tuple[int, ...]]]]:
    """Cells with the same payoffs share one label."""
    places: dict[tuple[float, ...], list[tuple[int, ...]]] = {}
    for cell, point in zip(cells, points):
        places.setdefault(tuple(point.tolist()), []).append(cell)
    return [(np.array(point), group) for point, group in places.items()]


def _draw_bound(ax: Any, vertices: Array, label: str, *, facecolor: str, edgecolor: str, linestyle: str) -> None:
    if len(vertices) == 0:
        return
    if len(vertices) == 1:
        ax.plot(*vertices.T, "s", markersize=7, markerfacecolor=facecolor, markeredgecolor=edgecolor, label=label)
    elif len(vertices) == 2:
        ax.plot(
            *vertices.T, color=edgecolor, linestyle=linestyle, linewidth=3 if facecolor != "none" else 1, label=label
        )
    else:
        ax.fill(*vertices.T, facecolor=facecolor, edgecolor=edgecolor, linestyle=linestyle, linewidth=1.4, label=label)
