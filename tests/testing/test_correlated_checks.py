"""The battery for correlated equilibria passes right solvers and catches wrong ones, and its truth is proved."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.strategic import StrategicGame, to_float
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.solvers.strategic.correlated_batch import event_bounds_batch
from blamegame.testing import SolverFailure, check_correlated_solver
from blamegame.testing.correlated_checks import is_proved


def right(game, event, coarse=False):
    bounds = correlated_bounds(game, event, coarse=coarse)
    return bounds.lowest.value, bounds.highest.value


def in_batch(game, event, coarse=False):
    return (float(end[0]) for end in event_bounds_batch(game, event, coarse=coarse))


def rounded_first(digits):
    def solver(game, event):
        near = [[[round(v, digits) for v in row] for row in table] for table in game.payoffs.tolist()]
        return right(StrategicGame(near), event)

    return solver


WRONG = {
    "floats": lambda game, event: right(to_float(game), event),
    "coarse": lambda game, event: right(game, event, coarse=True),
    "swapped": lambda game, event: right(game, event)[::-1],
    "one half": lambda game, event: (Fraction(1, 2), Fraction(1, 2)),
    "everything": lambda game, event: (0, 1),
}


@pytest.mark.parametrize("coarse", [False, True])
def test_right_solvers_pass(coarse):
    check_correlated_solver(lambda game, event: right(game, event, coarse), coarse=coarse, max_examples=15)
    check_correlated_solver(
        lambda game, event: in_batch(game, event, coarse), coarse=coarse, tolerance=1e-9, max_examples=40
    )


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_solver_is_caught(name):
    with pytest.raises(SolverFailure):
        check_correlated_solver(WRONG[name], max_examples=30)


@pytest.mark.parametrize("digits", [6, 9, 12, 15])
def test_a_solver_that_rounds_payoffs_first_is_caught(digits):
    with pytest.raises(SolverFailure, match=r"missed by|billionth"):
        check_correlated_solver(rounded_first(digits), max_examples=1)


def test_a_near_certainty_called_certain_is_caught_within_a_tolerance():
    def solver(game, event):
        return [0.0 if end < 1e-6 else 1.0 if end > 1 - 1e-6 else float(end) for end in right(game, event)]

    with pytest.raises(SolverFailure, match="certainty missed by"):
        check_correlated_solver(solver, tolerance=1e-10, max_examples=1)


def test_the_truth_is_checked_from_the_definitions():
    game = StrategicGame([[[0, 7], [2, 6]], [[0, 2], [7, 6]]])
    crash = np.array([[True, False], [False, False]])
    for coarse in (False, True):
        bound = correlated_bounds(game, crash, coarse=coarse).highest
        assert is_proved(game, crash, bound, coarse=coarse, largest=True)
        assert not is_proved(game, crash, bound, coarse=coarse, largest=False)
        for value in (bound.value + Fraction(1, 10**30), bound.value - Fraction(1, 10**30)):
            assert not is_proved(game, crash, dataclasses.replace(bound, value=value), coarse=coarse, largest=True)
        none = tuple(table * 0 for table in bound.multipliers)
        assert not is_proved(game, crash, dataclasses.replace(bound, multipliers=none), coarse=coarse, largest=True)
