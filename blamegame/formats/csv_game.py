"""Two-player games as CSV, the way a spreadsheet saves "my Excel matrix"; layouts in :mod:`blamegame.formats.table`."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from blamegame.errors import GameFileError, UnsupportedGame
from blamegame.formats.number import number_text
from blamegame.formats.source import MOST_PAYOFFS, Source, load_source
from blamegame.formats.table import Grid, game_from_grid
from blamegame.games.strategic import StrategicGame, check_single

_IS_TEXT = re.compile(r"[\r\n]")
_SEP_LINE = re.compile(r"sep=([,;|\t])\r?\n", re.IGNORECASE)


def read_csv_game(path_or_text: str | Path) -> StrategicGame:
    """The game of a CSV file, given as a path or as its text; every number is read exactly, every label kept.

    The delimiter may be a comma, a semicolon or a tab (it is the one that occurs most in the first row, outside
    quotes). A cell of two payoffs may separate them by comma, semicolon, bar or space: decimals need a point.

    Raises
    ------
    GameFileError
        Naming the cell as the spreadsheet does.

    Examples
    --------
    >>> game = read_csv_game('upper \\\\ lower,work,escalate\\nassist,"3, 5","0, 1"\\npush,"4, 0","1/2, 1"\\n')
    >>> game.players, game.actions[0], game.payoffs[0, 1, 1]
    (('upper', 'lower'), ('assist', 'push'), Fraction(1, 2))
    >>> read_csv_game(',left\\ntop,"3, 5"\\ndown,x\\n')
    Traceback (most recent call last):
        ...
    blamegame.errors.GameFileError: CSV text, cell B3 holds 'x'; expected two payoffs such as "3, 5"
    """
    source = load_source(path_or_text, is_text=_IS_TEXT, kind="CSV")
    return game_from_grid(_grid(source), source.name)


def write_csv_game(game: StrategicGame) -> str:
    """``game`` as CSV text in one table, which :func:`read_csv_game` reads back; floats as their shortest decimals.

    >>> print(write_csv_game(StrategicGame([[[3, 0]], [[1, 2]]])), end="")
    "1 \\ 2","a","b"
    "a","3, 1","0, 2"

    Raises
    ------
    UnsupportedGame
        For other than two players.
    """
    check_single(game, "write_csv_game")
    if game.n_players != 2:
        raise UnsupportedGame(f"a CSV table holds 2 players, this game has {game.n_players}; use write_nfg")
    for name in game.players:
        if "\\" in name or not name.strip():
            raise GameFileError(
                f"the player {name!r} cannot stand in the corner of a table; rename it or use write_nfg"
            )
    for label in (label for labels in game.actions for label in labels):
        if not label.strip():
            raise GameFileError(f"the action {label!r} would be an empty label; rename it or use write_nfg")
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([" \\ ".join(game.players), *game.actions[1]])
    for i, label in enumerate(game.actions[0]):
        writer.writerow([label, *(_pair(game, i, j) for j in range(game.n_actions[1]))])
    return out.getvalue()


def _pair(game: StrategicGame, i: int, j: int) -> str:
    try:
        return ", ".join(number_text(game.payoffs[player, i, j]) for player in range(2))
    except ValueError as error:
        raise GameFileError(f"write_csv_game: {error}") from None


def _grid(source: Source) -> Grid:
    declared = _SEP_LINE.match(source.text)
    text = source.text[declared.end() :] if declared else source.text
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=declared[1] if declared else _delimiter(text), strict=True
    )
    grid: Grid = []
    cells = 0
    try:
        for row in reader:
            grid.append(row)
            cells += len(row) + 1
            if cells > MOST_PAYOFFS:
                raise GameFileError(
                    f"{source.name}: more than {MOST_PAYOFFS} cells by row {len(grid)}; no more are read"
                )
    except csv.Error as error:
        raise GameFileError(f"{source.name}, line {reader.line_num}: not well-formed CSV ({error})") from None
    return grid


def _delimiter(text: str) -> str:
    """Of comma, semicolon and tab the one that occurs most outside quotes in the first row that is not blank."""
    end = 0
    quoted = False
    count = dict.fromkeys(",;\t", 0)
    for end, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "\r\n" and text[:end].strip():
            break
        elif not quoted and character in count:
            count[character] += 1
    return max(count, key=lambda character: count[character])
