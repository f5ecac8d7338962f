"""What a result depends on, as named facts and one digest of them, so that no result answers for another.

A function is what it does and what it reaches: its code, defaults, what it closes over, the globals and classes it
names, and the modules it takes things from. The library and installed packages count by their version, the library by
its source too. What has no such description (a lock, an open file) is named, and keeps no checkpoint.
"""

from __future__ import annotations

import dataclasses
import dis
import functools
import hashlib
import importlib.util
import json
import os
import pickle
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.models.model import Model
from blamegame.version import __version__

_PLAIN = (int, float, complex, str, bytes, bool, type(None), Fraction, np.generic, type(...))
_SHORT = 60
_PACKAGES = ("numpy", "scipy", "numba", "python-flint", "highspy")
_ON_TOP = ("cli", "pages", "plots", "testing", "text")
"""Folders of the library that no computation reaches."""

_OF_NO_MATTER = frozenset(
    ("__dict__", "__weakref__", "__doc__", "__module__", "__annotations__", "__firstlineno__", "__static_attributes__")
)
_MADE = ("__dataclass", "_abc_")


def identity_of(facts: Mapping[str, str]) -> str:
    """The digest of named facts."""
    return hashlib.sha256(json.dumps(dict(facts), sort_keys=True).encode()).hexdigest()


def difference(there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """The first facts that differ, in words; "" where none does."""
    names = [name for name in {**there, **here} if there.get(name) != here.get(name)]
    return "; ".join(f"{n} is {there.get(n, 'absent')} there, {here.get(n, 'absent')} here" for n in names[:5])


def model_facts(model: Model) -> dict[str, str]:
    """Every field of a model by name: parameters, and settings such as the number of tiers or the tree.

    >>> from blamegame.models.team import Team
    >>> model_facts(Team())["members"]
    '5'
    """
    return {field.name: described(getattr(model, field.name)) for field in dataclasses.fields(model)}


def measure_words(measure: Any) -> str:
    """A measure's settings; one of the user's with a digest of its code."""
    if _home(type(measure).__module__) == "library" and not hasattr(measure, "function"):
        return repr(measure)
    name = getattr(getattr(measure, "function", None), "__qualname__", type(measure).__qualname__)
    return f"{type(measure).__name__}({getattr(measure, 'name', '')}, {name}, {code_of(measure)})"


def described(value: Any) -> str:
    """A value as text, by a digest where that would be long or would leave something out."""
    text = str(value) if isinstance(value, _PLAIN) else ""
    return text if text and len(text) <= _SHORT else f"{type(value).__name__} {code_of(value)}"


def code_of(*things: Any) -> str:
    """A digest of values, classes and functions and of everything of the user's that they reach."""
    walk = _Walk()
    return hashlib.sha256(repr([walk.text(thing) for thing in things]).encode()).hexdigest()[:12]


def check_identified(*things: Any) -> None:
    """Refuse to keep results of what cannot be told apart from something else."""
    walk = _Walk()
    for thing in things:
        walk.text(thing)
    if walk.unknown:
        raise StudyError(
            f"{walk.unknown[0]} has no identity, so a checkpoint could not tell whether it changed; leave checkpoint "
            "out, or compute from numbers, functions and classes"
        )


def versions() -> dict[str, str]:
    """Of what the numbers are computed with."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"library": library_version(), "python": ".".join(map(str, sys.version_info[:2]))}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


@functools.cache
def library_version() -> str:
    """The library's version, and a digest of the source of all that computes."""
    top, digest = Path(__file__).parents[1], hashlib.sha256()
    for path in sorted(top.rglob("*.py")):
        inside = path.relative_to(top)
        if inside.parts[0] not in _ON_TOP:
            digest.update(f"{inside.as_posix()} {path.stat().st_size} ".encode() + path.read_bytes())
    return f"{__version__} {digest.hexdigest()[:12]}"


class _Walk:
    """Text of values in the order they are reached; what was reached before is told by its number."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[int, Any]] = {}  # the value is kept, so that its id stays its own
        self.unknown: list[str] = []

    def text(self, value: Any) -> str:
        if isinstance(value, _PLAIN):
            return f"{type(value).__name__} {value!r}"
        if not isinstance(value, tuple | frozenset | CodeType):  # which may be one object or several that are equal
            if id(value) in self.seen:
                return f"#{self.seen[id(value)][0]}"
            self.seen[id(value)] = (len(self.seen), value)
        if isinstance(value, tuple | list):
            return f"{type(value).__name__}({', '.join(map(self.text, value))})"
        if isinstance(value, set | frozenset):
            return f"{type(value).__name__}({', '.join(sorted(self._alone(part) for part in value))})"
        if isinstance(value, Mapping):
            return f"mapping({', '.join(f'{self.text(k)}: {self.text(v)}' for k, v in value.items())})"
        if isinstance(value, np.ndarray):
            raw = self.text(value.tolist()).encode() if value.dtype == object else np.ascontiguousarray(value).tobytes()
            return f"array({value.dtype}, {value.shape}, {hashlib.sha256(raw).hexdigest()})"
        if isinstance(value, CodeType):
            return self._code(value)
        if isinstance(value, ModuleType):
            return self._module(value)
        if isinstance(value, type):
            return self._class(value)
        return self._function(value) or self._instance(value)

    def _alone(self, value: Any) -> str:
        """The text of a member of a set, which must not depend on the order of the others."""
        walk = _Walk()
        walk.seen = dict(self.seen)
        text = walk.text(value)
        self.unknown += walk.unknown
        return text

    def _function(self, value: Any) -> str:
        if isinstance(value, functools.partial):
            return f"partial({self.text((value.func, value.args, value.keywords))})"
        if isinstance(value, MethodType):
            return f"method({self.text((value.__func__, value.__self__))})"
        if isinstance(value, staticmethod | classmethod):
            return f"{type(value).__name__}({self.text(value.__func__)})"
        if isinstance(value, property):
            return f"property({self.text((value.fget, value.fset))})"
        if isinstance(value, functools.cached_property):
            return f"cached({self.text(value.func)})"
        inner = getattr(value, "__wrapped__", None)
        if inner is not None and not isinstance(value, FunctionType):  # functools.cache and its like
            return f"wrapped({self.text(inner)})"
        if isinstance(value, BuiltinFunctionType):
            return f"{self._owner(value.__module__ or 'builtins')} {value.__qualname__}"
        if not isinstance(value, FunctionType):
            return ""
        if _home(value.__module__) != "user":
            return f"{self._owner(value.__module__)} {value.__qualname__}"
        closed = [self._content(cell) for cell in value.__closure__ or ()]
        rest = (value.__defaults__, value.__kwdefaults__)
        reached = self._reached(value.__code__, value.__globals__)
        return f"function({self.text(value.__code__)}, {self.text(rest)}, {closed}, {reached})"

    def _content(self, cell: Any) -> str:
        try:
            return self.text(cell.cell_contents)
        except ValueError:
            return "empty"

    def _reached(self, code: CodeType, scope: Mapping[str, Any]) -> list[str]:
        """What a function's code names: globals, what it takes from modules, and what it imports itself."""
        names, found = _names(code), []
        for name in sorted(names & scope.keys()):
            value = scope[name]
            found.append(f"{name}={self.text(value)}")
            if isinstance(value, ModuleType) and _home(value.__name__) == "user":
                taken = sorted(names & vars(value).keys())
                found += [f"{name}.{inner}={self.text(vars(value)[inner])}" for inner in taken]
        for name in sorted(_imports(code)):
            for full in (name, f"{scope.get('__package__') or ''}.{name}".strip(".")):
                found.append(f"import {full} {self._named_module(full)}")
        return found

    def _named_module(self, name: str) -> str:
        if name in sys.modules:
            return self.text(sys.modules[name])
        if _home(name) == "library":
            return self._owner(name)
        try:
            found = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            return ""
        if found is None or not found.origin or not os.path.isfile(found.origin):
            return ""
        return self._owner(name) if _installed(found.origin) else _of_file(found.origin)

    def _module(self, module: ModuleType) -> str:
        """A user's module by its source, with the modules of the user's that it imports."""
        if _home(module.__name__) != "user":
            return self._owner(module.__name__)
        file = getattr(module, "__file__", None)
        if not file or not os.path.isfile(file):
            return f"module {module.__name__}"
        others = [v for v in vars(module).values() if isinstance(v, ModuleType)]
        homes = {getattr(v, "__module__", None) for v in vars(module).values() if isinstance(v, FunctionType | type)}
        others += [sys.modules[name] for name in sorted(map(str, homes - {module.__name__})) if name in sys.modules]
        inner = [self.text(other) for other in others if _home(other.__name__) == "user"]
        return f"module {module.__name__} {_of_file(file)} {inner}"

    def _class(self, cls: type) -> str:
        if _home(cls.__module__) != "user":
            return f"{self._owner(cls.__module__)} {cls.__qualname__}"
        bases = [self.text(base) for base in cls.__bases__]
        own = {name: v for name, v in vars(cls).items() if name not in _OF_NO_MATTER and not name.startswith(_MADE)}
        members = [f"{name}={self.text(value)}" for name, value in sorted(own.items()) if not _is_slot(value)]
        return f"class {cls.__qualname__}({bases}, {members})"

    def _instance(self, value: Any) -> str:
        cls = type(value)
        if dataclasses.is_dataclass(value):
            held: Any = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        elif _home(cls.__module__) == "user":
            slots = [name for base in cls.__mro__ for name in _names_of_slots(base) if hasattr(value, name)]
            held = {**getattr(value, "__dict__", {}), **{name: getattr(value, name) for name in slots}}
        else:
            try:
                held = hashlib.sha256(pickle.dumps(value)).hexdigest()
            except (pickle.PicklingError, TypeError, AttributeError, ValueError, RuntimeError, OSError):
                self.unknown.append(f"an object of {cls.__module__}.{cls.__qualname__}")
                held = "without identity"
        return f"{self.text(cls)} of {self.text(held)}"

    def _code(self, code: CodeType) -> str:
        constants = [self.text(constant) for constant in code.co_consts]
        return f"{code.co_code.hex()} {constants} {code.co_names} {code.co_freevars} {code.co_varnames}"

    @staticmethod
    def _owner(module: str) -> str:
        """Where what is not the user's comes from: a package's version stands for its code."""
        top = module.partition(".")[0]
        known = getattr(sys.modules.get(top), "__version__", "")
        return module if _home(module) == "library" or top in sys.stdlib_module_names else f"{module} {known}"


def _home(module: str | None) -> str:
    """Whether a module is the library's, an installed one, or the user's."""
    top = (module or "builtins").partition(".")[0]
    if top == "blamegame":
        return "library"
    if top == "__main__":
        return "user"
    if top in sys.stdlib_module_names:
        return "installed"
    file = getattr(sys.modules.get(module or ""), "__file__", None)
    return "installed" if file and _installed(file) else "user"


@functools.cache
def _installed(file: str) -> bool:
    where = Path(file).resolve()
    if {"site-packages", "dist-packages"} & set(where.parts):
        return True
    return any(where.is_relative_to(Path(path).resolve()) for path in map(sysconfig.get_path, ("stdlib", "purelib")))


def _of_file(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _names(code: CodeType) -> set[str]:
    return set(code.co_names).union(*(_names(c) for c in code.co_consts if isinstance(c, CodeType)))


def _imports(code: CodeType) -> set[str]:
    own = {str(step.argval) for step in dis.get_instructions(code) if step.opname == "IMPORT_NAME"}
    return own.union(*(_imports(c) for c in code.co_consts if isinstance(c, CodeType)))


def _names_of_slots(cls: type) -> Iterable[str]:
    slots = cls.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else slots


def _is_slot(value: Any) -> bool:
    return type(value).__name__ in ("member_descriptor", "getset_descriptor")
