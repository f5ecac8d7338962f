"""The checker with some of its source altered, in memory: what would it accept without this condition?"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from blamegame.certificates import checker

FOLDER = Path(checker.__file__).parent
PACKAGE = "altered_checker"


@cache
def sources() -> Mapping[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py"))}


@cache
def _code(module: str) -> CodeType:
    return compile(sources()[module], f"<{module}>", "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads ``altered_checker`` and what is in it from code objects."""

    def __init__(self, altered: Mapping[str, CodeType]) -> None:
        self.altered = altered

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        package, _, module = fullname.partition(".")
        if package != PACKAGE or (module and module not in sources()):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=not module)

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.partition(".")[2] or "__init__"
        exec(self.altered.get(name) or _code(name), module.__dict__)


def altered(trees: Mapping[str, ast.Module | str]) -> ModuleType:
    """The checker as a package of its own, with the source or the syntax tree of some modules replaced."""
    codes = {name: compile(tree, f"<{name}>", "exec", dont_inherit=True) for name, tree in trees.items()}
    finder = _Finder(codes)
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == PACKAGE}
    assert not before
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module(PACKAGE)
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


def edited(*edits: tuple[str, str, str]) -> ModuleType:
    """The checker with (module, old, new) edits of its source, each of which must occur exactly once."""
    out: dict[str, str] = {}
    for module, old, new in edits:
        source = out.get(module, sources()[module])
        assert source.count(old) == 1, f"{module}.py has {source.count(old)} times {old!r}"
        out[module] = source.replace(old, new)
    return altered(out)


def outcome(package: ModuleType, document: Any) -> tuple[str, str]:
    """What a checker says of a document, bytes or a file: "holds", "fails", "refused" or "error", and the words.

    Of a probe, a function of the checker: its value.
    """
    if callable(document):
        return "value", repr(document(package))
    try:
        read = {bytes: package.parse, dict: lambda made: made}.get(type(document), package.read)
        verdict = package.check(read(document))
    except package.Refused as error:
        return "refused", str(error)
    except Exception as error:  # an altered checker may fail in any way
        return "error", type(error).__name__
    return ("holds" if verdict.holds else "fails"), "\n".join((verdict.claim, *verdict.about, verdict.reason))
