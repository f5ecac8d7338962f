"""Getting every cell of a study computed: chunks that adapt to their cost, workers that die, cells that kill them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from blamegame.studies.task import MOST_CELLS_AT_ONCE, Result, Task

SECONDS_A_CHUNK = 0.3
_FIRST_FAST, _MOST_GROWTH = 4096, 8
_DEATHS = 2
"""Workers one cell may kill before it is given up: one death may be somebody else's doing."""

_PARTS = 16
"""Into how many parts a chunk is cut whose worker died: few deaths lead from a large chunk to the guilty cell."""

Range = tuple[int, int]


@dataclass(frozen=True)
class Progress:
    """How far a study is.

    Attributes
    ----------
    done, total : cells computed, those of a checkpoint included, and cells in all
    failed : how many of the computed cells failed
    seconds : since the study began
    rate : cells per second computed in this run; 0 before the first
    remaining : seconds to go at that rate; None before the first
    """

    done: int
    total: int
    failed: int
    seconds: float
    rate: float
    remaining: float | None

    def __str__(self) -> str:
        left = "" if self.remaining is None else f", {self.rate:,.0f} cells/s, {self.remaining:.0f} s to go"
        wrong = f", {self.failed} failed" if self.failed else ""
        return f"{self.done:,} of {self.total:,} cells{left}{wrong}"


@dataclass(frozen=True)
class Attempt:
    """One chunk handed to a backend: cells ``start`` to ``stop - 1``.

    ``deaths`` counts the workers that died of it before.
    """

    start: int
    stop: int
    deaths: int = 0


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of an attempt: its result, or None where its worker died."""

    attempt: Attempt
    result: Result | None
    why: str = ""


class Backend(Protocol):
    """Something that computes chunks: this process, spawned processes, a cluster."""

    @property
    def capacity(self) -> int:
        """How many chunks to have under way."""
        ...

    @property
    def workers(self) -> int:
        """How many chunks are computed at the same time."""
        ...

    def submit(self, attempt: Attempt) -> None:
        """Begin a chunk."""
        ...

    def wait(self, seconds: float) -> list[Outcome]:
        """Finished chunks, as soon as there is one; raises what is wrong with the study as a whole."""
        ...

    def close(self) -> None:
        """Stop whatever is under way."""
        ...


def execute(
    backend: Backend,
    task: Task,
    missing: Iterable[Range],
    keep: Callable[[Result], None],
    *,
    chunk: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    done: int = 0,
    failed: int = 0,
    deadline: float | None = None,
) -> bool:
    """Compute the missing ranges and ``keep`` every result; False where the deadline came first.

    A chunk whose worker died is tried again in parts, down to a single cell; a cell of which workers keep dying is
    kept as failed.
    """
    total, began, seconds = task.design.size, time.monotonic(), 0.0
    supply = _Supply(missing, task, chunk)
    suspects: deque[Attempt] = deque()
    under_way, computed = 0, 0
    try:
        while True:
            late = deadline is not None and time.monotonic() >= deadline
            while not late and under_way < backend.capacity and (attempt := supply.next(backend.workers)):
                backend.submit(attempt)
                under_way += 1
            while not late and suspects and under_way < backend.capacity:
                backend.submit(suspects.popleft())
                under_way += 1
            if not under_way:
                break
            for outcome in backend.wait(0.5):
                under_way -= 1
                for result in _settled(outcome, task, suspects):
                    keep(result)
                    computed += result.stop - result.start
                    failed += len(result.failures)
                    supply.learn(result)
                seconds = time.monotonic() - began
                if progress is not None:
                    rate = computed / seconds if seconds > 0 else 0.0
                    left = (total - done - computed) / rate if rate else None
                    progress(Progress(done + computed, total, failed, seconds, rate, left))
    finally:
        backend.close()
    return not suspects and supply.empty


def missing_ranges(total: int, finished: Sequence[Range]) -> list[Range]:
    """What is left of 0 to ``total`` after ascending, disjoint ranges.

    >>> missing_ranges(10, [(0, 3), (5, 6)])
    [(3, 5), (6, 10)]
    """
    edges = [0, *(edge for one in finished for edge in one), total]
    return [(start, stop) for start, stop in zip(edges[::2], edges[1::2]) if start < stop]


def _settled(outcome: Outcome, task: Task, suspects: deque[Attempt]) -> list[Result]:
    """The results to keep; an attempt whose worker died goes to the suspects, in parts, unless it is a killer."""
    attempt, result = outcome.attempt, outcome.result
    if result is not None:
        return [result]
    start, stop, deaths = attempt.start, attempt.stop, attempt.deaths + 1
    if stop - start > 1:
        edges = sorted({start + (stop - start) * k // _PARTS for k in range(_PARTS + 1)})
        suspects.extend(Attempt(*pair) for pair in pairwise(edges))
        return []
    if deaths < _DEATHS:
        suspects.append(Attempt(start, stop, deaths))
        return []
    return [task.failed(start, stop, f"it kills its worker ({outcome.why})")]


class _Supply:
    """The missing cells as chunks of a size that follows what chunks have cost so far."""

    def __init__(self, missing: Iterable[Range], task: Task, chunk: int | None) -> None:
        self.left = deque(missing)
        self.fixed = chunk
        self.size = float(chunk or (1 if task.slow else _FIRST_FAST))
        self.per_cell: float | None = None

    @property
    def empty(self) -> bool:
        return not self.left

    def next(self, workers: int) -> Attempt | None:
        if not self.left:
            return None
        start, stop = self.left[0]
        cells = int(self.size)
        if self.fixed is None and self.per_cell is not None and workers > 1:  # the last chunks shared out evenly
            cells = max(1, min(cells, sum(b - a for a, b in self.left) // (2 * workers) + 1))
        middle = min(stop, start + max(cells, 1))
        self.left.popleft()
        if middle < stop:
            self.left.appendleft((middle, stop))
        return Attempt(start, middle)

    def learn(self, result: Result) -> None:
        if self.fixed is not None or result.seconds <= 0:
            return
        cost = result.seconds / (result.stop - result.start)
        self.per_cell = cost if self.per_cell is None else (self.per_cell + cost) / 2
        wanted = SECONDS_A_CHUNK / self.per_cell
        self.size = max(1.0, min(wanted, self.size * _MOST_GROWTH, float(MOST_CELLS_AT_ONCE)))
