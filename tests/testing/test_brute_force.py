"""The reference of the battery agrees with published counts and with an independent exact program."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np
import pygambit
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.formats.nfg_writer import write_nfg
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force
from blamegame.testing.hard_games import hard_games

COUNTS = {
    "huge and tiny payoffs at once": 3,
    "nobody cares, 3 x 3": 9,
    "coordination on 4: 15 equilibria": 15,
    "eight equilibria of unequal supports": 8,
    "rock, paper, scissors": 1,
    "matching pennies: only mixed": 1,
    "battle of the sexes: two pure, one mixed": 3,
}


@pytest.mark.parametrize("name", COUNTS)
def test_published_numbers_of_equilibria(name):
    assert len(extreme_equilibria_by_brute_force(hard_games()[name])) == COUNTS[name]


@pytest.mark.parametrize("name", hard_games())
def test_every_equilibrium_of_a_hard_game_has_no_regret(name):
    game = hard_games()[name]
    found = extreme_equilibria_by_brute_force(game)
    assert found
    assert all(regret(game, profile).tolist() == [0, 0] for profile in found)


def by_gambit(game):
    solved = pygambit.nash.enummixed_solve(pygambit.read_nfg(io.StringIO(write_nfg(game))), rational=True)
    out = set()
    for profile in solved.equilibria:
        strategies = []
        for player, labels in zip(game.players, game.actions):
            mixture = profile[player]
            strategies.append(tuple(_fraction(mixture[label]) for label in labels))
        out.add(tuple(strategies))
    return out


def _fraction(value):
    return Fraction(int(value.numerator), int(value.denominator))


def test_random_games_full_of_ties_agree_with_gambit():
    rng = np.random.default_rng(20240601)
    for _ in range(150):
        sizes = rng.integers(1, 5, 2)
        game = StrategicGame(rng.integers(0, 4, (2, *sizes)))
        mine = {tuple(tuple(s.tolist()) for s in p) for p in extreme_equilibria_by_brute_force(game)}
        assert mine == by_gambit(game), game


# Gambit finds no equilibrium of this game, which has two strict ones; regret and the counts above vouch for it
BEYOND_GAMBIT = {"huge and tiny payoffs at once"}


@pytest.mark.parametrize("name", sorted(set(hard_games()) - BEYOND_GAMBIT))
def test_hard_games_agree_with_gambit(name):
    game = hard_games()[name]
    mine = {tuple(tuple(s.tolist()) for s in p) for p in extreme_equilibria_by_brute_force(game)}
    assert mine == by_gambit(game)


@pytest.mark.parametrize("shape", [(3, 2, 2, 2), (2, 6, 7), (1, 3)])
def test_other_than_small_two_player_games_are_refused(shape):
    with pytest.raises(UnsupportedGame, match="brute force"):
        extreme_equilibria_by_brute_force(StrategicGame(np.zeros(shape)))
