"""Names in a certificate, and how sentences quote them, so that none can be read as a piece of the sentence.

A name stands between double quotes wherever it is printed. It has no quotes, brackets, braces, colons, semicolons or
backslashes, no control or invisible characters, no space at an edge and no two in a row. Of letters beyond ASCII only
those are read that cannot pass for an ASCII one: Latin letters with a mark (an ASCII letter and accents), Chinese
ideographs and Korean syllables, each in its one composed form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from .budget import Refused

LONGEST = 200  # characters
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
PLAIN = LETTERS | frozenset("0123456789 _-.,/|*+&%'#@!?=")
IDEOGRAPHS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")


def name(data: Any) -> str:
    """The name itself, where it is one."""
    if not isinstance(data, str) or not 0 < len(data) <= LONGEST:
        raise Refused(f"{shown(data)} is not a name of 1 to {LONGEST} characters")
    for character in data:
        if not is_readable(character):
            raise Refused(f"{shown(data)} is not a name: {character!a} may be misread in a sentence; rename it")
    if data != data.strip() or "  " in data:
        raise Refused(f"{shown(data)} is not a name: it has a space at an edge, or two in a row")
    return data


def is_readable(character: str) -> bool:
    """Whether a character cannot be taken for another, nor for a piece of a sentence."""
    if character in PLAIN or IDEOGRAPHS.fullmatch(character):
        return True
    parts = unicodedata.normalize("NFD", character)
    return parts[0] in LETTERS and unicodedata.normalize("NFC", parts) == character


def quoted(label: str) -> str:
    return f'"{label}"'


def listed(labels: Iterable[str]) -> str:
    """As in: "push", "escalate"."""
    return ", ".join(map(quoted, labels))


def shown(data: Any) -> str:
    """What was found in a file, for a message: of text at most 40 characters, in ASCII."""
    return ascii(data[:40]) if isinstance(data, str) else repr(data) if type(data) is int else type(data).__name__
