"""Assertions compare sets and exact equilibria, and say in words what is wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.solvers.solution import Solution
from blamegame.testing import assert_certified, assert_same_equilibria
from blamegame.testing.assertions import describe, deviations

GAME = StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], ("her", "him"), (("opera", "boxing"),) * 2)
MIXED = ([Fraction(2, 3), Fraction(1, 3)], [Fraction(1, 3), Fraction(2, 3)])
PURE = [pure_profile(GAME, (k, k)) for k in range(2)]


def solution(*equilibria, concept="nash"):
    return Solution(GAME, concept, "by hand", equilibria, True, "")


def test_the_same_set_in_another_order_or_twice_is_the_same():
    assert_same_equilibria(solution(*PURE, MIXED), [MIXED, *reversed(PURE), MIXED])


def test_what_only_one_side_holds_is_listed_with_the_table():
    with pytest.raises(AssertionError) as failure:
        assert_same_equilibria(solution(*PURE, MIXED), solution(*PURE))
    assert "only in the first:\n  her: 2/3 opera + 1/3 boxing; him: 1/3 opera + 2/3 boxing: an equilibrium" in str(
        failure.value
    )
    assert "_2_, _1_ *" in str(failure.value)
    assert "only in the second" not in str(failure.value)


def test_the_profitable_deviation_from_a_profile_that_only_one_side_holds_is_said_in_words():
    with pytest.raises(AssertionError, match="her gains 1 by playing boxing; him gains 1 by playing opera"):
        assert_same_equilibria(solution(*PURE), [*PURE, pure_profile(GAME, ("opera", "boxing"))])


def test_tolerance_forgives_small_differences_of_probability_and_no_more():
    near = ([0.6666666, 0.3333334], [0.3333333, 0.6666667])
    assert_same_equilibria([near], [MIXED], tolerance=1e-6)
    with pytest.raises(AssertionError):
        assert_same_equilibria([near], [MIXED], tolerance=1e-8)
    with pytest.raises(AssertionError):
        assert_same_equilibria([near], [MIXED])


def test_profiles_of_another_shape_are_never_the_same():
    with pytest.raises(AssertionError):
        assert_same_equilibria([([1], [1])], [([1, 0], [1])], tolerance=1)


def test_exact_equilibria_are_certified():
    assert_certified(solution(*PURE, MIXED))


def test_a_profile_that_is_not_an_equilibrium_is_refused_with_table_and_deviation():
    with pytest.raises(AssertionError) as failure:
        assert_certified(solution(PURE[0], pure_profile(GAME, ("boxing", "opera"))))
    message = str(failure.value)
    assert "equilibrium 2 of 2 is not certified" in message
    assert "her gains 2 by playing opera; him gains 2 by playing boxing" in message
    assert "_2_, _1_ *" in message


def test_a_mixture_rounded_to_floats_is_not_an_exact_equilibrium():
    with pytest.raises(AssertionError, match="not certified"):
        assert_certified(solution(([2 / 3, 1 / 3], [1 / 3, 2 / 3])))


def test_a_vector_that_is_no_strategy_is_refused():
    with pytest.raises(AssertionError, match="not a probability vector"):
        assert_certified(solution(([1, 1], [0, 1])))


def test_only_nash_equilibria_can_be_certified_here():
    with pytest.raises(ValueError, match="logit"):
        assert_certified(solution(*PURE, concept="logit"))


def test_descriptions_name_what_is_wrong_with_a_profile():
    assert "sum 2" in describe(([1, 1], [0, 1]), GAME)
    assert "not a profile of this game" in describe(([1], [0, 1]), GAME)
    assert describe(([0.25, 0.75], [1])) == "(0.25, 0.75), (1)"


def test_deviations_worth_less_than_the_tolerance_are_no_deviations():
    nearly = ([Fraction(2, 3), Fraction(1, 3)], [Fraction(34, 100), Fraction(66, 100)])
    assert deviations(GAME, nearly)
    assert not deviations(GAME, nearly, Fraction(1, 10))
