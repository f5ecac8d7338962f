"""What a plan says about bundles, in names, prices, sentences and JSON."""

from __future__ import annotations

import dataclasses
import pickle
from fractions import Fraction

import pytest

from blamegame.errors import ReformError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.findings import Cheapest
from blamegame.reforms.goal import unique, unlocks
from blamegame.reforms.reform import Reform, choose
from blamegame.reforms.search import search

FOUR = choose(CATALOGUE, ["list", "tolerate", "train", "escalation_rule"])


@pytest.fixture(scope="module")
def plan():
    return search(Delegation(), FOUR)


def test_bundles_are_named_smallest_first_in_menu_order(plan):
    assert plan.named([15, 4, 3, 0]) == ((), ("train",), ("list", "tolerate"), tuple(r.name for r in FOUR))
    assert plan.named(plan.success) == plan.named(plan.successes)
    assert plan.named([]) == ()
    for number in range(16):
        (names,) = plan.named([number])
        assert plan.number(names) == number
    with pytest.raises(ReformError, match="did you mean 'train'"):
        plan.number(["trian"])


def test_success_is_asked_by_name_in_any_order(plan):
    assert plan.succeeds(["list"]) and plan.succeeds(["train", "tolerate"]) and not plan.succeeds([])
    assert not plan.succeeds(["escalation_rule", "list"])


def test_minimal_robust_and_broken_bundles_of_four_reforms(plan):
    assert plan.minimal == (("list",), ("tolerate", "train"))
    assert plan.robust_minimal == (("list", "tolerate"), ("tolerate", "train"))
    assert plan.robust.tolist() == [b for b in range(16) if b & 3 == 3 or b & 6 == 6]
    assert plan.broken_by_more() == (
        "adding escalation_rule to list brings avoidance back",
        "adding escalation_rule to list + train brings avoidance back",
    )


def test_the_cheapest_bundle_and_every_tie_are_reported(plan):
    assert plan.cheapest == Cheapest(("list",), Fraction(2), (("list",),))
    prices = {"list": 3, "tolerate": 1, "train": 2, "escalation_rule": 0}
    repriced = [dataclasses.replace(reform, cost=prices[reform.name]) for reform in FOUR]
    tied = search(Delegation(), repriced).cheapest
    assert tied.cost == 3 and tied.bundle == ("list",)
    assert tied.ties == (("list",), ("tolerate", "train"), ("tolerate", "train", "escalation_rule"))


def test_the_cheapest_robust_bundle_need_not_be_the_first_of_those_with_nothing_to_spare(plan):
    assert plan.cheapest_robust == Cheapest(("list", "tolerate"), Fraction(3), (("list", "tolerate"),))
    prices = {"list": 3, "tolerate": 1, "train": 2, "escalation_rule": 0}
    repriced = search(Delegation(), [dataclasses.replace(reform, cost=prices[reform.name]) for reform in FOUR])
    assert repriced.robust_minimal[0] == ("list", "tolerate") and repriced.cheapest_robust.cost == 3
    assert repriced.cheapest_robust.bundle == ("tolerate", "train")
    assert repriced.cheapest_robust.ties == (("tolerate", "train"), ("tolerate", "train", "escalation_rule"))


def test_free_reforms_never_pad_the_cheapest_bundle():
    free = [dataclasses.replace(reform, cost=0) for reform in FOUR]
    assert search(Delegation(), free).cheapest.bundle == ("list",)


def test_where_nothing_helps_the_plan_says_so():
    hopeless = search(Delegation(), [Reform("harsher", {"accountability": {"scale": Fraction(8, 5)}})])
    assert hopeless.cheapest is None and hopeless.minimal == () and hopeless.robust_minimal == ()
    assert hopeless.cheapest_robust is None and hopeless.to_dict()["cheapest_robust"] is None
    assert hopeless.to_dict()["cheapest"] is None and hopeless.broken_by_more() == ()
    text = str(hopeless)
    assert "0 of 2 bundles" in text and "none" in text and "cheapest" not in text and "more can be less" not in text


def test_arrays_are_read_only_and_a_plan_survives_pickling(plan):
    for array in (plan.success, plan.range.low.lower, plan.range.high.upper, plan.values, plan.status):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]
    _ = plan.minimal
    copy = pickle.loads(pickle.dumps(plan))
    assert copy.minimal == plan.minimal and copy.to_dict() == plan.to_dict() and copy.stats == plan.stats


def test_the_words_for_other_goals():
    profile = ("assist", "work")
    menu = choose(CATALOGUE, ["train", "reward", "answer"])
    for goal in (unlocks(profile), unique(profile)):
        plan = search(Delegation(), menu, goal)
        assert "undoes the goal" in str(plan) or not len(plan.closure_violations)
    assert search(Delegation(), menu, unlocks(profile)).broken_by_more(1) == (
        "adding answer to train + reward undoes the goal",
    )
