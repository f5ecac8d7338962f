"""Limit scores under public monitoring: the folk theorem with full signals, the stage equilibria with none."""

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.directions.scores import LimitScores, limit_scores

STAGE = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])


def scores(signals):
    return limit_scores(RepeatedGame(STAGE, 0.1, PublicSignals(signals)), directions=16)


def test_signals_that_say_nothing_leave_the_stage_equilibrium():
    found = scores(np.ones((2, 2, 1)))
    assert found.allows([1, 1]) and not found.allows([1.01, 1.01]) and not found.allows([3, 3])


def test_signals_that_tell_everything_allow_cooperation_but_no_less_than_can_be_had_alone():
    found = scores(np.eye(4).reshape(2, 2, 4))
    assert found.allows([3, 3]) and found.allows([1, 1])
    assert not found.allows([0.9, 2]) and not found.allows([3.1, 3.1])


def test_perfect_monitoring_is_refused_with_what_to_use():
    with pytest.raises(UnsupportedGame, match="use payoff_set near 1"):
        limit_scores(RepeatedGame(STAGE, 0.9))


def test_a_payoff_is_allowed_up_to_the_slack():
    bound = LimitScores(np.array([[1.0, 0.0]]), np.array([2.0]))
    assert bound.allows([2, 9]) and not bound.allows([2.1, 9]) and bound.allows([2.1, 9], slack=0.2)
