"""From a file to TOML values with exact numbers and the line of every key; nothing is believed yet."""

from __future__ import annotations

import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from blamegame.numbers import number_meant
from blamegame.scenario.numbers import parse_decimal
from blamegame.scenario.positions import Positions, scan
from blamegame.scenario.problem import Problem, dotted, scenario_error, show

MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Document:
    """A TOML text as values, with the line of every key and where it came from."""

    values: dict[str, Any]
    positions: Positions
    source: str


def read(path: FilePath, source: str) -> Document:
    """The document in a file, bounded before it is read.

    Raises
    ------
    ScenarioError
        Where it is no readable regular file, larger than MOST_BYTES, not UTF-8, or not TOML.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
            raise scenario_error(source, [Problem(None, "", "", f"it is {kind}; give a scenario file")])
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise scenario_error(source, [Problem(None, "", "", f"it cannot be read: {reason}")]) from None
    if len(data) > MOST_BYTES:
        text = f"it is larger than {MOST_BYTES // 1024} KB, and a scenario is a page or two; is it the right file?"
        raise scenario_error(source, [Problem(None, "", "", text)])
    try:
        return parse(data.decode("utf-8-sig"), source)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        text = f"byte 0x{byte:02x} is not UTF-8 text; save the file with encoding UTF-8"
        raise scenario_error(source, [Problem(line, "", "", text)]) from None


def parse(text: str, source: str) -> Document:
    """The document in a text.

    Raises
    ------
    ScenarioError
        Naming the line; for a key given twice, both lines.
    """
    text = text.replace("\r\n", "\n")
    positions = scan(text)
    if positions.beyond is not None:
        line, what = positions.beyond
        raise scenario_error(source, [Problem(line, "", "", what)])
    try:
        values = tomllib.loads(text, parse_float=parse_decimal)
    except ValueError as error:  # TOMLDecodeError, or an integer beyond what Python converts
        raise scenario_error(source, _syntax_problems(text, positions, str(error))) from None
    except RecursionError:
        raise scenario_error(source, [Problem(None, "", "", "it is nested too deeply")]) from None
    return Document(values, positions, source)


def _syntax_problems(text: str, positions: Positions, reason: str) -> list[Problem]:
    if "digits" in reason and "line" not in reason:
        return [Problem(None, "", "", "it holds an integer of more than 4,300 digits")]
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", reason)
    said = reason[: place.start()] if place else reason
    if positions.repeated and ("overwrite" in said or "twice" in said or "mutate" in said):
        return [
            Problem(second, dotted(path), "", f"is given twice, first on line {first}; keep one of them")
            for path, first, second in positions.repeated
        ]
    if place and place.group(1):
        line = int(place.group(1))
    elif said.startswith(("Unterminated", "Unclosed")):
        line = max(positions.lines.values(), default=1)  # the value of the last key never ends
    else:
        line = text.rstrip().count("\n") + 1
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    shown = show(row.strip())[1:-1] if row.strip() else "the text"
    value = re.match(r"[^=#]*=\s*([+-]?[\d.,]+(?:\s*%)?)\s*(?:#|$)", row)
    meant = number_meant(value.group(1)) if value else None
    point = " with a point" if value and "," in value.group(1) else ""
    reason = f"write {meant}{point}" if meant is not None else _in_words(said)
    return [Problem(line, "", "", f"`{shown}` is not TOML: {reason}")]


def _in_words(said: str) -> str:
    known = {
        "Expected '=' after a key in a key/value pair": "a line is `key = value`, a heading is `[table]`",
        "Invalid value": 'a value is a number, a "text in quotes", true or false, or a [list]',
        "Invalid statement": "a line is `key = value`, a heading is `[table]`",
        "Expected newline or end of document after a statement": "something follows the value; texts need quotes",
        "Unclosed array": "a list that opens with [ is never closed",
        "Expected ']' at the end of a table declaration": "a heading is `[table]`, and its ] is missing",
        "Unterminated string": "a text that opens with a quote is never closed",
        "Illegal character '\\n'": "a text that opens with a quote is never closed",
        "Unescaped '\\' in a string": "a backslash starts an escape; a text in 'single quotes' is taken as it is",
    }
    return known.get(said, said[:1].lower() + said[1:])
