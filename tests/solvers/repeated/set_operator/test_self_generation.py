from __future__ import annotations

from fractions import Fraction as F

from blamegame.deadline import Deadline
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.set_operator.operator import Image, cells_of
from blamegame.solvers.repeated.set_operator.outer_bound import outer_bound
from blamegame.solvers.repeated.set_operator.polygon import EMPTY, hull
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame
from blamegame.solvers.repeated.set_operator.self_generation import is_self_generating, self_generating_set

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])


def grim(discount):
    """The segment between mutual cooperation and its punishment, each its own continuation."""
    cells = cells_of(RepeatedGame(DILEMMA, discount))
    polygon = hull([cells[3].payoff, cells[0].payoff])
    return cells, polygon, [Image(cells[k].payoff, k, cells[k].payoff) for k in (3, 0)]


def test_grim_trigger_generates_itself_from_its_threshold_on():
    threshold = F(1, 7)
    assert is_self_generating(*grim(threshold))
    assert is_self_generating(*grim(F(9, 10)))
    assert not is_self_generating(*grim(threshold - F(1, 10**12)))


def test_a_wrong_value_is_rejected():
    cells, polygon, images = grim(F(1, 2))
    assert not is_self_generating(cells, polygon, [Image(images[0].value, 0, images[0].continuation), images[1]])


def test_a_continuation_outside_the_set_is_rejected():
    cells, _, images = grim(F(1, 2))
    outside = cells.image(0, (F(9), F(10)))
    assert not is_self_generating(cells, hull([images[0].value, outside.value]), [images[0], outside])


def test_a_set_needs_an_image_for_every_vertex():
    cells, polygon, images = grim(F(1, 2))
    assert not is_self_generating(cells, polygon, images[:1])
    assert not is_self_generating(cells, EMPTY, [])


SOFT = StrategicGame([[[16, 3, 0], [21, 10, -1], [9, 5, -5]], [[9, 13, 3], [1, 4, 0], [0, -4, -15]]])


def test_an_irrational_set_is_approached_by_a_verified_one():
    scaled = ScaledGame(RepeatedGame(SOFT, F(3, 10)))
    bound, _, settled = outer_bound(scaled, Deadline.of(None), 10_000)
    assert settled
    polygon, images = self_generating_set(
        scaled.cells, bound.shaping, bound.polygon, bound.threats, scaled.floats, scaled.rational
    )
    assert is_self_generating(scaled.cells, polygon, images)
    assert len(polygon) > 2


def test_where_nothing_near_the_bound_verifies_the_stage_equilibria_remain():
    """Threats far above the truth leave no profile a continuation, except the stage equilibrium's own."""
    scaled = ScaledGame(RepeatedGame(DILEMMA, F(1, 8)))
    everything = hull(scaled.cells[k].payoff for k in range(4))
    half = scaled.rational(0.5)
    polygon, images = self_generating_set(
        scaled.cells, range(4), everything, (half, half), scaled.floats, scaled.rational
    )
    assert polygon.vertices == (scaled.cells[3].payoff,)
    assert [image.cell for image in images] == [3]


def test_nothing_is_claimed_where_there_is_no_equilibrium():
    scaled = ScaledGame(RepeatedGame(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]), F(1, 2)))
    everything = hull(scaled.cells[k].payoff for k in range(4))
    zero = scaled.rational(0.0)
    assert self_generating_set(scaled.cells, range(4), everything, (zero, zero), scaled.floats, scaled.rational) == (
        EMPTY,
        (),
    )
