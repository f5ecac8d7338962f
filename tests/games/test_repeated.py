from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from blamegame.errors import GameError
from blamegame.games.monitoring import Perfect, PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame

STAGE = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])


def test_a_rational_discount_factor_stays_exact():
    game = RepeatedGame(STAGE, Fraction(9, 10))
    assert game.exact
    assert game.exact_discount == Fraction(9, 10)


def test_a_float_discount_factor_is_the_rational_it_stores():
    game = RepeatedGame(STAGE, 0.9)
    assert not game.exact
    assert game.exact_discount == Fraction(0.9) != Fraction(9, 10)


def test_monitoring_is_perfect_unless_said_otherwise():
    assert RepeatedGame(STAGE, 0).monitoring == Perfect()


@pytest.mark.parametrize("discount", [1, -0.1, 1.5, float("nan"), "0.5", None])
def test_a_discount_factor_outside_zero_to_one_is_refused(discount):
    with pytest.raises(GameError, match="discount="):
        RepeatedGame(STAGE, discount)


def test_something_else_than_a_stage_game_is_refused():
    with pytest.raises(GameError, match="stage must be a StrategicGame, not list"):
        RepeatedGame([[1]], 0.5)


def test_something_else_than_monitoring_is_refused():
    with pytest.raises(GameError, match="monitoring='none'"):
        RepeatedGame(STAGE, 0.5, "none")


def test_signals_that_do_not_fit_the_stage_game_are_refused():
    with pytest.raises(GameError, match="the stage game has"):
        RepeatedGame(STAGE, 0.5, PublicSignals([[[1]]]))


def test_repeated_games_are_values():
    game = RepeatedGame(STAGE, Fraction(1, 2))
    assert game == RepeatedGame(STAGE, Fraction(1, 2))
    assert hash(game) == hash(RepeatedGame(STAGE, Fraction(1, 2)))
    assert pickle.loads(pickle.dumps(game)) == game
    assert "at discount 1/2, Perfect()" in repr(game)
