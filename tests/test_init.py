from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

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
    "statement", ["import blamegame", "from blamegame import StrategicGame, Delegation, avoidance_range"]
)
def test_importing_loads_nothing_heavy(statement):
    code = f"{statement}\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_type_checkers_see_the_same_public_names():
    stub = runpy.run_path(str(Path(__file__).with_name("stub.py")))["stub"]
    written = Path(blamegame.__file__).with_name("__init__.pyi").read_text(encoding="utf-8")
    assert written == stub(), "run make stub"
