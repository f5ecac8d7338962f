"""What variables mean stands in attributes; names are checked against each other before anything is computed."""

from __future__ import annotations

import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated
from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.studies.grid import Bundles, Points, as_design, points
from blamegame.studies.measures import Avoidance, Custom, Equilibria, Payoffs, Playable
from blamegame.studies.schema import declared, variable_in
from blamegame.studies.study import study, task_of

EVENT = (("push", "escalate"),)


def one(model):
    return 1


@pytest.mark.parametrize(
    ("vary", "measure", "says"),
    [
        (
            points({"authority": [0, 1]}, dim="avoidance_best"),
            Avoidance(),
            "variable 'avoidance_best' of a measure has",
        ),
        (
            points({"authority": [0, 1]}, dim="status"),
            Avoidance(),
            "variable 'status' of a measure has the name of dim",
        ),
        (points({"authority": [0, 1]}, dim="sample"), Custom("sample", one), "variable 'sample' of a measure has"),
        (
            Bundles(((), CATALOGUE[:2])),
            Custom("bundle", one),
            "variable 'bundle' of a measure has the name of dimension",
        ),
        (points({"authority": [0, 1]}, dim="player"), Payoffs(), "dimension 'player' of a measure has the name of"),
        (points({"authority": [0, 1]}, dim="a/b"), Avoidance(), "'a/b' cannot name a dimension"),
        (points({"authority": [0, 1]}, dim=""), Avoidance(), "'' cannot name a dimension"),
        (points({"authority": [0, 1]}, dim="diffusion"), Avoidance(), "has the name of another parameter"),
        (points({"authority": [0, 1]}, dim="failed"), Custom("one", one), "variable 'failed' of a measure has"),
        ([], [Custom("one", one), Custom("one", one)], "both fill 'one'"),
        ([], Custom("a/b", one), "cannot name a variable"),
        ([], Custom("status", one), "cannot name a variable"),
    ],
)
def test_names_that_collide_are_refused_before_anything_is_computed(vary, measure, says):
    with pytest.raises(StudyError, match=says):
        task_of(Delegation(), vary, measure)


def test_a_measure_that_is_spelled_like_a_verdict_is_none():
    found = study(Delegation(), {"authority": "0,1"}, Custom("status_quo_gap", one), workers=0)
    assert found.status_quo_gap.attrs["role"] == "custom" and "concept" not in found.status_quo_gap.attrs
    with pytest.raises(StudyError, match="the dataset has no variable 'status'; it has status_quo_gap"):
        variable_in(found, "status")
    both = study(Delegation(), {"authority": "0,1"}, [Custom("status_quo_gap", one), Avoidance()], workers=0)
    assert variable_in(both, "status") == "status"


def test_a_renamed_variable_keeps_its_meaning():
    measures = [Avoidance(CoarseCorrelated()), Avoidance(), Avoidance(event=EVENT)]
    found = study(Delegation(), {"authority": "0,1"}, measures)
    new = found.rename(status_coarse_correlated="verdict", avoidance_best_coarse_correlated="b", avoidance_worst="w")
    assert variable_in(new, "status") == "status" and variable_in(new.drop_vars("status"), "status") == "verdict"
    assert variable_in(new, "avoidance_best", like=new.verdict) == "b"
    assert variable_in(new, "avoidance_worst", like=new.avoidance_best) == "w"
    named = variable_in(new, "status", like=new[f"avoidance_worst_of_{'_'.join(EVENT[0])}"])
    assert new[named].attrs["event"] == "(push, escalate)" and new[named].attrs["concept"] == "nash"
    assert new.verdict.attrs["kind"] == "verdict" and new.verdict.attrs["concept"] == "coarse_correlated"


def test_what_is_missing_is_missing_in_a_mean():
    def picky(model):
        return 1 / (model.authority - 1)

    measures = [Custom("picky", picky), Playable(("assist", "work"), 0.5)]
    found = study(Delegation(), {"authority": "0, 1/2, 1"}, measures, workers=0)
    assert np.isnan(found.picky[2]) and float(found.picky.mean()) == -1.5
    part = study(Delegation(), {"authority": "0:1:50"}, [Equilibria(), Custom("one", one)], workers=0, time_limit=0)
    for name in ("equilibria_count", "pure_count"):
        assert np.isnan(part[name]).all(), "not -1"
    for name, variable in study(Delegation(), [], [Avoidance(), Equilibria(), Payoffs(), *measures]).items():
        assert variable.attrs["kind"] in ("quantity", "verdict", "set") and variable.attrs["role"], name
        assert variable.attrs["kind"] == "quantity" or variable.dtype.kind == "i"


def test_names_of_actions_may_hold_anything():
    assert Playable(("a/b", "c d"), 0.5)._name == "playable_a_b_c_d_at_0.5"
    assert declared("status", "of_a/b_c d").name == "status_of_a_b_c_d"


def test_a_design_of_no_dimension_and_points_of_two_parameters_stand():
    assert task_of(Delegation(), as_design([]), Avoidance()).design.size == 1
    assert task_of(Delegation(), Points("here", {"authority": [0], "tolerance": [1]}), Avoidance()).design.dims == (
        "here",
    )
