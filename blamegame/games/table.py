"""Payoff tables as game theorists print them: labels, best replies underlined, pure equilibria starred.

In plain text an underlined number stands between underscores: ``_5_``. Exact fractions stand beside their decimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from typing import Any

import numpy.typing as npt

MOST_CELLS = 400
"""A table of more cells is not printed."""
_MOST_BITS = 14_000  # Python writes whole numbers of up to 4300 digits
LEGEND = "_best reply_   * pure equilibrium"
_Table = npt.NDArray[Any]


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


def format_game(players: Sequence[str], actions: Sequence[Sequence[str]], payoffs: _Table, best: _Table) -> str:
    """The payoff table of one game as text; payoffs and whether they are best replies [n_players, *n_actions]."""
    rows = _bimatrix if len(players) == 2 else _list_of_cells
    return "\n".join([*rows(players, actions, payoffs, best), "", LEGEND])


def _cell(payoffs: _Table, best: _Table, cell: tuple[int, ...]) -> str:
    numbers = [format_number(own[cell]) for own in payoffs]
    replies = [bool(own[cell]) for own in best]
    entries = [f"_{number}_" if reply else number for number, reply in zip(numbers, replies)]
    return ", ".join(entries) + (" *" if all(replies) else "")


def _bimatrix(players: Sequence[str], actions: Sequence[Sequence[str]], payoffs: _Table, best: _Table) -> list[str]:
    rows = [[f"{players[0]} \\ {players[1]}", *actions[1]]]
    for i, action in enumerate(actions[0]):
        rows.append([action, *(_cell(payoffs, best, (i, j)) for j in range(len(actions[1])))])
    return align(rows)


def _list_of_cells(
    players: Sequence[str], actions: Sequence[Sequence[str]], payoffs: _Table, best: _Table
) -> list[str]:
    rows = [[*players, "payoffs"]]
    for cell in product(*(range(len(labels)) for labels in actions)):
        rows.append([*(actions[i][a] for i, a in enumerate(cell)), _cell(payoffs, best, cell)])
    return align(rows)


def align(rows: list[list[str]]) -> list[str]:
    """Rows of text padded into columns."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows]
