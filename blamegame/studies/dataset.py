"""A study's result as an ``xarray.Dataset``: what is in it, its digest, and its file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.games.strategic import Array
from blamegame.models.forms import Table
from blamegame.storage import check_target, put_in_place, scratch
from blamegame.studies.execute import missing_ranges
from blamegame.studies.grid import Points
from blamegame.studies.identity import library_version, measure_words, model_facts
from blamegame.studies.netcdf import Stored, write_netcdf
from blamegame.studies.netcdf import read_dataset as read_dataset
from blamegame.studies.recipe import recipe_of
from blamegame.studies.schema import SCHEMA_VERSION, Variable
from blamegame.studies.task import MOST_CELLS_AT_ONCE, Failure, Result, Task

if TYPE_CHECKING:
    import xarray

RUN_PREFIX = "run_"
"""Attributes that begin so tell how a run went, not what it found; they do not count in the digest."""

_MOST_FAILURES_TOLD = 20


class InMemory:
    """Results in arrays of the whole study."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._flat = {variable.name: variable.empty(task.design.size) for variable in task.variables}

    def put(self, result: Result) -> None:
        for name, values in result.arrays.items():
            self._flat[name][result.start : result.stop] = values

    def dataset(self, attributes: Mapping[str, Any]) -> xarray.Dataset:
        """The dataset; cells that never came hold what stands for "not computed"."""
        xarray = need("xarray")

        shape = self._task.design.shape
        data = {
            v.name: (_dims(self._task, v), self._flat[v.name].reshape((*shape, *v.shape)), v.attrs())
            for v in self._task.variables
        }
        return xarray.Dataset(data, coordinates(self._task), dict(attributes))


def write_results(path: Path, task: Task, results: Iterable[Result], attributes: Mapping[str, Any]) -> None:
    """A new netCDF-4 file of a study, from its chunks as they come; one chunk is in memory at a time."""
    found = coordinates(task)
    beside = {"coordinates": text} if (text := " ".join(n for n, (dim, _, _) in found.items() if dim != n)) else {}
    variables = {name: Stored((dim,), (len(v),), v.dtype, attrs, v) for name, (dim, v, attrs) in found.items()}
    for v in task.variables:
        variables[v.name] = Stored(_dims(task, v), (*task.design.shape, *v.shape), v.dtype, v.attrs() | beside)

    def pieces() -> Iterator[tuple[int, dict[str, Array]]]:
        done = []
        for result in results:
            done.append((result.start, result.stop))
            yield result.start, result.arrays
        for low, high in missing_ranges(task.design.size, sorted(done)):
            for start in range(low, high, MOST_CELLS_AT_ONCE):
                yield start, {v.name: v.empty(min(MOST_CELLS_AT_ONCE, high - start)) for v in task.variables}

    write_netcdf(path, variables, attributes, pieces())


def write_dataset(dataset: xarray.Dataset, path: str | os.PathLike[str]) -> Path:
    """Write a netCDF-4 file so that it is seen whole or not at all; returns its path."""
    if Path(path).suffix.lower() != ".nc":
        raise StudyError(f"{os.fspath(path)!r} does not end in .nc; a dataset is written as netCDF-4")
    target = check_target(path)
    beside = " ".join(str(name) for name, c in dataset.coords.items() if c.dims != (name,))
    variables = {}
    for name, one in dataset.variables.items():
        attributes = dict(one.attrs) | ({"coordinates": beside} if beside and name in dataset.data_vars else {})
        dims = tuple(map(str, one.dims))
        variables[str(name)] = Stored(dims, one.shape, one.dtype, attributes, one.values)
    with scratch(target) as folder:
        write_netcdf(folder / "result", variables, dataset.attrs)
        put_in_place(folder / "result", target)
    return Path(path)


def coordinates(task: Task) -> dict[str, tuple[Any, Any, dict[str, Any]]]:
    """Every coordinate as (dimensions, values, attributes): parameters with unit and meaning, bundles, players."""
    specs = task.base.parameters()
    found: dict[str, tuple[Any, Any, dict[str, Any]]] = {}
    for part in task.design.parts:
        if isinstance(part, Points):
            for name, values in part.columns.items():
                spec = specs[name]
                attrs = {"units": spec.unit, "long_name": spec.meaning, "symbol": spec.symbol}
                if values.dtype == object:
                    attrs |= {"exact": part.exact_text(name)}
                found[name] = (part.dim, values.astype(np.float64), attrs)
        else:
            edits = {reform.name: str(reform) for bundle in part.bundles for reform in bundle}
            attrs = {"units": "1", "long_name": "bundle of reforms adopted", "reforms": json.dumps(edits)}
            found[part.dim] = (part.dim, np.array(part.labels, dtype=object), attrs)
    for variable in task.variables:
        for name, labels in variable.dims:
            found[name] = (name, np.array(labels, dtype=object), {"units": "1", "long_name": name, "role": "labels"})
    return found


def attributes_of(
    task: Task, *, title: str = "", failures: Sequence[Failure] = (), complete: bool = True
) -> dict[str, Any]:
    """What the dataset says of itself: model and fixed parameters, design, measures, versions, what failed."""
    varied = {name for part in task.design.parts if isinstance(part, Points) for name in part.columns}
    fixed = {name: text for name, text in model_facts(task.base).items() if name not in varied}
    actions = task.base.actions if isinstance(task.base, Table) else ()
    told = [{"reason": f.reason[:300], **task.parameters(f.cell)} for f in failures[:_MOST_FAILURES_TOLD]]
    seeds = {part.dim: json.loads(part.seed) for part in task.design.parts if isinstance(part, Points) and part.seed}
    return {
        "Conventions": "CF-1.11",
        "title": title or f"Parameter study of {type(task.base).__name__}",
        "source": f"blamegame {library_version()}",
        "schema": SCHEMA_VERSION,
        "model": type(task.base).__name__,
        "parameters": json.dumps(fixed),
        "actions": json.dumps(actions),
        "measures": "; ".join(map(measure_words, task.measures)),
        "recipe": recipe_of(task),
        "identity": task.identity,
        "provenance": json.dumps(task.facts),
        "seed": json.dumps(seeds) if seeds else "none",
        "complete": int(complete),
        "failures": json.dumps(told),
        "failures_count": len(failures),
    }


def dataset_digest(dataset: xarray.Dataset) -> str:
    """A digest of everything a study found: names, dimensions, values and attributes, except those of the run itself.

    Equal however the study was computed: here, on workers, in other chunks, after a crash.
    """
    digest = hashlib.sha256()
    for name in sorted(map(str, dataset.variables)):
        variable = dataset[name]
        values = variable.values
        digest.update(repr((name, variable.dims, values.shape, _attrs_text(variable.attrs))).encode())
        if values.dtype.kind in "OUT":
            digest.update(repr([str(text) for text in values.ravel().tolist()]).encode())
        else:
            digest.update(values.dtype.str.encode())
            digest.update(np.ascontiguousarray(values).data)
    digest.update(_attrs_text(dataset.attrs).encode())
    return digest.hexdigest()


def _dims(task: Task, variable: Variable) -> tuple[str, ...]:
    return (*task.design.dims, *(name for name, _ in variable.dims))


def _attrs_text(attrs: Mapping[Any, Any]) -> str:
    kept = {str(k): np.asarray(v).tolist() for k, v in attrs.items() if not str(k).startswith(RUN_PREFIX)}
    return json.dumps(kept, sort_keys=True)
