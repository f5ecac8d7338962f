"""The event's share over what is stochastically stable."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from blamegame import load
from blamegame.dynamics.log_linear import log_linear
from blamegame.dynamics.stable_range import stable_classes, stable_range
from blamegame.games.strategic import StrategicGame
from blamegame.testing.strategies import degenerate_games, strategic_games


@pytest.mark.parametrize(
    ("name", "expected"), [("trap", 1), ("paper_trap", 1), ("chicken", 0), ("h_county", 1), ("cycle", Fraction(1, 4))]
)
def test_the_regimes(name, expected):
    model = load(name).model
    assert stable_range(model.stage_game(), model.avoidance) == (expected, expected)


def test_two_stable_profiles_are_two_ends():
    game = StrategicGame([[[1, 0], [0, 1]]] * 2)
    assert stable_range(game, [(0, 0)]) == (0, 1)
    assert stable_range(game, [(0, 0), (1, 1)]) == (1, 1)


def test_shares_inside_a_class_need_not_be_equal():
    game = StrategicGame([[[0, 0], [0, 1]], [[1, 0], [1, 0]]])
    (only,) = stable_classes(game)
    assert sum(only.shares) == 1 and set(only.cells) == set(log_linear(game).stable)


@settings(max_examples=80, deadline=None)
@given(strategic_games(max_actions=3) | degenerate_games(max_actions=3))
def test_the_long_run_at_high_precision_lies_between_the_ends(game):
    event = np.zeros(game.n_actions, dtype=bool)
    event.ravel()[::2] = True
    low, high = stable_range(game, event)
    long_run = log_linear(game).frequency(event, 60)  # payoffs are whole numbers
    assert low - Fraction(1, 10**9) <= long_run <= high + Fraction(1, 10**9)
    assert 0 <= low <= high <= 1


@settings(max_examples=60, deadline=None)
@given(strategic_games(max_actions=3) | degenerate_games(max_actions=3))
def test_classes_hold_exactly_the_stable_profiles_in_the_shares_of_the_limit(game):
    found = log_linear(game)
    classes = stable_classes(game)
    assert sorted(cell for one in classes for cell in one.cells) == sorted(found.stable)
    limit = dict(zip(found.profiles, found.distribution(60).tolist()))
    for one in classes:
        total = sum(limit[cell] for cell in one.cells)
        assert [limit[cell] / total for cell in one.cells] == pytest.approx([float(s) for s in one.shares], abs=1e-9)
