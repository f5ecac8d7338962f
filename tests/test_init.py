from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import blamegame

HEAVY = ("scipy", "pandas", "xarray", "numba", "matplotlib", "flint", "highspy", "pydantic", "networkx", "sympy")


def test_every_public_name_can_be_imported_and_is_listed():
    for name in blamegame.__all__:
        assert getattr(blamegame, name) is not None
    assert set(blamegame.__all__) <= set(dir(blamegame))


def test_every_public_name_has_one_home():
    names = [name for names in blamegame._HOME.values() for name in names]
    assert len(names) == len(set(names))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nashh'"):
        blamegame.nashh  # noqa: B018


@pytest.mark.parametrize(
    "statement", ["import blamegame", "from blamegame import StrategicGame, Delegation, avoidance"]
)
def test_importing_loads_nothing_heavy(statement):
    code = f"{statement}\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_type_checkers_see_the_same_public_names():
    """The block that only type checkers read imports each public name from where it is loaded."""
    source = ast.parse(Path(blamegame.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in source.body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in block.body for alias in node.names}
    spaces = dict.fromkeys(blamegame._SPACES, "blamegame")
    assert seen == {**blamegame._WHERE, **spaces}


@pytest.mark.parametrize("space", ["games", "models", "formats", "reforms", "studies", "solvers.strategic"])
def test_a_namespace_holds_functions_and_classes_not_the_files_they_are_in(space):
    module = importlib.import_module(f"blamegame.{space}")
    source = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    names = [alias.name for node in source.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert names and not [name for name in names if isinstance(getattr(module, name), ModuleType)]
