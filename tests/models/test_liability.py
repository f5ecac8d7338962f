from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from blamegame.games.responses import regret
from blamegame.games.strategic import pure_profile
from blamegame.models.delegation import Delegation
from blamegame.models.liability import causal_shares, territorial_shares

shares = st.integers(0, 10).map(lambda k: Fraction(k, 10))
models = st.fixed_dictionaries(dict.fromkeys(Delegation.parameters(), shares)).map(lambda v: Delegation(**v))


def pure_equilibria(model):
    game = model.stage_game()
    cells = [(i, j) for i in range(2) for j in range(3)]
    return [
        (game.actions[0][i], game.actions[1][j]) for i, j in cells if not any(regret(game, pure_profile(game, (i, j))))
    ]


@given(models)
def test_territorial_blame_is_conserved_but_for_tolerance_traces_and_diffusion(model):
    closed = model.replace(tolerance=0, trace_shield=0, diffusion=0)
    upper, lower = territorial_shares(closed.values())
    for i in range(2):
        for j in range(3):
            assert upper[i][j] + lower[i][j] == 1


@given(models)
def test_causal_shares_sum_to_one_where_a_departure_mattered_and_to_zero_elsewhere(model):
    success = model.success().tolist()
    upper, lower = causal_shares(success)
    for i in range(2):
        for j in range(3):
            mattered = success[0][j] > success[i][j] or success[i][0] > success[i][j]
            assert upper[i][j] + lower[i][j] == int(mattered)


def test_doing_one_s_duty_is_never_charged_under_the_causal_rule():
    upper, lower = causal_shares(Delegation().success().tolist())
    assert upper[0] == [0, 0, 0]
    assert [row[0] for row in lower] == [0, 0]


def test_half_causal_attribution_turns_avoidance_into_responsibility_at_the_defaults():
    assert pure_equilibria(Delegation(causal_weight=Fraction(1, 4))) == [("push", "escalate")]
    assert pure_equilibria(Delegation(causal_weight=Fraction(1, 2))) == [("assist", "work")]


@given(models, shares)
def test_the_mixed_rule_gives_the_same_payoffs_in_floats_and_fractions(model, weight):
    exact = model.replace(causal_weight=weight).payoffs().astype(float)
    floats = {name: float(getattr(model, name)) for name in Delegation.parameters()}
    batch = Delegation(**{**floats, "causal_weight": np.full(2, float(weight))}).payoffs()
    np.testing.assert_allclose(batch[1], exact, atol=1e-9)


def test_the_causal_rule_has_a_closed_form():
    import sympy

    a = sympy.Symbol("a")
    closed = Delegation(authority=a, causal_weight=Fraction(1, 2)).payoffs()
    exact = Delegation(authority=Fraction(1, 3), causal_weight=Fraction(1, 2)).payoffs()
    for form, value in zip(closed.ravel(), exact.ravel()):
        assert sympy.sympify(form).subs(a, sympy.Rational(1, 3)) == sympy.Rational(value.numerator, value.denominator)


@given(models)
def test_what_tolerance_waives_for_work_falls_on_the_superior_as_far_as_that_is_at_risk(model):
    """Wholly at risk, tolerance of lower's work leaves blame conserved where upper's own good faith does not count."""
    upper, lower = territorial_shares(model.replace(tolerance_risk=1).values())
    assert upper[1][0] + lower[1][0] == 1
    without, kept = territorial_shares(model.replace(tolerance_risk=0).values())
    vouched, same = territorial_shares(model.values())
    assert same == kept
    for i in range(2):
        waived = model.tolerance * lower[i][0] / (1 - model.tolerance) if model.tolerance < 1 else None
        assert waived is None or vouched[i][0] - without[i][0] == model.tolerance_risk * waived
    assert [row[1:] for row in vouched] == [row[1:] for row in without]
