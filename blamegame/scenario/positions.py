"""On which line of a TOML text each key stands: one tolerant pass, because ``tomllib`` keeps no positions.

The pass is iterative and linear. On every prefix of the text that is valid TOML it reads what ``tomllib`` reads, so
its limits on key length and nesting are in force before the parser, which is quadratic in one and recursive in the
other, sees the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

MOST_KEY_PARTS = 16
DEEPEST = 16
MOST_ENTRIES = 10_000
_DEEP = f"is nested too deeply: keys have at most {MOST_KEY_PARTS} parts, values at most {DEEPEST} levels"
_MANY = f"is where keys and list entries become more than {MOST_ENTRIES:,}; a scenario is a page or two"

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_SPACE = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}\n#]*")


@dataclass
class Positions:
    """Lines (from 1) of the keys of a text.

    Attributes
    ----------
    lines : line on which each key, table or array element first stands, by its path
    repeated : keys given twice, as (path, first line, second line), in the order found
    beyond : line at which the text goes beyond MOST_KEY_PARTS, DEEPEST or MOST_ENTRIES, and what is said of it
    """

    lines: dict[Path, int] = field(default_factory=dict)
    repeated: list[tuple[Path, int, int]] = field(default_factory=list)
    beyond: tuple[int, str] | None = None

    def of(self, path: Path) -> int | None:
        """Line of ``path``, or of its nearest ancestor in the text; None for what has no line at all."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def scan(text: str) -> Positions:
    r"""Positions of every key in ``text`` (newlines as ``\n``); text that is not TOML is skipped line by line.

    >>> found = scan("title = 'x'\n[model]\nkind = 'delegation'\nauthority = 0.3\n")
    >>> found.of(("model", "authority")), found.of(("model", "absent")), found.of(("goal",))
    (4, 2, None)
    """
    return _Scan(text).run()


class _Beyond(Exception):
    """Stops the pass at a limit."""


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.newlines = [match.start() for match in re.finditer("\n", text)]
        self.found = Positions()
        self.table: Path = ()
        self.arrays: dict[Path, int] = {}  # arrays of tables: how many elements so far
        self.headers: set[Path] = set()

    def run(self) -> Positions:
        try:
            while self.at < len(self.text):
                self.at = _GAP.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches everywhere
                if self.at < len(self.text):
                    self._statement()
                    self._end_of_line()
        except _Beyond as limit:
            self.found.beyond = (self._line(), str(limit))
        return self.found

    def _statement(self) -> None:
        if self.text.startswith("[", self.at):
            self._header()
            return
        line, parts = self._line(), self._key()
        if parts and self._skip("="):
            path = (*self.table, *parts)
            self._record(path, line)
            self._value(path)

    def _header(self) -> None:
        line, brackets = self._line(), 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        parts = self._key()
        if not parts or not self.text.startswith("]" * brackets, self.at):
            return
        self.at += brackets
        path = self._through_arrays(parts[:-1]) + parts[-1:]
        if brackets == 2:
            position = self.arrays.get(path, 0)
            self.arrays[path] = position + 1
            self._place((*path, position), line)
            self.table = (*path, position)
            return
        path = self._through_arrays(parts)
        if path in self.headers:
            self.found.repeated.append((path, self.found.lines[path], line))
        self.headers.add(path)
        self._place(path, line)
        self.table = path

    def _through_arrays(self, parts: tuple[str, ...]) -> Path:
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self.arrays:
                path = (*path, self.arrays[path] - 1)
        return path

    def _record(self, path: Path, line: int) -> None:
        if path in self.found.lines:
            self.found.repeated.append((path, self.found.lines[path], line))
        self._place(path, line)

    def _place(self, path: Path, line: int) -> None:
        """Record the line of a path, and of those of its ancestors that have none yet."""
        if len(self.found.lines) >= MOST_ENTRIES:
            raise _Beyond(_MANY)
        for length in range(len(path), 0, -1):
            if self.found.lines.setdefault(path[:length], line) != line:
                return

    def _key(self) -> tuple[str, ...]:
        """A dotted key, with the space around it; () where there is none."""
        parts: list[str] = []
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches everywhere
            match = _BARE.match(self.text, self.at) or _BASIC.match(self.text, self.at)
            match = match or _LITERAL.match(self.text, self.at)
            if match is None:
                return ()
            parts.append(match.group() if match.re is _BARE else _unquoted(match.group()))
            if len(parts) > MOST_KEY_PARTS:
                raise _Beyond(_DEEP)
            self.at = _SPACE.match(self.text, match.end()).end()  # type: ignore[union-attr]  # matches everywhere
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def _value(self, path: Path) -> None:
        """One value with everything nested in it; ``open_`` holds the arrays (with a count) and inline tables."""
        open_: list[tuple[Path, int | None]] = []
        expect_value = True
        while True:
            if expect_value:
                self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches everywhere
                here = self.text[self.at : self.at + 1]
                if here in ("[", "{"):
                    self.at += 1
                    open_.append((path, 0 if here == "[" else None))
                    if len(path) > DEEPEST or len(open_) > DEEPEST:
                        raise _Beyond(_DEEP)
                elif not self._scalar(here):
                    return
            if not open_:
                return
            path, expect_value, done = self._next_item(open_)
            if done:
                return

    def _next_item(self, open_: list[tuple[Path, int | None]]) -> tuple[Path, bool, bool]:
        """Moves to the next item of the innermost bracket: (its path, whether a value follows, whether to stop)."""
        base, count = open_[-1]
        gap = _SPACE if count is None else _GAP
        self.at = gap.match(self.text, self.at).end()  # type: ignore[union-attr]  # both match everywhere
        if self._skip(","):
            self.at = gap.match(self.text, self.at).end()  # type: ignore[union-attr]  # both match everywhere
        if self._skip("}" if count is None else "]"):
            open_.pop()
            return base, False, False
        if self.at >= len(self.text):
            return base, False, True
        line = self._line()
        if count is None:
            parts = self._key()
            path = (*base, *parts)
            if not parts or not self._skip("="):
                return base, False, True
            if path in self.found.lines:
                self.found.repeated.append((path, self.found.lines[path], line))
            self._place(path, line)
            return path, True, False
        open_[-1] = (base, count + 1)
        self._place((*base, count), line)
        return (*base, count), True, False

    def _scalar(self, here: str) -> bool:
        """Passes a string or any other scalar; False where nothing sensible stands here."""
        start = self.at
        if here in ('"', "'"):
            if self.text.startswith(here * 3, self.at):
                self.at = _end_of_multiline(self.text, self.at + 3, here)
            else:
                match = (_BASIC if here == '"' else _LITERAL).match(self.text, self.at)
                self.at = match.end() if match else self.at
        else:
            self.at = _SCALAR.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches everywhere
        return self.at > start

    def _skip(self, mark: str) -> bool:
        if self.text.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False

    def _end_of_line(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def _line(self) -> int:
        return bisect_right(self.newlines, self.at - 1) + 1


def _end_of_multiline(text: str, start: int, quote: str) -> int:
    at = start
    while (at := text.find(quote * 3, at)) >= 0:
        backslashes = 0
        while quote == '"' and at - backslashes > start and text[at - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            at += 3
            while text.startswith(quote, at):  # up to two more quotes belong to the string
                at += 1
            return at
        at += 1
    return len(text)


def _unquoted(quoted: str) -> str:
    """A quoted key as its text; escapes are decoded by ``tomllib`` itself."""
    if quoted[0] == "'" or "\\" not in quoted:
        return quoted[1:-1]
    import tomllib

    try:
        return str(tomllib.loads(f"key = {quoted}")["key"])
    except ValueError:
        return quoted[1:-1]
