"""Payoffs moved to [0, 1], exactly, and back again."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

STAGE = StrategicGame([[[3, Fraction(-1, 3)], [5, 1]], [[300, 500], [0, 100]]])


def scaled(discount=Fraction(1, 2), stage=STAGE):
    return ScaledGame(RepeatedGame(stage, discount))


def test_every_player_spans_the_unit_interval_and_every_cell_comes_back():
    game = scaled()
    assert game.payoffs.min(axis=0).tolist() == [0, 0] and game.payoffs.max(axis=0).tolist() == [1, 1]
    back = [game.back_point(game.cells[k].payoff) for k in range(4)]
    assert back == [tuple(STAGE.payoffs[:, i, j]) for i in (0, 1) for j in (0, 1)]


def test_a_player_who_does_not_care_has_a_span_of_one():
    game = scaled(stage=StrategicGame([[[7, 7]], [[0, 1]]]))
    assert game.payoffs[:, 0].tolist() == [0, 0] and game.back_point(game.cells[0].payoff)[0] == 7


@pytest.mark.parametrize("discount", [Fraction(1, 10**6), Fraction(1, 2), 0.9])
def test_float_gains_are_the_exact_ones_rounded(discount):
    game = scaled(discount)
    exact = np.array([[float(gain) for gain in game.cells[k].gain] for k in range(4)])
    assert np.allclose(game.gains, exact, rtol=1e-15, atol=2e-15)


def test_a_gain_beyond_floats_is_still_a_number():
    game = scaled(Fraction(1, 10**400))
    assert np.isfinite(game.gains).all() and game.gains.max() >= 1e300


def test_chosen_cells_are_those_rows():
    game = scaled()
    payoffs, gains = game.floats([3, 0])
    assert np.array_equal(payoffs, game.payoffs[[3, 0]]) and np.array_equal(gains, game.gains[[3, 0]])
    assert payoffs.flags.c_contiguous
