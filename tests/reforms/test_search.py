"""The search tries every bundle, decides ties exactly, and is honest about what it did not see."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.answers.table import answer
from blamegame.concepts import CoarseCorrelated, Correlated, MarkovPerfect, Nash, Rationalizable
from blamegame.errors import IncompleteSolution, ReformError, UnsupportedGame
from blamegame.games.event_range import Bound, Range
from blamegame.models.delegation import Delegation
from blamegame.reforms import outcomes
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, removes, unique, unlocks
from blamegame.reforms.reform import Reform, apply, choose
from blamegame.reforms.search import search
from blamegame.verbs import avoidance

FOUR = choose(CATALOGUE, ["list", "tolerate", "train", "escalation_rule"])
WORK = ("assist", "work")
GOALS = [removes(), unlocks(WORK), unique(WORK), removes([("push", "escalate")]), Goal(everywhere=False)]

shares = st.fractions(min_value=0, max_value=1, max_denominator=8)
models = st.builds(
    Delegation, authority=shares, responsibility=shares, push_strength=shares, assistance=shares, tolerance=shares,
    escalation_shield=shares, diffusion=shares, trace_shield=shares, cost_work=shares, cost_assist=shares,
    accountability=shares.map(lambda x: 2 * x), answer_competence=shares,
)  # fmt: skip


def one_by_one(model, menu, goal, concept):
    """The same answers from apply and avoidance, bundle by bundle."""
    answers = []
    for b in range(2 ** len(menu)):
        reformed = apply(model, [reform for i, reform in enumerate(menu) if b >> i & 1])
        found = avoidance(reformed, concept, event=None if goal.outside else goal.event(reformed))
        answers.append((goal.reached(reformed, concept), found.low.lower, found.high.upper, found.status))
    return [list(column) for column in zip(*answers)]


@given(models, st.sampled_from(GOALS), st.sampled_from([Nash(), Correlated(), CoarseCorrelated()]))
@settings(max_examples=60, deadline=None)
def test_the_batch_road_equals_solving_each_bundle_exactly(model, goal, concept):
    menu = choose(CATALOGUE, ["list", "answer", "escalation_rule"])
    plan = search(model, menu, goal, concept=concept)
    success, lowest, highest, status = one_by_one(model, menu, goal, concept)
    assert plan.complete and plan.stats["road"] == "batch"
    assert plan.success.tolist() == success and plan.status.tolist() == status
    assert np.allclose(plan.range.low.lower, np.array(lowest, dtype=float), atol=1e-12)
    assert np.allclose(plan.range.high.upper, np.array(highest, dtype=float), atol=1e-12)


@pytest.mark.parametrize("concept", [Correlated(), CoarseCorrelated(), Rationalizable()], ids=repr)
@pytest.mark.parametrize("goal", GOALS[:3], ids=str)
def test_other_concepts_give_the_same_plan_as_bundle_by_bundle(concept, goal):
    plan = search(Delegation(), FOUR, goal, concept=concept)
    success, lowest, highest, status = one_by_one(Delegation(), FOUR, goal, concept)
    assert plan.success.tolist() == success and plan.status.tolist() == status
    assert plan.range.low.lower.tolist() == pytest.approx([float(v) for v in lowest])
    assert plan.values.tolist() == pytest.approx([1 - float(v) for v in highest])
    assert plan.measure == outcomes.WORST_FREEDOM and plan.base.equilibria == ()


def test_larger_solution_concepts_leave_fewer_successes():
    sets = [
        set(search(Delegation(), FOUR, concept=concept).successes.tolist())
        for concept in (CoarseCorrelated(), Correlated(), Nash())
    ]
    assert sets[0] <= sets[1] <= sets[2]


def tie(authority_gap):
    """Work and escalate differ for lower under push by exactly nothing, shifted by ``authority_gap`` of authority."""
    model = Delegation()
    p = {name: getattr(model, name) for name in model.parameters()}
    pushed = p["responsibility"] + p["push_strength"] * (1 - p["responsibility"])
    critical = (
        (p["cost_work"] - p["cost_escalate"]) / (1 - p["baseline_success"])
        + p["accountability"] * pushed * (p["escalation_shield"] - p["tolerance"])
    ) / (p["promotability"] * p["credit_lower"] + p["accountability"] * pushed * (1 - p["tolerance"]))
    return model, Reform("empower exactly", {"authority": {"floor": critical + authority_gap}})


@pytest.mark.parametrize(
    ("gap", "avoids"), [(Fraction(-1, 10**20), True), (Fraction(0), True), (Fraction(1, 10**20), False)]
)
@pytest.mark.parametrize("concept", [Nash(), Correlated(), CoarseCorrelated(), Rationalizable()], ids=repr)
def test_a_bundle_within_1e_20_of_a_tie_is_decided_exactly(gap, avoids, concept):
    """Theorem T2: work beats escalate under push exactly above the critical authority; floats cannot see 1e-20."""
    model, empower = tie(gap)
    goal = removes([("push", "escalate")])
    plan = search(model, [empower], goal, concept=concept)
    assert plan.success.tolist() == [False, not avoids]
    assert plan.success[1] == goal.reached(apply(model, [empower]), concept)
    assert plan.decided_exactly == 1


def test_payoffs_that_lose_their_digits_in_floats_are_computed_exactly():
    """Lower's payoffs are 1e-18 apart while upper's parameters are near 1: no float payoff may decide."""
    nothing = dict.fromkeys(("credit_lower", "accountability", "cost_formalism", "formalism_sanction"), 0)
    model = Delegation(**nothing, cost_work=Fraction(1, 10**18), cost_escalate=Fraction(2, 10**18))
    plan = search(model, [Reform("dearer", {"cost_work": {"add": Fraction(2, 10**18)}})], unlocks(("push", "work")))
    assert plan.success.tolist() == [avoidance(model, Nash(), event=[("push", "work")]).high.upper == 1, False]
    dearer = search(
        model, [Reform("dearer", {"cost_formalism": {"add": Fraction(1, 10**18)}})], unlocks(("push", "work"))
    )
    assert dearer.success.tolist() == [False, True]


def test_floats_are_searched_as_the_rationals_they_store():
    floats = Delegation(**{name: float(getattr(Delegation(), name)) for name in Delegation.parameters()})
    assert search(floats).success.tolist() == search(Delegation()).success.tolist()
    assert search(floats, FOUR).model is floats


def test_menu_order_changes_numbers_but_not_bundles():
    forward, backward = search(Delegation(), FOUR), search(Delegation(), FOUR[::-1])
    assert {frozenset(b) for b in forward.minimal} == {frozenset(b) for b in backward.minimal}
    assert forward.shapley == pytest.approx(dict(backward.shapley))


def test_the_empty_menu_says_whether_the_goal_is_already_reached():
    assert search(Delegation(), []).success.tolist() == [False]
    plan = search(apply(Delegation(), FOUR), [])
    assert plan.minimal == ((),) and plan.cheapest.cost == 0 and plan.robust_minimal == ((),)
    assert "nothing (cost 0)" in str(plan) and dict(plan.shapley) == {}


def test_an_arbitrary_measure_gets_each_exact_model():
    seen = []

    def means(model):
        seen.append(type(model.authority))
        return model.authority + model.tolerance

    plan = search(Delegation(), FOUR[:2], measure=means)
    assert plan.measure == "means" and seen == [Fraction] * 4
    assert dict(plan.shapley) == pytest.approx({"list": 0.0, "tolerate": 0.4})
    assert search(Delegation(), FOUR[:1], concept=Rationalizable(), measure=means).values.tolist() == [0.4, 0.4]


@pytest.fixture
def not_at_once(monkeypatch):
    monkeypatch.setattr(outcomes, "_has_batch", lambda bundles, concept: False)


def test_progress_is_told_how_far_the_search_is(not_at_once):
    calls = []
    search(Delegation(), FOUR, concept=Rationalizable(), progress=lambda done, total: calls.append((done, total)))
    assert calls == [(done, 16) for done in range(1, 17)]


def stop_after(count):
    def progress(done, total):
        if done == count:
            raise KeyboardInterrupt

    return progress


def test_ctrl_c_keeps_what_is_known_and_refuses_what_is_not(not_at_once):
    whole = search(Delegation(), FOUR, concept=Rationalizable())
    plan = search(Delegation(), FOUR, concept=Rationalizable(), progress=stop_after(5))
    assert not plan.complete and plan.examined == 5
    assert plan.note == "stopped after 5 of 16 bundles: interrupted"
    assert plan.success.tolist() == [*whole.success[:5].tolist(), *[False] * 11]
    assert plan.status.tolist() == [*whole.status[:5].tolist(), *[""] * 11]
    assert plan.succeeds(["list"]) and not plan.succeeds(["tolerate"])
    with pytest.raises(
        IncompleteSolution, match=r"the bundle train \+ escalation_rule was not examined: stopped after 5"
    ):
        plan.succeeds(["train", "escalation_rule"])
    unknown = ("minimal", "robust_minimal", "cheapest", "cheapest_robust", "closure_violations", "shapley")
    for claim in ("robust", *unknown):
        with pytest.raises(IncompleteSolution, match="need every bundle, and this search is not complete"):
            getattr(plan, claim)
    assert "stopped after 5 of 16" in str(plan) and "minimal" not in str(plan)
    short = plan.to_dict()
    assert short["complete"] is False and short["bundles_examined"] == 5 and short["base"]["status"] == "entrenched"
    assert all(short[key] is None for key in unknown)


def test_a_time_limit_stops_with_advice():
    plan = search(Delegation(), time_limit=0)
    assert not plan.complete and plan.examined == 0 and len(plan.successes) == 0
    assert plan.note == (
        "stopped after 0 of 4,096 bundles: time_limit=0 s ran out; allow more time or search a smaller menu"
    )
    assert "none examined" in str(plan)
    assert search(Delegation(), FOUR, time_limit=1000).complete


def test_a_model_that_cannot_hold_a_batch_is_searched_one_by_one(whole, pennies):
    menu = [Reform("double", {"prize": {"scale": 2}}), Reform("more", {"prize": {"add": 1}})]
    slow, fast = search(whole, menu), search(pennies, menu)
    assert (slow.stats["road"], fast.stats["road"]) == ("single", "batch")
    assert slow.range.low.lower.tolist() == pytest.approx(fast.range.low.lower.tolist())
    assert slow.values.tolist() == pytest.approx([3 / 4, 4 / 5, 4 / 5, 5 / 6])
    assert fast.values.tolist() == pytest.approx([3 / 4, 4 / 5, 4 / 5, 5 / 6])
    assert slow.measure == fast.measure == outcomes.WORST_FREEDOM
    assert slow.note == "all 4 bundles examined, each in rational arithmetic"


def test_three_offices_are_searched_where_a_solver_is_complete(three_offices):
    menu = [Reform("subsidy", {"cost": {"scale": Fraction(1, 4)}}), Reform("pay", {"value": {"add": 5}})]
    plan = search(three_offices, menu, unlocks(("act",) * 3), concept=Correlated())
    assert plan.minimal == (("subsidy",), ("pay",)) and plan.stats["road"] == "single"
    assert set(plan.status.tolist()) == {"entrenched", "trap"}
    every = search(three_offices, menu, unlocks(("act",) * 3))
    assert every.complete and every.success.tolist() == plan.success.tolist()


def test_a_concept_without_a_solver_for_the_model_is_refused():
    with pytest.raises(UnsupportedGame):
        search(Delegation(), FOUR, concept=MarkovPerfect(Fraction(1, 2)))


def replaced_range(monkeypatch, change):
    """Let the single road see ranges changed by ``change(range, how many were asked before)``."""
    asked = []

    def fake(question, deadline):
        asked.append(question)
        return change(answer(question, deadline), len(asked) - 1)

    monkeypatch.setattr(outcomes, "answer", fake)
    monkeypatch.setattr(outcomes, "_has_batch", lambda bundles, concept: False)


def test_an_incomplete_solver_proves_some_but_not_every(monkeypatch):
    def third_is_partial(found, count):
        return found if count != 2 else Range(Bound(0, found.low.upper), Bound(found.high.lower, 1), False)

    concept = Rationalizable()
    menu = choose(CATALOGUE, ["answer", "list"])
    whole = search(Delegation(), menu).success.tolist()
    assert whole == [False, True, True, True]
    replaced_range(monkeypatch, third_is_partial)
    plan = search(Delegation(), menu, concept=concept)
    assert plan.success.tolist() == [False, True, False, True] and not plan.complete
    assert plan.status.tolist() == ["entrenched", "free", "undecided", "free"]
    assert plan.note == "all 4 bundles examined, but 1 could not be decided"
    replaced_range(monkeypatch, third_is_partial)
    assert search(Delegation(), menu, Goal(everywhere=False), concept=concept).success.tolist() == whole


def test_a_bundle_without_any_equilibrium_is_no_success_and_has_no_share(monkeypatch):
    def none_at_first(found, count):
        return found if count else Range.empty()

    replaced_range(monkeypatch, none_at_first)
    plan = search(Delegation(), FOUR[:2], concept=Rationalizable())
    assert plan.success.tolist() == [False, True, False, True] and plan.complete
    assert plan.status[0] == "no equilibrium" and np.isnan(plan.range.low.lower[0])
    with pytest.raises(ReformError, match="the measure has no value at 1 of 4 bundles"):
        _ = plan.shapley
    assert plan.to_dict()["shapley"] is None
    assert "No Shapley shares: the measure has no value at 1 of 4" in str(plan)


@pytest.mark.slow
def test_sixteen_reforms_are_searched_completely():
    extra = [
        Reform("share", {"responsibility": {"scale": Fraction(1, 2)}}),
        Reform("staff", {"cost_work": {"scale": Fraction(3, 4)}}),
        Reform("letters", {"cost_push": {"add": Fraction(1, 10)}}),
        Reform("fines", {"formalism_sanction": {"scale": 2}}),
    ]
    plan = search(Delegation(), [*CATALOGUE, *extra])
    assert plan.complete and plan.bundles_total == 65_536
    assert plan.success[:4096].tolist() == search(Delegation()).success.tolist()
    for b in np.random.default_rng(0).integers(4096, 65_536, 200).tolist():
        found = avoidance(plan.bundles.exact(b), Nash())
        assert plan.status[b] == found.status and plan.success[b] == (found.high.upper == 0)
