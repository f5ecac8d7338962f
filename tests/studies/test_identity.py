"""What tells one study from another: every field of the model, and all that a function does and refers to."""

import importlib
import json
import os
import subprocess
import sys
import threading
from functools import partial

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.chain import Chain
from blamegame.models.departments import Departments
from blamegame.models.hierarchy import Hierarchy
from blamegame.models.markup import Markup
from blamegame.models.team import Team
from blamegame.studies.identity import described, identity_of, measure_words, model_facts
from blamegame.studies.measures import Avoidance, Custom
from blamegame.studies.study import study, task_of

FACTOR = 2


def by_global(model):
    return FACTOR * model.exposure


def by_default(model, factor=2):
    return factor * model.exposure


class Scaled:
    def __init__(self, factor):
        self.factor = factor

    def of(self, model):
        return self.factor * model.exposure


def closing_over(factor):
    return lambda model: factor * model.exposure


def told(function):
    return measure_words(Custom("f", function))


def test_settings_that_are_no_parameters_count():
    pairs = [
        (Team(members=8), Team(members=2)),
        (Departments(departments=31), Departments(departments=2)),
        (Chain(tiers=3), Chain(tiers=2)),
        (Markup(layers=4), Markup(layers=1)),
        (Hierarchy(tree=(1, 2, 4)), Hierarchy(tree=(1, 1, 4))),
        (Hierarchy(tree=(1, 2), authority=np.array([0.1, 0.2, 0.3])), Hierarchy(tree=(1, 2), authority=np.zeros(3))),
    ]
    for one, other in pairs:
        assert model_facts(one) != model_facts(other)
        assert model_facts(one) == model_facts(one.replace())


@pytest.mark.parametrize(
    ("one", "other"),
    [(Team(members=8), Team(members=2)), (Departments(departments=31), Departments(departments=2))],
)
def test_a_checkpoint_of_a_model_with_other_settings_is_refused(tmp_path, one, other):
    name = next(iter(one.parameters()))
    study(one, {name: "1, 2"}, workers=0, checkpoint=tmp_path / "kept")
    with pytest.raises(StudyError, match=r"model (members|departments) is (8|31) there, 2 here"):
        study(other, {name: "1, 2"}, workers=0, checkpoint=tmp_path / "kept")


def test_what_a_function_closes_over_is_part_of_it():
    assert told(closing_over(1)) != told(closing_over(2))
    assert told(closing_over(1)) == told(closing_over(1))
    assert told(closing_over(np.zeros(3))) != told(closing_over(np.ones(3)))


def test_so_are_defaults_partial_arguments_and_the_object_of_a_method():
    assert told(by_default) != told(partial(by_default, factor=3)) != told(partial(by_default, factor=4))
    assert told(Scaled(1).of) != told(Scaled(2).of) and told(Scaled(1).of) == told(Scaled(1).of)


def test_so_are_the_plain_globals_it_names(monkeypatch):
    before = told(by_global)
    monkeypatch.setitem(globals(), "FACTOR", 3)
    assert told(by_global) != before


def test_a_function_that_calls_itself_and_a_list_that_holds_itself_have_an_end():
    def again(model):
        return again(model)

    endless = [1]
    endless.append(endless)
    assert told(again) and described(endless) == described(endless)


def test_measures_of_the_library_are_told_by_their_settings():
    assert measure_words(Avoidance()) == repr(Avoidance())
    assert described(Team) == described(Team) and described({"a": {1, 2}}) == described({"a": {2, 1}})


MODULE = """
import numpy as np
import numbers_of
from dataclasses import dataclass
from blamegame.models.delegation import Delegation
from blamegame.studies.measures import Avoidance, Custom
from blamegame.studies.schema import Variable

FACTOR = 2

def twice(x):
    return 2 * x

class Mine(Delegation):
    weight = 1

    def payoffs(self):
        return super().payoffs() * self.weight

@dataclass(frozen=True)
class Own:
    name: str = "own"

    def variables(self, model):
        return (Variable(self.name, "f8", "1", "own"),)

    def batched(self, model):
        return False

    def of_model(self, model):
        return {self.name: float(twice(model.authority))}

class Called:
    def __call__(self, model):
        return numbers_of.shift(model.authority) + numbers_of.TABLE[0]

def inside(model):
    import numbers_of
    return numbers_of.shift(model.authority)

def of_set(model):
    return float(str(model.authority) in {"alpha", "beta", "gamma", "delta"})
"""
HELPER = """
import deeper
TABLE = [1, 2]

def shift(x):
    return deeper.further(x) + 1
"""
DEEPER = "def further(x):\n    return x\n"
STUDY = """
import sys
from blamegame.errors import StudyError
from blamegame.studies.measures import Custom
from blamegame.studies.study import study, task_of
import mine
try:
    measures = [mine.Own(), Custom("f", mine.of_set)]
    found = study(mine.Mine(), {"authority": "0,1"}, measures, workers=0, checkpoint="kept")
    print("resumed", found.attrs["run_cells_resumed"])
except StudyError as error:
    print("refused", error)
"""


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """modules(texts): a folder with these modules, imported afresh; the module mine."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def made(texts):
        importlib.invalidate_caches()
        for name, text in texts.items():
            (tmp_path / f"{name}.py").write_text(text)
            monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        return importlib.import_module("mine")

    return made


@pytest.mark.parametrize(
    ("what", "file", "old", "new", "says"),
    [
        ("model", "mine", "* self.weight", "* self.weight * 2", "model code"),
        ("model", "mine", "weight = 1", "weight = 3", "model code"),
        ("measure", "mine", "float(twice", "-float(twice", "measures"),
        ("measure", "mine", "return 2 * x", "return 3 * x", "measures"),
        ("called", "mine", "TABLE[0]", "TABLE[1]", "measures"),
        ("called", "numbers_of", "+ 1", "+ 2", "measures"),
        ("called", "numbers_of", "[1, 2]", "[5, 2]", "measures"),
        ("called", "deeper", "return x", "return x * x", "measures"),
        ("inside", "numbers_of", "+ 1", "+ 2", "measures"),
        ("set", "mine", '"gamma"', '"epsilon"', "measures"),
        ("set", "mine", "FACTOR = 2", "FACTOR = 4", ""),
    ],
)
def test_code_that_changed_is_another_study_and_the_same_code_is_not(modules, what, file, old, new, says):
    texts = {"mine": MODULE, "numbers_of": HELPER, "deeper": DEEPER}

    def facts(texts):
        mine = modules(texts)
        model, measure = {
            "model": (mine.Mine(), mine.Own()),
            "measure": (mine.Mine(), mine.Own()),
            "called": (mine.Delegation(), Custom("f", mine.Called())),
            "inside": (mine.Delegation(), Custom("f", mine.inside)),
            "set": (mine.Delegation(), Custom("f", mine.of_set)),
        }[what]
        return task_of(model, {"authority": "0,1"}, measure).facts

    before = facts(texts)
    assert old in texts[file] and facts(texts) == before
    after = facts(texts | {file: texts[file].replace(old, new)})
    assert [name for name in before if before[name] != after[name]] == ([says] if says else [])


def test_a_checkpoint_of_code_that_changed_is_refused_and_of_the_same_code_continues(tmp_path):
    for name, text in {"mine": MODULE, "numbers_of": HELPER, "deeper": DEEPER, "run": STUDY}.items():
        (tmp_path / f"{name}.py").write_text(text)

    def run(hash_seed):
        path = os.pathsep.join([os.getcwd(), os.environ.get("PYTHONPATH", "")])
        env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": hash_seed}
        command = [sys.executable, "run.py"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env=env).stdout

    assert run("1") == "resumed 0\n"
    assert run("2") == "resumed 2\n", "whatever the order of sets"
    (tmp_path / "mine.py").write_text(MODULE.replace("return 2 * x", "return 3.5 * x"))
    assert run("1").startswith("refused") and "measures is Own(" in run("1")


def test_what_has_no_identity_keeps_no_checkpoint_but_is_studied_without(tmp_path):
    lock = threading.Lock()
    stuck = Custom("stuck", lambda model: lock.locked())
    with pytest.raises(StudyError, match=r"_thread\.lock has no identity, so a checkpoint"):
        study(Markup(), [], stuck, workers=0, checkpoint=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
    assert study(Markup(), [], stuck, workers=0).stuck.values.tolist() == 0


def test_a_dataset_its_file_its_parts_and_its_description_carry_one_identity(tmp_path):
    found = study(Markup(), [], Custom("one", lambda m: 1), workers=0, checkpoint=tmp_path, output=tmp_path / "o.nc")
    (part,) = tmp_path.glob("part-*")
    facts = json.loads((tmp_path / "study.json").read_text())
    assert found.attrs["identity"] == identity_of(facts) == identity_of(json.loads(found.attrs["provenance"]))
    assert json.loads(part.read_bytes().split(b"\n")[1])["study"] == found.attrs["identity"]
    found.close()
