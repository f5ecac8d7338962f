"""How results look on a screen of 80 columns: headings, wrapped prose, tables; plain when piped or not UTF-8."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

WIDEST = 100
as_json = click.option(
    "--json", "json_wanted", is_flag=True, help="Print JSON: numbers exact as text, and as decimals."
)

_MOST_BITS = 14_000  # Python writes whole numbers of up to 4300 digits


def console(stream: Any = None) -> Console:
    """A console on standard output; colours and underlines only on a terminal."""
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:  # rich would exit with 1, which here means that a claim does not hold
            raise BrokenPipeError

    found = Screen(file=stream or sys.stdout, highlight=False, markup=False, emoji=False)
    found.width = min(found.width, WIDEST)
    return found


def heading(screen: Console, text: str) -> None:
    """A heading with an empty line above."""
    screen.print()
    for line in _wrapped(screen, text, screen.width):
        screen.print(line, style="bold", soft_wrap=True)


def prose(screen: Console, text: str, *, indent: int = 2) -> None:
    """Paragraphs wrapped to the screen; a blank line starts a new one."""
    for paragraph in text.strip().split("\n\n"):
        for line in _wrapped(screen, " ".join(paragraph.split()), screen.width - indent):
            screen.print((" " * indent + line).rstrip(), soft_wrap=True)


def columns(screen: Console, rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Rows in columns without rules; numbers (columns ``right``) stand to the right, the last column wraps."""
    from rich.cells import cell_len, set_cell_size

    aligned = set(right)
    widths = [max(cell_len(row[k]) for row in rows) for k in range(len(rows[0]) - 1)]
    room = max(20, screen.width - 2 - sum(width + 2 for width in widths))
    for row in rows:
        cells = [
            text.rjust(width) if k in aligned else set_cell_size(text, width)
            for k, (text, width) in enumerate(zip(row, widths))
        ]
        for k, line in enumerate(_wrapped(screen, row[-1], room)):
            lead = [cell if k == 0 else " " * width for cell, width in zip(cells, widths)]
            screen.print(("  " + "  ".join([*lead, line])).rstrip(), soft_wrap=True)


def _wrapped(screen: Console, text: str, width: int) -> list[str]:
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(text).wrap(screen, max(20, width))]


def short(value: Any) -> str:
    """A number in at most six digits, marked where that is not all of it.

    >>> short(Fraction(1, 2)), short(Fraction(1, 3))
    ('0.5', '~0.333333')
    """
    text = f"{float(value):.6g}"
    return text if not isinstance(value, Fraction) or Fraction(text) == value else f"~{text}"


def bar(share: float, largest: float, *, width: int, plain: bool) -> str:
    """A share as a bar; a negative one to the left of nothing, as ``-`` signs."""
    length = round(abs(share) / largest * width) if largest else 0
    return ("-" if share < 0 else "#" if plain else "█") * length


def is_plain(screen: Console) -> bool:
    """Whether the screen can show ASCII only."""
    return not screen.encoding.lower().startswith("utf")


def print_json(value: Any) -> None:
    """JSON on standard output, and nothing else there."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False))


def number(value: Any) -> dict[str, Any] | None:
    """A number for JSON: exact as text where it is exact, and the nearest decimal; None where there is none (NaN).

    The text is left out where it would have thousands of digits, the decimal where no float is that large.
    """
    if isinstance(value, Fraction | int):
        long = max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS
        try:
            near: float | None = float(value)
        except OverflowError:
            near = None
        return {"exact": None if long else str(value), "decimal": near}
    decimal = float(value)
    return None if decimal != decimal else {"exact": None, "decimal": decimal}


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on standard error for work that takes longer than a moment; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
