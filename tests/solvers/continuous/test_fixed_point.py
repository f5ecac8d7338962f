from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.continuous import ContinuousGame
from blamegame.models.departments import Departments
from blamegame.solvers.continuous.best_response_iteration import best_response_bracket, deviation_gain
from blamegame.solvers.continuous.fixed_point import verified_fixed_point


@pytest.mark.parametrize("k", [2, 3, 5, 10, 31])
@pytest.mark.parametrize("cost", [0, 2, 1000])
def test_the_departments_symmetric_equilibrium_is_found_from_the_game_alone(k, cost):
    model = Departments(departments=k, letter_cost=cost)
    found = verified_fixed_point(model.continuous_game())
    assert found.verified and found.status.startswith("an equilibrium")
    np.testing.assert_allclose(found.actions, float(model.letters()), rtol=1e-9)
    assert found.regret == deviation_gain(model.continuous_game(), found.actions).max() < 1e-12


def test_it_is_found_without_closed_form_replies_too():
    model = Departments(departments=5)
    given = model.continuous_game()
    found = verified_fixed_point(ContinuousGame(given.players, given.low, given.high, given.payoff))
    assert found.verified
    np.testing.assert_allclose(found.actions, float(model.letters()), rtol=1e-5)


@pytest.mark.parametrize("k", [3, 6, 12])
def test_departments_that_differ_are_found_by_damped_replies(k):
    """A different longest letter makes them distinguishable without moving the equilibrium."""
    model = Departments(departments=k)
    given = model.continuous_game()
    game = ContinuousGame(given.players, given.low, given.high * np.linspace(0.9, 1, k), given.payoff, given.reply)
    found = verified_fixed_point(game)
    assert found.verified
    np.testing.assert_allclose(found.actions, float(model.letters()), rtol=1e-6)


def test_cournot_with_five_different_costs_is_found_where_iteration_explodes():
    """Reply (1 - c_i - others) / 2; in equilibrium q_i = (1 - (n + 1) c_i + sum c) / (n + 1)."""
    costs = np.array([0.0, 0.02, 0.04, 0.06, 0.08])

    def payoff(i, x):
        return float(x[i] * (1 - x.sum() - costs[i]))

    def reply(i, x):
        return float((1 - costs[i] - x.sum() + x[i]) / 2)

    game = ContinuousGame([str(k) for k in range(5)], np.zeros(5), np.ones(5), payoff, reply)
    assert "use verified_fixed_point" in best_response_bracket(game, most_steps=100).status
    found = verified_fixed_point(game)
    assert found.verified
    np.testing.assert_allclose(found.actions, (1 - 6 * costs + costs.sum()) / 6, atol=1e-9)


def test_a_point_that_only_the_closed_form_likes_is_not_verified():
    game = ContinuousGame(("1",), [0], [1], lambda i, x: float(-((x[0] - 0.3) ** 2)), lambda i, x: 0.9)
    found = verified_fixed_point(game)
    assert not found.verified and found.regret > 0.3 and "no equilibrium found" in found.status


def test_next_to_a_jump_what_is_left_to_gain_is_said():
    """One department alone: ever fewer letters are ever better, and none at all is worst."""
    found = verified_fixed_point(Departments(departments=1).continuous_game())
    assert found.actions[0] > 0 and 0 < found.regret < 1e-8
    assert "up to a gain of" in found.status


def test_matching_pennies_on_a_line_has_none_and_none_is_claimed():
    def payoff(i, x):
        return -((x[0] - x[1]) ** 2) if i == 0 else (x[0] - x[1]) ** 2

    found = verified_fixed_point(ContinuousGame(("1", "2"), [0, 0], [1, 1], payoff), starts=3)
    assert not found.verified and found.candidates >= 3 and "none in pure strategies" in found.status
    hurried = verified_fixed_point(ContinuousGame(("1", "2"), [0, 0], [1, 1], payoff), time_limit=0.0)
    assert "in the time given" in hurried.status and hurried.candidates <= 2


def test_a_tolerance_must_be_positive():
    with pytest.raises(GameError, match="tolerance=0"):
        verified_fixed_point(ContinuousGame(("1",), [0], [1], lambda i, x: 1.0), tolerance=0)
