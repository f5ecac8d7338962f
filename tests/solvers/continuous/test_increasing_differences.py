from __future__ import annotations

import numpy as np
import pytest

from blamegame.games.continuous import ContinuousGame
from blamegame.games.polynomial_game import polynomial_game
from blamegame.models.departments import Departments
from blamegame.models.team import Team
from blamegame.solvers.continuous.increasing_differences import increasing_differences


def test_a_team_is_proved_to_have_increasing_differences():
    assert increasing_differences(Team(members=6).continuous_game()).verdict == "proved"


def test_departments_have_decreasing_differences_and_the_witness_shows_it():
    game = Departments(departments=4).continuous_game()
    found = increasing_differences(game)
    assert found.verdict == "refuted" and found.smallest < 0 and "gains less from more" in str(found)
    player, other, low, high = found.witness
    corners = []
    for own, others in ((high, high), (low, high), (high, low), (low, low)):
        profile = low.copy()
        profile[player], profile[other] = own[player], others[other]
        corners.append(game.payoff(player, profile))
    assert corners[0] - corners[1] - corners[2] + corners[3] == pytest.approx(found.smallest)


def test_a_polynomial_that_is_not_decided_exactly_is_looked_at_on_the_grid():
    """The cross derivative (x - y)^2 + 1/100 is positive, but its Bernstein coefficients are not."""
    coefficient = {(3, 1): 1 / 3, (2, 2): -1 / 2, (1, 3): 1 / 3, (1, 1): 0.01}
    found = increasing_differences(polynomial_game(["1", "2"], [0, 0], [1, 1], [coefficient, coefficient]))
    assert found.verdict == "not refuted" and "no proof" in str(found)


def test_rounding_is_no_counter_example():
    game = ContinuousGame(("1", "2"), [0, 0], [1, 1], lambda i, x: 1e6 + np.sin(3 * x[0]) + np.exp(x[1]))
    assert increasing_differences(game).verdict == "not refuted"


def test_one_player_has_nothing_to_compare():
    found = increasing_differences(ContinuousGame(("1",), [0], [1], lambda i, x: x[0]))
    assert (found.verdict, found.points, found.smallest) == ("not refuted", 0, 0.0)


def test_many_players_are_looked_at_within_the_budget():
    game = ContinuousGame([str(k) for k in range(20)], np.zeros(20), np.ones(20), lambda i, x: float(x.prod()))
    assert increasing_differences(game, most_points=2_000).points == 9 * 380
