"""A batch never differs from its items, ties and rounding included."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.dynamics.log_linear import log_linear
from blamegame.dynamics.log_linear_batch import log_linear_batch
from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame


def check_items(game, found, every=1):
    for index in range(0, len(found), every):
        one = log_linear(game[index])
        least = min(one.potentials)
        assert found.stable[index].tolist() == [p == least for p in one.potentials]
        size = float(abs(game[index].payoffs).max())
        assert np.abs(found.potentials[index] - [float(p) for p in one.potentials]).max() <= 1e-13 * max(size, 1e-300)


@pytest.mark.parametrize("shape", [(2, 3), (2, 2, 2), (3, 3), (1, 2)])
def test_games_with_ties_and_without(shape):
    rng = np.random.default_rng(1)
    for tables in (rng.normal(size=(60, len(shape), *shape)), rng.integers(0, 3, (60, len(shape), *shape)) * 0.1):
        game = StrategicGame(tables, players=len(shape))
        check_items(game, log_linear_batch(game))


def test_exact_batches():
    rng = np.random.default_rng(2)
    game = StrategicGame(rng.integers(0, 4, (80, 2, 2, 3)), players=2)
    found = log_linear_batch(game)
    check_items(game, found)
    assert found.decided_exactly.any() and not found.decided_exactly.all()


def test_a_difference_below_rounding_decides_where_exact_payoffs_are_given():
    small = Fraction(1, 10**30)
    exact = np.array([[[[1, 0], [0, 1 + small]]] * 2, [[[1 + small, 0], [0, 1]]] * 2], dtype=object)
    floats = StrategicGame(exact.astype(np.float64), players=2)
    found = log_linear_batch(floats, exact=lambda index: exact[index])
    assert found.stable.tolist() == [[False, False, False, True], [True, False, False, False]]
    assert log_linear_batch(floats).stable.tolist() == [[True, False, False, True]] * 2
    assert log_linear_batch(StrategicGame(exact, players=2)).stable.tolist() == found.stable.tolist()


def test_a_best_reply_hidden_by_rounding_is_found():
    small = Fraction(1, 10**25)
    table = np.array([[[0, 0], [small, small]], [[0, 0], [0, 0]]], dtype=object)
    found = log_linear_batch(StrategicGame(table.astype(np.float64)[None] * 0, players=2), exact=lambda _: table)
    assert found.stable.tolist() == [[False, False, True, True]]


@pytest.mark.parametrize("scale", [1e-300, 1e-5, 1e150, 1e307])
def test_any_scale(scale):
    rng = np.random.default_rng(4)
    game = StrategicGame(rng.uniform(-1, 1, (30, 2, 2, 3)) * scale, players=2)
    check_items(game, log_linear_batch(game))


def test_payoffs_of_very_different_size_are_no_ties():
    table = [[[1e300, 1e300], [1e-300, 0]], [[0, 1e-300], [0, 0]]]
    game = StrategicGame(np.array([table]), players=2)
    check_items(game, log_linear_batch(game))


def test_potentials_beyond_floats_are_refused():
    game = StrategicGame(np.array([[[[1.7e308, -1.7e308], [-1.7e308, 1.7e308]]] * 2]), players=2)
    with pytest.raises(GameError, match="rescale"):
        log_linear_batch(game)


def test_one_game_is_sent_to_the_exact_solver():
    with pytest.raises(GameError, match="log_linear takes this one"):
        log_linear_batch(StrategicGame([[[1.0]], [[1.0]]]))


def test_the_order_is_that_of_the_batch():
    rng = np.random.default_rng(8)
    tables = rng.normal(size=(3, 4, 2, 2, 2))
    whole = log_linear_batch(StrategicGame(tables, players=2))
    flat = log_linear_batch(StrategicGame(tables.reshape(12, 2, 2, 2), players=2))
    assert np.array_equal(whole.potentials, flat.potentials)
