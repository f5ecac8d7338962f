"""The outer bound of a dilemma: exact at a fixed point, a bound whenever it stops."""

from fractions import Fraction

import pytest

from blamegame.deadline import Deadline
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.set_operator.outer_bound import outer_bound
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

DILEMMA = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])


def bound(discount, stage=DILEMMA, time_limit=None, most_steps=1000):
    scaled = ScaledGame(RepeatedGame(stage, discount))
    found, steps, settled = outer_bound(scaled, Deadline.of(time_limit), most_steps)
    return scaled.back(found.polygon), found, steps, settled


def test_impatience_leaves_the_stage_equilibrium_alone():
    polygon, found, _, settled = bound(Fraction(1, 10))
    assert polygon.vertices == ((1, 1),) and found.fixed_point and settled


def test_patience_allows_cooperation_exactly():
    polygon, _, _, settled = bound(Fraction(9, 10))
    assert settled and (Fraction(3), Fraction(3)) in polygon.vertices
    assert min(x for x, _ in polygon.vertices) == min(y for _, y in polygon.vertices) == 1
    assert all(type(x) is Fraction for vertex in polygon.vertices for x in vertex)


def test_a_game_without_pure_equilibria_has_an_empty_bound():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    polygon, found, _, settled = bound(Fraction(1, 10), pennies)
    assert not polygon and not polygon.vertices and found.fixed_point and settled


@pytest.mark.parametrize("stop", [{"most_steps": 0}, {"time_limit": 0.0}])
def test_stopped_early_it_bounds_what_it_would_have_found(stop):
    early, _, steps, settled = bound(Fraction(1, 10), **stop)
    assert not settled and steps == 0
    xs, ys = zip(*early.vertices)
    assert min(xs) <= 1 <= max(xs) and min(ys) <= 1 <= max(ys)
