"""Verdicts in floats: yes and no where the margin allows, unsure at ties and where floats are no use."""

from fractions import Fraction

import numpy as np

from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.stochastic.screening import NO, UNSURE, YES, screen, tables_of

DILEMMA = [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]
EVERY = [np.arange(4)]


def verdicts(payoffs, discount=Fraction(1, 2)):
    stay = np.full((2, 2, 1), Fraction(1), dtype=object)
    return screen(tables_of(StochasticGame([StrategicGame(payoffs)], [stay], discount)), EVERY)[0].tolist()


def test_strict_answers_are_certain_in_any_units():
    assert verdicts(DILEMMA) == [NO, NO, NO, YES]
    assert verdicts([[[value * 10**40 for value in row] for row in table] for table in DILEMMA]) == [NO, NO, NO, YES]


def test_ties_are_left_to_exact_arithmetic():
    assert verdicts([[[0, 0], [0, 0]]] * 2) == [UNSURE] * 4


def test_nearly_endless_patience_is_left_to_exact_arithmetic():
    assert verdicts(DILEMMA, 1 - Fraction(1, 2**50)) == [UNSURE] * 4


def test_the_moves_of_a_player_change_its_own_action_only():
    stay = np.full((2, 3, 1), Fraction(1), dtype=object)
    stage = StrategicGame(np.zeros((2, 2, 3), dtype=int))
    first, second = tables_of(StochasticGame([stage], [stay], Fraction(1, 2))).deviations[0]
    assert first[4].tolist() == [1, 4] and second[4].tolist() == [3, 4, 5]
