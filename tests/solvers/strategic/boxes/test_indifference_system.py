"""The equations of a support profile vanish exactly at its equilibrium, and the conditions hold there."""

import numpy as np
import pytest

from blamegame.games.responses import action_values
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.boxes.indifference_system import indifference_system
from blamegame.solvers.strategic.boxes.kernels.interval_newton import evaluate

THREE = np.random.default_rng(5).random((3, 2, 3, 2))


def values(system, form, point):
    _, _, data, offset, rows, n_axes, axes, start, *_ = system.packed
    least, most, order = np.empty(len(data)), np.empty(len(data)), np.empty(64, np.int64)
    point = np.array(point, dtype=float)
    evaluate(form, data, offset, rows, n_axes, axes, start, point, point, least, most, order)
    return (least[: rows[form]] + most[: rows[form]]) / 2


def test_the_unknowns_are_the_supported_actions_and_the_last_of_each_player_follows():
    system = indifference_system(THREE, ((0, 1), (0, 2), (1,)))
    assert system.start.tolist() == [0, 2, 4, 5] and system.n_unknowns == 5
    assert system.free.tolist() == [0, 2]


def test_matching_pennies_are_indifferent_at_one_half_only():
    pennies = np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]])
    system = indifference_system(pennies, ((0, 1), (0, 1)))
    for player in (0, 1):
        assert abs(values(system, 2 * player, [0.5] * 4)) < 1e-12
        assert abs(values(system, 2 * player, [0.2, 0.8, 0.2, 0.8])) > 0.1
        assert len(values(system, 2 * player + 1, [0.5] * 4)) == 0  # nothing is outside the supports


@pytest.mark.parametrize("player", range(3))
def test_equations_and_conditions_are_differences_of_action_values(player):
    supports = ((0, 1), (0, 2), (1,))
    system = indifference_system(THREE, supports)
    point = [0.3, 0.7, 0.6, 0.4, 1.0]
    profile = (np.array([0.3, 0.7]), np.array([0.6, 0.0, 0.4]), np.array([0.0, 1.0]))
    worth = action_values(StrategicGame(THREE), player, profile)
    own = supports[player]
    outside = [a for a in range(len(worth)) if a not in own]
    assert np.allclose(values(system, 2 * player, point), worth[list(own[1:])] - worth[list(own[:-1])], atol=1e-12)
    assert np.allclose(values(system, 2 * player + 1, point), worth[outside] - worth[own[0]], atol=1e-12)
