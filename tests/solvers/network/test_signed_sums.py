"""Signs of sums: floats nearest to integers, and a bound that holds."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.solvers.network.signed_sums import largest_of, nearest_floats, rounding_bound


def whole(*values):
    return np.array(values, dtype=object)


def test_the_largest_is_by_size_and_never_zero():
    assert largest_of([whole(1, -(10**30)), whole(5)]) == 10**30
    assert largest_of([whole(0, 0)]) == largest_of([]) == 1


def test_floats_are_the_nearest_and_keep_signs_and_zeros():
    found = nearest_floats(whole(10**40, 0, -1), 3 * 10**40)
    assert found.tolist() == [float(Fraction(1, 3)), 0.0, float(Fraction(-1, 3 * 10**40))]


def test_numbers_that_would_vanish_are_refused():
    with pytest.raises(GameError, match="rescale the model"):
        nearest_floats(whole(1), 10**400)


def test_the_bound_covers_the_error_of_a_float_sum():
    rng = np.random.default_rng(0)
    for _ in range(50):
        exact = [Fraction(int(n), 3) for n in rng.integers(-(10**9), 10**9, 200)]
        floats = [float(value) for value in exact]
        bound = rounding_bound(np.abs(floats).sum(), np.array(200))
        assert abs(Fraction(sum(floats)) - sum(exact)) <= Fraction(float(bound))
    assert rounding_bound(np.array(0.0), np.array(200)) == 0
