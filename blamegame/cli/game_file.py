"""``blamegame solve game.nfg``: anybody's game, without offices: its table, its equilibria, and who would deviate."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from blamegame.games.strategic import StrategicGame
from blamegame.solvers.solution import Solution

READERS = {".nfg": ("blamegame.formats.nfg", "read_nfg"), ".csv": ("blamegame.formats.csv_game", "read_csv_game")}
_SECONDS = 60.0


def is_game_file(name: str) -> bool:
    """Whether a name given on the command line ends like a game file."""
    return Path(name).suffix.lower() in READERS


def read_game(name: str) -> StrategicGame:
    """The game in a file, by the reader of its ending."""
    from importlib import import_module

    module, reader = READERS[Path(name).suffix.lower()]
    game: StrategicGame = getattr(import_module(module), reader)(Path(name))
    actions = tuple(tuple(map(shown, labels)) for labels in game.actions)
    return StrategicGame(game.payoffs, tuple(map(shown, game.players)), actions)


def shown(label: str) -> str:
    """A label without control characters, which a terminal would obey rather than show."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in label)


def solutions(game: StrategicGame, seconds: float = _SECONDS) -> list[Solution]:
    """All equilibria, where the time is enough to prove that these are all.

    Of more than two players otherwise: all pure ones, then those found, or one mixed equilibrium where none was.
    """
    if game.n_players <= 2:
        from blamegame.solvers.strategic.nash import nash

        return [nash(game, time_limit=seconds)]
    from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
    from blamegame.solvers.strategic.pure import pure_nash
    from blamegame.solvers.strategic.simplicial_subdivision import simplicial_subdivision

    found = isolated_equilibria(game, time_limit=seconds)
    if found.complete:
        return [found]
    pure = pure_nash(game)
    if len(found) > len(pure):
        return [pure, found]
    return [pure, found if pure.equilibria else simplicial_subdivision(game, time_limit=seconds)]


def solve_file(name: str, json_wanted: bool, seconds: float = _SECONDS) -> None:
    """Print what the equilibria of the game in a file are."""
    game = read_game(name)
    with patience(seconds):
        found = solutions(game, seconds)
    if json_wanted:
        _print_json(name, game, found)
    else:
        _print(name, game, found)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """A note to whoever watches, while every equilibrium is looked for."""
    if not sys.stderr.isatty():
        yield
        return
    note = f"Looking for every equilibrium, for {seconds:g} s at most; Ctrl-C shows what was found."
    print(note, end="\r", file=sys.stderr, flush=True)
    yield
    print(" " * len(note), end="\r", file=sys.stderr, flush=True)


def _print(name: str, game: StrategicGame, found: list[Solution]) -> None:
    from blamegame.cli.payoff_table import print_payoffs
    from blamegame.cli.screen import console, heading, prose
    from blamegame.solvers.explain import explain

    screen = console()
    screen.print(Path(name).name, style="bold")
    heading(screen, f"Payoffs ({', '.join(game.players)})")
    print_payoffs(screen, game)
    for solution in found:
        heading(screen, f"By {solution.method.replace('_', ' ')}")
        for line in explain(solution).splitlines():
            prose(screen, line, indent=2 + len(line) - len(line.lstrip()))


def _print_json(name: str, game: StrategicGame, found: list[Solution]) -> None:
    from blamegame.cli.screen import number, print_json

    print_json(
        {
            "file": name,
            "players": list(game.players),
            "actions": [list(labels) for labels in game.actions],
            "solutions": [
                {
                    "concept": solution.concept,
                    "method": solution.method,
                    "complete": solution.complete,
                    "status": solution.status,
                    "components": [list(component) for component in solution.components],
                    "equilibria": [_strategies(game, profile, number) for profile in solution.equilibria],
                }
                for solution in found
            ],
        }
    )


def _strategies(game: StrategicGame, profile: Any, number: Any) -> dict[str, Any]:
    return {
        player: {action: number(p) for action, p in zip(labels, strategy.tolist()) if p}
        for player, labels, strategy in zip(game.players, game.actions, profile)
    }
