"""Replicator dynamics: conserves the simplex, agrees with a reference integration and with nashpy."""

import warnings

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from blamegame import load
from blamegame.dynamics.replicator import population_replicator, replicator
from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame


def reference(game, start, times):
    """The equations as they stand, by another integrator (implicit, of order 5)."""
    sizes = np.cumsum([len(s) for s in start])[:-1]

    def velocity(_, flat):
        x, y = np.split(flat, sizes)
        u, v = game.payoffs[0] @ y, x @ game.payoffs[1]
        return np.concatenate([x * (u - x @ u), y * (v - y @ v)])

    found = solve_ivp(velocity, (0, times[-1]), np.concatenate(start), "Radau", times, rtol=1e-12, atol=1e-14)
    return np.split(found.y.T, sizes, axis=1)


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 3)])
def test_it_agrees_with_a_reference_integration_to_1e_8(shape):
    rng = np.random.default_rng(sum(shape))
    for _ in range(4):
        game = StrategicGame(rng.normal(size=(2, *shape)))
        start = [rng.dirichlet(np.ones(n)) for n in shape]
        path = replicator(game, start, time=15, steps=30)
        for ours, theirs in zip(path.strategies, reference(game, start, path.times)):
            assert np.abs(ours - theirs).max() < 1e-8


def test_it_agrees_with_nashpy():
    import nashpy

    table = np.array([[[3.0, 0.0, 1.0], [1.0, 2.0, 0.0]], [[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]]])
    start = ([0.4, 0.6], [0.3, 0.3, 0.4])
    path = replicator(StrategicGame(table), start, time=10, steps=50)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = nashpy.Game(*table).asymmetric_replicator_dynamics(*start, timepoints=path.times)
    for ours, other in zip(path.strategies, theirs):
        assert np.abs(ours - other).max() < 1e-5  # odeint's own tolerance


def test_it_conserves_the_simplex_to_the_last_digit():
    rng = np.random.default_rng(1)
    for shape in [(2, 3), (3, 3), (2, 2, 2)]:
        game = StrategicGame(rng.normal(size=(len(shape), *shape)) * 10)
        path = replicator(game, [rng.dirichlet(np.ones(n)) for n in shape], time=200)
        for strategy in path.strategies:
            assert np.abs(strategy.sum(axis=1) - 1).max() < 1e-14
            assert (strategy >= 0).all()


def test_an_action_that_is_not_played_never_appears():
    game = load("trap").model.stage_game()
    path = replicator(game, ([0.5, 0.5], [0.5, 0, 0.5]))
    assert (path.strategies[1][:, 1] == 0).all()
    pure = replicator(game, ([1, 0], [0, 0, 1]))
    assert pure.end[0].tolist() == [1, 0] and pure.end[1].tolist() == [0, 0, 1]


def test_a_zero_sum_game_goes_round_on_a_constant_product():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    path = replicator(pennies, ([0.7, 0.3], [0.6, 0.4]), time=60)
    x, y = (strategy[:, 0] for strategy in path.strategies)
    invariant = np.log(x * (1 - x) * y * (1 - y))
    assert np.ptp(invariant) < 1e-8


def test_one_population_agrees_with_two_that_start_alike():
    rng = np.random.default_rng(4)
    table = rng.normal(size=(3, 3))
    game = StrategicGame([table, table.T])
    start = [0.2, 0.5, 0.3]
    alone, both = population_replicator(game, start, time=12), replicator(game, (start, start), time=12)
    assert np.abs(alone.strategies[0] - both.strategies[0]).max() < 1e-8


def test_the_trap_can_be_entered_from_both_sides():
    game = load("trap").model.stage_game()
    good = replicator(game, ([0.9, 0.1], [0.9, 0.05, 0.05]), time=300).end
    bad = replicator(game, ([0.1, 0.9], [0.1, 0.8, 0.1]), time=300).end
    assert good[0][0] > 0.999 and good[1][0] > 0.999
    assert bad[0][1] > 0.999 and bad[1][1] > 0.999


def test_what_is_no_start_and_no_time_is_refused():
    game = load("trap").model.stage_game()
    with pytest.raises(GameError, match="not a probability vector"):
        replicator(game, ([0.5, 0.6], [1, 0, 0]))
    with pytest.raises(GameError, match="time=0"):
        replicator(game, ([0.5, 0.5], [1, 0, 0]), time=0)
    with pytest.raises(GameError, match="steps=0"):
        replicator(game, ([0.5, 0.5], [1, 0, 0]), steps=0)
    with pytest.raises(GameError, match="same actions"):
        population_replicator(game, [0.5, 0.5])
    with pytest.raises(GameError, match="symmetric"):
        population_replicator(StrategicGame([[[1, 0], [0, 1]], [[1, 2], [0, 1]]]), [0.5, 0.5])
