"""A payoff table as people keep it in a spreadsheet: one table of "3, 5" cells, or two tables of numbers.

One table::                             Two tables, a blank row between::

    upper \\ lower   work     escalate      upper    work   escalate
    assist          "3, 5"   "0, 1"        assist   3      0
    push            "4, 0"   "1, 1"        push     4      1

                                           lower    work   escalate
                                           assist   5      1
                                           push     0      1

The corner cell names the players, or is empty. The first player chooses rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameFileError
from blamegame.formats.number import problem_with_number
from blamegame.formats.source import MOST_PAYOFFS
from blamegame.games.strategic import StrategicGame

Grid = list[list[str]]
_SEPARATORS = re.compile(r"[\s,;|]+")
_LAYOUTS = 'one table with cells such as "3, 5", or two tables of numbers with a blank row between them'


@dataclass(frozen=True)
class Block:
    """One rectangle of a sheet: its labels, its cells as text, and where its corner stands (0-based row)."""

    corner: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    top: int


def game_from_grid(grid: Grid, name: str) -> StrategicGame:
    """The game of a sheet of text cells, ``grid[row][column]``; errors name the cell as a spreadsheet does: B3."""
    blocks = [_block(rows, top, name) for rows, top in _blocks(grid)]
    if len(blocks) == 1:
        payoffs = _numbers(blocks[0], 2, name)
        players = _both_players(blocks[0], name)
    elif len(blocks) == 2:
        _refuse_other_labels(blocks[0], blocks[1], name)
        payoffs = [_numbers(block, 1, name)[0] for block in blocks]
        players = _one_player_each(blocks[0], blocks[1], name)
    else:
        raise GameFileError(f"{name} holds {len(blocks)} tables; expected {_LAYOUTS}")
    return StrategicGame(np.array(payoffs, dtype=object), players, (blocks[0].rows, blocks[0].columns))


def address(row: int, column: int) -> str:
    """The spreadsheet's name of a cell, 0-based.

    >>> address(2, 1), address(0, 26)
    ('B3', 'AA1')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def cell_numbers(text: str, n: int) -> list[Fraction]:
    """The ``n`` numbers of one cell, exact; parentheses around them and the typographic minus are accepted.

    >>> cell_numbers("(3, -1/2)", 2)
    [Fraction(3, 1), Fraction(-1, 2)]

    Raises
    ------
    ValueError
        Saying what the cell holds and what it should.
    """
    if not text.strip():
        raise ValueError(f"is empty; expected {_expected(n)}")
    inner = text.strip().replace("\N{MINUS SIGN}", "-")
    if inner[0] == "(" and inner[-1] == ")":
        inner = inner[1:-1]
    words = [word for word in _SEPARATORS.split(inner) if word]
    if len(words) != n:
        hint = "; write decimals with a point (0.5)" if len(words) == 2 * n else ""
        raise ValueError(f"holds {_clip(text)}; expected {_expected(n)}{hint}")
    for word in words:
        problem = problem_with_number(word)
        if problem:
            raise ValueError(f"holds {_clip(text)}: {problem}")
    return [Fraction(word) for word in words]


def _expected(n: int) -> str:
    return "one number" if n == 1 else 'two payoffs such as "3, 5"'


def _clip(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _blocks(grid: Grid) -> list[tuple[Grid, int]]:
    """Runs of rows that are not blank, with the position of the first."""
    out: list[tuple[Grid, int]] = []
    inside = False
    for position, row in enumerate(grid):
        blank = not any(cell.strip() for cell in row)
        if not blank and not inside:
            out.append(([], position))
        if not blank:
            out[-1][0].append(row)
        inside = not blank
    return out


def _block(rows: Grid, top: int, name: str) -> Block:
    width = max(position + 1 for row in rows for position, cell in enumerate(row) if cell.strip())
    if len(rows) < 2 or width < 2:
        raise GameFileError(
            f"{name}: the table at {address(top, 0)} has {len(rows)} rows and {width} columns; "
            "it needs labels in its first row and first column, and at least one cell"
        )
    if width * len(rows) > MOST_PAYOFFS:
        raise GameFileError(f"{name}: the table at {address(top, 0)} has {len(rows)} x {width} cells; too many to read")
    full = [[*row, *[""] * width][:width] for row in rows]
    columns, labels = tuple(full[0][1:]), tuple(row[0] for row in full[1:])
    _check_labels(columns, lambda k: address(top, k + 1), name)
    _check_labels(labels, lambda k: address(top + k + 1, 0), name)
    return Block(full[0][0], labels, columns, tuple(tuple(row[1:]) for row in full[1:]), top)


def _check_labels(labels: Sequence[str], where: Callable[[int], str], name: str) -> None:
    first: dict[str, int] = {}
    for position, label in enumerate(labels):
        if not label.strip():
            raise GameFileError(f"{name}, cell {where(position)} is empty; rows and columns need an action's label")
        if label in first:
            raise GameFileError(
                f"{name}, cell {where(position)}: the label {_clip(label)} stands in {where(first[label])} already; "
                "actions of one player need different labels"
            )
        first[label] = position


def _refuse_other_labels(first: Block, second: Block, name: str) -> None:
    _refuse_other(first.rows, second.rows, lambda k: address(second.top + k + 1, 0), name)
    _refuse_other(first.columns, second.columns, lambda k: address(second.top, k + 1), name)


def _refuse_other(mine: Sequence[str], other: Sequence[str], where: Callable[[int], str], name: str) -> None:
    if len(mine) != len(other):
        raise GameFileError(
            f"{name}: the first table has {len(mine)} actions from {_clip(mine[0])} on, "
            f"the second {len(other)} from {_clip(other[0])} on ({where(0)}); they must agree"
        )
    for position, (label, repeated) in enumerate(zip(mine, other)):
        if label != repeated:
            raise GameFileError(
                f"{name}, cell {where(position)}: {_clip(repeated)} is {_clip(label)} in the first table; "
                "both tables need the same labels in the same order"
            )


def _numbers(block: Block, n: int, name: str) -> list[Any]:
    """Payoffs, shape [n, rows, columns]."""
    out: list[list[list[Fraction]]] = [[] for _ in range(n)]
    for i, row in enumerate(block.cells):
        values = [_cell(text, n, name, block.top + i + 1, j + 1) for j, text in enumerate(row)]
        for k in range(n):
            out[k].append([cell[k] for cell in values])
    return out


def _cell(text: str, n: int, name: str, row: int, column: int) -> list[Fraction]:
    try:
        return cell_numbers(text, n)
    except ValueError as error:
        raise GameFileError(f"{name}, cell {address(row, column)} {error}") from None


def _both_players(block: Block, name: str) -> list[str] | int:
    """Names from a corner such as ``upper \\ lower``; the default ones where it is empty."""
    if not block.corner.strip():
        return 2
    names = block.corner.split(" \\ ")
    if len(names) != 2:
        names = [part.strip() for part in block.corner.split("\\")]
    if len(names) != 2 or names[0] == names[1]:
        raise GameFileError(
            f"{name}, cell {address(block.top, 0)} holds {_clip(block.corner)}; "
            r"write the two players as in 'upper \ lower', or leave the corner empty"
        )
    return names


def _one_player_each(first: Block, second: Block, name: str) -> list[str] | int:
    if "\\" in first.corner:
        return _both_players(first, name)
    names = [first.corner, second.corner]
    if not any(part.strip() for part in names):
        return 2
    if names[0] == names[1] or not all(part.strip() for part in names):
        raise GameFileError(
            f"{name}: the corners {address(first.top, 0)} and {address(second.top, 0)} hold {_clip(names[0])} and "
            f"{_clip(names[1])}; name the player whose payoffs each table holds, or leave both empty"
        )
    return names
