"""Games to and from nashpy: same payoffs, same equilibria, and integers stay exact."""

from __future__ import annotations

import nashpy
import numpy as np
import pytest

from blamegame.errors import GameError, UnsupportedGame
from blamegame.formats.nashpy import from_nashpy, to_nashpy
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame, to_float
from blamegame.models.delegation import Delegation


def test_a_float_game_comes_back_equal_but_for_labels():
    game = StrategicGame(np.random.default_rng(1).normal(size=(2, 3, 4)))
    assert from_nashpy(to_nashpy(game)) == game


def test_an_exact_game_comes_back_as_its_nearest_floats():
    game = Delegation().stage_game()
    back = from_nashpy(to_nashpy(game))
    assert not back.exact and (back.payoffs == to_float(game).payoffs).all()


def test_integer_matrices_and_the_zero_sum_shorthand_are_exact():
    game = from_nashpy(nashpy.Game(np.array([[1, -2], [0, 3]])))
    assert game.exact
    assert game.payoffs[1].tolist() == [[-1, 2], [0, -3]]


def test_what_nashpy_finds_is_an_equilibrium_here():
    game = StrategicGame([[[3, 0], [0, 2]], [[2, 0], [0, 3]]])
    found = list(to_nashpy(game).support_enumeration())
    assert len(found) == 3
    assert all(max(regret(to_float(game), profile)) < 1e-12 for profile in found)


def test_the_matrices_given_to_nashpy_are_copies_that_may_be_written():
    game = StrategicGame([[[1.0]], [[2.0]]])
    to_nashpy(game).payoff_matrices[0][0, 0] = 9
    assert game.payoffs[0, 0, 0] == 1


def test_what_does_not_fit_is_refused():
    with pytest.raises(UnsupportedGame, match="nashpy needs 2 players, this game has 3"):
        to_nashpy(StrategicGame(np.zeros((3, 1, 1, 1))))
    with pytest.raises(GameError, match="float64"):
        to_nashpy(StrategicGame([[[10**400]], [[0]]]))
    with pytest.raises(GameError, match="batch"):
        to_nashpy(StrategicGame(np.zeros((4, 2, 1, 1)), 2))
    with pytest.raises(GameError, match="int is not a nashpy game"):
        from_nashpy(3)
