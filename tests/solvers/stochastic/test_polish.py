"""Newton's polish: from near an equilibrium to machine precision, and None from anywhere else."""

import numpy as np
import pytest

from blamegame.games.stationary import stationary_regret
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.stochastic.polish import against, polished

PENNIES = StrategicGame(np.array([[[2.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]]))


def game(stage=PENNIES):
    move = np.zeros((2, 2, 2))
    move[..., 0], move[..., 1] = 0.25, 0.75
    return StochasticGame([stage, stage], [move, move], 0.5)


def profile(first, second):
    state = (np.array([first, 1 - first]), np.array([second, 1 - second]))
    return (state, state)


def test_a_mixed_equilibrium_is_found_from_nearby():
    found = polished(game(), profile(0.45, 0.36))
    for first, second in found:
        assert first == pytest.approx([0.5, 0.5], abs=1e-14) and second == pytest.approx([1 / 3, 2 / 3], abs=1e-14)
    assert stationary_regret(game(), found).max() < 1e-14


def test_supports_that_lead_nowhere_give_none():
    assert polished(game(), profile(1.0, 1.0)) is None


def test_expectations_keep_the_axes_asked_for():
    table = np.arange(8.0).reshape(2, 2, 2)
    half, sure = np.array([0.5, 0.5]), np.array([0.0, 1.0])
    assert against(table, (half, sure, half), (0,)).tolist() == [2.5, 6.5]
    assert against(table, (half, sure, half), (0, 2)).tolist() == [[2, 3], [6, 7]]
