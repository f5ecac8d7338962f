"""Common roots of polynomials in one and two unknowns: none missed, none outside, a continuum is said to be one."""

from fractions import Fraction

import flint
import pytest

from blamegame.solvers.stochastic.common_roots import Undetermined, common_roots, value

CONTEXT = flint.fmpq_mpoly_ctx.get(("x", "y"), "lex")
X, Y = CONTEXT.gens()


def roots(*polynomials, unknowns=2):
    found = common_roots(list(polynomials), unknowns, Fraction(0), Fraction(1))
    return sorted(tuple(round(float(ball.mid()), 9) for ball in root) for root in found)


def test_two_curves_meet_where_both_vanish_and_only_inside_the_range():
    assert roots(X**2 + Y**2 - 1, X - Y) == [(0.707106781, 0.707106781)]
    assert roots(2 * X - 1, 3 * Y - 1) == [(0.5, 0.333333333)]
    assert roots(X - 2, Y) == []


def test_a_third_polynomial_drops_what_is_no_root_of_it():
    assert roots((2 * X - 1) * (4 * X - 1), 2 * Y - 1, X - Y) == [(0.5, 0.5)]


def test_no_root_where_one_polynomial_is_a_number():
    assert roots(X, Y, X - X + 1) == []


def test_a_continuum_is_said_to_be_one():
    for polynomials in ((X - Y,), (X * Y, X * (Y - 1)), ()):
        with pytest.raises(Undetermined):
            roots(*polynomials)


def test_one_unknown_takes_the_roots_that_all_share():
    line = flint.fmpq_mpoly_ctx.get(("x",), "lex")
    (x,) = line.gens()
    assert roots((2 * x - 1) * (4 * x - 1), (2 * x - 1) * x, unknowns=1) == [(0.5,)]
    assert value(x**2 + 1, (flint.arb(3),)) == 10
    with pytest.raises(Undetermined):
        roots(unknowns=1)
