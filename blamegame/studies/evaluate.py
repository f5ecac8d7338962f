"""One number, or one outcome, of a model at every row of drawn parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.studies.grid import points
from blamegame.studies.schema import NOT_COMPUTED
from blamegame.studies.study import study

_CATEGORICAL = "for indices of outcomes write categorical=True"


def evaluate(
    model: Model, columns: Mapping[str, Array], measure: Any, *, categorical: bool = False, chunk: int = 1 << 16
) -> Array:
    """``measure`` of the model at every row of ``columns``, in chunks of bounded memory; float64, shape [rows].

    ``measure`` takes a batch of models and gives one number each, such as
    ``lambda batch: avoidance(batch, Nash()).high.upper``; or it is a measure of a study that fills one variable, or a
    pair of such a measure and the name of one of its variables. With ``categorical`` it gives one outcome each, numbers
    or words, and the array holds these.

    Raises
    ------
    StudyError
        Where outcomes come that are no quantities, with the line to write, or that are not known.
    """
    if hasattr(measure, "of_model") or isinstance(measure, tuple):
        values = _studied(model, columns, measure, categorical)
    else:
        rows = len(next(iter(columns.values())))
        parts = [
            {name: column[start : start + chunk] for name, column in columns.items()} for start in range(0, rows, chunk)
        ]
        values = np.concatenate([_one_each(measure(model.replace(part)), part) for part in parts])
    if not categorical and values.dtype.kind not in "biuf":
        raise StudyError(f"the measure gives {values[0]!r}, no quantity; {_CATEGORICAL}")
    if not categorical:
        values = values.astype(np.float64)
    known = np.isfinite(values) if values.dtype.kind == "f" else np.ones(len(values), dtype=bool)
    if not known.all():
        where = int(np.argmin(known))
        raise StudyError(
            f"the measure is {values[where]} at {', '.join(f'{n}={c[where]:.6g}' for n, c in columns.items())}; "
            "a study of its variation needs finite numbers"
        )
    return values


def _one_each(values: Any, part: Mapping[str, Array]) -> Array:
    array, rows = np.asarray(values), len(next(iter(part.values())))
    if array.shape != (rows,):
        raise StudyError(
            f"the measure gave shape {array.shape} for a batch of {rows} models; it must give one number for each"
        )
    return array


def _studied(model: Model, columns: Mapping[str, Array], measure: Any, categorical: bool) -> Array:
    """One variable of a study's measure at every row; missing where a cell failed."""
    measure, *chosen = measure if isinstance(measure, tuple) else (measure,)
    filled = {variable.name: variable for variable in measure.variables(model)}
    if len(chosen or filled) != 1 or not set(chosen) <= filled.keys():
        raise StudyError(f"{measure!r} fills {', '.join(filled)}; say which, as in (Avoidance(), 'avoidance_worst')")
    variable = filled[(chosen or list(filled))[0]]
    if variable.kind != "quantity" and not categorical:
        what = "a verdict" if variable.kind == "verdict" else "a set"
        quantities = [f"({measure!r}, {name!r})" for name, one in filled.items() if one.kind == "quantity"]
        raise StudyError(
            f"{variable.name} is {what}, no quantity; {_CATEGORICAL}"
            + (f", or measure={' or '.join(quantities)}" if quantities else "")
        )
    found: Array = study(model, points(columns), measure)[variable.name].values
    if variable.kind == "quantity":
        return found.astype(np.float64)
    missing = found == NOT_COMPUTED
    return np.where(missing, np.nan, found) if missing.any() else found
