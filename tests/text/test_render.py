"""Every result in every form: the same cells, escaped for where they stand."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

import blamegame as bg
from blamegame import text
from blamegame.errors import GameError, UnsupportedGame

NASTY = bg.StrategicGame([[[3, 0]], [[1, 2]]], ("a_b & <i>", "50%|x"), (("\\end",), ("#1", "${}^~")))


@pytest.fixture(scope="module")
def results():
    county = bg.load("h_county")
    return [
        county,
        county.model.stage_game(),
        NASTY,
        bg.solve(county),
        bg.avoidance(county),
        bg.search(county, county.menu[:4]),
        bg.radius(county, ["list", "answer"], time_limit=2),
        bg.avoidance(bg.Region.around(county.model, 0.01), time_limit=2),
    ]


class _Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.cells, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1] in ("td", "th"):
            self.cells[-1] += data


def test_html_gives_back_every_cell(results):
    for value in results:
        read = _Cells()
        read.feed(text.html(value))
        assert not read.open
        said = text.report(value)
        assert read.cells == [cell for table in said.tables for row in (table.head, *table.rows) for cell in row]


def test_markdown_tables_have_as_many_cells_in_every_row(results):
    for value in results:
        for table in text.report(value).tables:
            assert len(table.head) >= 2
        for block in text.markdown(value).split("\n\n"):
            rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in block.split("\n") if line.startswith("|")]
            assert len({len(row) for row in rows}) <= 1


def test_plain_text_and_frames_hold_the_main_table(results):
    for value in results:
        said = text.report(value)
        for row in (row for table in said.tables for row in table.rows):
            assert all(cell in text.plain(value) for cell in row)
        if said.tables:
            assert [tuple(row) for row in text.frame(value).values.tolist()] == list(said.tables[0].rows)


def test_numbers_are_those_of_the_result():
    county = bg.load("h_county")
    assert text.frame(bg.avoidance(county))["probability"].tolist() == ["1", "1"]
    played = text.frame(bg.solve(county))
    assert played[["player", "action", "probability"]].values.tolist() == [
        ["upper", "push", "1"], ["lower", "escalate", "1"],
    ]  # fmt: skip
    plan = bg.search(county, county.menu[:4])
    listed = text.frame(plan)
    minimal = listed[listed["minimal"] == "yes"]["bundle"].tolist()
    assert sorted(minimal) == sorted(" + ".join(names) for names in plan.minimal)
    assert text.frame(county.model.stage_game()).loc[1, "escalate"] == "[-0.2021], [-0.2495]"


def test_latex_closes_what_it_opens_and_escapes_labels(results):
    for value in results:
        made = text.latex(value)
        bare = re.sub(r"\\[{}]", "", made)
        assert bare.count("{") == bare.count("}")
        assert made.count(r"\begin{tabular}") == made.count(r"\end{tabular}") == len(text.report(value).tables)
        assert not re.search(r"(?<!\\)[%#_$]", made)


@pytest.mark.slow
def test_latex_compiles(results, tmp_path):
    engine = next((name for name in ("pdflatex", "lualatex", "xelatex") if shutil.which(name)), None)
    if engine is None:
        pytest.skip("needs LaTeX")
    body = "\n\n".join(text.latex(value) for value in results)
    page = "\\documentclass{article}\\usepackage{booktabs,textcomp}\\begin{document}\n%s\n\\end{document}"
    (tmp_path / "a.tex").write_text(page % body, encoding="utf-8")
    subprocess.run([engine, "-interaction=nonstopmode", "-halt-on-error", "a.tex"], cwd=tmp_path, check=True)


def test_what_has_no_report_is_told_what_has():
    with pytest.raises(GameError, match="a int has no report; StrategicGame, Solution, Range, ReformPlan"):
        text.plain(3)


def test_outside_a_notebook_the_way_out_is_print():
    with pytest.raises(UnsupportedGame, match="no notebook is running"):
        text.in_notebooks()
