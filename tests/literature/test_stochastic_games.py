"""Stochastic games with known answers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.stochastic.support_enumeration import all_markov_perfect


def value_of_2x2(a):
    (low, high) = a.min(axis=1).max(), a.max(axis=0).min()
    if low >= high:
        return low
    return (a[0, 0] * a[1, 1] - a[0, 1] * a[1, 0]) / (a[0, 0] + a[1, 1] - a[0, 1] - a[1, 0])


@pytest.mark.parametrize("seed", range(15))
def test_shapley_1953_a_zero_sum_game_has_one_value_which_iteration_finds(seed):
    rng = np.random.default_rng(seed)
    stage = rng.integers(-999, 1000, size=(2, 2, 2))
    weights = rng.integers(1, 99, size=(2, 2, 2, 2)).astype(object)
    moves = weights * Fraction(1) / weights.sum(axis=-1, keepdims=True)
    game = StochasticGame([StrategicGame([u, -u]) for u in stage], list(moves), Fraction(9, 10))
    values = np.zeros(2)
    for _ in range(600):
        values = np.array([value_of_2x2(0.1 * u + 0.9 * (p.astype(float) @ values)) for u, p in zip(stage, moves)])
    solution = all_markov_perfect(game)
    assert solution.complete and len(solution) == 1
    assert np.allclose(solution.values[0][:, 0].astype(float), values, atol=1e-8)
    assert np.allclose(solution.values[0].astype(float).sum(axis=1), 0, atol=1e-10)


def test_fudenberg_and_tirole_1991_the_repeated_prisoners_dilemma_has_no_markov_cooperation():
    dilemma = StrategicGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    game = StochasticGame([dilemma], [np.ones((2, 2, 1), dtype=int)], Fraction(99, 100))
    solution = all_markov_perfect(game)
    assert solution.complete and solution.play == ({"1": ("b", "b")},)
