"""Linear programmes at a place: the values of another exact solver, degenerate programmes included."""

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import fmpq_poly
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.solvers.linear.linear_programme import maximise
from blamegame.solvers.linear.parametric_simplex import maximum
from blamegame.solvers.parametric.rational_function import Place


@st.composite
def programmes(draw):
    n, m = draw(st.integers(1, 5)), draw(st.integers(0, 6))
    entries = st.integers(-3, 3)
    matrix = [[1] * n, *([draw(entries) for _ in range(n)] for _ in range(m))]
    return [draw(entries) for _ in range(n)], matrix, [1, *(draw(st.sampled_from([0, 0, 1])) for _ in range(m))]


def constants(rows):
    return [fmpq_poly([entry]) for entry in rows]


@settings(max_examples=200, deadline=None)
@given(programmes())
def test_numbers_have_the_value_of_the_exact_solver(programme):
    objective, matrix, bounds = programme
    top, bottom = maximum(
        constants(objective), [constants(row) for row in matrix], constants(bounds), Place(Fraction(1))
    )
    found = top[0] / bottom[0]
    assert bottom[0] > 0 and Fraction(int(found.p), int(found.q)) == maximise(objective, matrix, bounds).value


@settings(max_examples=60, deadline=None)
@given(programmes(), st.lists(st.integers(-2, 2), min_size=5, max_size=5))
def test_the_value_is_the_same_function_as_far_as_no_sign_asked_changes(programme, slopes):
    from blamegame.solvers.parametric.line_cuts import between, line_cuts

    objective, matrix, bounds = programme
    moving = [fmpq_poly([c, slope]) for c, slope in zip(objective, slopes)]

    def look(place):
        return maximum(moving, [constants(row) for row in matrix], constants(bounds), place)

    cuts = line_cuts(look, Fraction(-2), Fraction(2))
    for left, right in pairwise(cuts):
        at = between(left, right)
        top, bottom = look(Place(at))
        here = [c * at.denominator + s * at.numerator for c, s in zip(objective, slopes)]
        value = Fraction(str(top(_q(at)) / bottom(_q(at))))
        assert value * at.denominator == maximise(here, matrix, bounds).value


def _q(value):
    from flint import fmpq

    return fmpq(value.numerator, value.denominator)


def test_what_is_unbounded_is_an_error():
    one = fmpq_poly([1])
    with pytest.raises(ArithmeticError, match="unbounded"):
        maximum([one], [[-one]], [one], Place(Fraction(0)))
