from __future__ import annotations

import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.scenario.scenario import load
from blamegame.studies.compare import compare
from blamegame.studies.measures import Avoidance, Equilibria, Payoffs, Success

POLICIES = {"today": (), "power & lists": choose(CATALOGUE, ["list", "empower"])}


def test_bundles_models_and_scenarios_stand_side_by_side():
    county = load("h_county")
    table = compare({**POLICIES, "no diffusion": Delegation(diffusion=0), "county": county}, Avoidance(), model=county)
    assert list(table) == ["today", "power & lists", "no diffusion", "county"] and len(table) == 4
    assert table["today"]["status"] == "entrenched" and table["power & lists"]["status"] == "free"
    assert table["today"] == table["county"]
    assert compare([county])["h_county"]["equilibria"] == "(push, escalate)"
    assert "4 policies" in repr(table)


def test_the_latex_table_escapes_labels_and_aligns_numbers():
    text = compare(POLICIES, [Avoidance(), Success(), Equilibria(), Payoffs()], model=Delegation()).to_latex()
    assert r"power \& lists &" in text and text.startswith(r"\begin{tabular}{lrrlrrlrrll}")
    assert text.endswith(r"\end{tabular}") and "avoidance worst" in text
    rows = [line for line in text.splitlines() if "&" in line]
    assert {line.replace(r"\&", "").count("&") for line in rows} == {10}


def test_the_screen_shows_the_same():
    lines = str(compare(POLICIES, Success(), model=Delegation())).splitlines()
    assert lines[0].split("  ")[0] == "policy" and lines[1].split() == ["today", "0.1", "0.1"]


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(StudyError, match="there is no policy"):
        compare({})
    with pytest.raises(StudyError, match="pass model="):
        compare(POLICIES)
    with pytest.raises(StudyError, match="policy 'x'"):
        compare({"x": 7}, model=Delegation())
    with pytest.raises(StudyError, match="'nothing' was not compared"):
        compare(POLICIES, model=Delegation())["nothing"]
