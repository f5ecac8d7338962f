"""docs/adding_a_model.md is literally true: its own blocks are a model, a scenario and a test, and everything runs."""

from __future__ import annotations

import doctest
import importlib.util
import json
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import blamegame.scenario.shipped as shipped
from blamegame.cli import main
from blamegame.scenario.kinds import KINDS, Kind

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "adding_a_model.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
(MODEL, KIND, TEST), (SCENARIO,), (COMMANDS,) = (
    [text for language, text in BLOCKS if language == wanted] for wanted in ("python", "toml", "sh")
)


def load_module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def relay(tmp_path, monkeypatch):
    """The model and the scenario of the page, registered as it says; the module of the model."""
    scenarios = tmp_path / "scenarios"
    shutil.copytree(shipped.FOLDER, scenarios)
    (scenarios / "relay.toml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.setattr(shipped, "FOLDER", scenarios)
    (kind,) = eval(f"({KIND.strip()})", {"Kind": Kind})
    monkeypatch.setitem(KINDS, kind.name, kind)
    (tmp_path / "relay.py").write_text(MODEL, encoding="utf-8")
    monkeypatch.setitem(sys.modules, kind.module, None)  # restored, that is removed, afterwards
    monkeypatch.chdir(tmp_path)
    return load_module(kind.module, tmp_path / "relay.py")


def test_the_files_are_where_the_page_says():
    for place in ("blamegame/models/relay.py", "blamegame/scenarios/relay.toml", "tests/models/test_relay.py"):
        assert f"`{place}`" in PAGE and not (ROOT / place).exists(), "shipped models have scenarios of their own"


def test_the_example_in_the_docstring_is_right(relay):
    assert doctest.testmod(relay).attempted == 2 and not doctest.testmod(relay).failed


def test_every_command_of_the_page_runs(relay):
    said = {}
    for line in COMMANDS.strip().splitlines():
        program, *arguments = shlex.split(line)
        result = CliRunner().invoke(main, arguments)
        assert program == "blamegame" and result.exit_code == 0, (line, result.output)
        said[arguments[0]] = " ".join(result.output.split())
    assert "entrenched" in said["solve"] and "Probability of passing on" in said["solve"]
    assert "passing on in no equilibrium" in said["reforms"] and "Proved:" in said["reforms"]
    assert "121 cells" in said["study"] and Path("relay.nc").exists()
    assert json.loads(Path("relay.json").read_text())


def test_the_test_of_the_page_passes(relay, tmp_path):
    (tmp_path / "test_relay.py").write_text(TEST, encoding="utf-8")
    tests = vars(load_module("page_test_relay", tmp_path / "test_relay.py"))
    del sys.modules["page_test_relay"]
    run = [test() for name, test in tests.items() if name.startswith("test_")]
    assert len(run) == 5


def test_the_library_s_own_tests_pick_the_model_up(relay):
    kinds = load_module("page_test_kinds", ROOT / "tests" / "scenario" / "test_kinds.py")
    files = load_module("page_test_shipped", ROOT / "tests" / "scenario" / "test_shipped.py")
    del sys.modules["page_test_kinds"], sys.modules["page_test_shipped"]
    kinds.test_every_kind_names_a_model_with_parameters_and_what_a_goal_can_be_about("relay")
    files.test_every_shipped_file_opens_with_what_it_shows_and_says_what_is_assumed("relay")
    files.test_the_shipped_scenarios_are_the_county_the_regimes_and_one_for_each_other_kind_of_model()


def test_a_batch_that_is_not_assembled_is_what_the_page_warns_of(relay):
    import numpy as np

    from blamegame.errors import GameError
    from blamegame.games.strategic import StrategicGame

    p = relay.Relay(dilution=np.array([0.1, 0.2])).values()
    cells = [[[1, p["dilution"]], [p["dilution"], 0]]] * 2
    with pytest.raises(GameError, match="ragged"):
        StrategicGame(cells)
