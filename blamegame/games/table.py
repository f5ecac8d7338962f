"""Payoff tables as game theorists print them: labels, best replies underlined, pure equilibria starred.

In plain text an underlined number stands between underscores: ``_5_``. Exact fractions stand beside their decimal.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, StrategicGame, check_single

_MOST_CELLS = 400
_MOST_BITS = 14_000  # Python writes whole numbers of up to 4300 digits
LEGEND = "_best reply_   * pure equilibrium"


def best_reply_cells(game: StrategicGame) -> Array:
    """Boolean array, shape [n_players, *n_actions]: whether the player's action is a best reply in that cell."""
    check_single(game, "best_reply_cells")
    best = [game.payoffs[i] == np.max(game.payoffs[i], axis=i, keepdims=True) for i in range(game.n_players)]
    return np.array(best, dtype=bool)


def format_number(value: Any, digits: int = 6) -> str:
    """A payoff or probability as people read it: short decimals as decimals, other fractions with their decimal.

    >>> [format_number(v) for v in (Fraction(427, 5000), Fraction(1, 3), Fraction(2), 0.1 + 0.2)]
    ['0.0854', '1/3 (0.333333)', '2', '0.3']
    """
    if isinstance(value, Fraction):
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        if value.denominator == 1 and bits < _MOST_BITS:
            return str(value.numerator)
        short = rounded(value, digits)
        if Fraction(short) == value:
            return short
        return f"{value} ({short})" if bits < 100 and len(str(value)) <= 24 else f"≈ {short}"
    return f"{value:.{digits}g}"


def rounded(value: Any, digits: int) -> str:
    """The nearest decimal of so many digits, also of a rational beyond the range of floats.

    >>> rounded(Fraction(1, 3), 4), rounded(Fraction(10**400, 3), 4)
    ('0.3333', '3.333e+399')
    """
    try:
        return f"{float(value):.{digits}g}"
    except OverflowError:
        with localcontext(prec=digits):
            return f"{Decimal(value.numerator) / Decimal(value.denominator):.{digits}g}"


def format_game(game: StrategicGame) -> str:
    """The payoff table of one game as text; a batch or a very large game is summarised."""
    if game.batch_shape:
        return f"{game!r}\nprint(game[i]) shows one of them"
    if game.payoffs[0].size > _MOST_CELLS:
        return f"{game!r}\n(too large to print: {game.payoffs[0].size} cells)"
    best = best_reply_cells(game)
    if game.n_players == 2:
        return "\n".join([*_bimatrix(game, best), "", LEGEND])
    return "\n".join([*_list_of_cells(game, best), "", LEGEND])


def _cell(game: StrategicGame, best: Array, cell: tuple[int, ...]) -> str:
    numbers = [format_number(game.payoffs[(i, *cell)]) for i in range(game.n_players)]
    replies = [bool(best[(i, *cell)]) for i in range(game.n_players)]
    entries = [f"_{number}_" if reply else number for number, reply in zip(numbers, replies)]
    return ", ".join(entries) + (" *" if all(replies) else "")


def _bimatrix(game: StrategicGame, best: Array) -> list[str]:
    head = [f"{game.players[0]} \\ {game.players[1]}", *game.actions[1]]
    rows = [head]
    for i, action in enumerate(game.actions[0]):
        rows.append([action, *(_cell(game, best, (i, j)) for j in range(game.n_actions[1]))])
    return align(rows)


def _list_of_cells(game: StrategicGame, best: Array) -> list[str]:
    rows = [[*game.players, "payoffs"]]
    for cell in product(*(range(n) for n in game.n_actions)):
        rows.append([*(game.actions[i][a] for i, a in enumerate(cell)), _cell(game, best, cell)])
    return align(rows)


def align(rows: list[list[str]]) -> list[str]:
    """Rows of text padded into columns."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows]
