"""Sampled basins: where they can be known otherwise, and that intervals cover."""

import numpy as np
import pytest

from blamegame import load
from blamegame.dynamics.basins import population_basins, replicator_basins, smoothed_basins
from blamegame.dynamics.replicator import replicator
from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame


def test_in_a_symmetric_meeting_the_diagonal_parts_the_basins():
    """dx = x(1-x)(2y-1), dy = y(1-y)(2x-1): x + y decides."""
    game = StrategicGame([[[1, 0], [0, 1]]] * 2)
    found = replicator_basins(game, samples=2000, rng=np.random.default_rng(3))
    total = found.starts[0][:, 0] + found.starts[1][:, 0]
    clear = np.abs(total - 1) > 1e-6
    assert np.array_equal(found.reached[clear] == 0, total[clear] > 1)
    low, high = found.interval(0)
    assert low < 0.5 < high and high - low < 0.05


@pytest.mark.parametrize("name", ["trap", "chicken"])
def test_each_start_ends_where_the_path_from_it_ends(name):
    game = load(name).model.stage_game()
    found = replicator_basins(game, samples=12, rng=np.random.default_rng(5))
    assert found.unsettled == 0
    for index in range(12):
        end = replicator(game, [part[index] for part in found.starts], time=2000, tolerance=1e-10).end
        rest = found.rests[found.reached[index]]
        assert max(np.abs(one - two).max() for one, two in zip(end, rest)) < 1e-3


def test_play_that_goes_round_is_not_settled():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    found = replicator_basins(pennies, samples=40, rng=np.random.default_rng(1), time=50)
    assert found.unsettled == 1 and found.rests == ()
    assert "not settled" in str(found) and "sampled" in str(found)


def test_one_population_has_the_basin_of_the_one_dimensional_threshold():
    game = StrategicGame([[[3, 0], [0, 1]], [[3, 0], [0, 1]]], actions=[("a", "b")] * 2)
    found = population_basins(game, samples=3000, rng=np.random.default_rng(2))
    assert np.array_equal(found.reached == 0, found.starts[0][:, 0] > 0.25)


def test_smoothed_replies_rest_at_logit_equilibria():
    game = load("trap").model.stage_game()
    found = smoothed_basins(game, precision=20, samples=100, rng=np.random.default_rng(1))
    assert found.unsettled == 0 and len(found.rests) == 2
    for x, y in found.rests:
        values = 20 * (game.payoffs[0].astype(float) @ y), 20 * (x @ game.payoffs[1].astype(float))
        for shares, value in zip((x, y), values):
            odds = np.exp(value - value.max())
            assert shares == pytest.approx(odds / odds.sum(), abs=1e-8)


def test_intervals_cover_a_known_share_about_as_often_as_they_say():
    game = StrategicGame([[[1, 0], [0, 1]]] * 2)
    covered = 0
    for seed in range(60):
        low, high = replicator_basins(game, samples=60, rng=np.random.default_rng(seed)).interval(0, confidence=0.9)
        covered += low <= 0.5 <= high
    assert covered >= 47  # below 47 of 60 with probability 1e-3 at 90 %


def test_the_same_generator_gives_the_same_answer():
    game = load("paper_trap").model.stage_game()
    one, two = (replicator_basins(game, samples=50, rng=np.random.default_rng(8)) for _ in range(2))
    assert one.reached.tolist() == two.reached.tolist() and one.shares == two.shares


def test_seeds_and_counts_are_checked():
    game = StrategicGame([[[1, 0], [0, 1]]] * 2)
    with pytest.raises(GameError, match="default_rng"):
        replicator_basins(game, rng=3)
    with pytest.raises(GameError, match="samples=0"):
        replicator_basins(game, samples=0, rng=np.random.default_rng(1))
    with pytest.raises(GameError, match="confidence=1"):
        replicator_basins(game, samples=5, rng=np.random.default_rng(1)).interval(0, confidence=1)
