"""One thing wrong in a scenario file, and the message made of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from blamegame.errors import ScenarioError
from blamegame.scenario.numbers import number_text
from blamegame.scenario.positions import Path

MOST_SHOWN = 30
_LONGEST = 60


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place of a file.

    Attributes
    ----------
    line : from 1; None where the problem is the file itself
    key : dotted key, such as ``model.authority``; empty where the problem is the file or a line
    value : the value as text; empty where there is none
    message : what is wrong with it and the way out
    allowed : range or list of values that would be accepted; empty where the message says it all
    suggestion : the nearest known name; empty where nothing is near
    """

    line: int | None
    key: str
    value: str
    message: str
    allowed: str = ""
    suggestion: str = ""

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        subject = f"{self.key} = {self.value} " if self.key and self.value else f"{self.key} " if self.key else ""
        allowed = f" ({self.allowed})" if self.allowed else ""
        hint = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        return f"{where}{subject}{self.message}{allowed}{hint}"


def scenario_error(source: str, problems: Iterable[Problem], *, more: int = 0) -> ScenarioError:
    """The error that lists ``problems`` in the order of the file, the first MOST_SHOWN of them in words.

    ``more`` counts further problems that were not looked into.

    >>> print(scenario_error("my.toml", [Problem(3, "model.authority", "1.3", "is not a share", "0 to 1")]))
    my.toml cannot be used:
      line 3: model.authority = 1.3 is not a share (0 to 1)
    """
    ordered = tuple(sorted(set(problems), key=lambda p: (p.line or 0, p.key, p.message, p.value)))
    shown = [f"  {problem}" for problem in ordered[:MOST_SHOWN]]
    total = len(ordered) + more
    if total > len(shown):
        shown.append(f"  and {total - len(shown):,} more")
    count = "" if total == 1 else f" ({total:,} problems)"
    return ScenarioError("\n".join([f"{source} cannot be used{count}:", *shown]), ordered)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that ``name`` most resembles, or an empty text.

    >>> nearest("authorty", ["authority", "tolerance"]), nearest("zzz", ["authority"])
    ('authority', '')
    """
    if len(name) > _LONGEST:
        return ""
    found = get_close_matches(name.lower(), list(known), n=1)
    return found[0] if found else ""


def dotted(path: Path) -> str:
    """A path as it would be written in the file; parts that are no plain names are quoted and shortened.

    >>> dotted(("reforms", "use", 1)), dotted(("model", "an odd key"))
    ('reforms.use[1]', 'model."an odd key"')
    """
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            plain = part.isascii() and part.replace("_", "").replace("-", "").isalnum() and len(part) <= _LONGEST
            out += ("." if out else "") + (part if plain else show(part))
    return out


def show(value: Any) -> str:
    """A value of the file as a message shows it: short, on one line, control characters escaped."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 200:
        return f"an integer of about {int(value.bit_length() * 0.30103) + 1} digits"
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, str):
        text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value[:_LONGEST])
        return f'"{text}"' if len(value) <= _LONGEST else f'"{text}..."'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, Sequence):
        return f"a list of {len(value)}" if len(value) > 4 else "[" + ", ".join(show(item) for item in value) + "]"
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
