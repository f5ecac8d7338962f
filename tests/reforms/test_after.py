"""What is played after a bundle: equilibria, who avoids, and whom that serves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.concepts import Correlated
from blamegame.errors import ReformError, UnsupportedGame
from blamegame.games.event import expectation
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.reforms.search import search
from blamegame.scenario import load

MENU = choose(CATALOGUE, ["list", "tolerate", "train", "escalation_rule", "harsher"])


def after(name, *bundle):
    scenario = load(name)
    return search(scenario.model, choose(scenario.menu or MENU, list(bundle) or ["list"])).after(bundle)


@pytest.mark.parametrize("bundle", [("list",), ("tolerate", "train")])
def test_after_the_cheapest_bundles_lower_still_asks_alone(bundle):
    found = after("h_county", *bundle)
    (played,) = found.equilibria
    assert found.complete and played.strategies == {"upper": {"assist": 1}, "lower": {"escalate": 1}}
    assert played.success == Fraction(55, 100) and played.avoidance == 0
    assert played.avoiders == ("lower",) and played.kind == "serves lower"
    assert "the only equilibrium is (assist, escalate); success 0.55" in str(found)
    assert "lower still avoids alone, which serves lower only" in str(found)


def test_after_the_top_rung_nobody_avoids():
    (played,) = after("h_county", "tolerate", "escalation_rule", "harsher").equilibria
    assert played.kind == "none" and played.avoiders == () and played.success == Fraction(748, 1000)
    assert str(played).endswith("nobody avoids")


def test_the_kinds_of_the_named_regimes():
    kinds = {name: [p.kind for p in after(name).equilibria] for name in ("avoidance", "trap", "carrier")}
    assert kinds["trap"].count("none") == 1
    nothing = search(load("collusion").model, MENU).after([])
    assert [p.kind for p in nothing.equilibria] == ["collusion"]
    assert "collusion: neither would gain by (assist, work)" in str(nothing)
    default = search(Delegation(), MENU).after([])
    assert [p.kind for p in default.equilibria] == ["dilemma"] and "both still avoid, a dilemma" in str(default)


def test_payoffs_are_those_of_the_reformed_game():
    found = after("chicken", "list")
    game = found.model.stage_game()
    assert len(found.equilibria) == 3
    for played in found.equilibria:
        assert list(played.payoffs.values()) == [expectation(played.profile, table) for table in game.payoffs]
    assert str(found).count(" | ") == 2


def test_a_model_without_duties_tells_its_own_event():
    scenario = load("inspection")
    found = search(scenario.model, scenario.menu).after(["spare_work"])
    assert found.equilibria[0].kind is None and "avoidance 0" in str(found)


def test_three_tiers():
    (played, *_) = search(Chain(), choose(CATALOGUE, ["tolerate"])).after([]).equilibria
    assert set(played.payoffs) == set(Chain().players) and played.kind is not None


def test_what_cannot_be_told_is_refused():
    plan = search(Delegation(), MENU, concept=Correlated())
    with pytest.raises(UnsupportedGame, match="Nash"):
        plan.after(["list"])
    with pytest.raises(ReformError, match="'lst' is not"):
        search(Delegation(), MENU).after(["lst"])
    scenario = load("departments")
    with pytest.raises(UnsupportedGame, match="no table of payoffs"):
        search(scenario.model, scenario.menu, scenario.goal).after([])


def test_the_report_says_what_is_played_after_each_recommended_bundle():
    plan = search(Delegation(), MENU)
    assert plan.recommended == (("list",), ("tolerate", "train")) or plan.recommended[0] == ("list",)
    text = str(plan)
    assert all(f"After {' + '.join(names)} " in text for names in plan.recommended)
    told = plan.to_dict()["after"]
    assert [one["reforms"] for one in told] == [list(names) for names in plan.recommended]
    assert told[0]["equilibria"][0]["kind"] == "serves lower"
    assert search(Delegation(), MENU, concept=Correlated()).to_dict()["after"] is None
