"""Paths of reforms: the fixtures of model.md section 8."""

from fractions import Fraction

import pytest

from blamegame import CATALOGUE, Delegation, Reform, load, unlocks
from blamegame.errors import ReformError
from blamegame.reforms.adjustment import adjust
from blamegame.reforms.goal import at_most, removes
from blamegame.reforms.paths import one_after_another, order_dependent, path, temporary
from blamegame.reforms.reform import apply, choose

AW, AE, PE, PF = (0, 0), (0, 1), (1, 1), (1, 2)


def named(*names):
    (found,) = zip(*(choose(CATALOGUE, name) for name in names))
    return found


def test_in_the_trap_five_pairs_need_not_last():
    expected = {
        ("empower", "tolerate"),
        ("empower", "escalation_rule"),
        ("list", "tolerate"),
        ("list", "answer"),
        ("tolerate", "escalation_rule"),
    }
    assert set(temporary(load("trap").model, CATALOGUE, ("push", "escalate"))) == expected
    only_work = temporary(load("trap").model, CATALOGUE, ("push", "escalate"), removes([AE, PE, PF, (1, 0), (0, 2)]))
    assert set(only_work) == expected


def test_in_the_paper_trap_empower_alone_need_not_last():
    model = load("paper_trap").model
    assert temporary(model, CATALOGUE, ("push", "formalism"), most=1) == (("empower",),)
    pairs = [pair for pair in temporary(model, CATALOGUE, ("push", "formalism")) if len(pair) == 2]
    for pair in pairs:  # by the definition, written out
        during = adjust(apply(model.exact(), choose(CATALOGUE, pair)), PF).ends
        assert [adjust(model, cell).ends for cell in during] == [(AW,)]


def test_at_the_defaults_nothing_temporary_helps():
    assert temporary(Delegation(), CATALOGUE, ("push", "escalate")) == ()


def test_in_the_paper_trap_empower_must_come_before_harsher():
    model, (empower, harsher) = load("paper_trap").model, named("empower", "harsher")
    start = ("push", "formalism")
    assert path(model, one_after_another([empower, harsher]), start).plays[-1] == (AW,)
    assert path(model, one_after_another([harsher, empower]), start).plays[-1] == (PF,)
    assert path(model, [[empower, harsher]], start).plays[-1] == (PF,)


def test_at_the_defaults_list_must_come_before_the_escalation_rule():
    lists, rule = named("list", "escalation_rule")
    start = ("push", "escalate")
    assert path(Delegation(), one_after_another([lists, rule]), start).plays[-1] == (AE,)
    assert path(Delegation(), one_after_another([rule, lists]), start).plays[-1] == (PF,)


def test_sets_whose_order_matters():
    found = order_dependent(load("paper_trap").model, CATALOGUE, ("push", "formalism"))
    assert [one.reforms for one in found] == [("empower", "harsher")]
    assert dict(found[0].endings) == {("empower", "harsher"): (AW,), ("harsher", "empower"): (PF,)}
    defaults = order_dependent(Delegation(), CATALOGUE, ("push", "escalate"))
    assert [one.reforms for one in defaults] == [("list", "escalation_rule"), ("answer", "escalation_rule")]
    assert order_dependent(load("trap").model, CATALOGUE, ("push", "escalate")) == ()


def test_order_matters_in_a_set_of_three_wherever_its_orders_end_differently():
    model, menu = load("paper_trap").model, choose(CATALOGUE, ["empower", "list", "harsher"])
    found = order_dependent(model, menu, ("push", "formalism"), size=3)
    for one in found:
        for names, plays in one.endings:
            assert path(model, one_after_another(named(*names)), ("push", "formalism")).plays[-1] == plays


def test_withdrawing_is_a_step_without_the_reform():
    model, (tolerate, rule) = load("trap").model, named("tolerate", "escalation_rule")
    found = path(model, [[tolerate], [tolerate, rule], [rule], []], ("push", "escalate"))
    assert found.plays == ((PE,), (AW,), (AW,), (AW,))
    assert found.bundles == (("tolerate",), ("tolerate", "escalation_rule"), ("escalation_rule",), ())
    assert found.settles and str(found).splitlines()[-1] == "no reform: (assist, work) -> (assist, work)"


def test_a_cycle_on_the_way_lets_every_profile_of_it_be_next():
    found = path(load("cycle").model, [[]], ("push", "work"))
    assert not found.settles and len(found.plays[0]) == 4


def test_ties_are_followed_all_the_way():
    """At authority where work and escalate tie exactly under push, a path holds both."""
    tie = load("trap").model.replace(authority=Fraction(3721, 6909))
    found = adjust(tie, ("push", "formalism"))
    assert len(found.plays) > 1


def test_a_goal_of_some_equilibrium_asks_for_some_play():
    found = temporary(load("trap").model, CATALOGUE, ("push", "escalate"), unlocks(("assist", "work")), most=1)
    assert found == ()


def test_goals_and_models_that_play_nothing_are_refused():
    with pytest.raises(ReformError, match="not about what is played"):
        temporary(load("trap").model, CATALOGUE, ("push", "escalate"), at_most("paperwork", 1))
    with pytest.raises(ReformError, match="no game in strategic form"):
        path(load("departments").model, [[]], (0, 0))
    same = [Reform("a", {"authority": {"add": 1}}), Reform("a", {"authority": {"add": 0}})]
    with pytest.raises(ReformError, match="two different reforms"):
        path(load("trap").model, [same], ("push", "escalate"))
