"""Tables over discount factors say what each discount factor says by itself, or more."""

from fractions import Fraction as F
from importlib import import_module

import pytest

from blamegame.scenario import load
from blamegame.solvers.repeated.frequency_bounds import frequency_range
from blamegame.solvers.repeated.frequency_table import frequency_switch, frequency_table

DISCOUNTS = [F(k, 10) for k in range(10)]


@pytest.mark.parametrize("name", ["carrier", "chicken", "cycle", "h_county", "dumping"])
def test_a_table_holds_what_each_discount_factor_says(name):
    model = load(name).model.exact()
    table = frequency_table(model.stage_game(), model.avoidance, DISCOUNTS)
    for d, one in zip(DISCOUNTS, table):
        alone = frequency_range(model.repeated(d), model.avoidance)
        assert one.low.lower >= alone.low.lower or one.low.lower > 0
        assert one.low.upper <= alone.low.upper and one.high.lower >= alone.high.lower
        assert one.low.lower <= one.low.upper + 1e-9 and one.high.lower <= one.high.upper + 1e-9
        assert alone.status in (one.status, "undecided")


def test_verdicts_between_equal_ends_are_not_computed(monkeypatch):
    asked = []
    counted = lambda game, *a, **k: asked.append(game) or frequency_range(game, *a, **k)  # noqa: E731
    monkeypatch.setattr(import_module("blamegame.solvers.repeated.frequency_table"), "frequency_range", counted)
    model = load("trap").model.exact()
    table = frequency_table(model.stage_game(), model.avoidance, DISCOUNTS, verdict_only=True)
    assert {one.status for one in table} == {"trap"} and len(asked) == 1
    model = load("avoidance").model.exact()
    asked.clear()
    table = frequency_table(model.stage_game(), model.avoidance, DISCOUNTS, verdict_only=True)
    assert {one.status for one in table} == {"entrenched"} and len(asked) == 2


def test_the_switch_of_h_county_is_that_of_pure_play():
    model = load("h_county").model.exact()
    found = frequency_switch(model.stage_game(), model.avoidance, tolerance=0.002)
    assert found.before == "entrenched" and found.last < F(516, 1000) < found.first + F(1, 1000)
    assert found.first - found.last < F(2, 100)


def test_a_trap_of_one_period_has_no_switch():
    model = load("chicken").model.exact()
    found = frequency_switch(model.stage_game(), model.avoidance)
    assert (found.before, found.last, found.first) == ("trap", None, 0)
