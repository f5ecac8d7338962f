"""A Markov solution in words, and the questions it refuses."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import IncompleteSolution
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.stochastic.solution import MarkovSolution

HALF = np.array([Fraction(1, 2)] * 2, dtype=object)
SURE = np.array([Fraction(1), Fraction(0)], dtype=object)


def solution(complete=True):
    stay = np.full((2, 2, 1), Fraction(1), dtype=object)
    stage = StrategicGame([[[1, 1], [1, 1]], [[2, 2], [2, 2]]])
    game = StochasticGame([stage], [stay], Fraction(1, 2))
    values = np.array([[Fraction(1), Fraction(2)]], dtype=object)
    return MarkovSolution(game, "markov_perfect", "by hand", (((HALF, SURE),),), (values,), complete, "half the work")


def test_play_names_pure_actions_and_weighs_mixed_ones():
    found = solution()
    (state,) = found.game.states
    (play,) = found.play
    assert set(play) == {state} and play[state][1] == "a"
    assert "a + " in play[state][0] and play[state][0].endswith(" b") and len(found) == 1


def test_the_explanation_gives_worth_and_time():
    text = solution().explain()
    assert (
        text.startswith("Half the work.") and "2 plays a (worth 2)" in text and "long-run shares of periods: 1 " in text
    )


def test_what_is_not_complete_refuses_questions_about_all():
    assert solution().require_complete("the range").complete
    with pytest.raises(IncompleteSolution, match=r"the range needs every equilibrium.*half the work"):
        solution(False).require_complete("the range")
    assert "not complete" in repr(solution(False)) and "not complete" not in repr(solution())
