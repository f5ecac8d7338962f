"""All bundles over a region: each verdict agrees with the bundle's own radius, and published counts are met."""

from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ReformError
from blamegame.models.delegation import Delegation
from blamegame.reforms import lattice
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import lower_works, no_push, removes, responsible
from blamegame.reforms.reform import choose
from blamegame.reforms.search import search
from blamegame.regions.radius import radius
from blamegame.regions.region import Region
from blamegame.regions.search import frontier, search_region

SMALL = choose(CATALOGUE, ["list", "tolerate", "train", "answer", "harsher"])

COUNTS = [  # goal, per cent, proved at least, refuted at least, open at most, cheapest, cheapest robust at most
    (removes, 0, 3410, 686, 0, 2, 4),
    (removes, 5, 2811, 1285, 0, 2, 6),
    (removes, 10, 2211, 1885, 0, 3, 8),
    (removes, 20, 885, 3209, 2, 4, 12),
    (removes, 30, 230, 3866, 0, 9, None),
    (no_push, 0, 3102, 994, 0, 2, 4),
    (no_push, 5, 2609, 1487, 0, 2, 6),
    (no_push, 10, 2131, 1959, 6, 3, 8),
    (no_push, 20, 859, 3206, 31, 4, 12),
    (no_push, 30, 228, 3866, 2, 9, None),
    (lower_works, 0, 1419, 2677, 0, 3, 14),
    (lower_works, 5, 838, 3258, 0, 5, None),
    (lower_works, 10, 374, 3722, 0, 5, None),
    (lower_works, 20, 0, 4096, 0, None, None),
    (responsible, 0, 1111, 2985, 0, 3, 14),
    (responsible, 5, 636, 3460, 0, 6, None),
    (responsible, 10, 302, 3794, 0, 8, None),
    (responsible, 20, 0, 4096, 0, None, None),
]


def cost(found):
    return None if found is None else found.cost


@pytest.mark.slow
@pytest.mark.parametrize(("goal", "level", "proved", "refuted", "undecided", "cheapest", "robust"), COUNTS)
def test_published_counts(scenario, goal, level, proved, refuted, undecided, cheapest, robust):
    plan = search_region(Region.around(scenario("h_county"), Fraction(level, 100)), goal=goal())
    assert plan.counts[0] >= proved and plan.counts[1] >= refuted and plan.counts[2] <= undecided
    assert cost(plan.cheapest) == cheapest
    assert cost(plan.cheapest_robust) == robust
    assert plan.complete and "4,096 bundles examined" in plan.note


@pytest.mark.slow
def test_published_frontier(scenario):
    line = {cost: found.proved for cost, found in frontier(scenario("h_county"))}
    published = {2: 9.75, 3: 15.11, 4: 21.55, 7: 26.5, 8: 28.2, 9: 33.39, 11: 35.7, 12: 39.48, 13: 41.1, 14: 43.58}
    for price, per_cent in published.items():
        assert line[price] >= Fraction(str(per_cent)) / 100


@pytest.mark.parametrize("goal", [removes, no_push, responsible])
@pytest.mark.parametrize("level", [5, 15])
def test_each_verdict_is_that_of_the_bundle_alone(goal, level):
    plan = search_region(Region.around(Delegation(), Fraction(level, 100)), SMALL, goal())
    for number in range(32):
        alone = radius(Delegation(), plan.bundles.names(number), goal(), most=Fraction(1, 2))
        works = alone.proved is not None and alone.proved >= Fraction(level, 100)
        assert (plan.verdict[number] == 1) == works, plan.bundles.names(number)
        assert plan.verdict[number] != 0


@pytest.mark.parametrize("goal", [removes, lower_works])
def test_a_region_of_one_point_is_the_search_at_that_point(goal):
    plan = search_region(Region.around(Delegation(), 0), SMALL, goal())
    assert np.array_equal(plan.proved, search(Delegation(), SMALL, goal()).success)
    assert not plan.open.any()


def test_a_county_outside_is_no_witness():
    region = Region.around(Delegation(), Fraction(1, 10))
    plan = search_region(region, SMALL)
    for number in np.flatnonzero(plan.refuted).tolist():
        names = plan.bundles.names(number)
        witness = plan.witness(names)
        assert witness.model in region and witness.bundle == names
        assert witness.holds(removes())


def test_bundles_that_are_named_are_proved_exactly():
    plan = search_region(Region.around(Delegation(), Fraction(1, 10)), SMALL)
    named = {*plan.minimal, *plan.robust_minimal, *plan.cheapest.ties, *plan.cheapest_robust.ties}
    assert {plan.number(names) for names in named} <= plan.rechecked
    for names in named:
        assert plan.proof(names).pieces >= 1
    assert list(plan.named(lattice.minimal(plan.proved))) == list(plan.minimal)


def test_what_is_not_known_is_not_given():
    plan = search_region(Region.around(Delegation(), Fraction(1, 10)), SMALL)
    with pytest.raises(ReformError, match="not proved"):
        plan.proof([])
    with pytest.raises(ReformError, match="no county is known where list \\+ answer fails"):
        plan.witness(["list", "answer"])


def test_a_plan_is_a_value_and_prints_what_it_found():
    plan = search_region(Region.around(Delegation(), Fraction(1, 10)), SMALL)
    assert "cheapest" in str(plan) and "list" in str(plan)
    again = pickle.loads(pickle.dumps(plan))
    assert np.array_equal(again.verdict, plan.verdict) and again.to_dict() == plan.to_dict()
    assert again.proof(["list", "answer"]) == plan.proof(["list", "answer"])
    assert plan.to_dict()["open"] == 0


def test_time_that_runs_out_leaves_bundles_undecided():
    plan = search_region(Region.around(Delegation(), Fraction(1, 5)), CATALOGUE, time_limit=0.0)
    assert not plan.complete and plan.open.any() and "time limit" in plan.note


def test_no_reform_at_all_is_a_bundle_too():
    plan = search_region(Region.around(Delegation(), Fraction(1, 10)), [])
    assert plan.counts == (0, 1, 0)
    assert plan.witness([]).probability > 0


def test_the_frontier_rises_in_cost_and_radius():
    line = frontier(Delegation(), SMALL)
    costs = [cost for cost, _ in line]
    radii = [found.proved for _, found in line]
    assert costs == sorted(set(costs)) and radii == sorted(set(radii))
    by_hand = {}
    for number in range(32):
        names = [reform.name for i, reform in enumerate(SMALL) if number >> i & 1]
        found = radius(Delegation(), names)
        price = sum(reform.cost for reform in SMALL if reform.name in names)
        by_hand[price] = max(by_hand.get(price, -1), -1 if found.proved is None else found.proved)
    best, expected = -1, []
    for price in sorted(by_hand):
        if by_hand[price] > best:
            best = by_hand[price]
            expected.append((price, best))
    assert [(price, found.proved) for price, found in line] == expected
