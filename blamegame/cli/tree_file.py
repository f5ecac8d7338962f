"""``blamegame solve game.efg``: anybody's game in extensive form: its tree, its equilibria, and a figure of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from blamegame.cli.game_file import patience, shown

if TYPE_CHECKING:
    from blamegame.games.behaviour import Behaviour
    from blamegame.games.extensive import ExtensiveGame
    from blamegame.solvers.extensive.solution import TreeSolution

_MOST_LISTED = 20
_PLAIN = str.maketrans({"├": "+", "└": "+", "─": "-", "│": "|", "→": "->"})


def is_tree_file(name: str) -> bool:
    """Whether a name given on the command line ends like a file of a game in extensive form."""
    return Path(name).suffix.lower() == ".efg"


def read_tree(name: str) -> ExtensiveGame:
    """The tree in a file, its labels without control characters."""
    from blamegame.formats.efg import read_efg
    from blamegame.games.extensive import ExtensiveGame

    tree = read_efg(Path(name))
    return ExtensiveGame(
        map(shown, tree.players),
        [(node.mover, node.place, node.outcome, shown(node.label)) for node in tree.nodes],
        [(place.player, shown(place.label), tuple(map(shown, place.actions))) for place in tree.information_sets],
        [(shown(event.label), tuple(map(shown, event.actions)), event.probabilities) for event in tree.events],
        [(shown(outcome.label), outcome.payoffs) for outcome in tree.outcomes],
    )


def tree_solution(tree: ExtensiveGame, seconds: float) -> TreeSolution:
    """Subgame-perfect equilibria; where half the time is not enough for those, one Nash equilibrium of two players.

    Where no solver takes the tree there is no equilibrium, and the status says why.
    """
    from blamegame.errors import UnsupportedGame
    from blamegame.solvers.extensive.sequence_form import sequence_form_nash
    from blamegame.solvers.extensive.solution import TreeSolution
    from blamegame.solvers.extensive.subgame_perfect import subgame_perfect

    try:
        found = subgame_perfect(tree, limit=_MOST_LISTED, time_limit=seconds / 2)
    except UnsupportedGame as problem:
        found = TreeSolution(tree, "subgame_perfect", "subgame decomposition", (), (), False, str(problem))
    if found.equilibria or tree.n_players != 2 or not tree.perfect_recall:
        return found
    try:
        return sequence_form_nash(tree, time_limit=seconds / 2)
    except UnsupportedGame:
        return found


def solve_tree_file(name: str, json_wanted: bool, seconds: float, plot: str | None) -> None:
    """Print what the equilibria of the tree in a file are, and draw it with the first of them."""
    tree = read_tree(name)
    if plot:
        from blamegame.plots.game_tree import check_drawable

        check_drawable(tree)
    with patience(seconds):
        found = tree_solution(tree, seconds)
    if plot:
        from blamegame.cli.figure import save_tree

        save_tree(tree, plot, solution=found)
    if json_wanted:
        _print_json(name, found)
    else:
        _print(name, found, plot)


def _print(name: str, found: TreeSolution, plot: str | None) -> None:
    from blamegame.cli.screen import columns, console, heading, is_plain, prose
    from blamegame.games.behaviour import node_values
    from blamegame.games.table import format_number

    tree, screen = found.game, console()
    screen.print(Path(name).name, style="bold")
    heading(screen, f"Tree; at the ends payoffs ({', '.join(tree.players)})")
    drawn = str(tree).translate(_PLAIN) if is_plain(screen) else str(tree)
    for line in drawn.splitlines():
        screen.print(f"  {line}", soft_wrap=True)
    heading(screen, f"By {found.method.replace('_', ' ')}")
    prose(screen, found.status)
    rows = []
    for k, profile in enumerate(found.equilibria, 1):
        plays = "; ".join(f"{place}: {_mixture(mixed)}" for place, mixed in _strategies(tree, profile))
        payoffs = ", ".join(map(format_number, node_values(tree, profile)[0]))
        rows.append([f"{k}.", f"{plays}\npayoffs {payoffs}"])
    if rows:
        columns(screen, rows)
    if plot:
        screen.print()
        prose(screen, f"figure in {plot}" + (", with the first equilibrium" if len(rows) > 1 else ""))


def _print_json(name: str, found: TreeSolution) -> None:
    from blamegame.cli.screen import number, print_json
    from blamegame.games.behaviour import node_values

    tree = found.game
    print_json(
        {
            "file": name,
            "players": list(tree.players),
            "nodes": len(tree.nodes),
            "information_sets": [
                {"player": tree.players[place.player], "label": place.label, "actions": list(place.actions)}
                for place in tree.information_sets
            ],
            "concept": found.concept,
            "method": found.method,
            "complete": found.complete,
            "status": found.status,
            "equilibria": [
                {
                    "strategies": [{a: number(p) for a, p in mixed.items()} for _, mixed in _strategies(tree, profile)],
                    "payoffs": dict(zip(tree.players, map(number, node_values(tree, profile)[0]))),
                }
                for profile in found.equilibria
            ],
        }
    )


def _strategies(tree: ExtensiveGame, profile: Behaviour) -> list[tuple[str, dict[str, Any]]]:
    """For each information set its name, with its number as in the tree, and the actions with positive probability."""
    return [
        (
            f"{tree.players[place.player]}{f', {place.label}' if place.label else ''} [{k}]",
            {action: p for action, p in zip(place.actions, strategy.tolist()) if p},
        )
        for k, (place, strategy) in enumerate(zip(tree.information_sets, profile))
    ]


def _mixture(strategy: dict[str, Any]) -> str:
    from blamegame.games.table import format_number

    if len(strategy) == 1:
        return next(iter(strategy))
    return " + ".join(f"{format_number(p)} {action}" for action, p in strategy.items())
