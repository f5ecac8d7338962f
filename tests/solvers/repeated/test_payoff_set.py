from __future__ import annotations

from fractions import Fraction as F

import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]], ("row", "column"), (("help", "take"), ("help", "take")))


@pytest.fixture(scope="module")
def found():
    return payoff_set(RepeatedGame(DILEMMA, F(3, 4)))


def test_payoff_sets_print_what_they_are(found):
    assert repr(found) == "<PayoffSet at discount 3/4: a polygon with 4 vertices, converged>"
    assert "a point" in repr(payoff_set(RepeatedGame(DILEMMA, F(1, 8))))
    assert "a segment" in repr(payoff_set(RepeatedGame(DILEMMA, F(1, 7))))
    assert "empty" in repr(payoff_set(RepeatedGame(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]), F(1, 7))))
    assert "bounds only" in repr(payoff_set(RepeatedGame(DILEMMA, F(3, 4)), time_limit=0))


def test_threats_are_lower_bounds_of_the_worst_payoffs(found):
    assert found.threats == (3, 3)
