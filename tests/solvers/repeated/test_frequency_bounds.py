"""Frequencies over all subgame-perfect equilibria: bounds hold what is known, and verdicts never fall back."""

from fractions import Fraction as F
from itertools import pairwise

import pytest

from blamegame.games.event import event_probability
from blamegame.scenario import load
from blamegame.solvers.repeated.frequency_bounds import frequency_range
from blamegame.solvers.strategic.nash import nash

REGIMES = (
    "responsible", "avoidance", "paper", "carrier", "dumping", "trap", "paper_trap", "chicken", "cycle", "collusion",
    "h_county",
)  # fmt: skip
DISCOUNTS = (F(0), F(1, 100), F(3, 10), F(3, 5), F(9, 10), F(99, 100))


@pytest.mark.parametrize("name", REGIMES)
def test_stage_equilibria_lie_inside_at_every_discount_factor_and_are_all_there_is_at_0(name):
    model = load(name).model.exact()
    chances = [event_probability(one, model.avoidance) for one in nash(model.stage_game()).equilibria]
    ranges = [frequency_range(model.repeated(d), model.avoidance) for d in DISCOUNTS]
    for found in ranges:
        assert found.status != "no equilibrium"
        assert found.low.upper <= min(chances) and found.high.lower >= max(chances)
    assert (ranges[0].low.lower, ranges[0].low.upper) == (min(chances), min(chances))
    assert (ranges[0].high.lower, ranges[0].high.upper) == (max(chances), max(chances))


@pytest.mark.parametrize("name", REGIMES)
def test_more_patience_never_contradicts_less(name):
    model = load(name).model.exact()
    ranges = [frequency_range(model.repeated(d), model.avoidance) for d in DISCOUNTS]
    for before, after in pairwise(ranges):
        assert after.low.lower <= before.low.upper + 1e-9
        assert after.high.upper >= before.high.lower - 1e-9
        if after.status == "free":
            assert before.status in ("free", "undecided")
        if before.status == "trap":
            assert after.status in ("trap", "undecided")
        if after.status == "entrenched":
            assert before.status in ("entrenched", "undecided")
