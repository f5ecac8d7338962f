"""Every public result of a study pickles, copies, and equals its copy."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.studies.compare import compare
from blamegame.studies.critical_values import critical_values
from blamegame.studies.execute import Progress
from blamegame.studies.grid import Bundles, as_design, grid, uniform_sample
from blamegame.studies.measures import Avoidance, Custom, Payoffs
from blamegame.studies.plan import plan_study
from blamegame.studies.prim import prim
from blamegame.studies.sensitivity import morris, sobol
from blamegame.studies.study import study, task_of
from blamegame.studies.verify import verify_dataset


def rng():
    return np.random.default_rng(0)


def share(model):
    return model.authority * model.tolerance


X = rng().uniform(size=(2, 400))
BOX = {"authority": (0.0, 1.0), "tolerance": (0.0, 1.0)}
RESULTS = {
    "grid": lambda: grid(authority="0, 1/3", tolerance=[0.1, 0.2]),
    "sample": lambda: uniform_sample(BOX, 5, rng=rng()),
    "bundles": lambda: as_design([Bundles(((), CATALOGUE[:2]))]),
    "plan": lambda: plan_study(Delegation(), {"authority": "0, 1"}, Custom("share", share)),
    "progress": lambda: Progress(1, 2, 0, 0.5, 2.0, None),
    "comparison": lambda: compare({"today": ()}, [Avoidance(), Payoffs()], model=Delegation()),
    "sobol": lambda: sobol(Delegation, BOX, lambda m: m.authority * m.tolerance, rng=rng(), n=16),
    "sobol of outcomes": lambda: sobol(Delegation, BOX, lambda m: m.authority > 0.3, rng=rng(), n=16, categorical=True),
    "morris": lambda: morris(Delegation, BOX, lambda m: m.authority * m.tolerance, rng=rng(), n=4),
    "prim": lambda: prim({"x": X[0], "y": X[1]}, X[0] < 0.4, fresh=({"x": X[1], "y": X[0]}, X[1] < 0.4)),
    "verification": lambda: verify_dataset(study(Delegation(), [], Avoidance()), rng=rng()),
    "result": lambda: task_of(Delegation(), {"authority": "0, 1"}, Custom("share", share)).compute(0, 2),
    "failed": lambda: task_of(Delegation(), {"authority": "0, 1"}, Custom("share", share)).failed(0, 2, "why"),
    "task": lambda: task_of(Delegation(), {"authority": "0, 1"}, Custom("share", share)),
    "critical values": lambda: critical_values(Delegation(), "authority"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_equals_its_copies_and_hashes_alike(name):
    result = RESULTS[name]()
    for again in (pickle.loads(pickle.dumps(result)), copy.copy(result), copy.deepcopy(result)):
        assert again == result and hash(again) == hash(result) and str(again) == str(result)


def test_results_that_differ_in_one_number_are_not_equal():
    found = RESULTS["sobol"]()
    other = copy.deepcopy(found)
    object.__setattr__(other, "total", found.total + 1e-15)
    assert other != found and found != 3 and found != RESULTS["sobol of outcomes"]()
    assert grid(authority="0, 1/3") != grid(authority="0, 1/4") and grid(authority=[0.5]) != grid(authority="0.5")


def test_arrays_stay_frozen_on_the_way():
    again = pickle.loads(pickle.dumps(grid(authority="0, 1/3"))).parts[0].columns["authority"]
    with pytest.raises(ValueError, match="read-only"):
        again[0] = 1
