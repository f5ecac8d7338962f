"""Reading a certificate: every surprise is Refused, nothing is guessed. Nothing here proves anything."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .budget import Cell, Data, Refused
from .names import name, shown

MOST_BYTES = 2_000_000  # of a file
MOST_DIGITS = 4_000  # of a number in the file


def read(path: Any) -> Any:
    """The JSON document in a file."""
    try:
        if not os.path.isfile(path):
            raise Refused("there is no such file")
        with open(path, "rb") as file:
            return parse(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise Refused(f"it cannot be read: {error}") from None


def parse(content: bytes) -> Any:
    """A JSON document; floats, NaN, long integers, repeated keys, deep nesting and long files are refused."""
    if len(content) > MOST_BYTES:
        raise Refused(f"it is larger than {MOST_BYTES} bytes")
    try:
        numbers: Any = {"parse_int": _index, "parse_float": _not_exact, "parse_constant": _not_exact}
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once_each, **numbers)
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is not JSON as certificates are written: {str(error)[:200]}") from None


def _index(digits: str) -> int:
    return int(digits) if len(digits) <= 6 else _not_exact(digits)


def _not_exact(digits: str) -> Any:
    raise ValueError(f"{digits[:20]} is not a rational written as text")


def _once_each(pairs: list[tuple[str, Any]]) -> Data:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return dict(pairs)


def take(data: Any, pattern: Any, where: str) -> Any:
    """``data`` in the form of ``pattern``: a reader, [items], (first, second), {"key": item} or {name: item}."""
    if callable(pattern):
        return pattern(data)
    if isinstance(pattern, dict) and isinstance(data, dict):
        if name in pattern:
            return {
                name(key): take(item, pattern[name], f"{where}.{ascii(key[:40])[1:-1]}") for key, item in data.items()
            }
        if set(data) == set(pattern):
            return {key: take(data[key], part, f"{where}.{key}") for key, part in pattern.items()}
        raise Refused(f"{where} needs exactly the keys {', '.join(pattern) or '(none)'}")
    if isinstance(pattern, list) and isinstance(data, list):
        return [take(item, pattern[0], f"{where}[{k}]") for k, item in enumerate(data)]
    if isinstance(pattern, tuple) and isinstance(data, list) and len(data) == len(pattern):
        return tuple(take(item, part, f"{where}[{k}]") for k, (item, part) in enumerate(zip(data, pattern)))
    kinds: dict[type, str] = {dict: "an object", list: "a list", tuple: f"a list of {len(pattern)}"}
    raise Refused(f"{where} is not {kinds[type(pattern)]}: {shown(data)}")


def anything(data: Any) -> Any:
    return data


def rational(data: Any) -> Fraction:
    """A rational in lowest terms, written as text, so that each number has one spelling."""
    if not isinstance(data, str) or len(data) > MOST_DIGITS or not re.fullmatch("-?[0-9]+(/[1-9][0-9]*)?", data):
        raise Refused(f"{shown(data)} is not a rational written as text")
    if str(Fraction(data)) != data:
        raise Refused(f"{shown(data)} is not in lowest terms")
    return Fraction(data)


def factor(data: Any) -> Fraction:
    """A discount factor."""
    if not 0 <= rational(data) < 1:
        raise Refused(f"{shown(data)} is not a discount factor, at least 0 and below 1")
    return rational(data)


def rational_or_none(data: Any) -> Fraction | None:
    return None if data is None else rational(data)


def distinct(items: list[Any], what: str) -> list[Any]:
    if not items or len(set(items)) < len(items):
        raise Refused(f"{what} is empty, or has something twice")
    return items


def tensor(data: Any, shape: Cell, what: str, read_one: Callable[[Any], Any] = rational) -> dict[Cell, Any]:
    """Lists nested as ``shape`` says, as a mapping from position to value."""
    if not shape:
        return {(): read_one(data)}
    if not isinstance(data, list) or len(data) != shape[0]:
        raise Refused(f"{what} are not nested in the shape of the game")
    parts = [tensor(part, shape[1:], what, read_one) for part in data]
    return {(k, *rest): value for k, part in enumerate(parts) for rest, value in part.items()}


def whole(data: Any) -> int:
    if type(data) is not int:
        raise Refused(f"{shown(data)} is not a whole number")
    return data


def position(count: int, what: str) -> Callable[[Any], int]:
    """A reader of positions among ``count`` things."""

    def read_one(data: Any) -> int:
        if not 0 <= whole(data) < count:
            raise Refused(f"{data} is not one of the {count} {what}")
        return whole(data)

    return read_one
