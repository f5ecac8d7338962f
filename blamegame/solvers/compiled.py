"""How kernels are compiled: without the interpreter lock, cached on disk where the disk allows it.

Compiling counts against no time limit, and Ctrl-C ends it between two passes of the compiler.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from numba import njit
from numba.core import event

from blamegame.deadline import excuse

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


class _Compiling(event.Listener):  # type: ignore[misc]
    """What is done while numba compiles or loads: its seconds are excused, and Ctrl-C waits for the end of a pass.

    Most of a compilation runs inside callbacks from C, where Python prints a ``KeyboardInterrupt`` and drops it, and an
    interrupt elsewhere could leave the compiler's tables half written. Between passes it can be raised safely.
    """

    def __init__(self) -> None:
        self._depth = 0  # of the compiler's lock, over all threads
        self._held = 0  # the same, of the main thread: only there is Ctrl-C raised
        self._since = 0.0
        self._handler: Any = None
        self._waiting: tuple[int, Any] | None = None

    def on_start(self, event: Any) -> None:
        if event.kind != "numba:compiler_lock":
            self._between_passes()
            return
        self._depth += 1
        if self._depth == 1:
            self._since = monotonic()
        if _is_main():
            self._held += 1
            if self._held == 1 and callable(signal.getsignal(signal.SIGINT)):
                self._handler = signal.signal(signal.SIGINT, self._wait)

    def on_end(self, event: Any) -> None:
        self._excuse()
        if event.kind != "numba:compiler_lock":
            return
        self._depth -= 1
        if _is_main():
            self._held -= 1
            if self._held == 0 and self._handler is not None:
                signal.signal(signal.SIGINT, self._handler)
                self._deliver()
                self._handler = None

    def _between_passes(self) -> None:
        self._excuse()
        if _is_main():
            self._deliver()

    def _excuse(self) -> None:
        now = monotonic()
        excuse(now - self._since)
        self._since = now

    def _wait(self, number: int, frame: Any) -> None:
        self._waiting = number, frame

    def _deliver(self) -> None:
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._handler(*waiting)


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


_COMPILING = _Compiling()
for _kind in ("numba:compiler_lock", "numba:run_pass"):
    event.register(_kind, _COMPILING)
forget_outdated_code(Path(__file__).parent)
