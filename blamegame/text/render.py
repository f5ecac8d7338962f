"""Reports as plain text, Markdown, HTML, LaTeX and DataFrames; every label is escaped for where it stands."""

from __future__ import annotations

import re
from html import escape as escape_html
from typing import Any

from blamegame.errors import UnsupportedGame
from blamegame.extras import need
from blamegame.formats.latex import escape as escape_latex
from blamegame.games.table import align
from blamegame.text.report import REPORTS, Table, report


def plain(value: Any) -> str:
    """A result as text in columns."""
    said = report(value)
    tables = ["\n".join(align([list(row) for row in (table.head, *table.rows)])) for table in said.tables]
    return "\n\n".join(["\n".join([said.title, *said.sentences]), *tables])


def markdown(value: Any) -> str:
    """A result as Markdown with tables.

    >>> from blamegame import StrategicGame
    >>> print(markdown(StrategicGame([[[3, 0]], [[1, 2]]])).partition("\\n\\n| ")[2])
    1 / 2 | a | b |
    | --- | --- | --- |
    | a | \\[3\\], 1 | \\[0\\], \\[2\\] |
    """
    said = report(value)

    def rows(table: Table) -> str:
        lines = [table.head, ("---",) * len(table.head), *table.rows]
        return "\n".join(
            f"| {' | '.join(cell if k == 1 else _markdown(cell) for cell in line)} |" for k, line in enumerate(lines)
        )

    return "\n\n".join([f"### {_markdown(said.title)}", *map(_markdown, said.sentences), *map(rows, said.tables)])


def html(value: Any) -> str:
    """A result as a piece of HTML."""
    said = report(value)

    def row(cells: tuple[str, ...], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape_html(cell)}</{tag}>' for cell in cells)}</tr>"

    def body(table: Table) -> str:
        rows = "".join(row(cells, "td") for cells in table.rows)
        return f"<table><thead>{row(table.head, 'th')}</thead><tbody>{rows}</tbody></table>"

    words = "".join(f"<p>{escape_html(sentence)}</p>" for sentence in said.sentences)
    return f"<div><strong>{escape_html(said.title)}</strong>{words}{''.join(map(body, said.tables))}</div>"


def latex(value: Any) -> str:
    """A result as LaTeX; its tables need the package ``booktabs``."""
    said = report(value)
    words = [rf"\paragraph{{{escape_latex(said.title)}}} {' '.join(_sentence(text) for text in said.sentences)}"]
    return "\n\n".join([*words, *map(_tabular, said.tables)])


def frame(value: Any) -> Any:
    """The main table of a result as a ``pandas.DataFrame`` of text; a result without a table gives its sentences."""
    said = report(value)
    table = said.tables[0] if said.tables else Table(("sentence",), tuple((text,) for text in said.sentences))
    return need("pandas").DataFrame([list(row) for row in table.rows], columns=list(table.head))


def in_notebooks() -> None:
    """Let the notebook that is running show results as HTML.

    Raises
    ------
    UnsupportedGame
        Where no notebook is running.
    """
    import sys

    python = sys.modules.get("IPython")
    shell = None if python is None else python.get_ipython()
    if shell is None:
        raise UnsupportedGame("no notebook is running; print(blamegame.text.plain(result)) shows a result anywhere")
    shown: Any = shell.display_formatter.formatters["text/html"]
    for kind, _ in REPORTS:
        shown.for_type(kind, html)


def _sentence(text: str) -> str:
    return escape_latex(text) + ("" if text.endswith((".", "?", "!")) else ".")


def _tabular(table: Table) -> str:
    def line(cells: tuple[str, ...]) -> str:
        return " & ".join(f"{{{escape_latex(cell)}}}" for cell in cells) + r" \\"

    rows = [rf"\begin{{tabular}}{{{'l' * len(table.head)}}}", r"\toprule", line(table.head), r"\midrule"]
    return "\n".join([*rows, *map(line, table.rows), r"\bottomrule", r"\end{tabular}"])


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))
