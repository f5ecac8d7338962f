"""Frequencies over all subgame-perfect equilibria: bounds hold what is known, and verdicts never fall back."""

from fractions import Fraction as F
from itertools import pairwise

import numpy as np
import pytest

from blamegame.deadline import Deadline
from blamegame.games.event import event_probability
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.scenario import load
from blamegame.solvers.repeated.frequency_batch import frequency_batch
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


def test_carrier_is_a_trap_at_one_half_with_the_published_frequency():
    model = load("carrier").model.exact()
    found = frequency_range(model.repeated(F(1, 2)), model.avoidance)
    assert found.status == "trap"
    assert found.high.lower >= F(10524510171, 62924634251)
    assert found.high.upper < 0.17
    assert "push with probability 21049020342/62924634251" in found.high.witness
    assert frequency_range(model.repeated(F(1, 2)), model.avoidance, pure=True).status == "free"


FIRST = [[1, 1, -5], [1, 0, -5], [-5, -5, 3]]
SECOND = [[1, 0, -5], [0, 1, -5], [0, -1, 3]]


@pytest.mark.parametrize("d", [F(1, 100), F(1, 10), F(1, 5), F(1, 3)])
def test_an_event_that_only_two_mixing_players_reach_is_not_called_free(d):
    event = np.array([[False, True, False]] * 3)
    game = RepeatedGame(StrategicGame([FIRST, SECOND]), d)
    found = frequency_range(game, event)
    assert found.status == "trap"
    assert found.high.upper >= 2 * d


@pytest.mark.parametrize(
    ("name", "d", "low", "high"),
    [
        ("chicken", F(1, 10), 0.1862, 0.2784),
        ("chicken", F(1, 2), 0.1862, 0.3091),
        ("chicken", F(9, 10), 0.4511, 0.6586),
        ("cycle", F(1, 10), 0.2453, 0.5551),
        ("cycle", F(1, 2), 0.6634, 0.7957),
        ("responsible", F(3, 10), 0.8894, 0.8990),
    ],
)
def test_worst_frequencies_lie_within_the_published_brackets(name, d, low, high):
    model = load(name).model.exact()
    found = frequency_range(model.repeated(d), model.avoidance)
    assert found.high.lower >= low - 1e-4
    assert found.high.upper <= high + 1e-4
    assert found.high.lower <= found.high.upper


@pytest.mark.parametrize(
    ("name", "d", "status"),
    [("h_county", F(1, 2), "entrenched"), ("h_county", F(3, 5), "trap"), ("responsible", F(1, 10), "free")]
    + [
        (name, d, "entrenched") for name in ("avoidance", "collusion", "paper") for d in (F(1, 10), F(1, 2), F(99, 100))
    ],
)
def test_verdicts_of_the_specification(name, d, status):
    model = load(name).model.exact()
    assert frequency_range(model.repeated(d), model.avoidance).status == status


def test_matching_pennies_has_one_frequency_at_every_discount_factor():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    found = frequency_range(RepeatedGame(pennies, F(9, 10)), [(0, 0)])
    assert found.status == "entrenched"
    assert abs(found.low.lower - 0.25) < 1e-4 and abs(found.high.upper - 0.25) < 1e-4
    assert frequency_range(RepeatedGame(pennies, F(9, 10)), [(0, 0)], pure=True).status == "no equilibrium"


def test_without_time_nothing_is_claimed():
    model = load("chicken").model.exact()
    found = frequency_range(model.repeated(F(1, 2)), model.avoidance, time_limit=0)
    assert found.low.lower == 0 and found.high.upper == 1


@pytest.mark.parametrize("scale", [F(1, 10**12), F(10**12)])
def test_units_of_payoff_do_not_matter(scale):
    model = load("carrier").model.exact()
    stage = model.stage_game()
    moved = StrategicGame(stage.payoffs * scale + 7, stage.players, stage.actions)
    for d in (F(3, 10), F(1, 2)):
        here = frequency_range(model.repeated(d), model.avoidance)
        there = frequency_range(RepeatedGame(moved, d), model.avoidance)
        assert (here.status, here.high.lower) == (there.status, there.high.lower)


def test_an_interrupt_ends_the_search_with_what_is_known_and_the_loop_around_it(monkeypatch):
    from blamegame.solvers.repeated import frequency_bounds as module

    def interrupted(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "outer_set", interrupted)
    model = load("chicken").model.exact()
    deadline = Deadline()
    found = frequency_range(model.repeated(F(1, 2)), model.avoidance, time_limit=deadline)
    assert deadline.stopped == "interrupted" and "interrupted" in found.note
    assert found.low.lower == 0 and found.high.upper == 1 and found.high.lower > 0.186
    payoffs = np.array([model.stage_game().payoffs] * 5, dtype=float)
    batch = frequency_batch(payoffs, [model.avoidance], F(1, 2))
    assert not batch.examined.any()
