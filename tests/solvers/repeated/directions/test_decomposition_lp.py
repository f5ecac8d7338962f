"""What one period and promises can make, by hand: the linear programmes of a dilemma and the directions they ask in."""

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.directions.decomposition_lp import (
    PerfectProgramme,
    PublicProgramme,
    coordinates,
    directions_in,
)

STAGE = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
SQUARE = directions_in(2, 4)  # the axes, forth and back
DIAGONAL = np.array([1.0, 1.0])


def table():
    return coordinates(RepeatedGame(STAGE, 0.5))[0]


def heights(low, high):
    """Promises in [low, high] for both."""
    return np.array([high if direction.sum() > 0 else -low for direction in SQUARE])


def test_payoffs_are_scaled_to_one_and_can_be_scaled_back():
    scaled, scale, shift = coordinates(RepeatedGame(STAGE, 0.5), np.array([[0, 1], [1, 1]]))
    assert scaled.min() == 0 and scaled.max() == 1 and scaled.shape == (3, 2, 2)
    assert np.allclose(scaled[:2] * scale[:2, None, None] + shift[:2, None, None], STAGE.payoffs.astype(float))
    assert scaled[2].tolist() == [[0, 1], [1, 1]] and (scale[2], shift[2]) == (1, 0)


def test_a_player_who_does_not_care_is_not_divided_by_zero():
    scaled, scale, _ = coordinates(RepeatedGame(StrategicGame([[[2, 2]], [[0, 1]]]), 0.5))
    assert scaled[0].tolist() == [[0, 0]] and scale[0] == 1


@pytest.mark.parametrize(("dimension", "count"), [(1, 10), (2, 16), (3, 40), (4, 2)])
def test_directions_are_unit_vectors_with_the_axes_among_them(dimension, count):
    spread = directions_in(dimension, count)
    assert np.allclose(np.linalg.norm(spread, axis=1), 1)
    for axis in np.concatenate([np.eye(dimension), -np.eye(dimension)]):
        assert np.isclose(spread @ axis, 1).any()
    assert np.array_equal(spread, directions_in(dimension, count))


@pytest.mark.parametrize(("discount", "can"), [(0.3, False), (0.5, True)])
def test_cooperation_needs_enough_of_a_future_against_the_worst_promise(discount, can):
    """Scaled payoffs 3/5, 1, 1/5; promises in [1/5, 3/5]: the gain 2/5 is deterred from discount 1/2 on."""
    programme = PerfectProgramme(table(), (0, 0), 2, discount, SQUARE)
    programme.confine(heights(0.2, 0.6), 1e-9)
    found = programme.furthest(DIAGONAL)
    assert (found is not None) == can
    if found is not None:
        assert found[0] == pytest.approx(1.2) and found[1] == pytest.approx([0.6, 0.6])


def test_a_stage_equilibrium_reaches_the_best_promises_and_the_worst():
    programme = PerfectProgramme(table(), (1, 1), 2, 0.5, SQUARE)
    programme.confine(heights(0.2, 0.6), 0.0)
    assert programme.furthest(DIAGONAL)[0] == pytest.approx(2 * (0.5 * 0.2 + 0.5 * 0.6))
    assert programme.furthest(-DIAGONAL)[0] == pytest.approx(-2 * 0.2)


def test_signals_that_say_nothing_deter_nothing_and_full_signals_do():
    blank = np.ones((2, 2, 1))
    telling = np.eye(4).reshape(2, 2, 4)
    for signals, can in ((blank, False), (telling, True)):
        programme = PublicProgramme(table(), signals, (0, 0), 2, 0.6, SQUARE)
        programme.confine(heights(0.2, 0.6), 1e-9)
        assert (programme.furthest(DIAGONAL) is not None) == can
