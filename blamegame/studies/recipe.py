"""How a study was made, as text in its result: enough to build any cell's exact model and measures again.

Only frozen values of this library are written, by class and fields, and only they are built from a file: nothing that a
file names is run. A user's own model or measure is left out, and must be passed where it is needed.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.errors import BlamegameError, StudyError
from blamegame.models.model import Model
from blamegame.studies.cells import Cells
from blamegame.studies.grid import Bundles, Design, Points, exact_values
from blamegame.studies.measures import Measure
from blamegame.studies.task import Task

if TYPE_CHECKING:
    import xarray

_OUR = "blamegame."
_MOST_DEEP = 40


def recipe_of(task: Task) -> str:
    """The model, the dimensions and the measures of a task as JSON; null for what is not this library's."""
    parts: list[dict[str, Any]] = []
    for part in task.design.parts:
        if isinstance(part, Points):
            exact = {name: bool(values.dtype == object) for name, values in part.columns.items()}
            parts.append({"dim": part.dim, "exact": exact})
        else:
            known = list(dict.fromkeys(reform for bundle in part.bundles for reform in bundle))
            adopted = [[known.index(reform) for reform in bundle] for bundle in part.bundles]
            parts.append({"dim": part.dim, "reforms": list(map(_written, known)), "adopted": adopted})
    measures = [_or_none(measure) for measure in task.measures]
    return json.dumps({"model": _or_none(task.base), "parts": parts, "measures": measures})


def model_at(dataset: xarray.Dataset, cell: int, *, model: Model | None = None) -> Model:
    """The exact model of one cell of a study's dataset, counted in C order over the dimensions of its design.

    ``model`` is what the study started from, where that is a class of your own.

    >>> from blamegame.models.delegation import Delegation
    >>> from blamegame.studies.study import study
    >>> found = study(Delegation(diffusion=1), {"authority": "0, 1/3, 1"})
    >>> model_at(found, 1) == Delegation(diffusion=1, authority=Fraction(1, 3))
    True
    """
    task = task_in(dataset, model=model, measures=())
    if isinstance(cell, bool) or not isinstance(cell, int | np.integer) or not 0 <= cell < task.design.size:
        raise StudyError(f"cell={cell!r} is not the position of a cell, 0 to {task.design.size - 1:,}")
    return Cells(task.base, task.design, int(cell), int(cell) + 1).exact(0)


def task_in(
    dataset: xarray.Dataset, *, model: Model | None = None, measures: tuple[Measure, ...] | None = None
) -> Task:
    """The task that a study's dataset is the result of; a model or measures of your own must be passed."""
    try:
        recipe = json.loads(dataset.attrs["recipe"])
        base = _read(recipe["model"]) if model is None else model.exact()
        parts = tuple(_part(dataset, facts) for facts in recipe["parts"])
        made = tuple(map(_read, recipe["measures"])) if measures is None else measures
    except StudyError:
        raise
    except (ArithmeticError, AttributeError, ImportError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise StudyError(f"this dataset does not say how it was made ({type(error).__name__}: {error})") from None
    except BlamegameError as error:
        raise StudyError(f"this dataset was made from what this version refuses: {error}") from None
    if not isinstance(base, Model):
        raise StudyError(f"{dataset.attrs.get('model', 'the model')} is a class of its own; pass model=")
    if not all(hasattr(measure, "of_model") for measure in made):
        raise StudyError("a measure of this study is a function or class of its own; pass measures=")
    design = Design(parts)
    for dim, size in zip(design.dims, design.shape):
        if dataset.sizes.get(dim) != size:
            raise StudyError(f"dimension {dim!r} was cut or rearranged; use the whole dataset")
    return Task(base, design, made)


def _part(dataset: xarray.Dataset, facts: Any) -> Points | Bundles:
    if "reforms" in facts:
        reforms = [_read(written) for written in facts["reforms"]]
        bundles = Bundles(tuple(tuple(reforms[k] for k in adopted) for adopted in facts["adopted"]), facts["dim"])
        if dataset[bundles.dim].values.tolist() != list(bundles.labels):
            raise StudyError(f"dimension {bundles.dim!r} was cut or rearranged; use the whole dataset")
        return bundles
    columns: dict[str, Any] = {}
    for name, exact in facts["exact"].items():
        held = dataset.coords[name]
        columns[name] = exact_values(held.attrs["exact"]) if exact else held.values
        if exact and not np.array_equal(np.array(columns[name], dtype=np.float64), held.values):
            raise StudyError(f"dimension {facts['dim']!r} was cut or rearranged; use the whole dataset")
    return Points(facts["dim"], columns)


def _or_none(value: Any) -> Any:
    try:
        return _written(value)
    except TypeError:
        return None


def _written(value: Any) -> Any:
    """A value as JSON; numbers as text, tuples and fields of frozen values as lists that begin with what they are."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | Fraction):
        return ["number", str(Fraction(value))] if isinstance(value, Fraction) else ["int", str(value)]
    if isinstance(value, float | np.floating):
        return ["float", float(value).hex()]
    if isinstance(value, tuple):
        return ["tuple", *map(_written, value)]
    if isinstance(value, np.ndarray):
        return ["array", str(value.dtype), list(value.shape), *map(_written, value.ravel().tolist())]
    cls = type(value)
    if not dataclasses.is_dataclass(value) or not cls.__module__.startswith(_OUR):
        raise TypeError(f"{cls.__name__} is no value of this library")
    fields = {f.name: _written(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init}
    return ["value", f"{cls.__module__}:{cls.__qualname__}", fields]


def _read(written: Any, depth: int = 0) -> Any:
    if depth > _MOST_DEEP:
        raise ValueError("nested too deeply")
    if not isinstance(written, list):
        return written
    kind, *rest = written
    if kind in _SIMPLE:
        return _SIMPLE[kind](rest[0])
    if kind == "tuple":
        return tuple(_read(one, depth + 1) for one in rest)
    if kind == "array":
        flat = np.array([_read(one, depth + 1) for one in rest[2:]], dtype=rest[0])
        return flat.reshape(rest[1])
    if kind != "value":
        raise ValueError(f"{kind!r} is no kind of value")
    module, _, name = rest[0].partition(":")
    if not module.startswith(_OUR):
        raise ValueError(f"{module!r} is no part of this library")
    cls: Any = getattr(import_module(module), name)
    known = isinstance(cls, type) and dataclasses.is_dataclass(cls)
    if not known or cls.__module__ != module:
        raise ValueError(f"{name!r} is no value of this library")
    return cls(**{field: _read(one, depth + 1) for field, one in rest[1].items()})


_SIMPLE: Mapping[str, Callable[[str], Any]] = MappingProxyType({"number": Fraction, "int": int, "float": float.fromhex})
