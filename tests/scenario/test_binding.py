"""A certificate bound to a scenario: the same numbers, or what differs."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from blamegame.certificates.certify import certify
from blamegame.certificates.claims import (
    BundleBounds,
    BundleFreesMandates,
    BundleRemoves,
    IsRobust,
    NoNashAvoids,
    NoPlayAvoids,
)
from blamegame.models.delegation import Delegation
from blamegame.models.hierarchy import Hierarchy
from blamegame.models.three_stage import ThreeStage
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import Reform, apply, choose
from blamegame.scenario import load
from blamegame.verbs import prove, search, verify

COUNTY = load("h_county")


def scenario(model: Any, menu: Any = CATALOGUE, name: str = "here") -> Any:
    return SimpleNamespace(name=name, model=model, menu=tuple(menu))


def differs(claim: Any, other: Any) -> str:
    verdict = verify(certify(claim), scenario=other)
    assert not verdict.holds and verdict.reason.startswith(f"That is proved, but not about {other.name} as it stands: ")
    return verdict.reason


def test_a_certificate_about_a_scenario_is_bound_to_it() -> None:
    claim = IsRobust(COUNTY.model, COUNTY.menu, ["tolerate", "train"])
    verdict = verify(certify(claim), scenario=COUNTY)
    assert verdict.holds
    assert verdict.about[-2:] == ("It is about h_county", "The event is what h_county calls avoidance")
    part = IsRobust(COUNTY.model, choose(CATALOGUE, ["tolerate", "train", "list"]), ["tolerate", "train"])
    assert 'not about these reforms of h_county: "answer", "empower"' in " ".join(
        verify(certify(part), scenario=COUNTY).about
    )


def test_every_number_that_differs_is_named() -> None:
    claim = BundleRemoves(Delegation(authority=1, tolerance=Fraction(1, 5)), COUNTY.menu, ["list"])
    reason = differs(claim, COUNTY)
    assert 'parameter "authority" is 1 there and 3/10 in h_county' in reason
    assert 'parameter "tolerance" is 1/5 there and 1/10 in h_county' in reason


def test_other_reforms_under_the_same_name_are_named() -> None:
    stronger = Reform("list", {"push_strength": {"scale": 0}, "diffusion": {"scale": 0}})
    assert 'the reform "list" edits other numbers there' in differs(
        BundleRemoves(Delegation(), [stronger], ["list"]), COUNTY
    )
    new = Reform("magic", {"authority": {"floor": 1}})
    assert 'h_county has no reform "magic"' in differs(BundleRemoves(Delegation(), [new], ["magic"]), COUNTY)


def test_an_event_that_is_not_the_scenario_s_is_said() -> None:
    claim = BundleRemoves(COUNTY.model, COUNTY.menu, ["list"], [("push", "escalate")])
    verdict = verify(certify(claim), scenario=COUNTY)
    assert verdict.holds and verdict.about[-1].startswith("The event is not what h_county calls avoidance, (")


def test_another_kind_of_model_differs_in_parameters_and_payoffs() -> None:
    claim = BundleRemoves(Delegation(), COUNTY.menu, ["list"])
    assert 'parameter "responsibility" is 1/2 there and 1/5 in difficulty' in differs(claim, load("difficulty"))
    assert "has no parameter" in differs(claim, load("team"))

    class Kinder(Delegation):
        def payoffs(self) -> Any:
            return super().payoffs() * 2

    assert "the payoffs are another formula" in differs(claim, scenario(Kinder()))


def test_a_game_is_found_among_the_bundles_of_the_menu() -> None:
    cured = apply(COUNTY.model, choose(CATALOGUE, ["answer"])).stage_game()
    verdict = verify(certify(NoNashAvoids(cured, COUNTY.model.avoidance)), scenario=COUNTY)
    assert verdict.holds and 'It is the game of h_county after {"answer"}' in verdict.about
    before = NoNashAvoids(Delegation(authority=1).stage_game(), COUNTY.model.avoidance)
    assert (
        verify(certify(before), scenario=scenario(Delegation(authority=1))).about[-2]
        == "It is the game of here before any reform"
    )
    assert "the payoffs are not those of here" in differs(before, scenario(Delegation(), CATALOGUE[:2]))
    assert "the players or actions are others" in differs(before, load("chain_of_tiers"))


def test_measures_and_hierarchies_are_bound_by_mechanism_and_tree() -> None:
    team = load("team")
    claim = BundleBounds(team.model, team.menu, ["forgive", "reward_more"], event=team.model.avoidance)
    verdict = verify(certify(claim), scenario=team)
    assert verdict.holds
    nation = load("nation")
    values = {name: getattr(nation.model, name) for name in nation.model.parameters()}
    small = Hierarchy(tree=(1, 2, 3), **values)
    freed = BundleFreesMandates(small, nation.menu, ["list"])
    assert verify(certify(freed), scenario=scenario(small, nation.menu)).holds
    assert "the tree, the mandates or their payoffs" in differs(
        freed, scenario(Hierarchy(tree=(1, 2, 4), **values), nation.menu)
    )
    assert "the mechanism is" in differs(claim, scenario(SimpleMechanism(team.model), team.menu))


class SimpleMechanism:
    """A team that says it is something else."""

    mechanism = "orchestra"

    def __init__(self, model: Any) -> None:
        self._model = model

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def test_what_cannot_be_compared_says_so() -> None:
    stages = apply(ThreeStage(), choose(CATALOGUE, ["list"]))
    tree = stages.tree(nature=False)
    reason = differs(NoPlayAvoids(tree, stages.avoiding_ends(tree)), COUNTY)
    assert "holds a game of another form than that of h_county" in reason


@pytest.mark.parametrize("name", ["scandal", "three_stages", "promotion"])
def test_what_a_scenario_s_search_proves_is_about_that_scenario(name: str) -> None:
    here = load(name)
    document = prove(search(here)).to_json()
    verdict = verify(document, scenario=here)
    assert verdict.holds and "The event is what" in verdict.about[-1]
    other = verify(document, scenario=COUNTY)
    assert not other.holds and "not about h_county" in other.reason


def test_a_certificate_that_does_not_hold_is_not_compared() -> None:
    document = certify(BundleRemoves(COUNTY.model, COUNTY.menu, ["list"])).to_json()
    document["claim"]["bundle"] = []
    with pytest.raises(AssertionError):
        assert verify(document, scenario=COUNTY).holds
    assert "probability" in verify(document, scenario=COUNTY).reason
