"""Tokens of a game file: what separates them, how texts are escaped, and what is said where one is missing."""

from fractions import Fraction

import pytest

from blamegame.errors import GameFileError
from blamegame.formats.source import Source
from blamegame.formats.tokens import Tokens


def tokens(text):
    return Tokens(Source(text, "t"))


def all_of(text):
    reader, found = tokens(text), []
    while reader.string is not None or reader.word:
        found.append(("text", reader.string) if reader.string is not None else reader.word)
        reader.advance()
    return found


def test_space_and_commas_separate_and_braces_stand_alone():
    assert all_of('EFG 2,R{"a" "b"},\n 1/2') == ["EFG", "2", "R", "{", ("text", "a"), ("text", "b"), "}", "1/2"]
    assert all_of("") == all_of(" ,\n\t") == []


def test_a_backslash_escapes_quotes_and_itself_and_nothing_else():
    assert all_of(r'"say \"hi\"" "a\\b" "a\nb" ""') == [
        ("text", 'say "hi"'),
        ("text", "a\\b"),
        ("text", r"a\nb"),
        ("text", ""),
    ]


@pytest.mark.parametrize(
    ("text", "number"), [("1/3", Fraction(1, 3)), ("-.5", Fraction(-1, 2)), ("1e2", 100), ("0.10", Fraction(1, 10))]
)
def test_numbers_are_exact(text, number):
    assert tokens(text).number("a payoff") == number


@pytest.mark.parametrize(
    ("text", "ask", "why"),
    [
        ("\n  word", lambda t: t.text_of("a title"), "line 2, column 3: expected a title, found 'word'"),
        ('"x"', lambda t: t.number("a payoff"), 'expected a payoff, found the text "x"'),
        ("", lambda t: t.brace("{", "a brace"), "expected a brace, found the end of the file"),
        ("1.5", lambda t: t.integer("a count"), "expected a count, found '1.5'"),
        ("0", lambda t: t.positive("a player"), "expected a player from 1 on, found 0"),
        ("9" * 19, lambda t: t.integer("a count"), "expected a count"),
    ],
)
def test_what_is_not_there_is_named_with_its_place(text, ask, why):
    with pytest.raises(GameFileError) as refusal:
        ask(tokens(text))
    assert why in str(refusal.value)


def test_a_quote_that_is_never_closed_is_found_where_it_opens():
    with pytest.raises(GameFileError, match="line 1, column 3: a quote that is never closed"):
        all_of('a "b c')
