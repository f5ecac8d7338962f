from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.dominance import dominated_actions, iterated_elimination, restrict
from blamegame.games.strategic import StrategicGame


def test_elimination_goes_on_until_nothing_is_dominated():
    game = StrategicGame([[[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]]])
    assert dominated_actions(game, 1) == (2,)
    assert iterated_elimination(game) == ((0,), (1,))


def test_weak_dominance_eliminates_nothing():
    assert iterated_elimination(StrategicGame([[[1, 1], [1, 0]], [[0, 0], [0, 0]]])) == ((0, 1), (0, 1))


def test_restriction_keeps_labels_and_payoffs():
    game = StrategicGame(np.arange(12).reshape(2, 2, 3), actions=[["u", "v"], ["x", "y", "z"]])
    small = restrict(game, ((1,), (0, 2)))
    assert small.actions == (("v",), ("x", "z")) and small.payoffs.tolist() == [[[3, 5]], [[9, 11]]]


@given(st.lists(st.integers(0, 3), min_size=18, max_size=18))
def test_the_order_of_elimination_does_not_matter(numbers):
    game = StrategicGame(np.array(numbers).reshape(2, 3, 3))
    swapped = StrategicGame(np.array([game.payoffs[1].T, game.payoffs[0].T]))
    assert iterated_elimination(swapped) == iterated_elimination(game)[::-1]


def test_a_player_is_given_by_position():
    with pytest.raises(GameError, match=r"player=5 is not a position in 0\.\.1"):
        dominated_actions(StrategicGame(np.zeros((2, 2, 2))), 5)
