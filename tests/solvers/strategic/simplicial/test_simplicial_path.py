"""The path over the grid: it ends at few gains, is the same every time, and can be stopped."""

import numpy as np
import pytest

from blamegame.deadline import Deadline, OutOfTime
from blamegame.solvers.strategic.boxes.newton_on_supports import ActionValues
from blamegame.solvers.strategic.simplicial.simplicial_path import TooLong, simplicial_path

NO_LIMIT = Deadline()


def largest_gain(values, point):
    return max(float(worth.max() - worth @ strategy) for worth, strategy in values.with_strategies(point))


def start_of(sizes, grid):
    """Everybody plays the first action."""
    return np.concatenate([[grid] + [0] * (n - 1) for n in sizes])


@pytest.mark.parametrize("seed", range(6))
def test_finer_grids_end_at_smaller_gains(seed):
    values = ActionValues(np.random.default_rng(seed).random((3, 2, 3, 2)))
    for grid in (4, 64):
        end = simplicial_path(values, start_of((2, 3, 2), grid), grid, 100_000, NO_LIMIT)
        assert end.point.min() >= 0 and [part.sum() for part in values.split(end.point)] == [grid] * 3
        assert largest_gain(values, end.point / grid) <= 12 / grid


def test_a_start_that_nobody_gains_by_leaving_is_the_end():
    values = ActionValues(np.array([[[2.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 2.0]]]))
    end = simplicial_path(values, np.array([8, 0, 8, 0]), 8, 100, NO_LIMIT)
    assert end.steps == 1 and end.point.tolist() == [8, 0, 8, 0] and end.middle.tolist() == [1, 0, 1, 0]


def test_the_path_is_the_same_every_time_and_leaves_its_start_alone():
    values = ActionValues(np.random.default_rng(9).random((2, 4, 4)))
    start = start_of((4, 4), 32)
    one, other = (simplicial_path(values, start, 32, 100_000, NO_LIMIT) for _ in range(2))
    assert one.steps == other.steps and np.array_equal(one.point, other.point)
    assert start.tolist() == start_of((4, 4), 32).tolist()


def test_ties_everywhere_end_at_once():
    end = simplicial_path(ActionValues(np.zeros((2, 3, 3))), start_of((3, 3), 5), 5, 100, NO_LIMIT)
    assert end.steps == 1


def test_too_many_steps_and_too_little_time_are_said():
    pennies = ActionValues(np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]]))
    with pytest.raises(TooLong):
        simplicial_path(pennies, start_of((2, 2), 1000), 1000, 3, NO_LIMIT)
    with pytest.raises(OutOfTime):
        simplicial_path(pennies, start_of((2, 2), 1000), 1000, 10**6, Deadline(0))
