from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from blamegame import StrategicGame
from blamegame.errors import GameError
from blamegame.games import iterated_elimination
from blamegame.solvers.strategic import nash, rationalizable


def strictly_dominated(game, player, action, kept):
    """Largest uniform margin of a mixture over ``action``, by scipy, straight from the definition."""
    mine = kept[player]
    table = np.moveaxis(game.payoffs[player][np.ix_(*kept)], player, 0).reshape(len(mine), -1).astype(float)
    gains = table - table[mine.index(action)]
    result = linprog(
        [0.0] * len(mine) + [-1.0],
        A_ub=np.hstack([-gains.T, np.ones((gains.shape[1], 1))]),
        b_ub=np.zeros(gains.shape[1]),
        A_eq=[[1.0] * len(mine) + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * len(mine) + [(None, None)],
    )
    return -result.fun > 1e-7


def brute_force(game):
    kept = tuple(tuple(range(n)) for n in game.n_actions)
    while True:
        smaller = tuple(
            tuple(a for a in kept[i] if not strictly_dominated(game, i, a, kept)) for i in range(game.n_players)
        )
        if smaller == kept:
            return kept
        kept = smaller


@pytest.mark.parametrize("shape", [(4, 3), (5, 5), (3, 3, 2), (2, 2, 2, 2), (1, 4), (5,)])
def test_survivors_are_those_of_a_float_programme_on_integer_games(shape):
    rng = np.random.default_rng(6)
    for _ in range(12):
        game = StrategicGame(rng.integers(0, 6, size=(len(shape), *shape)))
        assert rationalizable(game) == brute_force(game)


def test_a_mixture_dominates_where_no_pure_action_does():
    game = StrategicGame([[[4, 0], [0, 4], [1, 1]], [[1, 0], [0, 1], [9, 9]]])
    assert iterated_elimination(game) == ((0, 1, 2), (0, 1))
    assert rationalizable(game) == ((0, 1), (0, 1))


def test_weak_dominance_eliminates_nothing():
    game = StrategicGame([[[4, 0], [0, 4], [2, 2]], [[1, 0], [0, 1], [9, 9]]])
    assert rationalizable(game) == ((0, 1, 2), (0, 1))


def test_a_margin_far_below_float_precision_counts():
    tiny = 10**40
    game = StrategicGame([[[4 * tiny, 0], [0, 4 * tiny], [2 * tiny - 1, 2 * tiny - 1]], [[1, 0], [0, 1], [9, 9]]])
    assert rationalizable(game)[0] == (0, 1)


def test_with_three_players_beliefs_may_be_correlated():
    """Brandenburger and Dekel (1987): c is a best response only to a belief that correlates the other two."""
    first = np.zeros((3, 2, 2), dtype=int)
    for j, k in product(range(2), repeat=2):
        first[0, j, k] = 10 if (j, k) == (0, 1) else -4
        first[1, j, k] = 10 if (j, k) == (1, 0) else -4
        first[2, j, k] = 1 if j == k else 0
    game = StrategicGame([first, np.zeros((3, 2, 2), dtype=int), np.zeros((3, 2, 2), dtype=int)])
    assert rationalizable(game)[0] == (0, 1, 2)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=24, max_size=24))
def test_nash_supports_survive(numbers):
    game = StrategicGame(np.array(numbers).reshape(2, 3, 4))
    kept = rationalizable(game)
    for profile in nash(game).equilibria:
        for player, strategy in enumerate(profile):
            assert {k for k, p in enumerate(strategy) if p} <= set(kept[player])


def test_a_float_game_is_decided_from_what_its_floats_store():
    assert rationalizable(StrategicGame([[0.3, 0.1 + 0.2]])) == ((1,),)


def test_a_batch_is_refused():
    with pytest.raises(GameError, match="rationalizable takes one game"):
        rationalizable(StrategicGame(np.zeros((3, 2, 2, 2)), players=2))
