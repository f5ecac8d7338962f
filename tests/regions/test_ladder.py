"""The ladder with radii."""

from __future__ import annotations

import json
import pickle

from blamegame.concepts import Correlated
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.regions.ladder import ladder
from blamegame.scenario import load


def test_the_radii_of_the_specification():
    scenario = load("h_county")
    found = ladder(scenario.model, scenario.menu)
    out = found.to_dict()
    assert [out[name]["successes"] for name in out] == [3410, 3102, 1419, 1111]
    brackets = {"removes": (0.0975, 0.0976), "no_push": (0.0975, 0.0976), "lower_works": (0.0113, 0.0114)}
    for name, (low, high) in brackets.items():
        proved, refuted = out[name]["radius"]
        assert low <= proved < refuted <= high
    low, high = out["removes"]["cheapest_robust_radius"]
    assert 0.0214 <= low < high <= 0.0215
    assert json.loads(json.dumps(out)) == out
    assert str(pickle.loads(pickle.dumps(found))) == str(found)


def test_where_nothing_is_proved_over_regions_it_says_why():
    menu = choose(CATALOGUE, ["list", "tolerate"])
    found = ladder(Delegation(), menu, concept=Correlated())
    assert found["removes"].radius is None and "about Nash equilibria" in found.note
    departments = load("departments")
    out = ladder(departments.model, departments.menu)
    assert out.to_dict()["no_push"] is None and out["removes"].radius is None and out.note


def test_a_rung_that_no_bundle_reaches_has_no_radius():
    found = ladder(Delegation(), choose(CATALOGUE, ["lighten"]))
    assert found["removes"].radius is None and found.to_dict()["removes"]["cheapest"] is None
