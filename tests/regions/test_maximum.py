"""The exact maximum of a multi-affine polynomial is that over all corners."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.regions.kernels.multiaffine import all_negative, maxima
from blamegame.regions.maximum import maximum
from blamegame.regions.polynomials import _structure

numbers = st.fractions(-3, 3, max_denominator=6)


@st.composite
def boxes(draw, n=5):
    ends = [sorted([draw(numbers), draw(numbers)]) for _ in range(n)]
    return [tuple(end) for end in ends]


polynomials = st.dictionaries(st.integers(0, 31), numbers, max_size=12).map(
    lambda p: {monomial: c for monomial, c in p.items() if c}
)


def value_at(polynomial, point):
    total = Fraction(0)
    for monomial, c in polynomial.items():
        for v, x in enumerate(point):
            if monomial >> v & 1:
                c *= x
        total += c
    return total


def by_corners(polynomial, box):
    return max(value_at(polynomial, corner) for corner in product(*box))


@given(polynomial=polynomials, box=boxes())
def test_it_is_the_best_corner(polynomial, box):
    value, corner = maximum(polynomial, box)
    assert value == by_corners(polynomial, box)
    assert value_at(polynomial, [high if x > 0 else low for x, (low, high) in zip(corner, box)]) == value


@given(polynomial=polynomials, box=boxes(), cut=numbers)
def test_a_cut_is_never_passed_unnoticed(polynomial, box, cut):
    value, _ = maximum(polynomial, box, cut=cut)
    true = by_corners(polynomial, box)
    assert value == true if true > cut else value <= cut


@settings(max_examples=60)
@given(forms=st.lists(polynomials, min_size=1, max_size=4), box=boxes())
def test_the_kernel_finds_the_same_within_its_own_bound(forms, box):
    coefficients, first, pairs = _structure([{31: Fraction(1)}, *forms], 5)
    rows = np.ascontiguousarray(coefficients[1:])
    low, high = (np.array([float(end[side]) for end in box]) for side in (0, 1))
    values, errors = np.empty(len(rows)), np.empty(len(rows))
    corners = np.zeros((len(rows), 5), dtype=np.int8)
    maxima(rows, np.abs(rows), low, high, first, pairs, values, errors, corners)
    for k, polynomial in enumerate(forms):
        assert abs(Fraction(float(values[k])) - by_corners(polynomial, box)) <= Fraction(float(errors[k]))
        assert errors[k] < 1e-9


def test_nothing_at_zero_is_called_negative():
    coefficients, first, pairs = _structure([{1: Fraction(1), 0: Fraction(-1)}], 1)  # x - 1 on [0, 1]
    box = np.array([[0.0]]), np.array([[1.0]])
    out = np.zeros(1, dtype=np.bool_)
    everything = np.array([True])
    all_negative(coefficients, np.abs(coefficients), everything, everything, *box, first, pairs, out)
    assert not out[0]
    all_negative(coefficients, np.abs(coefficients), everything, everything, box[0], box[1] - 0.5, first, pairs, out)
    assert out[0]
