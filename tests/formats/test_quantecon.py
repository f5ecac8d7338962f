"""Games to and from quantecon: own action first there, player order here, for any number of players."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from quantecon.game_theory import NormalFormGame, Player, pure_nash_brute

from blamegame.errors import GameError
from blamegame.formats.quantecon import from_quantecon, to_quantecon
from blamegame.games.strategic import StrategicGame, best_reply_cells, to_float
from blamegame.models.delegation import Delegation


@pytest.mark.parametrize("sizes", [(3,), (2, 3), (2, 3, 4), (2, 1, 3, 2)])
def test_a_float_game_comes_back_equal(sizes):
    game = StrategicGame(np.random.default_rng(2).normal(size=(len(sizes), *sizes)))
    assert from_quantecon(to_quantecon(game)) == game


@pytest.mark.parametrize("sizes", [(2, 3), (2, 3, 4), (2, 3, 2, 2)])
def test_every_cell_pays_there_what_it_pays_here(sizes):
    game = StrategicGame(np.random.default_rng(3).normal(size=(len(sizes), *sizes)))
    there = to_quantecon(game)
    for cell in product(*(range(n) for n in sizes)):
        if len(sizes) == 2:  # indexing a game by a profile, quantecon's own reading of its arrays
            assert np.array_equal(there[cell], game.payoffs[(slice(None), *cell)])
        for i, player in enumerate(there.players):
            assert player.payoff_array[cell[i:] + cell[:i]] == game.payoffs[(i, *cell)]


def test_quantecon_finds_the_same_pure_equilibria():
    for seed in range(20):
        game = StrategicGame(np.random.default_rng(seed).integers(0, 3, (3, 2, 3, 2)))
        here = {tuple(cell.tolist()) for cell in np.argwhere(best_reply_cells(game).all(axis=0))}
        assert set(pure_nash_brute(to_quantecon(game))) == here


def test_integers_stay_exact_and_fractions_become_floats():
    game = from_quantecon(NormalFormGame([Player(np.array([[1, 2], [3, 4]])), Player(np.array([[5, 6], [7, 8]]))]))
    assert game.exact
    assert game.payoffs[1].tolist() == [[5, 7], [6, 8]]
    exact = Delegation().stage_game()
    assert (from_quantecon(to_quantecon(exact)).payoffs == to_float(exact).payoffs).all()


def test_what_does_not_fit_is_refused():
    with pytest.raises(GameError, match="batch"):
        to_quantecon(StrategicGame(np.zeros((4, 2, 1, 1)), 2))
    with pytest.raises(GameError, match="is not a quantecon game"):
        from_quantecon([[1]])
