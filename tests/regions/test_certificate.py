"""Certificates about regions: made from what the engine proves, accepted by the checker, bound to their scenario."""

from fractions import Fraction as F

import pytest

from blamegame import Region, avoidance, load, prove, responsible, search, verify
from blamegame.errors import ReformError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.regions.certificate import prove_bundle, refute_bundle

COUNTY = load("h_county")
MENU = choose(CATALOGUE, ["list", "answer", "tolerate", "train"])
PLAN = search(Region.around(COUNTY.model, F(1, 10)), MENU)


def test_the_cheapest_bundle_of_a_region_is_proved_and_bound_to_its_county(tmp_path):
    proof = prove(PLAN)
    assert proof.holds
    proof.save(tmp_path / "proof.json")
    verdict = verify(tmp_path / "proof.json")
    assert verdict.holds and "At every point of the box" in verdict.claim


def test_every_proved_bundle_has_a_certificate_and_every_refuted_one_a_county():
    for names in PLAN.named(PLAN.proved):
        assert prove_bundle(PLAN, names).holds
    for names in PLAN.named(PLAN.refuted):
        assert refute_bundle(PLAN, names).holds


def test_a_verdict_about_a_region_is_certified():
    assert prove(avoidance(Region.around(COUNTY.model, F(1, 20)))).holds


def test_where_nothing_is_proved_there_is_nothing_to_certify():
    with pytest.raises(ReformError, match="nothing is proved throughout this region"):
        prove(avoidance(Region(Delegation, {"tolerance": 0}, {"tolerance": 1})))
    with pytest.raises(ReformError, match="no bundle is proved"):
        prove(search(Region.around(COUNTY.model, F(1, 10)), MENU, responsible()))
