from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.responses import action_values, best_responses, expected_payoffs, regret
from blamegame.games.strategic import StrategicGame

PENNIES = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
HALF = [Fraction(1, 2), Fraction(1, 2)]


def test_everything_is_a_best_response_at_the_mixed_equilibrium():
    assert best_responses(PENNIES, 0, (HALF, HALF)) == (0, 1)
    assert regret(PENNIES, (HALF, HALF)).tolist() == [0, 0]
    assert expected_payoffs(PENNIES, (HALF, HALF)).tolist() == [0, 0]


def test_regret_is_the_gain_of_the_best_deviation():
    assert regret(PENNIES, ([1, 0], [1, 0])).tolist() == [0, 2]


def test_float_profiles_give_floats():
    assert regret(StrategicGame(PENNIES.payoffs.astype(float)), ([0.5, 0.5], [1.0, 0.0])).dtype == np.float64


@given(st.data())
def test_action_values_equal_the_sum_over_cells_for_three_players(data):
    payoffs = data.draw(st.lists(st.integers(-3, 3), min_size=36, max_size=36))
    game = StrategicGame(np.array(payoffs, dtype=object).reshape(3, 2, 3, 2))
    weights = [data.draw(st.lists(st.integers(1, 4), min_size=n, max_size=n)) for n in game.n_actions]
    profile = [[Fraction(w, sum(ws)) for w in ws] for ws in weights]
    for player in range(3):
        expected = [Fraction(0)] * game.n_actions[player]
        for cell in np.ndindex(2, 3, 2):
            weight = Fraction(1)
            for other in range(3):
                if other != player:
                    weight *= profile[other][cell[other]]
            expected[cell[player]] += weight * game.payoffs[(player, *cell)]
        assert action_values(game, player, profile).tolist() == expected


@pytest.mark.parametrize("player", [2, -1, "1", True])
def test_a_player_is_given_by_position(player):
    with pytest.raises(GameError, match=r"is not a position in 0\.\.1 of the players \('1', '2'\)"):
        best_responses(PENNIES, player, (HALF, HALF))
