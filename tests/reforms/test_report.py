"""A plan as text and as JSON values."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import Rationalizable
from blamegame.games.event_range import Range
from blamegame.models.delegation import Delegation
from blamegame.reforms import outcomes
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import Reform, choose
from blamegame.reforms.search import search

FOUR = choose(CATALOGUE, ["list", "tolerate", "train", "escalation_rule"])


@pytest.fixture(scope="module")
def plan():
    return search(Delegation(), FOUR)


def test_the_text_names_everything_a_reader_needs(plan):
    text = str(plan)
    for part in (
        "mutual avoidance in no equilibrium, under Nash equilibria",
        "entrenched: avoidance 1 at best, 1 at worst",
        "8 of 16 bundles of 4 reforms",
        "cheapest             list (cost 2)",
        "minimal (2)          list, tolerate + train",
        "robust, minimal (2)  list + tolerate, tolerate + train",
        "adding escalation_rule to list brings avoidance back",
        "Shapley shares, measured by the success probability in the worst equilibrium",
    ):
        assert part in text
    assert repr(plan).startswith("<ReformPlan mutual avoidance in no equilibrium, Nash equilibria:")


def test_ties_in_the_text():
    even = [dataclasses.replace(reform, cost=Fraction(1, 3)) for reform in choose(CATALOGUE, ["list", "answer"])]
    assert "list (cost 1/3 (0.333333)); as cheap: answer" in str(search(Delegation(), even))


def test_json_has_the_documented_keys_and_survives_a_round_trip(plan):
    out = plan.to_dict()
    assert json.loads(json.dumps(out, allow_nan=False)) == out
    assert out["base"] == {
        "best": 1, "worst": 1, "status": "entrenched", "equilibria": [{"upper": {"push": 1}, "lower": {"escalate": 1}}],
    }  # fmt: skip
    assert out["bundles_total"] == 16 and out["successes"] == len(plan.successes)
    assert out["minimal"] == [["list"], ["tolerate", "train"]]
    assert out["robust_minimal"] == [["list", "tolerate"], ["tolerate", "train"]]
    assert out["cheapest"] == {"reforms": ["list"], "cost": 2, "ties": [["list"]]}
    assert out["cheapest_robust"] == {"reforms": ["list", "tolerate"], "cost": 3, "ties": [["list", "tolerate"]]}
    assert out["closure_violations"] == 2
    assert out["shapley"] == dict(plan.shapley) and list(out["shapley"]) == [reform.name for reform in FOUR]
    assert out["reforms"] == {"list": 2, "tolerate": 1, "train": 3, "escalation_rule": 1}
    assert sum(out["verdicts"].values()) == 16


def test_mixed_equilibria_in_json(pennies):
    out = search(pennies, [Reform("double", {"prize": {"scale": 2}})]).to_dict()
    (equilibrium,) = out["base"]["equilibria"]
    assert equilibrium == {"1": {"a": 0.5, "b": 0.5}, "2": {"a": 0.5, "b": 0.5}}
    assert np.isclose(out["base"]["best"], 0.25) and out["successes"] == 0


def test_a_model_without_any_equilibrium_is_reported_as_such(monkeypatch):
    monkeypatch.setattr(outcomes, "answer", lambda question, deadline: Range.empty())
    monkeypatch.setattr(outcomes, "_has_batch", lambda bundles, concept: False)
    monkeypatch.setitem(search.__globals__, "avoidance_of_model", lambda *_, **__: Range.empty())
    plan = search(Delegation(), FOUR[:1], concept=Rationalizable())
    out = plan.to_dict()
    assert out["base"] == {"best": None, "worst": None, "status": "no equilibrium", "equilibria": []}
    assert out["verdicts"] == {"no equilibrium": 2} and out["successes"] == 0
    json.dumps(out, allow_nan=False)
    assert "before any reform    no equilibrium\n" in str(plan)
