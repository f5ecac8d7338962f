"""LaTeX tables: best replies underlined, every character escaped, and the whole compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.formats.latex import equilibria_table, escape, payoff_table
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.solution import Solution
from blamegame.solvers.strategic.nash import nash

NASTY = ("[x]", "*", "a & b", r"100% \$_{}#~^", "<|>", "`'\"--?`", "two\n\nlines", "")
NASTY_GAME = StrategicGame(
    [np.arange(16).reshape(8, 2).tolist(), (-np.arange(16) / Fraction(3)).reshape(8, 2).tolist()],
    (r"up\per", "low & er"),
    (NASTY, ("l_1", "[r]")),
)


def test_the_payoff_table_of_the_default_game():
    assert payoff_table(Delegation().stage_game()).splitlines() == [
        r"\begin{tabular}{l|ccc}",
        r"{upper $\backslash$ lower} & {work} & {escalate} & {formalism} \\",
        r"\hline",
        r"{assist} & $0.0854,\; -0.139$ & $-0.41425,\; \underline{0.0475}$ & $-0.595,\; -0.364$ \\",
        r"{push} & $\underline{0.1075},\; -0.62095$ & $\underline{-0.2021},\; \underline{-0.2495}$ & "
        r"$\underline{-0.095},\; -0.5278$ \\",
        r"\end{tabular}",
    ]


def test_numbers_are_exact_where_short_and_marked_where_not():
    values = [Fraction(1, 3), Fraction(-5), Fraction(10**12), Fraction(1, 10**9), Fraction(10**20 + 1, 3), 10**400]
    table = payoff_table(StrategicGame([[values], [[0] * 6]]))
    row = table.splitlines()[3].removesuffix(r" \\").split(" & ")[1:]
    shown = [cell.strip("$").split(r",\; ")[0] for cell in row]
    assert [text.removeprefix(r"\underline{").removesuffix("}") if "under" in text else text for text in shown] == [
        "1/3",
        "-5",
        r"1 \times 10^{12}",
        r"1 \times 10^{-9}",
        r"\approx 3.33333 \times 10^{19}",
        r"1 \times 10^{400}",
    ]
    assert r"1.5 \times 10^{-9}" in payoff_table(StrategicGame([[[1.5e-9]], [[0.25]]]))


def test_games_of_other_than_two_players_are_lists_of_cells():
    table = payoff_table(StrategicGame(np.zeros((3, 2, 1, 2)), ("A", "B", "C")))
    assert table.count(r"\underline{0},\; \underline{0},\; \underline{0}") == 4
    assert table.splitlines()[1] == r"{A} & {B} & {C} & payoffs \\"
    assert payoff_table(StrategicGame([[1, 2]])).count(r"\\") == 3


def test_a_batch_is_refused():
    with pytest.raises(GameError, match="batch"):
        payoff_table(StrategicGame(np.zeros((4, 2, 1, 1)), 2))


def test_the_equilibria_with_supports_payoffs_and_components():
    game = StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], ("her", "him"), (("opera", "box_ing"),) * 2)
    assert equilibria_table(nash(game)).splitlines() == [
        r"\begin{tabular}{r|ll|rr|r}",
        r" & {her} & {him} & payoff of {her} & payoff of {him} & component \\",
        r"\hline",
        r"1 & {opera} & {opera} & $2$ & $1$ & 1 \\",
        r"2 & $2/3$ {opera} + $1/3$ {box\_ing} & $1/3$ {opera} + $2/3$ {box\_ing} & $2/3$ & $2/3$ & 2 \\",
        r"3 & {box\_ing} & {box\_ing} & $1$ & $2$ & 3 \\",
        r"\end{tabular}",
    ]


def test_an_incomplete_solution_says_so_in_the_table():
    game = StrategicGame([[[1]], [[1]]])
    some = Solution(game, "nash", "guess", (([1], [1]),), False, "stopped")
    some = Solution(game, "nash", "guess", tuple(tuple(np.array(s) for s in p) for p in some.equilibria), False, "")
    assert r"\multicolumn{5}{l}{not complete: there may be other equilibria}" in equilibria_table(some)
    assert "component" not in equilibria_table(some)


@pytest.mark.parametrize("character", "\\{}$&%#_~^<>|\"`'")
def test_no_special_character_stands_bare(character):
    escaped = escape(f"a{character}b")
    assert escaped.startswith("a") and escaped.endswith("b")
    assert escaped != f"a{character}b"


def test_labels_cannot_break_rows_cells_or_paragraphs():
    table = payoff_table(NASTY_GAME)
    rows = table.splitlines()
    assert len(rows) == 3 + len(NASTY) + 1, "newlines in labels do not break lines"
    for row in [rows[1], *rows[3:-1]]:
        assert row.endswith(r" \\")
        assert len(re.findall(r"(?<!\\)&", row)) == 2, "unescaped ampersands are the cell borders"
        assert row.startswith("{"), r"no [ or * follows the \\ of the row before"
    braces = re.sub(r"\\[\\{}]", "", table)
    assert braces.count("{") == braces.count("}")


def _document() -> str:
    tables = [payoff_table(NASTY_GAME), payoff_table(Delegation().stage_game())]
    tables += [equilibria_table(nash(NASTY_GAME)), payoff_table(StrategicGame(np.zeros((3, 2, 2, 2))))]
    body = "\n\n\\bigskip\n".join(tables)
    return f"\\documentclass{{article}}\n\\begin{{document}}\n\\noindent\n{body}\n\\end{{document}}\n"


def test_the_tables_compile_or_where_no_latex_is_installed_their_environments_balance(tmp_path):
    document = _document()
    engine = next((path for name in ("pdflatex", "lualatex", "xelatex") if (path := shutil.which(name))), None)
    if engine is None:
        assert document.count(r"\begin{tabular}") == document.count(r"\end{tabular}") == 4
        assert document.count("$") - document.count(r"\$") == 2 * len(re.findall(r"(?<!\\)\$[^$]*(?<!\\)\$", document))
        return
    (tmp_path / "tables.tex").write_text(document, encoding="utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "tables.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert (tmp_path / "tables.pdf").stat().st_size > 1000
