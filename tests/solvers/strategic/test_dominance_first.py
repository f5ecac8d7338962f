from fractions import Fraction

import numpy as np

from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame
from blamegame.models.chain import Chain
from blamegame.solvers.strategic.dominance_first import left_of
from blamegame.solvers.strategic.nash import nash


def test_equilibria_of_what_is_left_are_equilibria_of_the_whole():
    game = Chain(tiers=4, accountability=Fraction(2)).stage_game()
    left = left_of(game)
    assert left.game.n_players <= 2
    for profile in nash(left.game).equilibria:
        assert regret(game, left.profile(profile)).tolist() == [0] * 4


def test_a_game_that_dominance_solves_keeps_one_player_without_a_choice():
    payoffs = np.arange(24, dtype=object).reshape(3, 2, 2, 2)
    left = left_of(StrategicGame(payoffs))
    assert left.kept == ((1,), (1,), (1,)) and left.game.n_actions == (1,)


def test_tables_and_profiles_go_both_ways():
    payoffs = np.zeros((3, 2, 2, 2), dtype=object)
    payoffs[1, :, 1] = 1  # the second player's first action is dominated, the others are always indifferent
    left = left_of(StrategicGame(payoffs))
    cells = np.arange(8).reshape(2, 2, 2)
    assert left.choosing == (0, 2) and left.table(cells).tolist() == [[2, 3], [6, 7]]
    half = np.array([0.5, 0.5])
    assert [s.tolist() for s in left.profile((half, half))] == [[0.5, 0.5], [0, 1], [0.5, 0.5]]
