"""Headings, prose, columns, numbers and JSON as every command shows them."""

import io
import json
import sys
from fractions import Fraction

import pytest

from blamegame.cli.screen import WIDEST, bar, columns, console, heading, number, print_json, progress, prose, short


@pytest.fixture
def screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    return console(io.StringIO())


def test_nothing_typed_by_a_user_is_markup(screen):
    heading(screen, "Small [bold]county[/bold] :smile:")
    assert screen.file.getvalue() == "\nSmall [bold]county[/bold] :smile:\n"


def test_a_screen_is_never_wider_than_prose_can_be_read(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    assert console(io.StringIO()).width == WIDEST


def test_prose_is_wrapped_paragraph_by_paragraph_and_indented(screen):
    prose(screen, "one " * 15 + "\n\nsecond\nparagraph")
    lines = screen.file.getvalue().splitlines()
    assert len(lines) == 3 and lines[-1] == "  second paragraph"
    assert all(len(line) <= 40 and line.startswith("  one") for line in lines[:2])


def test_columns_align_and_the_last_one_wraps_under_itself(screen):
    columns(screen, [["long name", "5", "x"], ["b", "12", "word " * 10]], right=[1])
    lines = screen.file.getvalue().splitlines()
    assert lines[:2] == ["  long name   5  x", "  b          12  word word word word"]
    assert lines[2].startswith(" " * 17 + "word") and all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 3), {"exact": "1/3", "decimal": 1 / 3}),
        (2, {"exact": "2", "decimal": 2.0}),
        (0.1, {"exact": None, "decimal": 0.1}),
        (float("nan"), None),
    ],
)
def test_a_number_in_json_is_exact_only_where_it_is(value, shown):
    assert number(value) == shown


def test_json_is_ascii_and_refuses_what_is_not_json(capsys):
    print_json({"é": 1})
    out = capsys.readouterr().out
    assert out.isascii() and json.loads(out) == {"é": 1}
    with pytest.raises(ValueError, match="JSON"):
        print_json(float("nan"))


def test_short_numbers_and_bars_mark_what_they_leave_out():
    assert (short(Fraction(1, 8)), short(Fraction(2, 3)), short(2 / 3)) == ("0.125", "~0.666667", "0.666667")
    drawn = [bar(share, 1, width=4, plain=True) for share in (0.5, -0.5, 0)]
    assert drawn == ["##", "--", ""] and bar(1, 0, width=4, plain=False) == ""


def test_there_is_no_progress_bar_where_nobody_watches(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress("working") as report:
        assert report is None
    assert sys.stderr.getvalue() == ""


def test_a_number_too_long_for_text_or_for_a_float_is_left_out_and_not_an_error():
    assert number(Fraction(1, 10**5000)) == {"exact": None, "decimal": 0.0}
    assert number(Fraction(10**400)) == {"exact": str(10**400), "decimal": None}
