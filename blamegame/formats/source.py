"""Text of a game file, bounded before it is read, and errors that say where in it: line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from blamegame.errors import GameFileError
from blamegame.near_file import near_file

MOST_BYTES = 8 * 2**20
"""Size of the largest file a reader accepts."""
MOST_PAYOFFS = 500_000
"""Cells times players of the largest game a reader accepts."""
MOST_PLAYERS = 30


@dataclass(frozen=True)
class Source:
    """The text of one game file and the name it is reported under."""

    text: str
    name: str

    def error(self, offset: int, problem: str) -> GameFileError:
        """A :class:`GameFileError` at a position of the text.

        >>> str(Source("NFG 1\\nX", "game.nfg").error(6, "expected D or R"))
        'game.nfg, line 2, column 1: expected D or R'
        """
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        return GameFileError(f"{self.name}, line {line}, column {column}: {problem}")


def load_source(text_or_path: str | Path, *, is_text: re.Pattern[str], kind: str) -> Source:
    """The text itself where ``is_text`` matches a str, else the contents of the file at that path (UTF-8).

    Raises
    ------
    GameFileError
        For a file that is missing, not a regular file, larger than ``MOST_BYTES`` or not UTF-8.
    """
    if isinstance(text_or_path, str) and is_text.search(text_or_path):
        if len(text_or_path) > MOST_BYTES:
            raise GameFileError(f"the text has {len(text_or_path)} characters; at most {MOST_BYTES} are read")
        return Source(text_or_path.removeprefix("\ufeff"), f"{kind} text")
    if not isinstance(text_or_path, str | Path):
        raise GameFileError(f"{_clip(text_or_path)} is neither the text of a {kind} file nor a path to one")
    return Source(_decode(_read_bounded(text_or_path, kind), str(text_or_path)), str(text_or_path))


def _read_bounded(path: str | Path, kind: str) -> bytes:
    try:
        if not Path(path).is_file():
            near = near_file(path, (Path(path).suffix.lower(),))
            hint = f"; did you mean {near!r}?" if near else ""
            raise GameFileError(
                f"{_clip(str(path))} is not the text of a {kind} file, and there is no file of that name{hint}"
            )
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise GameFileError(f"{_clip(path)} cannot be read: {error}") from None
    if len(data) > MOST_BYTES:
        raise GameFileError(f"{path} is larger than {MOST_BYTES} bytes, the most that is read")
    return data


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise GameFileError(
            f"{name}, line {line}, byte {column}: {data[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        ) from None


def _clip(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
