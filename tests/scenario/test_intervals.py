"""Intervals in scenario files: exact, checked like parameters, every mistake with its line."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from blamegame.errors import ScenarioError
from blamegame.models.delegation import Delegation
from blamegame.regions.region import Region
from blamegame.scenario import dumps, load, loads
from blamegame.scenario.intervals import per_cent
from blamegame.scenario.shipped import shipped_names

HEAD = 'title = "t"\n[model]\nkind = "delegation"\n'


def written(value, tail=""):
    return loads(f"{HEAD}authority = {value}\n{tail}")


@pytest.mark.parametrize(
    ("value", "about", "ends"),
    [
        ("[0.2, 0.4]", "3/10", ("1/5", "2/5")),
        ('["1/3", 1]', "2/3", ("1/3", "1")),
        ('{ about = 0.3, within = "20 %" }', "3/10", ("6/25", "9/25")),
        ('{ about = 0.3, within = "12.5%" }', "3/10", ("21/80", "27/80")),
        ('{ about = 0.9, within = "50 %" }', "9/10", ("9/20", "1")),
        ("{ about = 0.3, within = 0.1 }", "3/10", ("1/5", "2/5")),
        ("{ about = 0.3, between = [0.2, 0.5] }", "3/10", ("1/5", "1/2")),
    ],
)
def test_the_ways_to_write_an_interval(value, about, ends):
    scenario = written(value)
    assert scenario.model.authority == Fraction(about)
    assert scenario.region.uncertain == ("authority",)
    assert scenario.region.intervals["authority"] == tuple(map(Fraction, ends))
    assert scenario.model in scenario.region
    assert loads(dumps(scenario), name="scenario") == scenario


@pytest.mark.parametrize("value", ["0.3", "[0.3, 0.3]", '{ about = 0.3, within = "0 %" }'])
def test_without_an_interval_there_is_no_region(value):
    assert written(value).region is None and written(value).model.authority == Fraction(3, 10)


def test_every_other_number_may_be_within_a_share():
    scenario = written("[0.2, 0.4]", '[uncertainty]\nwithin = "10 %"\nexcept = ["promotability"]\n')
    ends = scenario.region.intervals
    assert ends["authority"] == (Fraction(1, 5), Fraction(2, 5)) and ends["promotability"] == (1, 1)
    around = Region.around(Delegation(), Fraction(1, 10), except_=["authority", "promotability"]).intervals
    assert all(ends[name] == around[name] for name in ends if name != "authority")
    assert loads(dumps(scenario), name="scenario") == scenario


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("[0.4, 0.2]", "line 4: model.authority = [0.4, 0.2] has its low end above its high end; exchange them"),
        ("[0.2]", "line 4: model.authority = [0.2] is a list of 1, and an interval has two ends; write [0.2, 0.4]"),
        ("[0.2, 1.4]", "line 4: model.authority = [0.2, 1.4] is not a share (0 to 1)"),
        ("{ about = 0.3 }", "model.authority = { about = 0.3 } has neither within nor between; write [0.2, 0.4]"),
        ('{ about = 1.3, within = "3 %" }', '{ about = 1.3, within = "3 %" } is not a share (0 to 1)'),
        ('{ about = 0.3, within = "ten %" }', 'is no share of the value; write it as within = "20 %"'),
        ('{ about = 0.3, within = "-3 %" }', "is within a negative share"),
        ("{ about = 0.3, within = -3 }", "is within less than nothing"),
        ('{ within = "3 %" }', "does not say about what value"),
        ("{ about = 0.3, between = [0.4, 0.5] }", "is about a value that is not between its ends"),
        ('{ about = 0.3, between = [0.2, 0.5], within = "3 %" }', "has both within and between"),
        ("{ about = 0.3, low = 0.2 }", "has 'low'; write"),
        ("[inf, 0.4]", "is not a finite number"),
        ('{ about = 0.3, within = "1e99 %" }', "is too long or too large"),
    ],
)
def test_every_mistake_has_its_line_and_the_way_out(value, line):
    with pytest.raises(ScenarioError) as error:
        written(value)
    assert line in str(error.value) and error.value.problems[0].line == 4


@pytest.mark.parametrize(
    ("tail", "line"),
    [
        ("within = 0.1", 'line 6: uncertainty.within = 0.1 is no share of the value; write it as within = "20 %"'),
        ('except = ["authority"]', 'line 5: uncertainty.within is missing; add within = "10 %"'),
        ('within = "1 %"\nexcept = ["authorty"]', 'line 7: uncertainty.except[0] = "authorty" is not a parameter of'),
        ('within = "1 %"\nexcept = "authority"', 'line 7: uncertainty.except = "authority" is not a list'),
        ('within = "1 %"\nonly = 3', "line 7: uncertainty.only = 3 is not a key of a scenario"),
    ],
)
def test_mistakes_of_the_uncertainty_table(tail, line):
    with pytest.raises(ScenarioError) as error:
        written(0.3, f"[uncertainty]\n{tail}\n")
    assert line in str(error.value)


def test_the_county_says_that_its_numbers_may_be_off_by_a_fifth():
    scenario = load("h_county")
    assert scenario.model == Delegation()
    assert scenario.region == Region.around(Delegation(), Fraction(1, 5))
    assert any("interval" in text for text in scenario.assumptions)


@pytest.mark.parametrize("name", shipped_names())
def test_a_region_survives_writing_and_reading(name):
    scenario = load(name)
    region = Region.around(scenario.model, Fraction(1, 7))
    again = loads(dumps(replace(scenario, region=region)), name=name)
    assert again.region == (region if region.uncertain else None) and again.model == scenario.model


def test_a_region_without_the_model_is_refused():
    region = Region(Delegation, {"authority": Fraction(1, 2)}, {"authority": Fraction(1, 1)})
    with pytest.raises(ScenarioError, match="not in its region"):
        replace(load("avoidance"), model=Delegation(), region=region)


def test_shares_of_the_value():
    assert per_cent("20 %") == Fraction(1, 5) and per_cent("1e1%") == Fraction(1, 10)
    for wrong in ("20", "%", "a %", "--1 %", "1/3 %", "١ %%", 3, None, "9" * 90 + " %"):
        with pytest.raises(ValueError, match=r"write it as|too long"):
            per_cent(wrong)


_ATOMS = [
    "0.3",
    "-1",
    "1e400",
    "inf",
    "nan",
    "true",
    '"1/3"',
    '"x"',
    "[]",
    "{}",
    '"20%"',
    '"-5%"',
    '"%5"',
    "0",
    "1.01",
    "9999999999999999999999999999999999999999999",
    '"1e9%"',
    "[0.1,0.2]",
    "2020-01-01",
    '"0%"',
    "1e-29",
    "'''a'''",
]
_KEYS = ["about", "within", "between", "abuot", "low", '"odd key"', "about.x"]


def malformed(rng):
    """The text of an interval, well or badly made."""
    if rng.random() < 0.5:  # nearly right: one part may be exchanged
        parts = rng.choice(
            [["[", "0.2", ", ", "0.4", "]"], ["{ about = ", "0.3", ", within = ", '"20 %"', " }"],
             ["{ about = ", "0.3", ", between = ", "[0.1, 0.5]", " }"]]
        )  # fmt: skip
        where = rng.choice([1, 3, None])
        return "".join(rng.choice(_ATOMS) if k == where else part for k, part in enumerate(parts))
    if rng.random() < 0.4:
        return (
            "["
            + ", ".join(rng.choice(_ATOMS) for _ in range(rng.randint(0, 4)))
            + rng.choice(["]", "]", "]", "", ",]"])
        )
    keys = rng.sample(_KEYS, rng.randint(0, 3))
    return "{ " + ", ".join(f"{key} = {rng.choice(_ATOMS)}" for key in keys) + rng.choice([" }", " }", " }", "", ", }"])


@pytest.mark.slow
def test_two_thousand_malformed_intervals_give_our_error_with_its_line_or_a_region():
    rng = random.Random(7)
    errors = regions = 0
    unplaced: list[str] = []
    for _ in range(2000):
        tail = (
            "" if rng.random() < 0.7 else f"[uncertainty]\nwithin = {rng.choice(_ATOMS)}\nexcept = {malformed(rng)}\n"
        )
        name = rng.choice(["authority", "accountability", "cost_work"])
        text = f"{HEAD}{name} = {malformed(rng)}\n{tail}"
        try:
            scenario = loads(text)
        except ScenarioError as error:
            errors += 1
            unplaced += [text] * (not error.problems or any(p.line is None for p in error.problems))
        else:
            regions += scenario.region is not None
            assert scenario.region is None or scenario.model in scenario.region
            assert loads(dumps(scenario)).region == scenario.region
    assert not unplaced and errors > 1000 and regions > 20
