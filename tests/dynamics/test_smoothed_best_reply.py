"""Smoothed best replies rest at logit equilibria."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from blamegame import load
from blamegame.dynamics.smoothed_best_reply import smoothed_best_reply
from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.logit import logit


def test_it_ends_at_the_logit_equilibrium_of_the_same_precision():
    game = load("h_county").model.stage_game()
    (expected,) = logit(game, most_rationality=20).at(20)
    end = smoothed_best_reply(game, ([0.5, 0.5], [0.4, 0.3, 0.3]), precision=20, time=80).end
    for ours, theirs in zip(end, expected):
        assert np.abs(ours - np.asarray(theirs, dtype=float)).max() < 1e-8


def test_it_agrees_with_a_reference_integration():
    rng = np.random.default_rng(6)
    game = StrategicGame(rng.normal(size=(2, 2, 3)))
    start = [rng.dirichlet(np.ones(n)) for n in (2, 3)]
    path = smoothed_best_reply(game, start, precision=3, time=10, steps=20)

    def velocity(_, flat):
        x, y = flat[:2], flat[2:]
        odds = [np.exp(3 * (game.payoffs[0] @ y)), np.exp(3 * (x @ game.payoffs[1]))]
        return np.concatenate([odd / odd.sum() for odd in odds]) - flat

    found = solve_ivp(velocity, (0, 10), np.concatenate(start), "Radau", path.times, rtol=1e-12, atol=1e-14)
    assert np.abs(np.hstack(path.strategies) - found.y.T).max() < 1e-8


def test_choice_at_random_decays_to_uniform_play():
    game = load("trap").model.stage_game()
    path = smoothed_best_reply(game, ([1, 0], [0, 0, 1]), precision=0, time=3, steps=3)
    assert path.strategies[0][:, 0] == pytest.approx(0.5 + 0.5 * np.exp(-path.times), abs=1e-9)


def test_shares_stay_a_distribution_even_from_a_corner():
    rng = np.random.default_rng(9)
    game = StrategicGame(rng.normal(size=(3, 2, 3, 2)) * 30)
    path = smoothed_best_reply(game, ([1, 0], [0, 1, 0], [0, 1]), precision=20)
    for strategy in path.strategies:
        assert (strategy >= 0).all() and np.abs(strategy.sum(axis=1) - 1).max() < 1e-14


def test_a_negative_precision_is_refused():
    with pytest.raises(GameError, match="precision=-2"):
        smoothed_best_reply(StrategicGame([[[1]], [[1]]]), ([1], [1]), precision=-2)
