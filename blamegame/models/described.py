"""Models in words: their parameters in ``help()``, and a model as ``print()`` shows it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction
from inspect import cleandoc, get_annotations
from textwrap import fill
from typing import Any

import numpy as np

from blamegame.games.table import align
from blamegame.models.parameter import Parameter
from blamegame.numbers import number_text

_WIDTH = 100
_TIED = "\0"  # a space at which no line is broken


def described(model: type[Any]) -> str:
    """The docstring of a class of models: what its author wrote, and below it every parameter.

    It is asked before the class is a dataclass, so its own fields are read from its body.

    >>> from blamegame import Delegation
    >>> print(Delegation.__doc__.partition("Parameters")[2][:190])
    <BLANKLINE>
    ----------
    authority : share, 0 to 1, default 0.3, symbol a
        lower's power, resources and skill relative to the task
        [model.md section 1, parameter table; the value is an assumption]
    """
    head = cleandoc(model.__dict__.get("__doc__") or f"{model.__name__}.")
    rows = [_row(model, name, default) for name, default in _fields(model).items()]
    return "\n".join([head, "", "Parameters", "----------", *rows]) if rows else head


def _fields(model: type[Any]) -> dict[str, Any]:
    """What each field of the class and its bases is when it is left out, or the field that says so."""
    found: dict[str, Any] = {}
    for base in reversed(model.__mro__[1:]):
        found |= {f.name: f for f in dataclasses.fields(base)} if dataclasses.is_dataclass(base) else {}
    for name, kind in get_annotations(model).items():
        if not str(kind).startswith("ClassVar"):
            found[name] = model.__dict__.get(name)
    return found


def _row(model: type[Any], name: str, field: Any) -> str:
    default = field.default if isinstance(field, dataclasses.Field) else field
    facts = field.metadata.get("parameter") if isinstance(field, dataclasses.Field) else None
    if facts is None:
        return f"{name} : a setting, default {default!r}"
    spec = documented(model, name, facts)
    line = f"{name} : {spec.unit}, {spec.range_text()}, default {number_text(spec.default)}, symbol {spec.symbol}"
    return f"{line}\n    {spec.meaning}\n    [{spec.source}]"


def documented(model: type[Any], name: str, facts: Mapping[str, Any]) -> Parameter:
    """A parameter as its field and the class that declares it describe it."""
    home: Any = next(cls for cls in model.__mro__ if name in get_annotations(cls))
    return Parameter(name=name, **{**facts, "source": facts["source"] or home.parameter_source})


def table_of(name: str, values: Mapping[str, tuple[Any, Any]], parameters: Mapping[str, Parameter]) -> str:
    """A model on a few lines: each value that is not the default, with what it means, then the rest.

    ``values`` are by field what it is and what it is when it is left out; a field without a parameter is a setting.

    >>> from blamegame import Delegation
    >>> print(Delegation(authority=0.2))
    Delegation, one value not the default
      authority  0.2  (default 0.3)  lower's power, resources and skill relative to the task
    <BLANKLINE>
    As by default: responsibility 0.5, push_strength 0.7, upward_tracing 0, assistance 0.6,
      answer_competence 0.5, baseline_success 0.1, accountability 1, tolerance 0.1,
      escalation_shield 0.7, diffusion 0.8, trace_shield 0.6, substantive_inspection 0.2,
      formalism_sanction 0.3, credit_lower 0.3, credit_upper 0.6, promotability 1, cost_work 0.25,
      cost_escalate 0.05, cost_formalism 0.1, cost_assist 0.25, cost_push 0.02, cost_answer 0.15,
      tolerance_risk 0, causal_weight 0
    """
    changed, rest = [], []
    for field, (value, default) in values.items():
        if _is_default(value, default):
            rest.append(f"{field} {_value(value)}")
        else:
            meaning = parameters[field].meaning if field in parameters else "a setting"
            changed.append([f"  {field}", _value(value), f"(default {_value(default)})", meaning])
    how_many = {0: "every value the default", 1: "one value not the default"}
    lines = [f"{name}, {how_many.get(len(changed), f'{len(changed)} values not the default')}"]
    lines += align(changed) if changed else []
    if rest:
        text = ", ".join(words.replace(" ", _TIED) for words in rest)
        lines += ["", fill(f"As by default: {text}", _WIDTH, subsequent_indent="  ").replace(_TIED, " ")]
    return "\n".join(lines)


def _is_default(value: Any, default: Any) -> bool:
    if isinstance(value, np.ndarray):
        return False
    return type(value) in (type(default), float) and (value == default or value == _nearest(default))


def _nearest(default: Any) -> Any:
    return float(default) if isinstance(default, Fraction) else default


def _value(value: Any) -> str:
    if isinstance(value, np.ndarray):
        numbers = f", {value.min():.4g} to {value.max():.4g}" if value.dtype != object else ""
        return f"array {value.shape}{numbers}"
    return number_text(value) if isinstance(value, Fraction | float) else str(value)
