"""Boxes of parameters: which parameters are uncertain, between which ends, all independent and uniform."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from blamegame.errors import StudyError
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.scenario.scenario import Scenario

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
    given: Any = model
    base: Any = given() if isinstance(given, type) else given.model if isinstance(given, Scenario) else given
    if not isinstance(base, Model):
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
    found: Any = base
    return found  # type: ignore[no-any-return]


def in_box(bounds: Box, unit: Array) -> dict[str, Array]:
    """Points of the unit cube, shape [n, parameters], as columns of a box by name, shape [n] each.

    >>> in_box({"authority": (0.2, 0.4)}, np.array([[0.5], [1.0]]))["authority"].round(9).tolist()
    [0.3, 0.4]
    """
    columns = {}
    for k, (name, (low, high)) in enumerate(bounds.items()):
        if not low <= high:
            raise StudyError(f"{name}: the range {low} to {high} is empty")
        inside = float(low) + (float(high) - float(low)) * unit[:, k]
        columns[name] = np.clip(inside, float(low), float(high))  # rounding must not leave the box
    return columns


def uniform_draws(bounds: Box, n: int, *, rng: np.random.Generator) -> dict[str, Array]:
    """``n`` independent uniform draws of every parameter of a box, by name, shape [n] each.

    >>> draws = uniform_draws({"authority": (0.2, 0.4)}, 1000, rng=np.random.default_rng(1))
    >>> bool((draws["authority"] >= 0.2).all() and (draws["authority"] <= 0.4).all())
    True
    """
    return in_box(bounds, rng.random((len(bounds), n)).T)
