"""The payoff table on a screen: best replies underlined, pure equilibria starred, exact fractions given as well."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from blamegame.cli.screen import columns
from blamegame.games.strategic import StrategicGame, best_reply_cells
from blamegame.games.table import format_number, rounded

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

MOST_CELLS = 60
MOST_EXACTLY = 20  # cells that are worth printing twice


def print_payoffs(screen: Console, game: StrategicGame) -> None:
    """A two-player game as a table, any other, and one with too many columns for the screen, as a list of cells.

    Where exact fractions beside the decimals would not fit the screen, the table is rounded and the fractions follow.
    """
    from rich.text import Text

    if game.payoffs[0].size > MOST_CELLS:
        screen.print(Text(f"  {game!r}: too many cells to print"))
        return
    layouts = [_bimatrix, _list_of_cells] if game.n_players == 2 else [_list_of_cells]
    digits = None
    for layout, digits in product(layouts, (None, 4, 3, 2)):
        rows = layout(screen, game, _shown(digits))
        if sum(width + 2 for width in _widths(rows)) <= screen.width:
            break
    widths = _widths(rows)
    for row in rows:
        line = Text("  ")
        for text, width in zip(row, widths):
            line += text + Text(" " * (width - text.cell_len + 2))
        line.rstrip()
        screen.print(line, no_wrap=True, overflow="ignore", crop=False)
    screen.print(Text("  ") + _entry(screen, "best reply", underline=True) + Text("   * pure equilibrium"))
    if digits is not None and game.payoffs[0].size > MOST_EXACTLY:
        screen.print(Text(f"  Rounded to {digits} digits; --json gives them exactly."), soft_wrap=True)
    elif digits is not None:
        _print_exactly(screen, game, digits)


def _print_exactly(screen: Console, game: StrategicGame, digits: int) -> None:
    """The cells that the table could only round."""
    rows = []
    for cell in product(*(range(n) for n in game.n_actions)):
        values = [game.payoffs[(i, *cell)] for i in range(game.n_players)]
        if any(value != Fraction(_shown(digits)(value)) for value in values):
            labels = ", ".join(game.actions[player][action] for player, action in enumerate(cell))
            rows.append([f"({labels})", ", ".join(map(str, values))])
    if rows:
        screen.print(f"  Rounded to {digits} digits; exactly:", soft_wrap=True)
        columns(screen, rows)


def _shown(digits: int | None) -> Callable[[Any], str]:
    """How a payoff is written: exactly and as a decimal, or rounded to so many digits."""
    return format_number if digits is None else lambda value: rounded(value, digits)


def _widths(rows: list[list[Text]]) -> list[int]:
    return [max(row[k].cell_len for row in rows) for k in range(len(rows[0]))]


def _bimatrix(screen: Console, game: StrategicGame, show: Callable[[Any], str]) -> list[list[Text]]:
    from rich.text import Text

    head = [f"{game.players[0]} \\ {game.players[1]}", *game.actions[1]]
    rows = [[Text(text) for text in head]]
    for i, action in enumerate(game.actions[0]):
        rows.append([Text(action), *(_cell(screen, game, (i, j), show) for j in range(game.n_actions[1]))])
    return rows


def _list_of_cells(screen: Console, game: StrategicGame, show: Callable[[Any], str]) -> list[list[Text]]:
    from rich.text import Text

    rows = [[Text(text) for text in (*game.players, "payoffs")]]
    for cell in product(*(range(n) for n in game.n_actions)):
        labels = [Text(game.actions[player][action]) for player, action in enumerate(cell)]
        rows.append([*labels, _cell(screen, game, cell, show)])
    return rows


def _cell(screen: Console, game: StrategicGame, cell: tuple[int, ...], show: Callable[[Any], str]) -> Text:
    from rich.text import Text

    best = best_reply_cells(game)
    replies = [bool(best[(i, *cell)]) for i in range(game.n_players)]
    numbers = [show(game.payoffs[(i, *cell)]) for i in range(game.n_players)]
    entries = [_entry(screen, number, underline=reply) for number, reply in zip(numbers, replies)]
    return Text(", ").join(entries) + Text(" *" if all(replies) else "", style="bold")


def _entry(screen: Console, text: str, *, underline: bool) -> Text:
    """A number, underlined where it is a best reply: by the terminal, or between underscores where it cannot."""
    from rich.text import Text

    if underline and screen.color_system is None:
        return Text(f"_{text}_")
    return Text(text, style="underline" if underline else "")
