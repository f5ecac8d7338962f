"""Results that travel: equal to their copies although they hold arrays, and as frozen after a journey as before."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np


class Value:
    """Base of frozen dataclasses that hold arrays or mappings: equal where every field is, NaN to NaN.

    The hash looks at names and shapes only, so that equal values hash alike; values of one shape share it.
    """

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(_same(getattr(self, f.name), getattr(other, f.name)) for f in dataclasses.fields(self))  # type: ignore[arg-type]  # every subclass is a dataclass

    def __hash__(self) -> int:
        return hash((type(self), *(_shape(getattr(self, f.name)) for f in dataclasses.fields(self))))  # type: ignore[arg-type]  # the same

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            for array in value.values() if isinstance(value, dict) else (value,):
                if isinstance(array, np.ndarray):  # pickle and deepcopy forget that an array is read-only
                    array.setflags(write=False)
            object.__setattr__(self, name, value)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        one, other = np.asarray(one), np.asarray(other)
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other) or (one != one and other != other)


def _shape(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.shape
    return tuple(value) if isinstance(value, Mapping) else len(value) if isinstance(value, tuple | list | str) else None
