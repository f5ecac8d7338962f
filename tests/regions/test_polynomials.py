"""Payoffs as polynomials are the model's payoffs, exactly; what is no polynomial of degree one is refused in words."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import UnsupportedGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.difficulty import Difficulty
from blamegame.models.inspection import Inspection
from blamegame.models.promotion import Promotion
from blamegame.regions.polynomials import payoff_polynomials

shares = st.fractions(0, 1, max_denominator=20)


def polynomial_value(polynomial, point):
    total = Fraction(0)
    for monomial, c in polynomial.items():
        for v, x in enumerate(point):
            if monomial >> v & 1:
                c *= x
        total += c
    return total


def fixed_of(model, free=None):
    kept = {"causal_weight"}
    return {n: Fraction(getattr(model, n)) for n in model.parameters() if n in kept}


@pytest.mark.parametrize(
    "model", [Delegation(), Promotion(), Inspection(), Chain(tiers=2)], ids=lambda m: type(m).__name__
)
@settings(max_examples=10)
@given(data=st.data())
def test_they_are_the_payoffs_at_every_point(model, data):
    payoffs = payoff_polynomials(model, fixed_of(model))
    point = [data.draw(shares) for _ in payoffs.variables]
    try:
        table = model.replace(dict(zip(payoffs.variables, point))).payoffs()
    except ValueError:
        return
    found = [polynomial_value(polynomial, point) for polynomial in payoffs.exact]
    assert found == list(table.ravel())
    floats = payoffs.at(np.array([[float(x) for x in point]]))[0]
    assert np.allclose(floats, table.astype(float), rtol=0, atol=1e-12)


def test_difficulty_is_of_degree_one_in_all_but_what_enters_its_classes():
    model = Difficulty()
    held = {n: Fraction(getattr(model, n)) for n in ("authority", "assistance", "causal_weight", "baseline_success")}
    payoffs = payoff_polynomials(model, held)
    assert payoffs.shape == (2, 2, 27) and "tolerance" in payoffs.variables


def test_liability_by_cause_is_refused_as_an_interval_and_taken_at_zero():
    model = Delegation()
    with pytest.raises(UnsupportedGame, match="causal_weight"):
        payoff_polynomials(model, {})
    assert payoff_polynomials(model, fixed_of(model)).shape == (2, 2, 3)


def test_liability_by_cause_is_a_number_where_its_parameters_are():
    model = Delegation(causal_weight=Fraction(1, 2))
    free = ("tolerance", "cost_work", "credit_upper")
    held = {n: Fraction(getattr(model, n)) for n in model.parameters() if n not in free}
    payoffs = payoff_polynomials(model, held)
    found = [polynomial_value(p, [getattr(model, n) for n in payoffs.variables]) for p in payoffs.exact]
    assert found == list(model.payoffs().ravel())


def test_a_degree_above_one_is_refused_with_the_parameter():
    class Squared(Delegation):
        def payoffs(self):
            return super().payoffs() * self.values()["accountability"]

    model = Squared()
    with pytest.raises(UnsupportedGame, match="accountability enters the payoffs of Squared with a degree above one"):
        payoff_polynomials(model, fixed_of(model))
