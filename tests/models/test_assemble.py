"""Payoff formulas as one array: exact where the parameters are, floats where any is, the batch in front."""

from fractions import Fraction

import numpy as np

from blamegame.models.assemble import assemble


def test_integers_become_fractions_and_fractions_stay():
    table = assemble([[1, Fraction(1, 3)], [0, 2]], ())
    assert table.dtype == object and table.shape == (2, 2)
    assert [type(value) for value in table.ravel()] == [Fraction] * 4 and table[0, 1] == Fraction(1, 3)


def test_one_float_makes_the_table_a_float_table():
    table = assemble([[1, Fraction(1, 4)], [0.5, 2]], ())
    assert table.dtype == np.float64 and table.tolist() == [[1.0, 0.25], [0.5, 2.0]]


def test_symbols_stay_symbols():
    import sympy

    a = sympy.Symbol("a")
    assert assemble([a, 1], ())[0] is a


def test_a_batch_stands_in_front_and_single_numbers_are_spread_over_it():
    table = assemble([[np.array([1.0, 2.0, 3.0]), 7]], (3,))
    assert table.shape == (3, 1, 2) and table.tolist() == [[[1.0, 7.0]], [[2.0, 7.0]], [[3.0, 7.0]]]


def test_an_exact_batch_stays_exact():
    shares = np.array([Fraction(1, 3), Fraction(2, 3)], dtype=object)
    table = assemble([shares, 1], (2,))
    assert table.dtype == object and table.tolist() == [[Fraction(1, 3), 1], [Fraction(2, 3), 1]]
