"""Reader of Gambit's strategic game files (.nfg), payoff and outcome form, n players, exact.

Grammar (white space separates; it matters only inside quotes)::

    NFG 1 (R|D) "title" { "player" ... } STRATEGIES ["comment"] BODY
    STRATEGIES = { 2 3 ... }  or  { { "action" ... } ... }
    BODY       = payoffs of all players, cell by cell                        (payoff form)
               | { { "name" 1, 2 } ... } and an outcome number for each cell (outcome form; 0 pays nothing)

Cells run with player 1 fastest. Inside quotes, ``\\"`` is a quote, ``\\\\`` a backslash, any other backslash itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from math import prod
from pathlib import Path

import numpy as np

from blamegame.errors import GameFileError
from blamegame.formats.number import NUMBER, exact_numbers, problem_with_number
from blamegame.formats.source import MOST_PAYOFFS, MOST_PLAYERS, Source, load_source
from blamegame.games.strategic import Array, StrategicGame, object_array

_IS_TEXT = re.compile(r"\n|\A\ufeff?\s*NFG\s")
_SPACE = re.compile(r"\s*+")
_WORD = re.compile(r"[^\s{}\",]++")
_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
_STRINGS = re.compile(rf"(?:\s*+{_STRING.pattern})*+", re.DOTALL)
_OPEN, _CLOSE = re.compile(r"\{"), re.compile(r"\}")
_PAYOFF = re.compile(rf"\s*+({NUMBER})(?=[\s,}}])\s*+,?+")
_LONGEST_LABEL = 10_000
_ESCAPE = re.compile(r'\\(["\\])')


def read_nfg(text_or_path: str | Path) -> StrategicGame:
    """The game of an .nfg file, given as text or as the path to it; every number is read exactly.

    A file that gives only the number of actions gets the labels "1", "2", ... Labels must differ within a player (and
    between players): where a file repeats one, each gets ``_1``, ``_2``, ... appended, as Gambit itself does. Title,
    comment and outcome names are not part of a game and are not kept.

    Raises
    ------
    GameFileError
        With line and column, for anything that is not such a file or declares more than it holds.

    References
    ----------
    Gambit documentation, "Game representation formats".

    Examples
    --------
    >>> game = read_nfg('NFG 1 R "" { "row" "column" } { 2 2 } 3 3  5 0  0 5  1 1/3')
    >>> game.payoffs[0, 1, 0], game.payoffs[1, 1, 1]
    (Fraction(5, 1), Fraction(1, 3))
    """
    cursor = _Cursor(load_source(text_or_path, is_text=_IS_TEXT, kind=".nfg"))
    _header(cursor)
    players = _labels(cursor, "players", MOST_PLAYERS)
    actions, sizes = _strategies(cursor, players)
    if cursor.sees('"'):
        cursor.take(_STRING, "the comment in quotes")
    _refuse_more_than_the_file_holds(cursor, sizes, len(players))
    body = _outcome_body if cursor.sees("{") else _payoff_body
    table = body(cursor, prod(sizes), len(players))  # shape [n_cells, n_players], player 1 fastest
    payoffs = [table[:, player].reshape(sizes, order="F") for player in range(len(players))]
    labels = actions or [[str(k + 1) for k in range(size)] for size in sizes]
    return StrategicGame(np.array(payoffs, dtype=object), distinct(players), [distinct(names) for names in labels])


class _Cursor:
    """A place in the text that moves forward only."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0

    def error(self, problem: str, at: int | None = None) -> GameFileError:
        return self.source.error(self.at if at is None else at, problem)

    def skip_space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        assert found is not None
        self.at = found.end()

    def sees(self, character: str) -> bool:
        self.skip_space()
        return self.text.startswith(character, self.at)

    def take(self, pattern: re.Pattern[str], what: str) -> str:
        """The next token, which must match ``pattern``: its first group, or all of it."""
        self.skip_space()
        found = pattern.match(self.text, self.at)
        if not found:
            raise self.error(f"expected {what}, found {self._next_token()}")
        self.at = found.end()
        return found[1] if pattern.groups else found[0]

    def _next_token(self) -> str:
        if self.at >= len(self.text):
            return "the end of the file"
        if self.text[self.at] == '"' and not _STRING.match(self.text, self.at):
            return "a quote that is never closed"
        word = _WORD.match(self.text, self.at)
        return repr(word[0][:40] if word else self.text[self.at])


def _header(cursor: _Cursor) -> None:
    for pattern, what in ((r"NFG(?=\s)", "NFG"), (r"1(?=\s)", "version 1"), (r"[RD](?=[\s\"])", "R or D")):
        cursor.take(re.compile(pattern), what)
    cursor.take(_STRING, "the title in quotes")


def _labels(cursor: _Cursor, what: str, most: int) -> list[str]:
    cursor.take(_OPEN, f"{{ and the labels of the {what}")
    start = cursor.at
    cursor.take(_STRINGS, "labels")
    out: list[str] = []
    for found in _STRING.finditer(cursor.text, start, cursor.at):
        if len(out) == most or len(found[1]) > _LONGEST_LABEL:
            problem = f"at most {most} {what} with labels of {_LONGEST_LABEL} characters are read"
            raise cursor.error(problem, found.start())
        out.append(_ESCAPE.sub(r"\1", found[1]) if "\\" in found[1] else found[1])
    cursor.skip_space()
    at = cursor.at
    cursor.take(_CLOSE, f"another label of the {what} in quotes, or }}")
    if not out:
        raise cursor.error(f"no labels of the {what}; a game needs at least one", at)
    return out


def _strategies(cursor: _Cursor, players: list[str]) -> tuple[list[list[str]], tuple[int, ...]]:
    """Action labels by player (none where the file gives only numbers) and numbers of actions."""
    cursor.take(_OPEN, "{ and the actions of each player")
    actions: list[list[str]] = []
    sizes: list[int] = []
    labelled = cursor.sees("{")
    for i in range(len(players)):
        if labelled:
            room = MOST_PAYOFFS // (len(players) * prod(sizes))
            actions.append(_labels(cursor, f"actions of player {i + 1}", room))
        sizes.append(len(actions[i]) if labelled else _count(cursor, i))
    cursor.take(_CLOSE, f"}} after the actions of {len(players)} players")
    return actions, tuple(sizes)


def _count(cursor: _Cursor, player: int) -> int:
    cursor.skip_space()
    at = cursor.at
    word = cursor.take(_WORD, f"the number of actions of player {player + 1}")
    if not re.fullmatch(r"[0-9]{1,9}", word) or int(word) == 0:
        raise cursor.error(f"player {player + 1} has {word[:40]!r} actions; expected a number from 1 to 999999999", at)
    return int(word)


def _refuse_more_than_the_file_holds(cursor: _Cursor, sizes: tuple[int, ...], n_players: int) -> None:
    shape = " x ".join(str(size) for size in sizes)
    cells = prod(sizes)
    if cells * n_players > MOST_PAYOFFS:
        raise cursor.error(f"{shape} actions need {cells * n_players} payoffs; at most {MOST_PAYOFFS} are read")
    if 2 * cells > len(cursor.text) - cursor.at + 1:  # every cell takes a digit and a separator at least
        raise cursor.error(f"{shape} actions need {cells} cells, and the file ends before it can hold them")


def _payoff_body(cursor: _Cursor, cells: int, n_players: int) -> Array:
    words = _words(cursor, cells * n_players, "payoff", problem_with_number)
    exact = exact_numbers(words)
    return object_array([exact[word] for word in words]).reshape(cells, n_players)


def _outcome_body(cursor: _Cursor, cells: int, n_players: int) -> Array:
    outcomes = _outcomes(cursor, n_players)

    def problem_with_index(word: str) -> str:
        if re.fullmatch(r"[0-9]{1,9}", word) and int(word) <= len(outcomes):
            return ""
        return f"{word[:40]!r} is not an outcome number; the file has outcomes 1 to {len(outcomes)} (0 for none)"

    words = _words(cursor, cells, "outcome number", problem_with_index)
    exact = exact_numbers(payoff for row in outcomes for payoff in row)
    rows = [[Fraction(0)] * n_players, *([exact[payoff] for payoff in row] for row in outcomes)]
    return object_array([payoff for word in words for payoff in rows[int(word)]]).reshape(cells, n_players)


def _outcomes(cursor: _Cursor, n_players: int) -> list[tuple[str, ...]]:
    """Payoffs of each outcome as text that has been checked."""
    cursor.take(_OPEN, "{ and the outcomes")
    well_formed = re.compile(rf"\{{\s*+{_STRING.pattern}" + _PAYOFF.pattern * n_players + r"\s*+\}", re.DOTALL)
    rows: list[tuple[str, ...]] = []
    known: set[str] = set()
    while cursor.sees("{"):
        if (len(rows) + 1) * n_players > MOST_PAYOFFS:
            raise cursor.error(f"more than {MOST_PAYOFFS // n_players} outcomes; no more are read")
        found = well_formed.match(cursor.text, cursor.at)
        if not found:
            raise _problem_with_outcome(cursor, n_players)
        row = found.groups()[1:]
        for k, word in enumerate(row):
            if word not in known and (problem := problem_with_number(word)):
                raise cursor.error(problem, found.start(k + 2))
        known.update(row)
        rows.append(row)
        cursor.at = found.end()
    cursor.take(_CLOSE, "another outcome, or }")
    return rows


def _problem_with_outcome(cursor: _Cursor, n_players: int) -> GameFileError:
    """Where and how an outcome departs from ``{ "name" 1, 2 }``; called only where it does."""
    try:
        cursor.take(_OPEN, "an outcome")
        cursor.take(_STRING, "the outcome's name in quotes")
        for player in range(n_players):
            cursor.take(_PAYOFF, f"the payoff of player {player + 1}")
        cursor.take(_CLOSE, f"}} after {n_players} payoffs")
    except GameFileError as error:
        return error
    raise AssertionError("the two readings of an outcome disagree")  # pragma: no cover


def _words(cursor: _Cursor, n: int, what: str, problem_with: Callable[[str], str]) -> list[str]:
    """Exactly ``n`` words up to the end of the file, each distinct one checked once before any is converted."""
    start = cursor.at
    words = cursor.text[start:].split(None, n)
    for word in dict.fromkeys(words[:n]):
        problem = problem_with(word)
        if problem:
            raise cursor.error(problem, _offset_of_word(cursor.text, start, words.index(word)))
    if len(words) < n:
        raise cursor.error(f"expected {n} {what}s, the file ends after {len(words)}", len(cursor.text))
    if len(words) > n:
        offset = _offset_of_word(cursor.text, start, n)
        raise cursor.error(f"expected the end of the file after {n} {what}s, found {words[n][:40]!r}", offset)
    return words


def _offset_of_word(text: str, start: int, k: int) -> int:
    return next(islice(re.compile(r"\S+").finditer(text, start), k, None)).start()


def distinct(labels: list[str]) -> tuple[str, ...]:
    """Labels that all differ: repeated ones get ``_1``, ``_2``, ... appended, passing over names already taken.

    >>> distinct(["x", "x", "x_1", "y"])
    ('x_2', 'x_3', 'x_1', 'y')
    """
    count = Counter(labels)
    taken = set(labels)
    last: Counter[str] = Counter()
    out = []
    for label in labels:
        name = label
        while count[label] > 1 and name in taken:
            last[label] += 1
            name = f"{label}_{last[label]}"
        taken.add(name)
        out.append(name)
    return tuple(out)
