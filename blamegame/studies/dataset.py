"""A study's result as an ``xarray.Dataset``: building it, its digest, and its netCDF-4 file, whole or streamed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.games.strategic import Array
from blamegame.studies.checkpoint import sync_directory
from blamegame.studies.execute import Range, missing_ranges
from blamegame.studies.fingerprint import identity, model_facts
from blamegame.studies.grid import Points
from blamegame.studies.schema import SCHEMA_VERSION, Variable
from blamegame.studies.task import MOST_CELLS_AT_ONCE, Failure, Result, Task

if TYPE_CHECKING:
    import xarray

RUN_PREFIX = "run_"
"""Attributes that begin so tell how a run went, not what it found; they do not count in the digest."""

_MOST_FAILURES_TOLD = 20
_MOST_EXACT_TEXT = 20_000


class Sink(Protocol):
    """Where results go."""

    def put(self, result: Result) -> None:
        """Take one chunk."""
        ...

    def finish(self, attributes: Mapping[str, Any]) -> xarray.Dataset:
        """The dataset; cells that never came hold what stands for "not computed"."""
        ...

    def abandon(self) -> None:
        """Leave nothing behind."""
        ...


class InMemory:
    """Results in arrays of the whole study."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._flat = {variable.name: variable.empty(task.design.size) for variable in task.variables}

    def put(self, result: Result) -> None:
        for name, values in result.arrays.items():
            self._flat[name][result.start : result.stop] = values

    def finish(self, attributes: Mapping[str, Any]) -> xarray.Dataset:
        xarray = need("xarray")

        shape = self._task.design.shape
        data = {
            v.name: (_dims(self._task, v), self._flat[v.name].reshape((*shape, *v.shape)), v.attrs())
            for v in self._task.variables
        }
        return xarray.Dataset(data, coordinates(self._task), dict(attributes))

    def abandon(self) -> None:
        self._flat.clear()


class InFile:
    """Results in a netCDF-4 file as they come; the file has its name only once it is whole."""

    def __init__(self, task: Task, path: str | os.PathLike[str]) -> None:
        h5netcdf = need("h5netcdf")

        self._task, self._path = task, Path(path)
        self._temporary = _temporary(self._path)
        self._file = h5netcdf.File(self._temporary, "w")
        design = task.design
        extra = {name: len(labels) for v in task.variables for name, labels in v.dims}
        self._file.dimensions = {**dict(zip(design.dims, design.shape)), **extra}
        self._written: list[Range] = []
        found = coordinates(task)
        for name, (dim, values, attrs) in found.items():
            self._file.create_variable(name, (dim,), data=_storable(values))
            self._file.variables[name].attrs.update(attrs)
        beside = " ".join(name for name, (dim, _, _) in found.items() if dim != name)
        for v in task.variables:
            # contiguous, so that any range of cells is written in place without reading a block of its neighbours
            made = self._file.create_variable(v.name, _dims(task, v), dtype=v.dtype, fillvalue=None)
            made.attrs.update(v.attrs() | ({"coordinates": beside} if beside else {}))

    def put(self, result: Result) -> None:
        self._write(result.start, result.stop, result.arrays)
        self._written.append((result.start, result.stop))

    def finish(self, attributes: Mapping[str, Any]) -> xarray.Dataset:
        for low, high in missing_ranges(self._task.design.size, sorted(self._written)):
            for start in range(low, high, MOST_CELLS_AT_ONCE):
                self._write(start, min(start + MOST_CELLS_AT_ONCE, high), None)
        self._file.attrs.update(dict(attributes))
        self._file.close()
        _move_into_place(self._temporary, self._path)
        return read_dataset(self._path, whole=False)

    def abandon(self) -> None:
        try:
            self._file.close()
        finally:
            self._temporary.unlink(missing_ok=True)

    def _write(self, start: int, stop: int, arrays: Mapping[str, Array] | None) -> None:
        shape = self._task.design.shape
        for v in self._task.variables:
            target = self._file.variables[v.name]
            for (low, high), where in blocks(shape, start, stop):
                values = v.empty(high - low) if arrays is None else arrays[v.name][low - start : high - start]
                sizes = tuple(s.stop - s.start for s in where)
                target[where] = values.reshape((*sizes, *v.shape))


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
                    text = " ".join(map(str, values.tolist())) if len(values) <= _MOST_EXACT_TEXT // 3 else ""
                    attrs |= {"exact": text} if 0 < len(text) <= _MOST_EXACT_TEXT else {}
                found[name] = (part.dim, values.astype(np.float64), attrs)
        else:
            edits = {reform.name: str(reform) for bundle in part.bundles for reform in bundle}
            attrs = {"units": "1", "long_name": "bundle of reforms adopted", "reforms": json.dumps(edits)}
            found[part.dim] = (part.dim, np.array(part.labels, dtype=object), attrs)
    for variable in task.variables:
        for name, labels in variable.dims:
            found[name] = (name, np.array(labels, dtype=object), {"units": "1", "long_name": name})
    return found


def attributes_of(
    task: Task, *, title: str = "", failures: Sequence[Failure] = (), complete: bool = True
) -> dict[str, Any]:
    """What the dataset says of itself: model and fixed parameters, design, measures, versions, what failed."""
    from blamegame.version import __version__

    varied = {name for part in task.design.parts if isinstance(part, Points) for name in part.columns}
    fixed = {name: text for name, text in model_facts(task.base).items() if name not in varied}
    actions = getattr(task.base, "actions", ())
    told = [{"reason": f.reason[:300], **task.parameters(f.cell)} for f in failures[:_MOST_FAILURES_TOLD]]
    seeds = {part.dim: json.loads(part.seed) for part in task.design.parts if isinstance(part, Points) and part.seed}
    return {
        "Conventions": "CF-1.11",
        "title": title or f"Parameter study of {type(task.base).__name__}",
        "source": f"blamegame {__version__}",
        "schema": SCHEMA_VERSION,
        "model": type(task.base).__name__,
        "parameters": json.dumps(fixed),
        "actions": json.dumps(actions),
        "measures": "; ".join(map(identity, task.measures)),
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


def write_dataset(dataset: xarray.Dataset, path: str | os.PathLike[str]) -> Path:
    """Write a netCDF-4 file, compressed, so that it is seen whole or not at all; returns its path."""
    need("h5netcdf")
    target = Path(path)
    temporary = _temporary(target)
    numeric = {name: {"zlib": True, "complevel": 1, "shuffle": True, "_FillValue": None} for name in dataset.data_vars}
    encoding: dict[Any, Any] = {name: how for name, how in numeric.items() if dataset[name].dtype.kind in "iuf"}
    encoding |= {name: {"_FillValue": None} for name in dataset.coords if dataset[name].dtype.kind == "f"}
    try:
        dataset.to_netcdf(temporary, engine="h5netcdf", encoding=encoding)
        _move_into_place(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return target


def read_dataset(path: str | os.PathLike[str], *, whole: bool = True) -> xarray.Dataset:
    """The dataset of a file that :func:`write_dataset` or :func:`blamegame.study` wrote.

    ``whole=False`` leaves the values on disk until they are asked for; close such a dataset when done.
    """
    need("h5netcdf")
    xarray = need("xarray")
    try:
        if whole:
            dataset: xarray.Dataset = xarray.load_dataset(path, engine="h5netcdf")
        else:
            dataset = xarray.open_dataset(path, engine="h5netcdf")
    except FileNotFoundError:
        raise StudyError(f"there is no file {os.fspath(path)!r}") from None
    except (OSError, ValueError) as error:
        raise StudyError(f"{os.fspath(path)!r} is not a netCDF-4 file ({error})") from None
    if dataset.attrs.get("schema") != SCHEMA_VERSION:
        found = dataset.attrs.get("schema", "none")
        dataset.close()
        raise StudyError(f"{os.fspath(path)!r} has study schema {found}, this version reads {SCHEMA_VERSION}")
    return dataset


def blocks(shape: tuple[int, ...], start: int, stop: int) -> Iterator[tuple[Range, tuple[slice, ...]]]:
    """A range of cells of an array in C order as few rectangular blocks: (range of cells, slices of each dimension).

    >>> [(cells, [(s.start, s.stop) for s in where]) for cells, where in blocks((3, 4), 2, 9)]
    [((2, 4), [(0, 1), (2, 4)]), ((4, 8), [(1, 2), (0, 4)]), ((8, 9), [(2, 3), (0, 1)])]
    """
    if not shape:
        yield (start, stop), ()
        return
    row = int(np.prod(shape[1:], dtype=np.int64))
    while start < stop:
        index, inside = divmod(start, row)
        if inside == 0 and stop - start >= row:
            rows = (stop - start) // row
            yield (start, start + rows * row), (slice(index, index + rows), *(slice(0, n) for n in shape[1:]))
            start += rows * row
            continue
        end = min(stop, (index + 1) * row)
        for (low, high), where in blocks(shape[1:], inside, inside + end - start):
            yield (low - inside + start, high - inside + start), (slice(index, index + 1), *where)
        start = end


def _dims(task: Task, variable: Variable) -> tuple[str, ...]:
    return (*task.design.dims, *(name for name, _ in variable.dims))


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


def _move_into_place(temporary: Path, path: Path) -> None:
    with open(temporary, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_directory(path.parent)


def _storable(values: Array) -> Array:
    if values.dtype != object:
        return values
    h5py = need("h5py")

    return values.astype(h5py.string_dtype())


def _attrs_text(attrs: Mapping[Any, Any]) -> str:
    kept = {str(k): np.asarray(v).tolist() for k, v in attrs.items() if not str(k).startswith(RUN_PREFIX)}
    return json.dumps(kept, sort_keys=True)
