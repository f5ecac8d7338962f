"""Polynomials of degree one in each lever agree with the numbers they stand for, or refuse."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame import Delegation
from blamegame.errors import UnsupportedGame
from blamegame.reforms.multi_affine import MultiAffine, as_multi_affine
from blamegame.testing.strategies import delegation_models

LEVERS = ("accountability", "tolerance", "diffusion", "trace_shield")


@settings(max_examples=40, deadline=None)
@given(delegation_models(), st.lists(st.fractions(0, 1), min_size=4, max_size=4))
def test_payoffs_as_polynomials_are_the_payoffs(model, values):
    lifted = model.replace(dict(zip(LEVERS, MultiAffine.levers(4))))
    expected = model.replace(dict(zip(LEVERS, values))).payoffs()
    found = np.asarray(lifted.payoffs(), dtype=object)
    assert [as_multi_affine(p).at(values) for p in found.ravel().tolist()] == expected.ravel().tolist()


def test_arithmetic():
    x, y = MultiAffine.levers(2)
    at = (Fraction(1, 3), Fraction(2))
    assert ((x + 1) * (y - 2) / 4).at(at) == 0
    assert (3 - x * y).at(at) == Fraction(7, 3)
    assert (-x).at(at) == Fraction(-1, 3)
    assert (x - x).positive_part().at(at) == 0


@pytest.mark.parametrize("use", [lambda x: x * x, lambda x: 1 / 2 / x, lambda x: x.positive_part(), lambda x: x / x])
def test_what_has_another_form_is_refused(use):
    (x,) = MultiAffine.levers(1)
    with pytest.raises((UnsupportedGame, TypeError)):
        use(x)


def test_a_causal_rule_over_what_causes_is_refused_in_words():
    (x,) = MultiAffine.levers(1)
    with pytest.raises(UnsupportedGame, match="not of degree one"):
        Delegation(causal_weight=Fraction(1, 2), authority=x).payoffs()
