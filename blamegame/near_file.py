"""Which file of a folder was meant by a name that no file has."""

from __future__ import annotations

import os
from collections.abc import Collection
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

_MOST_FILES = 10_000  # of a folder that are looked at
_LONGEST = 300


def near_file(path: str | os.PathLike[str], endings: Collection[str]) -> str:
    """The file in the same folder whose name is nearest, ending as given; "" where none is near.

    A name without an ending is compared without it.

    >>> near_file("no/such/folder/county.toml", [".toml"])
    ''
    """
    wanted = Path(path)
    try:
        with os.scandir(wanted.parent) as folder:
            files = [entry.name for entry in islice(folder, _MOST_FILES) if entry.is_file()]
    except (OSError, ValueError):  # no such folder, or a NUL in its name
        return ""
    known = sorted(name for name in files if Path(name).suffix.lower() in endings)
    shown = {(name if wanted.suffix else Path(name).stem): name for name in known}
    found = get_close_matches(wanted.name, shown, n=1) if len(wanted.name) <= _LONGEST else []
    return str(wanted.parent / shown[found[0]]) if found else ""
