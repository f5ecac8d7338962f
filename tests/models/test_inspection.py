from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.concepts import Nash
from blamegame.errors import ModelError
from blamegame.models.inspection import Inspection
from blamegame.solvers.strategic.nash import nash
from blamegame.verbs import avoidance

share = st.fractions(min_value=Fraction(1, 50), max_value=Fraction(49, 50), max_denominator=50)


def interior(cost, caught, temptation, threat, credit):
    """A model in which Pr(fake) = cost and Pr(inspect) = temptation are strictly between 0 and 1."""
    return Inspection(
        cost_inspect=cost * caught,
        catch_value=caught,
        formalism_sanction=threat,
        cost_formalism=Fraction(1, 10),
        cost_work=Fraction(1, 10) + temptation * threat + credit / 2,
        credit_lower=credit,
        promotability=Fraction(1, 2),
    )


@settings(max_examples=60, deadline=None)
@given(share, share, share, share, share, st.fractions(min_value=1, max_value=3, max_denominator=20))
def test_a_higher_sanction_lowers_inspection_and_not_faking(cost, caught, temptation, threat, credit, factor):
    model = interior(cost, caught, temptation, threat, credit)
    assert model.mixed() == (cost, temptation)
    for sanction in (threat, threat * factor):
        harsher = model.replace(formalism_sanction=sanction)
        ((inspect, fake),) = nash(harsher.stage_game()).equilibria
        assert fake[1] == cost  # whatever the sanction
        assert inspect[0] == temptation * threat / sanction
        assert harsher.mixed() == (fake[1], inspect[0])
        assert avoidance(harsher, Nash()).high.upper == cost


def test_the_formulas_of_the_specification():
    model = Inspection()
    fake, inspect = model.mixed()
    assert fake == model.cost_inspect / model.catch_value
    gain = model.cost_work - model.cost_formalism - model.promotability * model.credit_lower
    assert inspect == gain / model.formalism_sanction


@pytest.mark.parametrize(
    ("changes", "problem", "equilibrium"),
    [
        ({"cost_inspect": 1}, r"Pr\(fake\) = cost_inspect / catch_value is not between 0 and 1", ("trust", "fake")),
        ({"promotability": 1}, r"Pr\(inspect\) = temptation / formalism_sanction", ("trust", "work")),
        ({"formalism_sanction": 0}, r"Pr\(inspect\)", ("inspect", "fake")),
    ],
)
def test_where_no_equilibrium_is_mixed_it_says_so(changes, problem, equilibrium):
    model = Inspection(**changes)
    with pytest.raises(ModelError, match=problem):
        model.mixed()
    ((upper, lower),) = nash(model.stage_game()).equilibria
    assert (model.actions[0][upper.argmax()], model.actions[1][lower.argmax()]) == equilibrium


def test_a_batch_equals_its_items():
    sanctions = np.array([0.2, 0.4, 0.8])
    batch = Inspection(formalism_sanction=sanctions)
    assert batch.payoffs().shape == (3, 2, 2, 2)
    for k, sanction in enumerate(sanctions):
        item = Inspection(formalism_sanction=float(sanction))
        assert np.allclose(batch.payoffs()[k], item.payoffs())
        assert np.isclose(batch.mixed()[1][k], item.mixed()[1])
