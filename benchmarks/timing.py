"""How every benchmark measures and prints: medians after a warm-up, in turn with the peer, as columns of text."""

from __future__ import annotations

import multiprocessing
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

ROUNDS = 5
SECONDS_FOR_A_PEER = 1.0


def median_seconds(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Median wall-clock seconds of ``work`` after one warm-up call."""
    work()
    return statistics.median(seconds(work) for _ in range(rounds))


def seconds(work: Callable[[], Any]) -> float:
    """Wall-clock seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def within(work: Callable[[], Any], limit: float) -> tuple[float, Any] | None:
    """Seconds and answer of one call in a child process, or None where it takes more than ``limit`` seconds.

    For peers that neither take a time limit nor listen to Ctrl-C. The answer must be picklable.
    """
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)

    def child() -> None:
        started = time.perf_counter()
        answer = work()
        theirs.send((time.perf_counter() - started, answer))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    finished = ours.poll(limit)
    received: tuple[float, Any] | None = ours.recv() if finished else None
    if received is None:
        process.kill()
    process.join()
    return received


def seconds_per_item(work: Callable[[Any], Any], items: Any) -> float:
    """Median over rounds of the seconds per item of a loop over as many items as take about a second in all."""
    work(items[0])
    once = seconds(lambda: work(items[1]))
    size = max(1, min(len(items), int(SECONDS_FOR_A_PEER / ROUNDS / once)))

    def loop() -> None:
        for item in items[:size]:
            work(item)

    return median_seconds(loop) / size


def alternating_medians(first: Callable[[], Any], second: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """Median seconds of two calls, timed in turn so that both see the same machine; warm them up before."""
    taken = [(seconds(first), seconds(second)) for _ in range(rounds)]
    return statistics.median(a for a, _ in taken), statistics.median(b for _, b in taken)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text in columns, the first row being the head."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows)


def machine() -> list[str]:
    """Processor, system and the versions of what is compared, one line each."""
    names = ("blamegame-solver", "numpy", "numba", "python-flint", "highspy", "nashpy", "quantecon", "pygambit")
    return [
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}; " + ", ".join(f"{name} {_version(name)}" for name in names),
    ]


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "processor unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
