"""The scenario files that come with the library: h_county and the ten named regimes of model.md."""

from __future__ import annotations

import os
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "scenarios"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def shipped_names() -> tuple[str, ...]:
    """Names of the shipped scenarios: the county first, then the regimes in the order of the alphabet.

    >>> "h_county" in shipped_names()
    True
    """
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return tuple(sorted(names, key=lambda name: (name != "h_county", name)))


def locate(path_or_name: str | os.PathLike[str]) -> tuple[Path, str] | None:
    """The file meant, and how messages call it: a file of that path first, else the shipped scenario of that name.

    None where neither exists.
    """
    text = os.fspath(path_or_name)
    path = Path(text)
    try:
        if path.exists() and not path.is_dir():
            return path, text
    except (OSError, ValueError):  # a NUL, or a name too long for the file system
        return None
    if isinstance(path_or_name, str) and _NAME.fullmatch(text) and (FOLDER / f"{text}.toml").is_file():
        return FOLDER / f"{text}.toml", f"{text} (shipped)"
    return (path, text) if path.exists() else None
