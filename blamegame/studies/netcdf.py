"""The one writer of netCDF-4 files, and the one reader.

HDF5 may end the interpreter where a disk is full. So it never sees a disk when a file is written: it lays out names,
dimensions and attributes in memory, where each variable gets one contiguous place, and these pages and the values are
then written by ordinary calls that can fail in words. A last line holds a digest of all before it: the reader hands
nothing to HDF5 that this library did not write.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.games.strategic import Array
from blamegame.storage import in_words, open_regular, write_at, write_new
from blamegame.studies.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    import xarray

_SEAL = b"\nblamegame study sha256 "
_SEAL_LENGTH = len(_SEAL) + 64 + 1
_PAGE = 1 << 12
_BLOCK = 1 << 22
_FROM_HDF5 = (
    ArithmeticError, AttributeError, ImportError, LookupError, MemoryError, OSError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip
"""What h5py, h5netcdf and xarray raise on files that are not as they expect; RuntimeError includes RecursionError."""


@dataclass(frozen=True, eq=False)
class Stored:
    """One variable of a file: its dimensions, shape, type and attributes, and its values where they are at hand."""

    dims: tuple[str, ...]
    shape: tuple[int, ...]
    dtype: Any
    attributes: Mapping[str, Any]
    values: Array | None = None

    @property
    def text(self) -> bool:
        return np.dtype(self.dtype).kind in "OUT"


def write_netcdf(
    path: Path,
    variables: Mapping[str, Stored],
    attributes: Mapping[str, Any],
    pieces: Iterable[tuple[int, Mapping[str, Array]]] = (),
) -> None:
    """Write a new file and sync it.

    ``pieces`` give the values of variables that come without, in C order: (first cell, name to values [cells, ...]).
    """
    skeleton, places = _laid_out(variables, attributes)

    def fill(handle: int) -> None:
        for page, content in skeleton.pages.items():
            write_at(handle, page * _PAGE, content)
        os.ftruncate(handle, skeleton.size)
        for name, place in places.items():
            if (values := variables[name].values) is not None:
                write_at(handle, place, _little(values))
        for start, arrays in pieces:
            for name, values in arrays.items():
                width = values[:1].nbytes
                write_at(handle, places[name] + start * width, _little(values))
        digest = hashlib.sha256()
        os.lseek(handle, 0, os.SEEK_SET)
        while block := os.read(handle, _BLOCK):
            digest.update(block)
        write_at(handle, skeleton.size, _SEAL + digest.hexdigest().encode() + b"\n")

    write_new(path, fill)


def read_dataset(path: str | os.PathLike[str], *, whole: bool = True) -> xarray.Dataset:
    """The dataset of a file that :func:`write_dataset` or :func:`blamegame.study` wrote.

    ``whole=False`` leaves the values on disk until they are asked for; close such a dataset when done.

    Raises
    ------
    StudyError
        Where it is no such file, or was changed since, in whatever way.
    """
    xarray = need("xarray")
    need("h5netcdf")

    name = os.fspath(path)
    _check_seal(name)
    try:
        dataset: Any = xarray.open_dataset(name, engine="h5netcdf", decode_times=False, decode_timedelta=False)
        if whole:
            with dataset:
                dataset = dataset.load()
        schema = dataset.attrs.get("schema")
        agrees = bool(schema == SCHEMA_VERSION)
    except _FROM_HDF5 as error:
        raise StudyError(f"{name!r} cannot be read as a study ({type(error).__name__}: {str(error)[:200]})") from None
    if not agrees:
        dataset.close()
        raise StudyError(f"{name!r} has study schema {schema}, this version reads {SCHEMA_VERSION}")
    return dataset


def _check_seal(name: str) -> None:
    with open_regular(name) as file, in_words(name, "read"):
        body = os.fstat(file.fileno()).st_size - _SEAL_LENGTH
        digest = hashlib.sha256()
        while body > 0 and (block := file.read(min(_BLOCK, body))):
            digest.update(block)
            body -= len(block)
        seal = file.read(_SEAL_LENGTH)
    if body or not seal.startswith(_SEAL):
        raise StudyError(f"{name!r} is not a file that a study wrote, or it was cut")
    if seal != _SEAL + digest.hexdigest().encode() + b"\n":
        raise StudyError(f"{name!r} was changed since a study wrote it")


def _laid_out(variables: Mapping[str, Stored], attributes: Mapping[str, Any]) -> tuple[_Pages, dict[str, int]]:
    """Everything but the values, and where the values of each variable of numbers go."""
    h5netcdf = need("h5netcdf")
    h5py = need("h5py")

    pages = _Pages()
    places = {}
    with h5netcdf.File(pages, "w", libver=("v108", "v110")) as file:
        file.dimensions = {dim: size for one in variables.values() for dim, size in zip(one.dims, one.shape)}
        for name, one in variables.items():
            if one.text:
                values = np.asarray(one.values, dtype=object).astype(h5py.string_dtype())
                made = file.create_variable(name, one.dims, data=values)
            else:
                dtype = np.dtype(one.dtype).newbyteorder("<")
                made = file.create_variable(name, one.dims, dtype=dtype, fillvalue=None)
                made[(-1,) * len(one.dims) if one.dims else ()] = 0  # HDF5 gives a place at the first write
            made.attrs.update(dict(one.attributes))
        file.attrs.update(dict(attributes))
        file.flush()
        for name, one in variables.items():
            if not one.text:
                places[name] = int(file[name]._h5ds.id.get_offset())
    return pages, places


def _little(values: Array) -> Array:
    return np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).reshape(-1)


class _Pages(io.RawIOBase):
    """A file in memory that holds only the pages that were written to."""

    def __init__(self) -> None:
        self.pages: dict[int, bytearray] = {}
        self.size = self._at = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self.size)[whence]
        return self._at

    def truncate(self, size: int | None = None) -> int:
        self.size = self._at if size is None else size
        return self.size

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")[: max(0, self.size - self._at)]
        for low, high, page, inside in self._spans(len(view)):
            content = self.pages.get(page)
            view[low:high] = content[inside : inside + high - low] if content else bytes(high - low)
        self._at += len(view)
        return len(view)

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        for low, high, page, inside in self._spans(len(view)):
            self.pages.setdefault(page, bytearray(_PAGE))[inside : inside + high - low] = view[low:high]
        self._at += len(view)
        self.size = max(self.size, self._at)
        return len(view)

    def _spans(self, count: int) -> Iterable[tuple[int, int, int, int]]:
        low = 0
        while low < count:
            page, inside = divmod(self._at + low, _PAGE)
            high = min(count, low + _PAGE - inside)
            yield low, high, page, inside
            low = high
