"""Best-response graph: who moves from which profile, and the profiles that play cannot leave."""

from __future__ import annotations

from itertools import product
from typing import Any

from blamegame.dynamics.best_response_graph import best_response_graph, sinks
from blamegame.errors import UnsupportedGame
from blamegame.extras import need
from blamegame.games.strategic import StrategicGame
from blamegame.plots.style import DARK, LIGHT, MIDDLE, WARNING, ask, axes_or_new, legend_below, words

_MOST_PROFILES = 48
_COLOURS = (DARK, WARNING, "#5B8C5A", "#8C6BB1")


def plot_best_response_graph(game: StrategicGame, *, about: str = "", title: str | None = None, ax: Any = None) -> Any:
    """Draw the action profiles of one game, with an arrow for each strictly improving best reply.

    The first player's actions are rows, those of the others columns. Sinks, where play ends or goes round, are filled.

    Parameters
    ----------
    game : one game of at most 48 profiles and four players
    about : a line below the title, such as the scenario's name

    Returns
    -------
    matplotlib Axes
    """
    Line2D = need("matplotlib.lines").Line2D
    Patch = need("matplotlib.patches").Patch

    graph = best_response_graph(game)
    if len(graph) > _MOST_PROFILES or game.n_players > len(_COLOURS):
        raise UnsupportedGame(
            f"a graph of {len(graph)} profiles of {game.n_players} players cannot be read; draw up to {_MOST_PROFILES} "
            f"profiles of {len(_COLOURS)} players (blamegame.games.dominance.restrict drops actions)"
        )
    columns = list(product(*(range(n) for n in game.n_actions[1:])))
    rows = game.n_actions[0]
    ax = axes_or_new(ax, size=(max(5.4, 1.7 * len(columns) + 1), 1.3 * rows + 1.9))
    at = {(row, *rest): (column, rows - 1 - row) for row in range(rows) for column, rest in enumerate(columns)}
    ends = sinks(graph)
    inside = {cell for sink in ends for cell in sink}
    for cell, (x, y) in at.items():
        ax.text(
            x, y, graph.nodes[cell]["label"].replace(", ", "\n"), ha="center", va="center", fontsize=9, zorder=3,
            color="black", gid="profile",
            bbox={"boxstyle": "round,pad=0.45", "facecolor": MIDDLE if cell in inside else LIGHT, "edgecolor": "0.3"},
        )  # fmt: skip
    for here, there, facts in graph.edges(data=True):
        far = abs(at[here][0] - at[there][0]) + abs(at[here][1] - at[there][1]) > 1
        ax.annotate(
            "", at[there], at[here], zorder=2,
            arrowprops={
                "arrowstyle": "-|>", "mutation_scale": 15, "linewidth": 1.8, "color": _COLOURS[facts["player"]],
                "shrinkA": 28, "shrinkB": 28, "connectionstyle": f"arc3,rad={0.42 if far else 0.0}",
            },
        )  # fmt: skip
    ax.set_xlim(-0.6, len(columns) - 0.4)
    ax.set_ylim(-0.75, rows - 0.35)
    names = [", ".join(game.actions[i + 1][a] for i, a in enumerate(rest)) for rest in columns]
    ax.set_xticks(range(len(columns)), names)
    ax.set_yticks(range(rows), list(reversed(game.actions[0])))
    ax.set_xlabel(" and ".join(words(name) for name in game.players[1:]) or "one player")
    ax.set_ylabel(words(game.players[0]))
    ax.tick_params(length=0)
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    movers = sorted({facts["player"] for _, _, facts in graph.edges(data=True)})
    handles: list[Any] = [
        Line2D([], [], color=_COLOURS[i], linewidth=1.8, marker=">", markersize=6, label=f"{game.players[i]} moves")
        for i in movers
    ]
    rests = all(len(sink) == 1 for sink in ends)
    handles.append(Patch(facecolor=MIDDLE, edgecolor="0.3", label="play ends here" if rests else "play never leaves"))
    ask(ax, "Where do best replies lead?" if title is None else title, about=about)
    legend_below(ax, handles=handles, columns=len(handles))
    return ax
