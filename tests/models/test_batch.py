from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ModelError
from blamegame.models.batch import batch_of
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation


def test_ordinary_models_keep_their_float_payoffs():
    model = Delegation(authority=np.linspace(0, 1, 5))
    asked = []
    payoffs = batch_of(model, lambda index: asked.append(index)).payoffs
    assert payoffs is not None and asked == []
    np.testing.assert_array_equal(payoffs, model.payoffs())


def test_payoffs_that_cancelled_are_computed_exactly_and_rounded_once():
    tiny = dict.fromkeys(Delegation.parameters(), 0.0)
    model = Delegation(**{**tiny, "credit_lower": 0.3, "baseline_success": 1.0, "cost_work": np.array([0.1 + 0.2, 1.0]),
                          "cost_escalate": 0.3, "cost_formalism": 0.3, "promotability": 1.0})  # fmt: skip
    payoffs = batch_of(model).payoffs
    expected = np.array([model.item(k).exact().payoffs().astype(float) for k in range(2)])
    np.testing.assert_array_equal(payoffs[0], expected[0])


def test_models_that_call_themselves_ill_conditioned_are_computed_exactly():
    model = Delegation(authority=np.array([1e-13, 0.3]), causal_weight=1.0, answer_competence=0.0)
    payoffs = batch_of(model).payoffs
    assert payoffs[0].tolist() == model.item(0).exact().payoffs().astype(float).tolist()
    assert np.abs(payoffs[0] - model.payoffs()[0]).max() > 0.1


@pytest.mark.parametrize("shape", [(3,), (2, 2)])
def test_a_batch_of_any_shape_is_flattened(shape):
    model = Delegation(authority=np.full(shape, 1e-13), causal_weight=1.0, answer_competence=0.0)
    assert len(batch_of(model)) == int(np.prod(shape))


def test_exact_parameters_bring_exact_payoffs():
    shares = np.array([Fraction(1, 3), Decimal("0.3"), 0.6], dtype=object)
    model = Delegation(authority=shares)
    batch = batch_of(model)
    for k, share in enumerate(shares):
        assert np.all(batch.exact(k) == Delegation(authority=Fraction(share)).payoffs())


def test_floats_beside_exact_parameters_are_the_rationals_they_store():
    model = Delegation(authority=Fraction(143, 213), credit_upper=np.array([0.6, 0.1]))
    truth = Delegation(authority=Fraction(143, 213), credit_upper=Fraction(0.1)).payoffs()
    assert np.all(batch_of(model).exact(1) == truth)


def test_whole_parameters_beyond_floats_stay_exact():
    large = np.array([2**60, 2**60 + 1])
    assert Delegation(accountability=large).accountability.tolist() == large.tolist()
    assert Delegation(accountability=np.array([1, 2])).accountability.dtype == np.float64


def test_a_decimal_is_an_exact_parameter():
    assert Delegation(authority=Decimal("0.3")).authority == Fraction(3, 10)
    with pytest.raises(ModelError, match="authority=13/10 is not a share"):
        Delegation(authority=Decimal("1.3"))


def test_any_number_of_players():
    batch = batch_of(Chain(tiers=3))
    assert len(batch) == 1 and batch.payoffs.shape[1] == len(batch.n_actions) == 3
