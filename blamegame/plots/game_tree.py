"""Game tree: who moves when, who knows what, what every end pays, and where equilibrium play goes."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from textwrap import fill
from typing import Any

from blamegame.errors import GameError
from blamegame.extras import need
from blamegame.games.behaviour import Behaviour, branch_probabilities, reach_probabilities
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, TERMINAL
from blamegame.games.tree_text import depths
from blamegame.plots.style import DARK, WARNING, axes_or_new, legend_below
from blamegame.plots.tree_layout import FONT, LINE, PAD, TreeLayout, tree_layout
from blamegame.solvers.extensive.solution import TreeSolution

MOST_ENDS, MOST_MOVES = 200, 60
_LETTERS = 18  # of a line in a box
_MARGIN = 0.1
_LEAST_WIDTH = 6.2  # of a new figure, in inches, for its title and legend
_PATH, _ELSEWHERE, _OTHER = (
    {"linewidth": 3.4, "color": DARK, "zorder": 3},
    {"linewidth": 1.7, "color": DARK, "zorder": 2},
    {"linewidth": 0.8, "color": "0.4", "zorder": 1},
)
_AVOIDED: dict[str, Any] = {"marker": "X", "color": WARNING, "markersize": 7}
_APART: dict[str, Any] = {
    "linestyle": "--", "linewidth": 1.1, "color": "0.2", "marker": "o", "markersize": 4.5, "markerfacecolor": "white",
}  # fmt: skip


def plot_game_tree(
    game: ExtensiveGame,
    *,
    solution: TreeSolution | None = None,
    equilibrium: int = 0,
    avoiding: Iterable[int] = (),
    title: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw a game in extensive form from the left to the right.

    Decisions stand in square boxes and chance in round ones, its probabilities on the branches; a dashed line with dots
    joins the nodes of an information set, which carry the same number as in ``print(game)``. Numbers are rounded to
    four digits.

    Parameters
    ----------
    game : at most 200 ends and 60 moves in a row
    solution : what a solver of trees returned for it, optional
        Branches on the equilibrium path are thick, actions that would be chosen elsewhere of medium width; the
        probability of an action stands beside it where the player mixes.
    equilibrium : which equilibrium of the solution to draw
    avoiding : ends to mark, such as ``model.avoiding_ends(game)``
    title : another question

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    GameError
        For a tree too large to draw, a solution of another tree or without equilibria, a mark where play does not end.

    Examples
    --------
    >>> from blamegame.models.three_stage import ThreeStage
    >>> from blamegame.solvers.extensive.backward_induction import backward_induction
    >>> tree = ThreeStage().tree(nature=False)
    >>> ax = plot_game_tree(tree, solution=backward_induction(tree), avoiding=ThreeStage().avoiding_ends(tree))
    >>> ax.get_title()
    'Where does play go, and does it end in avoidance?'
    """
    check_drawable(game)
    marked = frozenset(avoiding)
    for k in sorted(marked):
        if k not in game.terminals:
            raise GameError(f"node {k} is not an end of play; avoiding is a set of positions out of game.terminals")
    profile = None if solution is None else _profile(game, solution, equilibrium)
    layout = tree_layout(game, [_name(game, k) for k in range(len(game.nodes))], _actions(game, profile))
    width, height = layout.size
    size = FONT if ax is None else FONT * _scale(ax, width, height)
    page = max(width, _LEAST_WIDTH) if ax is None else width
    entries = _entries(game, solution, equilibrium, bool(marked))
    ax = axes_or_new(ax, size=(page + 0.4, height + 1.5 + 0.17 * ceil(len(entries) / 3)))
    reached = _draw_branches(ax, game, layout, profile, size)
    for place, points in layout.joints:
        ax.plot(*points.T, **_APART, zorder=4, gid=f"information set {place}")
    for k in range(len(game.nodes)):
        _draw_node(ax, game, layout, k, size, avoids=k in marked, reached=reached[k])
    for label, look in entries:
        ax.plot([], [], label=label, **look)
    legend_below(ax, drop=0.3, fontsize=8)
    _frame(ax, game, width, height, spare=page - width)
    ax.set_title(_question(solution is not None, bool(marked)) if title is None else title)
    return ax


def check_drawable(game: ExtensiveGame) -> None:
    """Refuse a tree that no page could hold."""
    ends, moves = len(game.terminals), int(depths(game).max())
    if ends > MOST_ENDS or moves > MOST_MOVES:
        raise GameError(
            f"the tree has {ends:,} ends and is {moves:,} moves deep; a figure shows at most {MOST_ENDS} ends and "
            f"{MOST_MOVES} moves. print(game) draws it as text, game.path(end) lists the moves to one end"
        )


def _profile(game: ExtensiveGame, solution: TreeSolution, equilibrium: int) -> Behaviour:
    if solution.game != game:
        raise GameError(f"the solution is of another tree: {solution.game!r}, not {game!r}; solve the tree to be drawn")
    if not solution.equilibria:
        raise GameError(f"the solution lists no equilibrium ({solution.status}); draw the tree without it")
    if equilibrium not in range(len(solution)):
        raise GameError(f"equilibrium={equilibrium}; the solution lists {len(solution)}, counted from 0")
    return solution.equilibria[equilibrium]


def _name(game: ExtensiveGame, k: int) -> str:
    """What stands in a node's box, or beside an end: payoffs, and the outcome's name unless the branch says it."""
    node = game.nodes[k]
    if node.mover == TERMINAL:
        label = (game.outcomes[node.outcome].label if node.outcome >= 0 else "") or node.label
        payoffs = f"({', '.join(map(_number, game.totals[k]))})"
        return payoffs if not label or label == _action(game, k) else f"{payoffs} {label}"
    if node.mover == CHANCE:
        return "\n".join(_wrapped(part) for part in ("chance", game.events[node.place].label) if part)
    place = game.information_sets[node.place]
    mark = f" [{node.place}]" if len(place.nodes) > 1 else ""
    return "\n".join(_wrapped(part) for part in (game.players[node.mover] + mark, place.label) if part)


def _wrapped(text: str) -> str:
    return fill(text, _LETTERS, break_long_words=False, break_on_hyphens=False)


def _number(value: Any, *, digits: int = 4) -> str:
    return f"{float(value):.{digits}g}".replace("-", "−")


def _action(game: ExtensiveGame, k: int) -> str:
    node = game.nodes[k]
    return "" if node.parent < 0 else game.actions_at(node.parent)[node.branch]


def _actions(game: ExtensiveGame, profile: Behaviour | None) -> list[str]:
    """What stands on the branch into each node: the action, and its probability where that is chance's or mixed."""
    out = []
    for k, node in enumerate(game.nodes):
        words = _action(game, k)
        if node.parent >= 0 and (profile is not None or game.nodes[node.parent].mover == CHANCE):
            share = branch_probabilities(game, profile or (), node.parent)[node.branch]
            if game.nodes[node.parent].mover == CHANCE or 0 < share < 1:
                words += f" ({_number(share, digits=3)})"
        out.append(words)
    return out


def _draw_branches(
    ax: Any, game: ExtensiveGame, layout: TreeLayout, profile: Behaviour | None, size: float
) -> list[bool]:
    """Draw every branch with its words; whether play passes each node."""
    reach = [False] * len(game.nodes) if profile is None else [p > 0 for p in reach_probabilities(game, profile)]
    words = _actions(game, profile)
    for k, node in enumerate(game.nodes):
        if node.parent < 0:
            continue
        chosen = profile is not None and game.nodes[node.parent].mover != CHANCE
        played = chosen and branch_probabilities(game, profile or (), node.parent)[node.branch] > 0
        look = _PATH if reach[k] else _ELSEWHERE if played else _OTHER
        (x, y), (x0, y0) = layout.places[k], layout.places[node.parent]
        start = x0 + layout.widths[node.parent]
        ax.plot([start, layout.bends[k], x], [y0, y, y], solid_capstyle="round", solid_joinstyle="round", **look)
        ax.text(
            layout.bends[k] + PAD, y + 0.035, words[k], fontsize=size, va="bottom", parse_math=False, zorder=6,
            color="black" if reach[k] or profile is None else "0.25",
        )  # fmt: skip
    return reach


def _draw_node(
    ax: Any, game: ExtensiveGame, layout: TreeLayout, k: int, size: float, *, avoids: bool, reached: bool
) -> None:
    FancyBboxPatch = need("matplotlib.patches").FancyBboxPatch

    (x, y), mover = layout.places[k], game.nodes[k].mover
    words = {"fontsize": size, "va": "center", "parse_math": False, "zorder": 6}
    if mover == TERMINAL:
        look = _AVOIDED if avoids else {"marker": "o", "color": DARK, "markersize": 3.5}
        ax.plot([x], [y], linestyle="none", zorder=5, **look)
        ax.text(x + 0.12, y, _name(game, k), fontweight="bold" if reached else "normal", **words)
        return
    wide, high = layout.widths[k], layout.heights[k]
    round_by = min(wide, high) / 2 if mover == CHANCE else 0.02
    box = FancyBboxPatch(
        (x, y - high / 2), wide, high, boxstyle=f"round,pad=0,rounding_size={round_by}", zorder=5,
        facecolor="0.88" if mover == CHANCE else "white", edgecolor=DARK, linewidth=1.0,
    )  # fmt: skip
    ax.add_patch(box)
    lines = _name(game, k).split("\n")
    for row, line in enumerate(lines):
        down = (row - (len(lines) - 1) / 2) * LINE
        ax.text(x + wide / 2, y - down, line, ha="center", fontweight="normal" if row else "bold", **words)


def _entries(
    game: ExtensiveGame, solution: TreeSolution | None, equilibrium: int, marked: bool
) -> list[tuple[str, dict[str, Any]]]:
    """Words and look of everything that the legend explains."""
    box: dict[str, Any] = {"linestyle": "none", "markeredgecolor": DARK, "markersize": 8}
    entries: list[tuple[str, dict[str, Any]]] = [("a player decides", {"marker": "s", "color": "white", **box})]
    if game.events:
        entries.append(("chance, with probabilities", {"marker": "o", "color": "0.88", **box}))
    if not game.perfect_information:
        entries.append(("cannot be told apart", _APART))
    if solution is not None:
        which = f", {equilibrium + 1} of {len(solution)}" if len(solution) > 1 else ""
        entries.append((f"equilibrium path{which}" if solution.complete else "path of one equilibrium", _PATH))
        entries.append(("would be chosen elsewhere", _ELSEWHERE))
    if marked:
        entries.append(("mutual avoidance", {"linestyle": "none", **_AVOIDED}))
    return entries


def _question(solved: bool, marked: bool) -> str:
    if marked:
        return "Where does play go, and does it end in avoidance?" if solved else "Which ways end in avoidance?"
    return "Where does play go, and what keeps it there?" if solved else "Who moves when, and what does each end pay?"


def _scale(ax: Any, width: float, height: float) -> float:
    """How much smaller than meant the tree is drawn, where the axes given have less room."""
    box = ax.get_window_extent()
    dpi = ax.figure.dpi
    return float(min(1.0, box.width / dpi / (width + 2 * _MARGIN), box.height / dpi / (height + 2 * _MARGIN)))


def _frame(ax: Any, game: ExtensiveGame, width: float, height: float, *, spare: float) -> None:
    ax.set_aspect("equal")  # an inch of the layout is an inch both ways, or shrinks both ways
    ax.set_xlim(-_MARGIN - spare / 2, width + _MARGIN + spare / 2)
    ax.set_ylim(-_MARGIN - LINE, height + _MARGIN + LINE)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    ax.set_xlabel(f"at the ends: payoffs ({', '.join(game.players)})", fontsize=9, parse_math=False)
