"""The ladder: four rungs, each counted over every bundle."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from blamegame.concepts import Correlated
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.departments import Departments
from blamegame.models.inspection import Inspection
from blamegame.models.promotion import Promotion
from blamegame.models.three_stage import ThreeStage
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, unique
from blamegame.reforms.ladder import RUNGS, ladder, rungs
from blamegame.reforms.reform import choose
from blamegame.reforms.search import search
from blamegame.scenario import load

COUNTS = {"removes": (3410, 20), "no_push": (3102, 19), "lower_works": (1419, 22), "responsible": (1111, 34)}


@pytest.fixture(scope="module")
def county():
    scenario = load("h_county")
    return ladder(scenario.model, scenario.menu)


def test_the_counts_of_the_specification(county):
    assert {n: (len(plan.successes), len(plan.minimal)) for n, plan in county.plans.items()} == COUNTS
    assert [plan.cheapest.bundle for plan in county.plans.values()][1:3] == [
        ("list",), ("tolerate", "escalation_rule", "harsher"),
    ]  # fmt: skip
    six = ("empower", "train", "reward", "voice", "escalation_rule", "harsher")
    assert [p.cheapest_robust.bundle for p in county.plans.values()] == [("tolerate", "train")] * 2 + [six] * 2
    assert [int(p.cheapest_robust.cost) for p in county.plans.values()] == [4, 4, 14, 14]


def test_the_top_rung_is_the_two_below_it_together_and_each_is_above_the_first(county):
    reached = {name: plan.success for name, plan in county.plans.items()}
    np.testing.assert_array_equal(reached["responsible"], reached["no_push"] & reached["lower_works"])
    for name in RUNGS[1:]:
        assert not (reached[name] & ~reached["removes"]).any()


@pytest.mark.parametrize("name", RUNGS)
def test_one_pass_counts_what_a_search_by_the_goal_alone_does(name):
    model, menu = Delegation(), choose(CATALOGUE, ["list", "tolerate", "train", "escalation_rule", "harsher"])
    for concept in (None, Correlated()):
        plan = ladder(model, menu, concept=concept).plans[name]
        alone = search(model, menu, rungs(model)[name], concept=concept)
        np.testing.assert_array_equal(plan.success, alone.success)
        np.testing.assert_array_equal(plan.status, alone.status)
        assert plan.base.range == alone.base.range and plan.note == alone.note


def test_models_say_which_rungs_they_have():
    assert tuple(rungs(Delegation())) == tuple(rungs(Chain())) == tuple(rungs(Promotion())) == RUNGS
    for model in (Inspection(), Departments(), ThreeStage()):
        assert tuple(rungs(model)) == ("removes",)
    scenario = load("inspection")
    found = ladder(scenario.model, scenario.menu)
    assert found.missing == RUNGS[1:]
    assert "Inspection has removes of the four rungs, not no_push, lower_works, responsible" in str(found)


def test_with_three_tiers_nobody_pushes_and_the_last_works():
    found = rungs(Chain())
    labels = Chain().actions
    push = Chain().event(found["no_push"].event(Chain()))
    for cell in np.ndindex(push.shape):
        words = [labels[k][a] for k, a in enumerate(cell)]
        assert push[cell] == ("push" in words)
        top = Chain().event(found["responsible"].event(Chain()))[cell]
        assert top == (words != ["assist"] * (len(words) - 1) + ["work"])


def test_under_private_types_the_event_of_an_only_equilibrium_is_everything_else():
    scenario = load("promotion")
    model = scenario.model.exact()
    inside, outside = model.event([("assist", "work")]), model.event(unique(("assist", "work")).event(model))
    np.testing.assert_array_equal(outside, 1 - inside)
    plan = search(scenario.model, scenario.menu, unique(("assist", "work")))
    assert plan.complete and not plan.success.any()
    assert (model.event(Goal(outside=True).event(model)) == 1 - model.event()).all()


def test_a_ladder_prints_and_survives_pickling(county):
    again = pickle.loads(pickle.dumps(county))
    assert str(again) == str(county) and again.missing == ()
    assert "3,410 of 4,096" in str(county) and "tolerate + train (4)" in str(county)
