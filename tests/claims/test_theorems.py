"""Theorems T1 to T6 of the delegation game, each against payoffs computed exactly on 2,000 random models.

Parameters are drawn on coarse grids so that ties and corners are common; where a theorem divides by a quantity, models
in which that quantity is zero are drawn again (the theorem says nothing there).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from blamegame.games.responses import regret
from blamegame.games.strategic import pure_profile
from blamegame.models.delegation import Delegation

ASSIST, PUSH = 0, 1
WORK, ESCALATE, FORMALISM = 0, 1, 2
DRAWS = 2_000


def draws(speaks: Callable[[Delegation], bool], seed: int) -> Iterator[Delegation]:
    rng = random.Random(seed)
    parameters = Delegation.parameters()
    found = 0
    while found < DRAWS:
        values = {}
        for name, spec in parameters.items():
            top = 20 if spec.high is not None else 30
            values[name] = Fraction(rng.randint(0, top), 20)
        model = Delegation(**{**values, "causal_weight": 0})
        if speaks(model):
            found += 1
            yield model


def upper(model: Delegation):
    return model.payoffs()[0]


def lower(model: Delegation):
    return model.payoffs()[1]


def either(x: Fraction, y: Fraction) -> Fraction:
    return 1 - (1 - x) * (1 - y)


def pushed_share(m: Delegation) -> Fraction:
    return m.responsibility + m.push_strength * (1 - m.upward_tracing) * (1 - m.responsibility)


def authority_threshold(m: Delegation, shield: Fraction, cost: Fraction) -> Fraction:
    at_stake = m.accountability * pushed_share(m)
    return ((m.cost_work - cost) / (1 - m.baseline_success) + at_stake * (shield - m.tolerance)) / (
        m.promotability * m.credit_lower + at_stake * (1 - m.tolerance)
    )


def threshold_is_defined(m: Delegation) -> bool:
    return (
        m.baseline_success < 1
        and m.promotability * m.credit_lower + m.accountability * pushed_share(m) * (1 - m.tolerance) > 0
    )


def paper_shield(m: Delegation) -> Fraction:
    return (1 - m.substantive_inspection) * m.trace_shield


def paper_cost(m: Delegation) -> Fraction:
    return m.cost_formalism + m.substantive_inspection * m.formalism_sanction


def diffusion_threshold(m: Delegation) -> Fraction:
    a, b, n, t, r, e = (
        m.accountability,
        m.baseline_success,
        m.answer_competence,
        m.tolerance,
        m.responsibility,
        m.escalation_shield,
    )
    r_push = pushed_share(m)
    inner = (
        (m.cost_assist + m.cost_answer - m.cost_push) / (a * (1 - b))
        - m.credit_upper * n / a
        + (1 - n) * (1 - t) * (1 - r * (1 - e))
        - (1 - r_push)
    )
    return 1 - inner / (r_push * e)


def bounce_is_defined(m: Delegation) -> bool:
    return m.accountability * (1 - m.baseline_success) * pushed_share(m) * m.escalation_shield > 0


def t1_speaks(m: Delegation) -> bool:
    return (
        m.accountability > 0
        and m.baseline_success < 1
        and m.responsibility < 1
        and m.push_strength * (1 - m.upward_tracing) < 1
    )


@pytest.mark.parametrize(("action", "shield"), [(ESCALATE, lambda m: m.escalation_shield), (FORMALISM, paper_shield)])
def test_t1_more_responsibility_moves_lower_away_from_work_iff_the_shield_beats_means_and_tolerance(action, shield):
    for model in draws(t1_speaks, seed=1):
        more = model.replace(responsibility=(1 + model.responsibility) / 2)
        gain = lower(model)[PUSH, action] - lower(model)[PUSH, WORK]
        gain_with_more = lower(more)[PUSH, action] - lower(more)[PUSH, WORK]
        assert (gain_with_more > gain) == (shield(model) > either(model.authority, model.tolerance))


@pytest.mark.parametrize(
    ("action", "shield", "cost"),
    [
        (ESCALATE, lambda m: m.escalation_shield, lambda m: m.cost_escalate),
        (FORMALISM, paper_shield, paper_cost),
    ],
)
def test_t2_under_a_push_work_is_at_least_as_good_iff_authority_reaches_its_critical_value(action, shield, cost):
    for model in draws(threshold_is_defined, seed=2):
        critical = authority_threshold(model, shield(model), cost(model))
        works = lower(model)[PUSH, WORK] >= lower(model)[PUSH, action]
        assert works == (model.authority >= critical)
        if 0 <= critical <= 1:
            tie = model.replace(authority=critical)
            assert lower(tie)[PUSH, WORK] == lower(tie)[PUSH, action]


def test_t3_harsher_accountability_raises_critical_authority_iff_the_shield_is_large():
    def speaks(m: Delegation) -> bool:
        return (
            threshold_is_defined(m)
            and m.tolerance < 1
            and m.promotability * m.credit_lower > 0
            and pushed_share(m) > 0
            and m.baseline_success < 1
        )

    for model in draws(speaks, seed=3):
        harsher = model.replace(accountability=model.accountability + Fraction(1, 7))
        rises = authority_threshold(harsher, model.escalation_shield, model.cost_escalate) > authority_threshold(
            model, model.escalation_shield, model.cost_escalate
        )
        shield = (model.escalation_shield - model.tolerance) / (1 - model.tolerance)
        effort = (model.cost_work - model.cost_escalate) / (
            (1 - model.baseline_success) * model.promotability * model.credit_lower
        )
        assert rises == (shield > effort)


def test_t4_against_work_upper_pushes_iff_a_push_moves_enough():
    def speaks(m: Delegation) -> bool:
        return m.accountability * (1 - m.responsibility) * (1 - m.baseline_success) * (1 - m.authority) > 0

    for m in draws(speaks, seed=4):
        at_stake = m.accountability * (1 - m.responsibility)
        vouched = m.tolerance_risk * m.tolerance  # 0 in the specification, where nobody answers for what is forgiven
        needed = (
            either(m.assistance, m.tolerance)
            + vouched * m.assistance * m.responsibility / (1 - m.responsibility)
            + m.credit_upper * m.assistance / at_stake
            - (m.cost_assist - m.cost_push) / (at_stake * (1 - m.baseline_success) * (1 - m.authority))
        )
        pushes = upper(m)[PUSH, WORK] > upper(m)[ASSIST, WORK]
        assert pushes == (m.push_strength * (1 - m.upward_tracing) * (1 - vouched) > needed)


def test_a_superior_who_vouches_for_what_it_forgives_never_gains_more_by_pushing():
    """The more of the waived liability falls on upper, the less a push pays: it makes more to be waived and to fail."""
    for m in draws(lambda m: m.tolerance_risk > 0, seed=7):
        without = m.replace(tolerance_risk=0)
        assert (lower(m) == lower(without)).all()
        gain, gain_without = (upper(x)[PUSH] - upper(x)[ASSIST] for x in (m, without))
        assert (gain <= gain_without).all() and (gain[1:] == gain_without[1:]).all()


def test_t5_against_escalate_upper_bounces_iff_diffusion_exceeds_its_critical_value():
    for m in draws(bounce_is_defined, seed=5):
        pushes = upper(m)[PUSH, ESCALATE] > upper(m)[ASSIST, ESCALATE]
        assert pushes == (m.diffusion > diffusion_threshold(m))


def test_t6_mutual_avoidance_is_an_equilibrium_iff_low_authority_high_diffusion_and_traces_do_not_pay():
    seen = set()
    for m in draws(lambda m: threshold_is_defined(m) and bounce_is_defined(m), seed=6):
        game = m.stage_game()
        is_equilibrium = not any(regret(game, pure_profile(game, ("push", "escalate"))))
        holds = (
            m.authority <= authority_threshold(m, m.escalation_shield, m.cost_escalate)
            and m.diffusion >= diffusion_threshold(m)
            and lower(m)[PUSH, ESCALATE] >= lower(m)[PUSH, FORMALISM]
        )
        assert is_equilibrium == holds
        seen.add(holds)
    assert seen == {True, False}
