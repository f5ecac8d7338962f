"""Boxes of parameters: which parameters are uncertain, between which ends, all independent and uniform."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from blamegame.errors import StudyError
from blamegame.games.strategic import Array
from blamegame.models.model import Model

Box = Mapping[str, tuple[float, float]]
"""Low and high end of each uncertain parameter, by name; a parameter that is not named keeps the model's value."""

M = TypeVar("M", bound=Model)

PRESSURE_BOX: Box = MappingProxyType(
    {
        "authority": (0.0, 0.5),
        "responsibility": (0.4, 0.9),
        "push_strength": (0.5, 1.0),
        "assistance": (0.0, 1.0),
        "answer_competence": (0.0, 0.6),
        "baseline_success": (0.0, 0.2),
        "accountability": (0.7, 2.0),
        "tolerance": (0.0, 0.3),
        "escalation_shield": (0.4, 1.0),
        "diffusion": (0.4, 1.0),
        "trace_shield": (0.3, 1.0),
        "substantive_inspection": (0.0, 0.4),
        "formalism_sanction": (0.0, 1.0),
        "credit_lower": (0.0, 0.4),
        "credit_upper": (0.0, 1.0),
        "cost_work": (0.0, 0.5),
        "cost_escalate": (0.0, 0.2),
        "cost_formalism": (0.0, 0.2),
        "cost_assist": (0.0, 0.5),
        "cost_push": (0.0, 0.1),
        "cost_answer": (0.0, 0.3),
    }
)
"""Small power, big responsibility and hard accountability: the delegation game under pressure.

``upward_tracing`` stays 0 and ``promotability`` 1, their defaults.
"""


def check_box(model: M | type[M], bounds: Box) -> M:
    """The model a box is about (a class stands for its defaults); a box that does not fit it is refused.

    >>> from blamegame.models.delegation import Delegation
    >>> check_box(Delegation, PRESSURE_BOX) == Delegation()
    True
    """
    base: Any = model() if isinstance(model, type) else getattr(model, "model", model)  # a scenario has one
    is_model = isinstance(base, Model)
    if not is_model:
        raise StudyError(f"a box is about a model, a class of models or a scenario, not {type(base).__name__}")
    if base.batch_shape:
        raise StudyError(f"a box is about one model, this is a batch of shape {base.batch_shape}; use model.item(i)")
    if not bounds:
        raise StudyError("the box names no parameter; give low and high ends as in {'authority': (0, 0.5)}")
    specs = base.parameters()
    for name, (low, high) in bounds.items():
        base.check_name(name)
        spec = specs[name]
        if not spec.low <= low < high or (spec.high is not None and high > spec.high):
            raise StudyError(f"{name} from {low} to {high} is not a stretch of its range, {spec.range_text()}")
    found: M = base
    return found


def uniform_draws(bounds: Box, n: int, *, rng: np.random.Generator) -> dict[str, Array]:
    """``n`` independent uniform draws of every parameter of a box, by name, shape [n] each.

    >>> draws = uniform_draws({"authority": (0.2, 0.4)}, 1000, rng=np.random.default_rng(1))
    >>> bool((draws["authority"] >= 0.2).all() and (draws["authority"] <= 0.4).all())
    True
    """
    return {name: rng.uniform(low, high, n) for name, (low, high) in bounds.items()}


def evaluate(model: Model, columns: Mapping[str, Array], measure: Any, *, chunk: int = 1 << 16) -> Array:
    """``measure`` of the model at every row of ``columns``, in chunks of bounded memory; float64, shape [rows].

    ``measure`` takes a batch of models and gives one number each, such as
    ``lambda batch: avoidance(batch, Nash()).high.upper``; or it is a measure of a study that fills one variable, or a
    pair of such a measure and the name of one of its variables.
    """
    if hasattr(measure, "of_model") or isinstance(measure, tuple):
        return _finite(_studied(model, columns, measure), columns)
    rows = len(next(iter(columns.values())))
    out = np.empty(rows)
    for start in range(0, rows, chunk):
        part = slice(start, min(start + chunk, rows))
        values = np.asarray(measure(model.replace({name: column[part] for name, column in columns.items()})))
        if values.shape != (part.stop - part.start,):
            raise StudyError(
                f"the measure gave shape {values.shape} for a batch of {part.stop - part.start} models; "
                "it must give one number for each"
            )
        out[part] = values.astype(np.float64)
    return _finite(out, columns)


def _studied(model: Model, columns: Mapping[str, Array], measure: Any) -> Array:
    """One variable of a study's measure at every row."""
    from blamegame.studies.grid import points
    from blamegame.studies.study import study

    measure, *chosen = measure if isinstance(measure, tuple) else (measure,)
    names = [variable.name for variable in measure.variables(model)]
    if len(chosen or names) != 1 or not set(chosen) <= set(names):
        raise StudyError(f"{measure!r} fills {', '.join(names)}; say which, as in (Avoidance(), 'avoidance_worst')")
    found: Array = study(model, points(columns), measure)[(chosen or names)[0]].values
    return found.astype(np.float64)


def _finite(out: Array, columns: Mapping[str, Array]) -> Array:
    if not np.isfinite(out).all():
        where = int(np.argmin(np.isfinite(out)))
        raise StudyError(
            f"the measure is {out[where]} at {', '.join(f'{n}={c[where]:.6g}' for n, c in columns.items())}; "
            "a study of its variation needs finite numbers"
        )
    return out
