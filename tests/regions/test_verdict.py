"""The verdict of a region: proved throughout, varying between exact counties, or undecided with the open share."""

from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import Logit, Nash
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.event import event_probability
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.inspection import Inspection
from blamegame.models.promotion import Promotion
from blamegame.models.scandal import Scandal
from blamegame.models.team import Team
from blamegame.models.three_stage import ThreeStage
from blamegame.regions.region import Region
from blamegame.regions.verdict import avoidance_over
from blamegame.solvers.strategic.nash import nash


@pytest.mark.parametrize(
    ("name", "width", "status"),
    [
        ("h_county", 5, "entrenched"),
        ("collusion", 20, "entrenched"),
        ("trap", 5, "trap"),
        ("paper_trap", 5, "trap"),
        ("chicken", 5, "trap"),
        ("carrier", 5, "free"),
        ("dumping", 20, "free"),
    ],
)
def test_a_status_throughout_is_proved(scenario, name, width, status):
    found = avoidance_over(Region.around(scenario(name), Fraction(width, 100)))
    assert found.status == status and len(found.proofs) == (2 if status == "trap" else 1)
    assert set(found.counties) == {status} and "proved" in str(found)


@pytest.mark.parametrize(("name", "width"), [("h_county", 20), ("trap", 20), ("chicken", 20), ("cycle", 1)])
def test_counties_of_different_status_are_exact(scenario, name, width):
    region = Region.around(scenario(name), Fraction(width, 100))
    found = avoidance_over(region)
    assert found.status == "varies" and not found.proofs and len(found.counties) > 1
    for status, county in found.counties.items():
        assert county.model in region
        chances = [event_probability(p, found.event) for p in nash(county.model.stage_game()).equilibria]
        own = "free" if max(chances) == 0 else "entrenched" if min(chances) > 0 else "trap"
        assert own == status == county.status


def test_shares_of_each_status_are_bounded():
    found = avoidance_over(Region(Delegation, {"authority": 0}, {"authority": 1}))
    low, high = found.shares["free"]
    assert low <= 1 - 0.687533 <= high and found.open_share <= 1e-3
    assert sum(low for low, _ in found.shares.values()) + found.open_share == pytest.approx(1)
    many = avoidance_over(Region.around(Delegation(), Fraction(1, 5)))
    assert many.open_share is None and not many.shares


def test_one_point_has_the_status_of_its_model():
    assert avoidance_over(Region(Delegation, {}, {})).status == "entrenched"


def test_other_events_and_models():
    region = Region.around(Delegation(), Fraction(1, 100))
    assert avoidance_over(region, event=[("assist", "formalism")]).status == "free"
    assert avoidance_over(region, Nash(), np.array([[0, 0, 0], [0, 1, 0]], dtype=bool)).status == "entrenched"
    for model in (Inspection(), Chain(tiers=2)):
        assert avoidance_over(Region.around(model, Fraction(1, 100))).status == "entrenched"
    some = Region.around(Promotion(), Fraction(1, 50), only=["authority", "prospects"])
    assert avoidance_over(some).status == "entrenched"


def test_an_event_that_moves_is_refused():
    region = Region(Promotion, {"prospects": 0}, {"prospects": Fraction(1, 2)})
    with pytest.raises(UnsupportedGame, match="changes within the region"):
        avoidance_over(region)


def test_what_cannot_be_asked_is_refused():
    region = Region.around(Delegation(), Fraction(1, 100))
    with pytest.raises(UnsupportedGame, match="Nash"):
        avoidance_over(region, Logit(5))
    with pytest.raises(ModelError, match="no cell, or every cell"):
        avoidance_over(region, event=np.ones((2, 3), dtype=bool))


@pytest.mark.parametrize("model", [Chain(tiers=3), Team(), ThreeStage(), Scandal()], ids=lambda m: type(m).__name__)
def test_what_is_no_table_of_two_players_is_refused(model):
    with pytest.raises(UnsupportedGame, match="two players"):
        avoidance_over(Region.around(model, Fraction(1, 100)))


def test_a_verdict_is_a_value():
    found = avoidance_over(Region.around(Delegation(), Fraction(1, 100)))
    again = pickle.loads(pickle.dumps(found))
    assert again.status == found.status and again.proofs == found.proofs and str(again) == str(found)
