"""What a study would cost, before it is run: cells, memory, time; and the refusal of absurd sizes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from blamegame.studies.study import DEFAULT_LIMIT, task_of
from blamegame.studies.task import MOST_CELLS_AT_ONCE, Task

_CHUNK_BYTES_PER_CELL = 1500  # parameters, payoffs, equilibria and copies of one cell while its chunk is computed
_PILOT_SECONDS = 1.0


@dataclass(frozen=True)
class StudyPlan:
    """The cost of a study that was not run.

    Attributes
    ----------
    dims, shape, cells : the design
    variables : what the dataset would hold
    result_bytes : the dataset in memory; a study with ``output=`` keeps it on disk instead
    working_bytes : on top of that, while a chunk is computed
    slow : measures that are computed cell by cell
    seconds : estimate from a few cells, on ``workers`` processes
    workers : how many processes share the cells; 1 for batch measures, whose kernels use every CPU
    within_limit : whether ``study`` would accept this many cells
    """

    dims: tuple[str, ...]
    shape: tuple[int, ...]
    cells: int
    variables: tuple[str, ...]
    result_bytes: int
    working_bytes: int
    slow: tuple[str, ...]
    seconds: float
    workers: int
    within_limit: bool

    def __str__(self) -> str:
        sizes = " x ".join(f"{dim} ({size:,})" for dim, size in zip(self.dims, self.shape)) or "no dimension"
        lines = [
            f"{self.cells:,} cells: {sizes}",
            f"variables: {', '.join(self.variables)}",
            f"memory: {_megabytes(self.result_bytes)} for the result, {_megabytes(self.working_bytes)} while computing",
            f"time: about {_duration(self.seconds)} on {self.workers} process{'es' if self.workers > 1 else ''}",
        ]
        if self.slow:
            lines.append(f"cell by cell: {', '.join(self.slow)}")
        if not self.within_limit:
            lines.append("beyond the limit: take a coarser grid, or raise limit=")
        return "\n".join(lines)


def plan_study(
    model: Any, vary: Any, measures: Any = None, *, workers: int | None = None, limit: int = DEFAULT_LIMIT
) -> StudyPlan:
    """What :func:`blamegame.study` would take, estimated from a few of its cells, without running it.

    >>> from blamegame.models.delegation import Delegation
    >>> plan = plan_study(Delegation(), {"authority": "0:1:201", "accountability": "0:2:201"})
    >>> plan.cells, plan.slow, plan.within_limit
    (40401, (), True)
    """
    task = task_of(model, vary, measures)
    from blamegame.solvers.strategic.batch import available_threads

    many = max(1, min(available_threads() if workers is None else workers, task.design.size)) if task.slow else 1
    at_once = min(task.design.size, 1 if task.slow else MOST_CELLS_AT_ONCE)
    return StudyPlan(
        dims=task.design.dims,
        shape=task.design.shape,
        cells=task.design.size,
        variables=tuple(variable.name for variable in task.variables),
        result_bytes=task.design.size * task.bytes_per_cell,
        working_bytes=many * at_once * (_CHUNK_BYTES_PER_CELL + task.bytes_per_cell),
        slow=tuple(type(measure).__name__ for measure in task.slow),
        seconds=_seconds_per_cell(task) * ceil(task.design.size / many),
        workers=many,
        within_limit=task.design.size <= limit,
    )


def _seconds_per_cell(task: Task) -> float:
    """Measured on runs of cells spread over the design; the first run warms up and does not count."""
    size = task.design.size
    run = 1 if task.slow else min(size, 2048)
    starts = np.unique(np.linspace(0, size - run, 6).astype(np.int64)).tolist()
    began, taken, cells = time.perf_counter(), 0.0, 0
    if not task.slow or len(starts) > 1:
        task.compute(starts[0], starts[0] + run)
    for start in starts:
        if cells and time.perf_counter() - began > _PILOT_SECONDS:
            break
        taken += task.compute(start, start + run).seconds
        cells += run
    return taken / cells


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
