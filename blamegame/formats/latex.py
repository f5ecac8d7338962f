"""LaTeX of payoff tables and of equilibria; plain ``tabular`` that needs no package, with every label escaped.

Needs LaTeX of 2020 or later. Labels in scripts that pdfLaTeX does not know (Chinese, emoji) are left as they are:
compile those with XeLaTeX or LuaLaTeX and a font that has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from typing import Any, Protocol

from blamegame.games.responses import expected_payoffs
from blamegame.games.strategic import Array, Profile, StrategicGame, best_reply_cells

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",  # \textquotedbl needs the T1 encoding
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "-": "-{}",  # two in a row would set a dash
    "?": "?{}",  # ?` and !` would set Spanish punctuation
    "!": "!{}",
}


class Solved(Protocol):
    """What :func:`equilibria_table` reads of a solution."""

    @property
    def game(self) -> StrategicGame: ...
    @property
    def equilibria(self) -> Sequence[Profile]: ...
    @property
    def components(self) -> Sequence[Sequence[int]]: ...
    @property
    def complete(self) -> bool: ...


def escape(text: str) -> str:
    r"""``text`` so that LaTeX prints it as it is; white space and control characters become a space.

    >>> print(escape("50% of A&B_1"))
    50\% of A\&B\_1
    """
    return "".join(_SPECIAL.get(c, c if c.isprintable() else " ") for c in text)


def payoff_table(game: StrategicGame) -> str:
    r"""The payoff table as a ``tabular``, best replies underlined; other than two players as a list of cells.

    >>> print(payoff_table(StrategicGame([[[3, 0]], [[1, 2]]], ("upper", "lower"))))
    \begin{tabular}{l|cc}
    {upper $\backslash$ lower} & {a} & {b} \\
    \hline
    {a} & $\underline{3},\; 1$ & $\underline{0},\; \underline{2}$ \\
    \end{tabular}
    """
    best = best_reply_cells(game)
    if game.n_players == 2:
        head = [rf"{{{escape(game.players[0])} $\backslash$ {escape(game.players[1])}}}", *map(_label, game.actions[1])]
        body = [
            [_label(label), *(_cell(game, best, (i, j)) for j in range(game.n_actions[1]))]
            for i, label in enumerate(game.actions[0])
        ]
        return _tabular("l|" + "c" * game.n_actions[1], head, body)
    head = [*map(_label, game.players), "payoffs"]
    cells = product(*(range(n) for n in game.n_actions))
    rows = [[*(_label(game.actions[i][a]) for i, a in enumerate(c)), _cell(game, best, c)] for c in cells]
    return _tabular("l" * game.n_players + "|c", head, rows)


def equilibria_table(solution: Solved) -> str:
    r"""The equilibria of a solution as a ``tabular``: strategies (support only), expected payoffs, component.

    Where the solution is not complete the last line of the table says so.
    """
    game = solution.game
    component = {k: number + 1 for number, members in enumerate(solution.components) for k in members}
    head = ["", *map(_label, game.players), *(f"payoff of {_label(name)}" for name in game.players)]
    rows = []
    for k, profile in enumerate(solution.equilibria):
        strategies = [_strategy(strategy, labels) for strategy, labels in zip(profile, game.actions)]
        payoffs = [f"${_number(value)}$" for value in expected_payoffs(game, profile)]
        rows.append([str(k + 1), *strategies, *payoffs, *([str(component.get(k, ""))] if component else [])])
    if component:
        head.append("component")
    spec = "r|" + "l" * game.n_players + "|" + "r" * game.n_players + ("|r" if component else "")
    if not solution.complete:
        rows.append([rf"\multicolumn{{{len(head)}}}{{l}}{{not complete: there may be other equilibria}}"])
    return _tabular(spec, head, rows)


def _tabular(spec: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [rf"\begin{{tabular}}{{{spec}}}", " & ".join(head) + r" \\", r"\hline"]
    lines += [" & ".join(row) + r" \\" for row in rows]
    return "\n".join([*lines, r"\end{tabular}"])


def _label(text: str) -> str:
    """A label as one cell; the braces keep LaTeX from reading ``[`` or ``*`` as an option of the line before."""
    return f"{{{escape(text)}}}"


def _cell(game: StrategicGame, best: Array, cell: tuple[int, ...]) -> str:
    numbers = [_number(game.payoffs[(i, *cell)]) for i in range(game.n_players)]
    marked = [rf"\underline{{{text}}}" if best[(i, *cell)] else text for i, text in enumerate(numbers)]
    return "$" + r",\; ".join(marked) + "$"


def _strategy(strategy: Array, labels: tuple[str, ...]) -> str:
    played = [(value, label) for value, label in zip(strategy.tolist(), labels) if value > 0]
    if len(played) == 1:
        return _label(played[0][1])
    return " + ".join(f"${_number(value)}$ {_label(label)}" for value, label in played)


def _number(value: Any) -> str:
    """A number in mathematics mode: exact where that is short, else to six digits after an 'approximately'."""
    if not isinstance(value, Fraction):
        return _scientific(f"{value:.6g}")
    if value.denominator == 1 and abs(value) < 10**9:
        return str(value.numerator)
    decimal = _decimal(value)
    if Fraction(decimal) == value:
        return _scientific(decimal)
    if len(str(value.numerator)) + len(str(value.denominator)) <= 15:
        return f"{value.numerator}/{value.denominator}"
    return rf"\approx {_scientific(decimal)}"


def _decimal(value: Fraction) -> str:
    """``value`` to six digits, also where a float would overflow."""
    quotient = Context(prec=6).divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{quotient.normalize():.6g}"


def _scientific(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if e else mantissa
