"""The shipped scenarios are what they say: the county is the defaults, each regime has the equilibria it names."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes
from blamegame.reforms.search import search
from blamegame.scenario import load, shipped_names
from blamegame.scenario.kinds import KINDS, kind_of
from blamegame.scenario.shipped import FOLDER
from blamegame.solvers.strategic.nash import nash
from blamegame.verbs import avoidance

TABLE = json.loads((Path(__file__).parent.parent / "literature" / "regimes.json").read_text())
REGIMES, COLUMNS = TABLE["regimes"], TABLE["columns"]


def equilibria(scenario):
    game = scenario.model.stage_game()
    found = nash(game).equilibria
    pure = []
    for profile in found:
        actions = [[a for a, p in zip(labels, s.tolist()) if p] for labels, s in zip(game.actions, profile)]
        if all(len(names) == 1 for names in actions):
            pure.append(tuple(names[0] for names in actions))
    return sorted(pure), len(found) - len(pure)


@pytest.mark.parametrize("name", REGIMES)
def test_a_regime_has_exactly_the_parameters_and_equilibria_of_the_specification(name):
    scenario, regime = load(name), REGIMES[name]
    values = {column: Fraction(text) for column, text in zip(COLUMNS, regime["parameters"])}
    assert scenario.model == Delegation(**values)
    assert equilibria(scenario) == (sorted(map(tuple, regime["pure"])), regime["mixed"])


def test_the_shipped_scenarios_are_the_county_the_regimes_and_one_for_each_other_kind_of_model():
    others = set(shipped_names()) - {"h_county", *REGIMES}
    assert {kind_of(load(name).model) for name in others} == KINDS.keys() - {"delegation"}
    assert len(others) == len(KINDS) - 1


def verdict(name):
    scenario = load(name)
    return avoidance(scenario.model, scenario.concept)


@pytest.mark.parametrize(
    ("name", "best", "worst"),
    [
        ("chain_of_tiers", 1, 1),
        ("departments", 1, 1),
        ("difficulty", 1, 1),
        ("inspection", Fraction(1, 5), Fraction(1, 5)),
        ("markup", 1, 1),
        ("nation", 0, 1),
        ("promotion", 1, 1),
        ("scandal", 1, 1),
        ("team", 1, 1),
        ("three_stages", 1, 1),
    ],
)
def test_a_scenario_starts_with_the_avoidance_it_describes(name, best, worst):
    found = verdict(name)
    assert (found.low.lower, found.high.upper, found.complete) == (best, worst, True)


@pytest.mark.parametrize(
    ("name", "cheapest", "successes"),
    [
        ("departments", ("review_letters",), 5),
        ("inspection", ("spare_work",), None),
        ("markup", ("cap_markup",), 11),
        ("three_stages", None, None),
        ("team", None, None),
    ],
)
def test_the_reforms_of_a_scenario_are_searched_like_any_other(name, cheapest, successes):
    scenario = load(name)
    plan = search(scenario.model, scenario.menu, scenario.goal, concept=scenario.concept)
    assert plan.complete and not plan.success[0] and 0 < len(plan.successes) < plan.bundles_total
    assert cheapest is None or plan.cheapest.bundle == cheapest
    assert successes is None or len(plan.successes) == successes


def test_shorter_letters_alone_only_make_room_for_more_of_them():
    scenario = load("departments")
    plan = search(scenario.model, scenario.menu, scenario.goal)
    assert plan.values[plan.number(["short_letters"])] == plan.values[0]
    assert plan.succeeds(["short_letters", "price_letters"]) and not plan.succeeds(["price_letters"])
    assert plan.measure == "share of the township's time lost to letters in equilibrium"


def test_the_mixed_equilibrium_of_the_cycle_is_the_one_stated():
    scenario = load("cycle")
    ((upper, lower),) = nash(scenario.model.stage_game()).equilibria
    assert (round(float(upper[0]), 4), round(float(lower[0]), 4)) == (0.4923, 0.5168)
    assert lower[2] == 0


def test_both_offices_prefer_collusion_to_shouldering_the_mandate():
    payoffs = load("collusion").model.stage_game().payoffs
    assert all(payoffs[player, 1, 1] > payoffs[player, 0, 0] for player in (0, 1))


def test_the_county_spells_out_the_defaults_and_the_whole_catalogue():
    scenario = load("h_county")
    text = (FOLDER / "h_county.toml").read_text()
    assert scenario.model == Delegation()
    assert scenario.menu == CATALOGUE
    assert scenario.goal == removes()
    assert all(re.search(rf"^{name} = ", text, re.MULTILINE) for name in Delegation.parameters())
    assert all(re.search(rf"^{reform.name} = ", text, re.MULTILINE) for reform in CATALOGUE)
    payoffs = scenario.model.stage_game().payoffs
    assert payoffs[0, 0, 0] == Fraction(427, 5000)
    assert all(payoffs[player, 0, 0] > payoffs[player, 1, 1] for player in (0, 1))


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_file_opens_with_what_it_shows_and_says_what_is_assumed(name):
    text = (FOLDER / f"{name}.toml").read_text()
    opening = text.split("\ntitle")[0]
    assert all(line.startswith("#") for line in opening.strip().split("\n"))
    words = " ".join(opening.replace("#", " ").split())
    assert "Where the numbers come from" in words and "ASSUMPTION" in words.upper()
    scenario = load(name)
    assert scenario.title and scenario.description and scenario.sources and scenario.assumptions
    assert len(scenario.menu) == 12 or kind_of(scenario.model) != "delegation"
    assert len(scenario.menu) >= 3 and scenario.goal is not None
    assert max(map(len, text.split("\n"))) <= 125
