"""Cuts along a line: every place where a sign that was asked may change, ends included."""

from fractions import Fraction

import pytest

from blamegame.solvers.parametric.line_cuts import between, line_cuts
from blamegame.solvers.parametric.roots import as_root


def test_without_questions_only_the_ends_are_cuts():
    cuts = line_cuts(lambda place: None, Fraction(0), Fraction(1))
    assert cuts == [as_root(Fraction(0)), as_root(Fraction(1))]


@pytest.mark.parametrize("low", [Fraction(0), Fraction(1, 3), Fraction(999, 1000)])
def test_between_lies_strictly_between(low):
    assert low < between(as_root(low), as_root(Fraction(1))) < 1


def test_a_question_about_a_polynomial_cuts_at_each_of_its_roots():
    from flint import fmpq_poly

    polynomial = fmpq_poly([-1, 4]) * fmpq_poly([-2, 0, 4])  # roots 1/4 and the square root of 1/2
    cuts = line_cuts(lambda place: place.sign(polynomial), Fraction(0), Fraction(1))
    assert len(cuts) == 4 and cuts[1] == as_root(Fraction(1, 4))
    irrational = cuts[2].refined(Fraction(1, 10**9))
    assert irrational.low**2 <= Fraction(1, 2) <= irrational.high**2
