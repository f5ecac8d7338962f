"""Shapley shares against the definition by orders, and the axioms."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import ReformError
from blamegame.games.strategic import object_array
from blamegame.reforms.shapley import shapley

rationals = st.fractions(min_value=-3, max_value=3, max_denominator=12)
games = st.integers(0, 4).flatmap(lambda k: st.lists(rationals, min_size=1 << k, max_size=1 << k))


def by_orders(values, k):
    """The mean marginal contribution over all orders, as Shapley (1953) describes it."""
    shares, orders = [Fraction(0)] * k, list(permutations(range(k)))
    for order in orders:
        bundle = 0
        for i in order:
            shares[i] += values[bundle | 1 << i] - values[bundle]
            bundle |= 1 << i
    return [share / len(orders) for share in shares]


@given(games)
@settings(max_examples=50, deadline=None)
def test_shares_are_the_mean_over_all_orders_exactly(values):
    k = len(values).bit_length() - 1
    shares = shapley(object_array(values)).tolist()
    assert shares == by_orders(values, k)
    assert sum(shares) == values[-1] - values[0]


@given(games)
@settings(max_examples=50, deadline=None)
def test_floats_give_the_same_shares_to_rounding(values):
    floats = shapley(np.array([float(v) for v in values]))
    assert floats.dtype == np.float64
    assert np.allclose(floats, [float(s) for s in shapley(object_array(values))], atol=1e-12)


def test_a_reform_that_changes_nothing_gets_nothing():
    values = np.array([1.0, 1.0, 5.0, 5.0])  # reform 0 is idle
    assert shapley(values).tolist() == [0.0, 4.0]


def test_the_glove_game_of_the_literature():
    """One left glove (reform 0), two right gloves: 2/3, 1/6, 1/6."""
    values = object_array([Fraction(int(bool(b & 1) and bool(b & 6))) for b in range(8)])
    assert shapley(values).tolist() == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]


def test_a_missing_value_is_refused_not_spread():
    with pytest.raises(ReformError, match="no value at 1 of 4 bundles"):
        shapley(np.array([0.0, np.nan, 1.0, 1.0]))
