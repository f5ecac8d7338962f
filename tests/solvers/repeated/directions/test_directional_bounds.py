"""Bounds by directions lie around the exact payoff set, and what is attained lies inside."""

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.directions.decomposition_lp import PerfectProgramme, coordinates, directions_in
from blamegame.solvers.repeated.directions.directional_bounds import bounds_by_directions

DILEMMA = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])


def bounds(discount, stage=DILEMMA, extra=None, directions=16, **limits):
    game = RepeatedGame(stage, discount)
    table = coordinates(game, extra)[0]
    spread = directions_in(len(table), directions)
    programmes = {cell: PerfectProgramme(table, cell, 2, discount, spread) for cell in np.ndindex(*stage.n_actions)}
    return bounds_by_directions(game, programmes, spread, extra, **{"time_limit": None, "most_steps": 300, **limits})


def test_impatience_leaves_one_cell_and_one_payoff():
    found = bounds(0.1)
    assert found.converged and found.playable.tolist() == [[False, False], [False, True]]
    assert found.not_playable.tolist() == [[True, True], [True, False]]
    assert found.range_of(0) == pytest.approx((1, 1, 1, 1), abs=1e-6)


def test_patience_makes_cooperation_playable_between_inner_and_outer_bounds():
    found = bounds(0.7, directions=32)
    outer_low, inner_low, inner_high, outer_high = found.range_of(1)
    assert outer_low <= inner_low <= inner_high <= outer_high and outer_low > 0.99 and inner_high > 3
    assert found.playable[0, 0] and (found.directions @ found.inner.T <= found.outer[:, None] + 1e-9).all()
    assert "4 of 4 action profiles may be played" in repr(found)


def test_a_further_coordinate_is_bounded_too():
    together = np.array([[1, 0], [0, 0]])
    assert bounds(0.1, extra=together).range_of(2)[3] == pytest.approx(0, abs=1e-6)


def test_without_any_equilibrium_everything_is_ruled_out():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    found = bounds(0.1, pennies)
    assert found.not_playable.all() and not found.playable.any() and (found.outer == -np.inf).all()
    assert np.isnan(found.range_of(0)[1:3]).all()


def test_stopped_early_it_says_so_and_still_bounds():
    found = bounds(0.1, most_steps=1)
    assert not found.converged and found.range_of(0)[3] >= 1 and not found.not_playable[1, 1]
