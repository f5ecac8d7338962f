"""Phase portrait of the replicator dynamics with basins: on the square of two by two actions, or on the 2-simplex."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.dynamics.basins import Basins
from blamegame.dynamics.replicator import log_growth, population_replicator
from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Array, to_float
from blamegame.plots.style import DARK, LIGHT, MIDDLE, WARNING, ask, axes_or_new, legend_below

_FILL = (LIGHT, "#F7DDA8", "#E3D0E8", "#D5E8D4")
_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])


def plot_phase_portrait(basins: Basins, *, about: str = "", title: str | None = None, ax: Any = None) -> Any:
    """Draw how play moves, over the sampled starting points coloured by where they lead.

    Parameters
    ----------
    basins : of :func:`~blamegame.dynamics.basins.replicator_basins` for a game of two by two actions (a square), or of
        :func:`~blamegame.dynamics.basins.population_basins` for a symmetric game of three actions (a triangle)
    about : a line below the title, such as the scenario's name

    Returns
    -------
    matplotlib Axes
    """
    square = len(basins.starts) == 2 and basins.game.n_actions == (2, 2)
    triangle = len(basins.starts) == 1 and basins.game.n_actions == (3, 3)
    if not square and not triangle:
        raise UnsupportedGame(
            f"a phase portrait needs 2 x 2 actions, or one population with 3, not {basins.game.n_actions}; drop "
            "actions with blamegame.games.dominance.restrict"
        )
    if square:
        ax = axes_or_new(ax, size=(5.6, 5.8))
        _square(ax, basins)
    else:
        ax = axes_or_new(ax, size=(6.0, 5.8))
        _triangle(ax, basins)
    note = "starting points sampled; replicator dynamics"
    ask(ax, "From where does play end where?" if title is None else title, about=f"{about}, {note}" if about else note)
    legend_below(ax, columns=1)
    return ax


def _square(ax: Any, basins: Basins) -> None:
    game = to_float(basins.game)
    _samples(ax, basins, np.column_stack([strategy[:, 0] for strategy in basins.starts]))
    line = np.linspace(0.004, 0.996, 25)
    x, y = np.meshgrid(line, line)
    strategies = [np.stack([one.ravel(), 1 - one.ravel()], axis=-1) for one in (x, y)]
    rates = log_growth(game.payoffs, strategies)
    flow = [(rate * strategy)[:, 0].reshape(x.shape) for rate, strategy in zip(rates, strategies)]
    ax.streamplot(line, line, *flow, color="0.25", density=0.9, linewidth=0.8, arrowsize=0.9, zorder=2)
    points = np.array([[float(strategy[0]) for strategy in rest] for rest in basins.rests]).reshape(-1, 2)
    ax.plot(*points.T, "o", color=DARK, markersize=10, clip_on=False, zorder=4)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_aspect("equal")
    for axis, player in ((ax.set_xlabel, 0), (ax.set_ylabel, 1)):
        axis(f"Pr({game.players[player]} plays {game.actions[player][0]})")


def _triangle(ax: Any, basins: Basins) -> None:
    _samples(ax, basins, basins.starts[0] @ _CORNERS)
    ax.plot(*np.vstack([_CORNERS, _CORNERS[:1]]).T, color="0.3", linewidth=1, zorder=3)
    steps = 5
    for i in range(1, steps + 1):
        for j in range(1, steps + 2 - i):
            start = np.array([i, j, steps + 2 - i - j]) / (steps + 2)
            path = population_replicator(basins.game, start, time=_time(basins), steps=400).strategies[0] @ _CORNERS
            ax.plot(*path.T, color="0.35", linewidth=0.8, zorder=2)
            _arrow(ax, path)
    points = np.array([rest[0] for rest in basins.rests]).reshape(-1, 3) @ _CORNERS
    ax.plot(*points.T, "o", color=DARK, markersize=10, clip_on=False, zorder=4)
    for corner, label, (side, lift) in zip(_CORNERS, basins.game.actions[0], ((1, -1), (-1, -1), (0, 1))):
        ax.annotate(
            label, corner, xytext=(-8 * side, 12 * lift), textcoords="offset points", ha="center", va="center",
            annotation_clip=False,
        )  # fmt: skip
    ax.set_xlim(-0.06, 1.06)
    ax.set_ylim(-0.09, 0.97)
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_xlabel("shares of the population")
    for edge in ("top", "right", "left", "bottom"):
        ax.spines[edge].set_visible(False)


def _time(basins: Basins) -> float:
    """Long enough to see where a path leads: the payoffs' spread sets the pace."""
    spread = float(np.ptp(to_float(basins.game).payoffs))
    return 12 / spread if spread else 1.0


def _arrow(ax: Any, path: Array) -> None:
    """An arrow head a third of the way along a path."""
    lengths = np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))
    if lengths[-1] < 0.03:
        return
    middle = int(np.searchsorted(lengths, lengths[-1] / 3))
    ahead = min(middle + 1, len(path) - 1)
    ax.annotate(
        "", path[ahead], path[middle], zorder=2,
        arrowprops={"arrowstyle": "-|>", "color": "0.35", "mutation_scale": 9, "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip


def _samples(ax: Any, basins: Basins, points: Array) -> None:
    for rest in range(-1, len(basins.rests)):
        chosen = points[basins.reached == rest]
        if not len(chosen):
            continue
        low, high = basins.interval(rest)
        share = len(chosen) / len(points)
        colour = WARNING if rest == -1 else _FILL[rest % len(_FILL)]
        ax.plot(
            *chosen.T, "o", color=colour, markeredgecolor=MIDDLE if rest == -1 else "0.6", markeredgewidth=0.3,
            markersize=5, zorder=1, alpha=0.4 if rest == -1 else 1.0,
            label=f"{basins.words(rest)}: {share:.1%} ({low:.1%} to {high:.1%})",
        )  # fmt: skip
