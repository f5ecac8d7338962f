"""Roots of indifference equations: each proved in a narrow box, doubtful ones said to be."""

import numpy as np
import pytest

from blamegame.deadline import Deadline
from blamegame.solvers.strategic.boxes.branch_and_prune import branch_and_prune
from blamegame.solvers.strategic.boxes.indifference_system import indifference_system

BOTH = (0, 1)


def roots(payoffs, supports, *, most_boxes=100_000, time_limit=None):
    system = indifference_system(np.array(payoffs, dtype=float), supports)
    return branch_and_prune(system, most_boxes=most_boxes, deadline=Deadline(time_limit))


def test_the_mixed_equilibrium_lies_in_its_box():
    found = roots([[[1, 0], [0, 0.5]], [[0.5, 0], [0, 1]]], (BOTH, BOTH))
    assert found.low.shape == (1, 4) and len(found.unresolved) == 0
    expected = np.array([2 / 3, 1 / 3, 1 / 3, 2 / 3])
    assert (found.low <= expected + 1e-15).all() and (found.high >= expected - 1e-15).all()
    assert (found.high - found.low).max() < 1e-10


def test_a_dominant_action_leaves_no_mixed_root():
    found = roots([[[0.6, 0], [1, 0.2]], [[0.6, 1], [0, 0.2]]], (BOTH, BOTH))
    assert len(found.low) == 0 and len(found.unresolved) == 0


@pytest.mark.parametrize(("outside", "count"), [(0.0, 1), (1.0, 0)])
def test_a_root_counts_only_where_no_action_outside_the_support_is_better(outside, count):
    pennies = [[[1, 0], [0, 1], [outside, outside]], [[0, 1], [1, 0], [0, 0]]]
    found = roots(pennies, (BOTH, BOTH))
    assert len(found.low) == count and len(found.unresolved) == 0


def test_a_tie_with_an_action_outside_the_support_is_left_undecided():
    pennies = [[[1, 0], [0, 1], [0.5, 0.5]], [[0, 1], [1, 0], [0, 0]]]
    found = roots(pennies, (BOTH, BOTH))
    assert len(found.low) == 0 and len(found.unresolved) > 0
    assert all((box[0] <= 0.5).all() and (box[1] >= 0.5).all() for box in found.unresolved)


def test_stopped_early_nothing_is_lost():
    """Three players who each want to differ: whatever is not proved when time is up stays in the unresolved boxes."""
    rng = np.random.default_rng(2)
    payoffs = rng.random((3, 3, 3, 3))
    supports = ((0, 1, 2),) * 3
    whole = roots(payoffs, supports)
    stopped = roots(payoffs, supports, most_boxes=1, time_limit=0)
    assert stopped.boxes <= whole.boxes
    for root in (whole.low + whole.high) / 2:
        proved = [
            (low <= root + 1e-9).all() and (root <= high + 1e-9).all() for low, high in zip(stopped.low, stopped.high)
        ]
        pending = [(box[0] <= root + 1e-9).all() and (root <= box[1] + 1e-9).all() for box in stopped.unresolved]
        assert any(proved) or any(pending)
