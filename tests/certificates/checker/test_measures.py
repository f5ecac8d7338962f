"""Claims that a measure obeys a bound after bundles of reforms."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from blamegame.certificates import checker
from blamegame.certificates.checker import Refused, Verdict
from blamegame.certificates.claims import BundleBounds, BundleBoundsRobustly
from blamegame.models.departments import Departments
from blamegame.models.threshold import Threshold
from blamegame.scenario import load

SCENARIOS = {name: load(name) for name in ("team", "departments", "markup")}


def seal(claim: Any) -> Any:
    document = {"format": checker.FORMAT, "claim": claim, "proof": {}}
    return {**document, "digest": checker.digest_of(document)}


def event_of(name: str) -> Threshold:
    scenario = SCENARIOS[name]
    found: Threshold = scenario.goal.event(scenario.model)
    return found


def check(name: str, bundle: list[str], *, robust: bool = False, event: Threshold | None = None) -> Verdict:
    scenario, kind = SCENARIOS[name], BundleBoundsRobustly if robust else BundleBounds
    return checker.check(seal(kind(scenario.model, scenario.menu, bundle, event or event_of(name)).statement()))


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_bundle_of_a_shipped_scenario_is_judged_as_the_search_judges_it(name: str) -> None:
    from blamegame.reforms.search import search

    scenario = SCENARIOS[name]
    plan = search(scenario.model, scenario.menu, scenario.goal)
    robust = set(plan.robust.tolist())
    for number in range(plan.bundles_total):
        names = [reform.name for k, reform in enumerate(scenario.menu) if number >> k & 1]
        assert check(name, names).holds == plan.success[number]
        assert check(name, names, robust=True).holds == (number in robust)


def test_the_sentence_names_the_payoffs_the_reforms_and_the_bound() -> None:
    verdict = check("departments", ["review_letters"], robust=True)
    assert verdict.claim == (
        "In the contest of 31 departments for a township's time, in which each sends letters and gets value x (own "
        "letters) / (all letters) x (time - letter_time x all letters) - letter_cost x (own letters), after "
        '{"review_letters"}, whatever else of this menu of 3 is added (4 bundles in all), paperwork_share is '
        "at most 1/2 in every Nash equilibrium"
    )


def test_a_false_claim_names_the_bundle_and_the_side() -> None:
    assert check("markup", []).reason == "After {} overload is above 1"
    verdict = check("team", ["forgive", "reward_more"], robust=True)
    assert verdict.reason == 'After {"forgive", "reward_more", "double_sanction"} effort is below 1/10'


@pytest.mark.parametrize(("relation", "holds"), [(">", True), (">=", False), ("<", True), ("<=", False)])
def test_a_measure_exactly_at_its_bound_obeys_at_most_and_at_least_alone(relation: str, holds: bool) -> None:
    """31 departments whose letters cost what reading them does lose 15/31 of the time."""
    scenario = SCENARIOS["departments"]
    claim = BundleBounds(
        scenario.model, scenario.menu, ["review_letters"], Threshold("paperwork_share", relation, Fraction(15, 31))
    )
    assert checker.check(seal(claim.statement())).holds == holds


def test_the_bound_may_be_a_parameter_that_reforms_move() -> None:
    assert check("markup", ["milder_penalty", "differentiated_standards"]).holds
    assert not check("markup", ["milder_penalty"]).holds


def test_where_the_game_is_not_defined_nothing_is_proved() -> None:
    claim = BundleBounds(SCENARIOS["markup"].model, SCENARIOS["markup"].menu, ["cap_markup"]).statement()
    claim["reforms"]["cap_markup"].append(["noise", "scale", "0"])
    verdict = checker.check(seal(claim))
    assert not verdict.holds and verdict.reason.endswith("noise is 0, for which the game is not defined")
    claim["reforms"]["cap_markup"] = [["strain", "add", "-2"]]
    claim["model"]["parameters"]["strain"][1] = "-5"
    assert "strain is -1, for which" in checker.check(seal(claim)).reason


def test_one_department_alone_is_refused() -> None:
    with pytest.raises(Refused, match="one department alone"):
        checker.check(seal(BundleBounds(Departments(departments=1), [], []).statement()))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"measure": "happiness"}, "'happiness' is not one of overload, target_factor, layer_markup"),
        ({"relation": "=="}, "'==' is not one of <=, <, >=, >"),
        ({"bound": "half"}, "'half' is not a rational"),
        ({"bound": 1}, "1 is not a rational"),
        ({"bound": ["cap"]}, "is not a rational"),
        ({"bundle": ["unheard"]}, "a reform that is not among"),
        ({"reforms": {"cap_markup": [["size", "scale", "1"]]}}, "scale size is not an edit"),
    ],
)
def test_a_malformed_claim_is_refused(change: Any, message: str) -> None:
    claim = BundleBounds(SCENARIOS["markup"].model, SCENARIOS["markup"].menu, ["cap_markup"]).statement()
    with pytest.raises(Refused, match=message):
        checker.check(seal({**claim, **change}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mechanism": "cartel"}, "'cartel' is not one of team, departments, markup"),
        ({"mechanism": "team"}, "the parameters are not reward, exposure"),
        ({"size": 0}, "the size 0 is not at least 1"),
        ({"size": True}, "bool is not a whole number"),
        ({"size": "4"}, "'4' is not a whole number"),
        ({"parameters": {}}, "the parameters are not strain"),
    ],
)
def test_a_malformed_model_is_refused(change: Any, message: str) -> None:
    claim = BundleBounds(SCENARIOS["markup"].model, SCENARIOS["markup"].menu, ["cap_markup"]).statement()
    claim["model"] = {**claim["model"], **change}
    with pytest.raises(Refused, match=message):
        checker.check(seal(claim))


def test_numbers_of_thousands_of_digits_are_decided_within_the_meter() -> None:
    """A huge penalty and almost no noise: hardly any mark-up is needed."""
    claim = BundleBounds(SCENARIOS["markup"].model, SCENARIOS["markup"].menu, ["cap_markup"]).statement()
    claim["model"]["parameters"]["penalty"][0] = "9" * 3_900
    claim["model"]["parameters"]["noise"][0] = "1/" + "7" * 3_900
    claim["bundle"] = []
    verdict = checker.check(seal(claim))
    assert verdict.holds and verdict.facts["work"] < 1_000_000
