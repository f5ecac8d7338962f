"""The shipped scenarios are what they say: the county is the defaults, each regime has the equilibria it names."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes
from blamegame.scenario import load, shipped_names
from blamegame.scenario.shipped import FOLDER
from blamegame.solvers.strategic.nash import nash

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


def test_the_shipped_scenarios_are_the_county_and_the_regimes():
    assert set(shipped_names()) == {"h_county", *REGIMES}


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
    assert "Where the numbers come from" in opening and "ASSUMPTION" in opening.upper()
    scenario = load(name)
    assert scenario.title and scenario.description and scenario.sources and scenario.assumptions
    assert len(scenario.menu) == 12
    assert max(map(len, text.split("\n"))) <= 125
