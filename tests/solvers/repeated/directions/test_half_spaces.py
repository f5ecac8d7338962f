"""The outer iteration and the inner verification on programmes whose answer is known."""

import numpy as np
import pytest

from blamegame.solvers.repeated.directions.decomposition_lp import directions_in
from blamegame.solvers.repeated.directions.half_spaces import HalfSpaces, inner_set, outer_half_spaces

ROUND = directions_in(2, 16)


class Shrinking:
    """Makes half of every promise around a fixed payoff: iterated, everything but that payoff is lost."""

    def __init__(self, at):
        self.at = np.array(at)

    def confine(self, heights, slack):
        self.heights = heights + max(slack, 0)

    def furthest(self, direction):
        far = float(self.heights[np.argmax(ROUND @ direction)])
        payoff = 0.5 * self.at + 0.5 * far * direction
        return 0.5 * float(self.at @ direction) + 0.5 * far, payoff


class Keeping(Shrinking):
    """Makes every promise as it is."""

    def furthest(self, direction):
        far = float(self.heights[np.argmax(ROUND @ direction)])
        return far, far * direction


class Nothing(Shrinking):
    """A profile that can never be played."""

    def furthest(self, direction):
        return None


UNIT = np.ones(len(ROUND))


def outer(programmes, **limits):
    return outer_half_spaces(programmes, ROUND, UNIT, **{"time_limit": None, "most_steps": 200, **limits})


def test_half_spaces_fall_to_the_only_payoff_that_generates_itself():
    found = outer({(0, 0): Shrinking([0.25, 0.5])})
    assert found.converged and found.alive == {(0, 0)} and found.stopped == ""
    assert np.allclose(found.heights, ROUND @ [0.25, 0.5], atol=1e-7)
    assert (found.heights >= ROUND @ [0.25, 0.5]).all()


def test_a_profile_that_makes_nothing_is_dropped_and_without_any_there_is_no_equilibrium():
    found = outer({(0, 0): Keeping([0, 0]), (1, 0): Nothing([0, 0])})
    assert found.alive == {(0, 0)} and np.allclose(found.heights, 1)
    none = outer({(1, 0): Nothing([0, 0])})
    assert none.converged and not none.alive and (none.heights == -np.inf).all()


@pytest.mark.parametrize("limits", [{"most_steps": 1}, {"time_limit": 0.0}])
def test_stopped_early_the_bound_is_wider_and_says_so(limits):
    found = outer({(0, 0): Shrinking([0.25, 0.5])}, **limits)
    assert not found.converged and (found.heights > ROUND @ [0.25, 0.5] + 0.01).all()
    assert ("ran out" in found.stopped) == ("time_limit" in limits)


def test_interrupted_it_returns_what_holds_so_far():
    class Interrupted(Shrinking):
        def furthest(self, direction):
            raise KeyboardInterrupt

    found = outer({(0, 0): Interrupted([0, 0])})
    assert found.stopped == "interrupted; " and np.array_equal(found.heights, UNIT)


def test_an_inner_set_needs_programmes_that_make_more_than_it_holds():
    class Spreading(Shrinking):
        def furthest(self, direction):
            return 1.0, direction

    bound = HalfSpaces(UNIT, frozenset({(0, 0)}), True, "", 1)
    found = inner_set({(0, 0): Spreading([0, 0])}, ROUND, bound)
    assert found is not None and found.played == {(0, 0)}
    assert (ROUND @ found.points.T <= 1).all() and np.linalg.norm(found.points, axis=1).min() > 0.5
    assert inner_set({(0, 0): Shrinking([0, 0])}, ROUND, bound) is None
    assert inner_set({}, ROUND, HalfSpaces(-np.inf * UNIT, frozenset(), True, "", 1)) is None
