"""Newton's refinement from a grid point, and the expected payoffs it is built on."""

import numpy as np
import pytest

from blamegame.games.responses import action_values
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.boxes.newton_on_supports import ActionValues, newton_on_supports

RANDOM = np.random.default_rng(3).random((3, 2, 3, 4))


def mixed(sizes, seed=0):
    rng = np.random.default_rng(seed)
    return [part / part.sum() for part in (rng.random(n) for n in sizes)]


@pytest.mark.parametrize("player", range(3))
def test_action_values_are_those_of_the_game(player):
    values, strategies = ActionValues(RANDOM), mixed((2, 3, 4))
    expected = action_values(StrategicGame(RANDOM), player, strategies)
    assert np.allclose(values.of(player, strategies), expected, atol=1e-14)
    (worth, strategy) = values.with_strategies(np.concatenate(strategies))[player]
    assert np.allclose(worth, expected, atol=1e-14) and np.array_equal(strategy, strategies[player])


def test_values_against_one_opponent_average_to_the_action_values():
    values, strategies = ActionValues(RANDOM), mixed((2, 3, 4), seed=1)
    for player in range(3):
        for other in range(3):
            if other != player:
                table = values.against(player, other, strategies)
                assert np.allclose(table @ strategies[other], values.of(player, strategies), atol=1e-14)


def test_a_rough_point_is_refined_to_the_equilibrium():
    battle = ActionValues(np.array([[[2.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 2.0]]]))
    found = list(newton_on_supports(battle, np.array([0.6, 0.4, 0.4, 0.6]), 0.1))
    assert any(np.allclose(np.concatenate(p), [2 / 3, 1 / 3, 1 / 3, 2 / 3], atol=1e-14) for p in found)
    assert all(np.isclose(part.sum(), 1) and part.min() >= 0 for profile in found for part in profile)


def test_a_continuum_of_equilibria_is_no_obstacle():
    nobody_cares = ActionValues(np.zeros((2, 3, 3)))
    start = np.array([0.2, 0.3, 0.5, 0.5, 0.25, 0.25])
    found = list(newton_on_supports(nobody_cares, start, 0.01))
    assert any(np.allclose(np.concatenate(profile), start, atol=1e-14) for profile in found)
