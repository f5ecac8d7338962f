from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy

from blamegame.errors import GameError, ModelError, UnsupportedGame
from blamegame.models.delegation import Delegation
from blamegame.models.team import Team
from blamegame.studies.conditions import conditions

OUT_OF_USE = ("tolerance_risk", "causal_weight")
SYMBOLS = {name: sympy.Symbol(spec.symbol, real=True) for name, spec in Delegation.parameters().items()}


def symbol(name):
    return SYMBOLS[name]


def the_one(profile, solve_for, instead):
    found = conditions(Delegation(), profile, solve_for=solve_for)
    return next(condition for condition in found if condition.instead == instead)


def same(left, right):
    return sympy.cancel(left - right) == 0


def pushed_share():
    r, k, z = symbol("responsibility"), symbol("push_strength"), symbol("upward_tracing")
    return r + k * (1 - z) * (1 - r)


@pytest.mark.parametrize("instead", ["escalate", "formalism"])
def test_t2_is_reproduced_in_closed_form(instead):
    b, t, m = symbol("baseline_success"), symbol("tolerance"), symbol("substantive_inspection")
    stake = symbol("accountability") * pushed_share()
    if instead == "escalate":
        shield, cost = symbol("escalation_shield"), symbol("cost_escalate")
    else:
        shield = (1 - m) * symbol("trace_shield")
        cost = symbol("cost_formalism") + m * symbol("formalism_sanction")
    value = symbol("promotability") * symbol("credit_lower")
    critical = ((symbol("cost_work") - cost) / (1 - b) + stake * (shield - t)) / (value + stake * (1 - t))
    condition = the_one(("push", "work"), "authority", instead)
    assert same(condition.threshold, critical) and condition.relation == ">="


def test_t4_is_reproduced_in_closed_form():
    a, s, t, z = (symbol(n) for n in ("authority", "assistance", "tolerance", "upward_tracing"))
    stake = symbol("accountability") * (1 - symbol("responsibility"))
    needed = (
        (1 - (1 - s) * (1 - t))
        + symbol("credit_upper") * s / stake
        - (symbol("cost_assist") - symbol("cost_push")) / (stake * (1 - symbol("baseline_success")) * (1 - a))
    ) / (1 - z)
    condition = the_one(("push", "work"), "push_strength", "assist")
    assert same(condition.threshold, needed) and condition.relation == ">="


def test_t5_is_reproduced_in_closed_form():
    names = (
        "accountability",
        "baseline_success",
        "answer_competence",
        "tolerance",
        "responsibility",
        "escalation_shield",
    )
    big_a, b, n, t, r, e = (symbol(name) for name in names)
    costs = symbol("cost_assist") + symbol("cost_answer") - symbol("cost_push")
    inner = costs / (big_a * (1 - b)) - symbol("credit_upper") * n / big_a
    inner += (1 - n) * (1 - t) * (1 - r * (1 - e)) - (1 - pushed_share())
    condition = the_one(("push", "escalate"), "diffusion", "assist")
    assert same(condition.threshold, 1 - inner / (pushed_share() * e)) and condition.relation == ">="


def test_a_condition_holds_exactly_where_the_payoffs_say_so():
    rng = random.Random(7)
    found = conditions(Delegation(), ("assist", "work"), solve_for="tolerance")
    for _ in range(50):
        values = {name: Fraction(rng.randint(0, 10), 10) for name in SYMBOLS if name not in OUT_OF_USE}
        payoffs = Delegation(**values).payoffs()
        point = {SYMBOLS[n]: sympy.Rational(v.numerator, v.denominator) for n, v in values.items()}
        gains = [
            payoffs[0, 0, 0] - payoffs[0, 1, 0],
            payoffs[1, 0, 0] - payoffs[1, 0, 1],
            payoffs[1, 0, 0] - payoffs[1, 0, 2],
        ]
        assert [c.advantage.subs(point) for c in found] == [sympy.Rational(g.numerator, g.denominator) for g in gains]


def test_a_slope_of_either_sign_says_so_and_an_absent_parameter_too():
    depends = the_one(("push", "work"), "responsibility", "escalate")
    assert depends.relation == "depends" and "where" in str(depends) and r"\text{ where }" in depends.latex()
    absent = the_one(("push", "work"), "cost_answer", "escalate")
    assert absent.relation == "absent" and str(absent).endswith(">= 0") and r"\geq 0" in absent.latex()
    falls = the_one(("push", "work"), "cost_work", "escalate")
    assert falls.relation == "<=" and r"\leq" in falls.latex()


def test_wrong_names_are_refused():
    with pytest.raises(ModelError, match="did you mean 'authority'"):
        conditions(Delegation(), ("push", "work"), solve_for="authorty")
    with pytest.raises(ModelError, match="did you mean 'tolerance'"):
        conditions(Delegation(), ("push", "work"), solve_for="authority", symbols=["tolerence"])
    with pytest.raises(GameError, match="'wurk' is not an action"):
        conditions(Delegation(), ("push", "wurk"), solve_for="authority")


def test_a_model_without_a_table_of_payoffs_is_refused_with_the_way_out():
    with pytest.raises(UnsupportedGame, match="Team has no table of payoffs"):
        conditions(Team(), (), solve_for="exposure")
