"""A study: measures in every cell of a design, as a labelled dataset, embedded or on a cluster, resumable."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blamegame.errors import ModelError, StorageError, StudyError
from blamegame.extras import need
from blamegame.memory import check_memory
from blamegame.models.model import Model
from blamegame.scenario.scenario import Scenario
from blamegame.storage import check_target, ending_tidily, free_space, largest_file, put_in_place, scratch
from blamegame.studies.checkpoint import Checkpoint, open_checkpoint
from blamegame.studies.dataset import InMemory, attributes_of, read_dataset, write_results
from blamegame.studies.execute import Progress, execute, missing_ranges
from blamegame.studies.grid import as_design
from blamegame.studies.measures import Measure, default_measures
from blamegame.studies.run import choose_backend
from blamegame.studies.table_file import MOST_ROWS, write_table
from blamegame.studies.task import Failure, Result, Task

if TYPE_CHECKING:
    import xarray

DEFAULT_LIMIT = 10**8
"""Cells beyond which a study is refused unless it says otherwise."""

_ENDINGS = (".nc", ".csv", ".xlsx")


def study(
    model: Model | Scenario,
    vary: Any,
    measures: Measure | Iterable[Measure] | None = None,
    *,
    workers: int | None = None,
    client: Any = None,
    checkpoint: str | os.PathLike[str] | None = None,
    output: str | os.PathLike[str] | None = None,
    chunk: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    time_limit: float | None = None,
    limit: int = DEFAULT_LIMIT,
) -> xarray.Dataset:
    """Compute ``measures`` in every cell of a design around a model.

    Parameters
    ----------
    model : a model of numbers, or a scenario
        Its parameters hold wherever the design does not change them.
    vary : a design
        From :func:`grid`, :func:`latin_hypercube` and their like, or a mapping of parameter to values; several of
        them, and :class:`Bundles` of reforms, in a list form their product. Grid points given as text or Fractions
        are exact: the verdict at 0.3 is the verdict at 3/10.
    measures : optional
        Default :class:`Avoidance`, :class:`Equilibria` and :class:`Success`, and the model's own measures; for a
        scenario whose goal has another concept than Nash, :class:`Avoidance` under that concept.
    workers, client : optional
        Where the cells are computed (:func:`blamegame.studies.run.choose_backend`): by default in this process, or in
        spawned processes for measures that are computed cell by cell; ``client`` is a dask.distributed client or the
        address of its scheduler. The answer does not depend on it.
    checkpoint : directory, optional
        Keeps every finished chunk, so that the same study continues after any crash.
    output : path, optional
        Write the result to this file. ``.nc`` is netCDF-4, made in memory that does not grow with the number of cells;
        the dataset returned reads from it. ``.csv`` and ``.xlsx`` are tables with a row for each cell.
    chunk : optional
        Cells a worker takes at a time; default about 0.3 s worth. The answer does not depend on it.
    progress : callable, optional
        Called with a :class:`Progress` after every chunk.
    time_limit : seconds, optional
        When it runs out the dataset comes back with attribute ``complete`` 0 and the remaining cells not computed. The
        clock is looked at between chunks, so one slow cell may overrun it.
    limit : the largest number of cells accepted

    Returns
    -------
    xarray.Dataset
        One dimension for each varied parameter, sample or set of bundles. Cells that failed hold "not computed" and 1
        in ``failed``; attribute ``failures`` tells the parameters of the first of them.

    Raises
    ------
    StudyError
        Where the design, the measures or the size cannot be, where the checkpoint is another study's, where every cell
        failed, or (a StorageError) where the disk fails; what the checkpoint holds is never lost.
    KeyboardInterrupt
        At Ctrl-C, within a second, with a note that says how to continue.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> from blamegame.studies.schema import status_words
    >>> found = study(Delegation(), {"authority": "0.6, 0.7", "accountability": "1, 3/2"})
    >>> status_words(found.status).tolist()
    [['entrenched', 'entrenched'], ['free', 'free']]
    """
    began = time.monotonic()
    need("xarray")
    task = task_of(model, vary, measures)
    ending = "" if output is None else _ending(output, task)
    for package in ("h5netcdf", "h5py") if ending == ".nc" else ():
        need(package)
    _check(task, limit, chunk, in_memory=ending != ".nc")
    if checkpoint is not None:
        task.check_identified()
    failures: list[Failure] = []
    reached = 0
    title = f"{model.title} ({model.name})" if isinstance(model, Scenario) else ""
    with ExitStack() as stack:
        stack.enter_context(ending_tidily())
        target = None if output is None else check_target(output)
        folder = None if target is None else stack.enter_context(scratch(target))
        parts = checkpoint if checkpoint is not None or ending != ".nc" or folder is None else folder / "parts"
        kept = None
        if parts is not None:
            kept = stack.enter_context(open_checkpoint(parts, task.facts, task.variables, task.design.size))
        whole = None if ending == ".nc" else InMemory(task)
        finished = []
        for result in () if kept is None else kept.results():
            if whole is not None:
                whole.put(result)
            failures += result.failures
            finished.append((result.start, result.stop))
        resumed = reached = sum(stop - start for start, stop in finished)
        _check_space(task, target if ending == ".nc" else None, kept, resumed)

        def keep(result: Result) -> None:
            nonlocal reached
            if kept is not None:
                kept.add(result)
            if whole is not None:
                whole.put(result)
            failures.extend(result.failures)
            reached += result.stop - result.start

        try:
            missing = missing_ranges(task.design.size, finished)
            complete = not missing or execute(
                choose_backend(task, workers=workers, client=client), task, missing, keep,
                chunk=chunk, progress=progress, done=reached, failed=len(failures),
                deadline=None if time_limit is None else began + time_limit,
            )  # fmt: skip
            failures.sort(key=lambda failure: failure.cell)
            if len(failures) == task.design.size:
                raise StudyError(f"every cell failed; the first: {failures[0].reason}")
            attributes = attributes_of(task, title=title, failures=failures, complete=complete)
            if isinstance(model, Scenario):
                attributes |= {"scenario": model.name, "scenario_source": model.source}
            seconds = time.monotonic() - began
            attributes |= {"run_seconds": round(seconds, 3), "run_cells_resumed": resumed}
            attributes |= {"run_cells_per_second": round((reached - resumed) / seconds, 1) if seconds else 0.0}
            dataset = None if whole is None else whole.dataset(attributes)
            if folder is not None and target is not None:
                if dataset is not None:
                    write_table(dataset, folder / "result", ending)
                elif kept is not None:
                    write_results(folder / "result", task, kept.results(), attributes)
                put_in_place(folder / "result", target)
        except (KeyboardInterrupt, StorageError) as ended:
            ended.add_note(_how_to_continue(reached, task.design.size, checkpoint))
            raise
        return read_dataset(target, whole=False) if dataset is None and target is not None else dataset


def task_of(model: Model | Scenario, vary: Any, measures: Measure | Iterable[Measure] | None = None) -> Task:
    """The task a study would run, checked: a model, a design and measures that fit together."""
    base = model.model if isinstance(model, Scenario) else model
    if not isinstance(base, Model):
        raise StudyError(f"a study starts from a model or a scenario, not {type(base).__name__}")
    if base.batch_shape:
        raise StudyError(f"a study starts from one model, this is a batch of shape {base.batch_shape}")
    exact = base.exact()
    if measures is None:
        chosen = default_measures(exact, model.concept if isinstance(model, Scenario) else None)
    else:
        given: Any = measures
        several = isinstance(given, Iterable) and not isinstance(given, str | type)
        chosen = tuple(given) if several else (given,)
    for measure in chosen:
        if isinstance(measure, type) or not hasattr(measure, "of_model"):
            raise StudyError(f"{measure!r} is not a measure; write Avoidance(), Success() or Custom(name, function)")
    try:
        return Task(exact, as_design(vary), chosen).check()
    except ModelError as error:
        raise StudyError(str(error)) from None


def _ending(output: str | os.PathLike[str], task: Task) -> str:
    """How the result is written, by the ending of its name."""
    ending = Path(output).suffix.lower()
    if ending not in _ENDINGS:
        raise StudyError(
            f"{os.fspath(output)!r} does not end in {', '.join(_ENDINGS)}; a result is written as one of these"
        )
    if ending == ".xlsx" and task.design.size > MOST_ROWS:
        raise StudyError(
            f"a sheet holds {MOST_ROWS:,} rows, the study has {task.design.size:,} cells; write .nc or .csv"
        )
    return ending


def _check(task: Task, limit: int, chunk: int | None, *, in_memory: bool) -> None:
    size = task.design.size
    if chunk is not None and (isinstance(chunk, bool) or not isinstance(chunk, int) or chunk < 1):
        raise StudyError(f"chunk={chunk!r} is not a number of cells, 1 or more")
    if size > limit:
        sizes = " x ".join(f"{dim} ({count:,})" for dim, count in zip(task.design.dims, task.design.shape))
        longest = max(zip(task.design.shape, task.design.dims))[1]
        raise StudyError(
            f"{sizes} is {size:,} cells, more than limit={limit:,}; take a coarser {longest}, or raise the limit"
        )
    if in_memory:
        way_out = "pass output='study.nc' to keep the result on disk"
        check_memory(size, task.bytes_per_cell, "cells", way_out=way_out, error=StudyError)


def _check_space(task: Task, target: Path | None, kept: Checkpoint | None, resumed: int) -> None:
    """Refuse what the disk has no room for, before the first cell."""
    whole = task.design.size * task.bytes_per_cell
    needed: dict[int, tuple[int, Path]] = {}  # by file system
    for folder, size in (
        (None if target is None else target.parent, whole),
        (None if kept is None else kept.folder, (task.design.size - resumed) * task.bytes_per_cell),
    ):
        if folder is not None:
            device = os.stat(folder).st_dev
            needed[device] = (needed.get(device, (0, folder))[0] + size, folder)
    for size, folder in needed.values():
        if size > (free := free_space(folder)):
            raise StorageError(
                f"the study takes {size / 1e9:,.3g} GB in {str(folder)!r}, where {free / 1e9:,.3g} GB are free"
            )
    most = largest_file()
    if target is not None and most is not None and whole > most:
        raise StorageError(f"the result takes {whole:,} bytes, this process may write files of {most:,} (ulimit -f)")


def _how_to_continue(reached: int, total: int, checkpoint: Any) -> str:
    done = f"{reached:,} of {total:,} cells were computed"
    if checkpoint is None:
        return f"{done} and are lost; with checkpoint=DIRECTORY a study can be continued"
    return f"{done} and are in {os.fspath(checkpoint)!r}; run the same study with that checkpoint to continue"
