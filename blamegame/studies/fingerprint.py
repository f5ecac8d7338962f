"""What a result depends on, as text, so that a checkpoint of one study never answers for another."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import pickle
from fractions import Fraction
from types import CodeType, FunctionType, MethodType
from typing import Any

import numpy as np

from blamegame.models.model import Model

_PLAIN = (int, float, complex, str, bytes, bool, type(None), Fraction, np.generic)
_DATA = (*_PLAIN, tuple, list, dict, set, frozenset, np.ndarray, FunctionType, functools.partial)
_SHORT = 60


def model_facts(model: Model) -> dict[str, str]:
    """Every field of a model by name: parameters, and settings such as the number of tiers or the tree.

    >>> from blamegame.models.team import Team
    >>> model_facts(Team())["members"]
    '5'
    """
    return {field.name: described(getattr(model, field.name)) for field in dataclasses.fields(model)}


def identity(measure: Any) -> str:
    """A measure's settings in words; for a function its name and a digest of what it does and what it refers to."""
    function = getattr(measure, "function", None)
    if function is None:
        return repr(measure)
    name = getattr(function, "__qualname__", type(function).__qualname__)
    return f"{type(measure).__name__}({measure.name}, {name}, {_digest(_of_function(function, ()))})"


def described(value: Any) -> str:
    """A value as text, by a digest where that would be long or would leave something out."""
    text = str(value) if isinstance(value, _PLAIN) else ""
    return text if text and len(text) <= _SHORT else f"{type(value).__name__} {_digest(_of_value(value, ()))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _of_value(value: Any, inside: tuple[int, ...]) -> str:
    if isinstance(value, _PLAIN):
        return repr(value)
    if id(value) in inside:
        return "itself"
    inside = (*inside, id(value))
    if isinstance(value, tuple | list | set | frozenset):
        parts = [_of_value(part, inside) for part in value]
        return f"{type(value).__name__}({', '.join(sorted(parts) if isinstance(value, set | frozenset) else parts)})"
    if isinstance(value, dict):
        return f"dict({', '.join(f'{_of_value(k, inside)}: {_of_value(v, inside)}' for k, v in value.items())})"
    if isinstance(value, np.ndarray):
        raw = repr(value.tolist()).encode() if value.dtype == object else np.ascontiguousarray(value).tobytes()
        return f"array({value.dtype}, {value.shape}, {hashlib.sha256(raw).hexdigest()})"
    if isinstance(value, FunctionType | MethodType | functools.partial):
        return _of_function(value, inside)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return f"{type(value).__qualname__}{_of_value(fields, inside)}"
    if isinstance(value, type) or hasattr(value, "__qualname__"):  # a class, a built-in function
        return f"{getattr(value, '__module__', '')}.{value.__qualname__}"
    try:
        return f"{type(value).__qualname__} {hashlib.sha256(pickle.dumps(value)).hexdigest()}"
    except Exception:
        return f"{type(value).__module__}.{type(value).__qualname__}"


def _of_function(function: Any, inside: tuple[int, ...]) -> str:
    """What a function does and refers to: code, defaults, what it closes over, and the plain globals it names."""
    if isinstance(function, functools.partial):
        return f"partial({_of_value((function.func, function.args, function.keywords), inside)})"
    if isinstance(function, MethodType):
        return f"method({_of_value((function.__func__, function.__self__), inside)})"
    if not isinstance(function, FunctionType):
        return _of_value(function, inside)
    inside = (*inside, id(function))
    closed = [cell.cell_contents for cell in function.__closure__ or () if cell is not None]
    named = {n: function.__globals__[n] for n in sorted(_names(function.__code__)) if n in function.__globals__}
    globals_named = {n: value for n, value in named.items() if isinstance(value, _DATA) and not _is_the_librarys(value)}
    rest = (function.__defaults__, function.__kwdefaults__, closed, globals_named)
    return f"function({_of_code(function.__code__)}, {_of_value(rest, inside)})"


def _is_the_librarys(value: Any) -> bool:
    """The library's own functions change with its version, which every study records."""
    return isinstance(value, FunctionType) and (value.__module__ or "").split(".")[0] == "blamegame"


def _names(code: CodeType) -> set[str]:
    return set(code.co_names).union(*(_names(c) for c in code.co_consts if isinstance(c, CodeType)))


def _of_code(code: CodeType) -> str:
    """A code object without the places in memory and in files that its repr holds."""
    constants = [_of_code(c) if isinstance(c, CodeType) else repr(c) for c in code.co_consts]
    return f"{code.co_code.hex()} {constants} {code.co_names} {code.co_freevars}"
