"""How kernels are compiled: without the interpreter lock, cached on disk where the disk allows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """``function`` compiled by numba, releasing the interpreter lock, its machine code cached between processes.

    Kernels run in plain threads, one chunk of games each, rather than in numba's own parallel loops: those abort the
    process when two threads enter them at once or after a fork, and these cannot.
    """
    return _compile(function, inline=False)


def inlined(function: F) -> F:
    """``function`` compiled into its callers: a call passes each array as nine words, dearer than a little work."""
    return _compile(function, inline=True)


def _compile(function: F, *, inline: bool) -> F:
    options: dict[str, Any] = {"nogil": True, "forceinline": inline, "error_model": "numpy"}
    try:
        result: F = njit(cache=True, **options)(function)
    except RuntimeError:  # neither the package's nor the user's cache directory can be written
        result = njit(**options)(function)
    return result


def forget_outdated_code(solvers: Path) -> None:
    """Delete cached machine code when any kernel source has changed since it was made.

    numba looks at the time stamp of a function's own file only, but kernels are compiled into one another: after an
    edit of one file, code cached for another would go on using what it was before.
    """
    sources = sorted(solvers.glob("**/kernels/*.py"))
    stamp = " ".join(
        f"{path.name}:{status.st_mtime_ns}:{status.st_size}" for path in sources for status in [path.stat()]
    )
    for folder in sorted({path.parent / "__pycache__" for path in sources}):
        note = folder / "kernels.stamp"
        try:
            if note.exists() and note.read_text(encoding="utf-8") == stamp:
                continue
            for cached in [*folder.glob("*.nbi"), *folder.glob("*.nbc")]:
                cached.unlink(missing_ok=True)
            folder.mkdir(exist_ok=True)
            note.write_text(stamp, encoding="utf-8")
        except OSError:  # an installation that cannot be written has no cache of its own here
            continue


forget_outdated_code(Path(__file__).parent)
