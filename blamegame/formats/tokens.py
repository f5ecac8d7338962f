"""The tokens of a game file, one at a time and forward only: texts in quotes, braces, and words between them."""

from __future__ import annotations

import re
from fractions import Fraction

from blamegame.errors import GameFileError
from blamegame.formats.number import problem_with_number
from blamegame.formats.source import Source

_TOKEN = re.compile(r'[\s,]*+(?:"((?:[^"\\]++|\\.)*+)"|([{}])|([^\s{}",]++)|("))', re.DOTALL)
_ESCAPE = re.compile(r'\\(["\\])')
_INTEGER = re.compile(r"[0-9]{1,18}")


class Tokens:
    """A place in the text. White space and commas separate; inside quotes ``\\"`` is a quote, ``\\\\`` a backslash.

    Attributes
    ----------
    string : the next token where it is a text in quotes, else None
    word : the next token where it is anything else; empty at the end of the file
    start : where the next token starts

    Examples
    --------
    >>> tokens = Tokens(Source('EFG "a title" 2', "text"))
    >>> tokens.word
    'EFG'
    >>> tokens.advance()
    >>> tokens.text_of("the title"), tokens.integer("a version")
    ('a title', 2)
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0  # just after the next token
        self.start = 0
        self.string: str | None = None
        self.word = ""
        self.known: dict[str, Fraction] = {}
        self.advance()

    def advance(self) -> None:
        """Look at the next token."""
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            rest = self.text[self.at :]
            self.start = self.at + len(rest) - len(rest.lstrip(" \t\r\n,"))
            self.string, self.word = None, ""
            return
        kind = found.lastindex or 0
        self.start = found.start(kind) - (kind == 1)
        if kind == 4:
            raise self.error("a quote that is never closed")
        self.at = found.end()
        self.string = None
        self.word = ""
        if kind == 1:
            self.string = _ESCAPE.sub(r"\1", found[1]) if "\\" in found[1] else found[1]
        else:
            self.word = found[kind]

    def text_of(self, what: str) -> str:
        if self.string is None:
            raise self.error(f"expected {what}, found {self.shown()}")
        text = self.string
        self.advance()
        return text

    def brace(self, which: str, what: str) -> None:
        if self.word != which:
            raise self.error(f"expected {what}, found {self.shown()}")
        self.advance()

    def integer(self, what: str) -> int:
        if not _INTEGER.fullmatch(self.word):
            raise self.error(f"expected {what}, found {self.shown()}")
        value = int(self.word)
        self.advance()
        return value

    def positive(self, what: str) -> int:
        start = self.start
        value = self.integer(what)
        if not value:
            raise self.error(f"expected {what} from 1 on, found 0", start)
        return value

    def number(self, what: str) -> Fraction:
        word = self.word
        if word not in self.known:
            if not word or word in "{}":
                raise self.error(f"expected {what}, found {self.shown()}")
            if problem := problem_with_number(word):
                raise self.error(problem)
            self.known[word] = Fraction(word)
        self.advance()
        return self.known[word]

    def shown(self) -> str:
        if self.string is not None:
            return f'the text "{self.string[:40]}"'
        return repr(self.word[:40]) if self.word else "the end of the file"

    def error(self, problem: str, at: int | None = None) -> GameFileError:
        return self.source.error(self.start if at is None else at, problem)
