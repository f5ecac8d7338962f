"""A scenario written as a file reads back as itself."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.concepts import Nash, Rationalizable
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes, unique, unlocks
from blamegame.reforms.reform import Edit, Reform
from blamegame.scenario import Scenario, dumps, load, loads, shipped_names

SHARES = st.fractions(0, 1, max_denominator=1000)
NUMBERS = st.fractions(0, 50, max_denominator=1000)
TEXTS = st.text(alphabet="abcé漢 \"\\'#=[]\n\t.", max_size=20).map(str.strip)


@st.composite
def custom_reforms(draw):
    names = draw(st.lists(st.sampled_from(["own", "budget", "x1"]), unique=True, max_size=2))
    return tuple(
        Reform(
            name,
            [
                Edit(parameter, draw(NUMBERS), draw(NUMBERS) - 25, draw(st.none() | SHARES))
                for parameter in draw(st.sets(st.sampled_from(sorted(Delegation.parameters())), min_size=1, max_size=3))
            ],
            cost=draw(NUMBERS),
            source=draw(TEXTS),
            remedy=draw(TEXTS),
        )
        for name in names
    )


@st.composite
def scenarios(draw):
    values = {
        name: draw(SHARES if spec.high is not None else NUMBERS) for name, spec in Delegation.parameters().items()
    }
    chosen = draw(st.sets(st.sampled_from(CATALOGUE), max_size=3))
    menu = tuple(reform for reform in CATALOGUE if reform in chosen) + draw(custom_reforms())
    goal = draw(st.sampled_from([None, removes(), unlocks(("assist", "work")), unique(("push", "escalate"))]))
    return Scenario(
        name="scenario",
        title=draw(TEXTS),
        description=draw(TEXTS),
        model=Delegation(**values),
        menu=menu,
        goal=goal,
        concept=Nash() if goal is None else draw(st.sampled_from([Nash(), Rationalizable()])),
        sources=tuple(draw(st.lists(TEXTS, max_size=2))),
        assumptions=tuple(draw(st.lists(TEXTS, max_size=2))),
        source="scenario",
    )


@given(scenarios())
@settings(max_examples=60)
def test_any_scenario_reads_back_as_itself(scenario):
    assert loads(dumps(scenario)) == scenario


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_reads_back_as_itself(name):
    scenario = load(name)
    assert replace(loads(dumps(scenario), name=name), source=scenario.source) == scenario


def test_what_a_file_cannot_say_is_refused():
    scenario = load("avoidance")
    with pytest.raises(ValueError, match="cannot say the goal"):
        dumps(replace(scenario, goal=removes([("push", "work")])))
    with pytest.raises(ValueError, match="another reform of the catalogue"):
        dumps(replace(scenario, menu=(Reform("train", {"authority": {"add": 1}}),)))
    with pytest.raises(ValueError, match="batch"):
        dumps(replace(scenario, model=Delegation(authority=np.array([0.1, 0.2]))))
