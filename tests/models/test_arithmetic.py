"""The steps of a payoff formula that are not plain arithmetic agree over every kind of number."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy

from blamegame.models.arithmetic import positive_part, ratio_or_zero

VALUES = [Fraction(-1, 3), Fraction(0), Fraction(1, 7), Fraction(2)]


def test_the_positive_part_is_the_same_over_fractions_floats_arrays_and_symbols():
    wanted = [max(x, Fraction(0)) for x in VALUES]
    assert [positive_part(x) for x in VALUES] == wanted
    assert [positive_part(float(x)) for x in VALUES] == [float(x) for x in wanted]
    assert positive_part(np.array(VALUES, dtype=object)).tolist() == wanted
    assert positive_part(np.array(VALUES, dtype=float)).tolist() == [float(x) for x in wanted]
    x = sympy.Symbol("x", real=True)
    assert [positive_part(x).subs(x, v) for v in VALUES] == wanted


def test_rounding_in_floats_is_no_difference_but_an_exact_trifle_is():
    assert positive_part(0.1 + 0.2 - 0.3) == 0
    assert positive_part(Fraction(1, 10**13)) == Fraction(1, 10**13)
    assert positive_part(np.array([Fraction(1, 10**13)], dtype=object)).tolist() == [Fraction(1, 10**13)]


@pytest.mark.parametrize("total", VALUES)
def test_a_share_of_nothing_is_zero_over_every_kind_of_number(total):
    x, t = Fraction(1, 2), sympy.Symbol("t", real=True)
    wanted = x / total if total else Fraction(0)
    assert ratio_or_zero(x, total) == wanted
    assert ratio_or_zero(float(x), float(total)) == pytest.approx(float(wanted))
    assert ratio_or_zero(np.array([x], dtype=object), np.array([total], dtype=object)).tolist() == [wanted]
    assert ratio_or_zero(np.array([0.5]), np.array([float(total)])).tolist() == pytest.approx([float(wanted)])
    assert ratio_or_zero(sympy.Rational(1, 2), t).subs(t, total) == wanted
