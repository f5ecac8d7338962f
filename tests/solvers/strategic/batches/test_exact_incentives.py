"""The dual simplex in integers of any size, against bounds that come with a checked proof."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.batches.exact_incentives import smallest_probability
from blamegame.solvers.strategic.correlated import correlated_bounds, incentive_gains


@pytest.mark.parametrize("largest", [2, 3, 10**18])
@pytest.mark.parametrize("coarse", [False, True])
def test_bounds_are_those_of_the_proved_programmes(largest, coarse):
    rng = np.random.default_rng(largest)
    for _ in range(25):
        shape = tuple(rng.integers(1, 5, 2).tolist())
        game = StrategicGame(rng.integers(0, largest, (2, *shape)))
        event = rng.random(shape) < 0.4
        gains, inside = incentive_gains(game, coarse), event.ravel().tolist()
        truth = correlated_bounds(game, event, coarse=coarse)
        assert smallest_probability(gains, inside) == truth.lowest.value
        assert 1 - smallest_probability(gains, [not cell for cell in inside]) == truth.highest.value


def test_every_cell_inside_is_certain_and_none_impossible():
    assert smallest_probability([[1, -1]], [True, True]) == 1 and smallest_probability([[1, -1]], [False, False]) == 0


def test_numbers_of_any_size_are_exact():
    large = 10**50
    assert smallest_probability([[large, -1], [-large, 1]], [True, False]) == Fraction(1, large + 1)
