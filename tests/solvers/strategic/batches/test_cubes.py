"""Batches of 2 x 2 x 2 games against support enumeration with interval Newton, which shares no code with them."""

import numpy as np
import pytest

from blamegame.games.batch import Batch
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.batches.cubes import cube_equilibria
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria


def listed(payoffs):
    solution = isolated_equilibria(StrategicGame(payoffs))
    return solution.complete, sorted(
        tuple(float(strategy[1]) for strategy in profile) for profile in solution.equilibria
    )


@pytest.mark.parametrize("whole", [False, True])
def test_every_equilibrium_of_a_sure_game_is_found(whole):
    rng = np.random.default_rng(2)
    payoffs = rng.integers(0, 50, (150, 3, 2, 2, 2)).astype(float) if whole else rng.normal(size=(150, 3, 2, 2, 2))
    found = cube_equilibria(Batch(payoffs))
    assert found.sure.mean() > 0.5
    for g in np.flatnonzero(found.sure).tolist():
        complete, want = listed(payoffs[g])
        got = sorted(map(tuple, found.chances[found.game == g].tolist()))
        assert complete and len(got) == len(want)
        np.testing.assert_allclose(got, want, atol=2e-9)


def test_two_equilibria_in_which_all_mix_are_both_found():
    rng = np.random.default_rng(5)
    gains = rng.normal(size=(4000, 3, 2, 2))
    payoffs = np.zeros((4000, 3, 2, 2, 2))
    payoffs[:, 0, 1], payoffs[:, 1, :, 1], payoffs[:, 2, :, :, 1] = gains[:, 0], gains[:, 1], gains[:, 2]
    found = cube_equilibria(Batch(payoffs))
    inside = ((found.chances > 0) & (found.chances < 1)).all(axis=1)
    twice = np.flatnonzero(np.bincount(found.game[inside], minlength=4000) == 2)
    assert len(twice) > 5
    for g in twice[:10].tolist():
        complete, want = listed(payoffs[g])
        assert complete
        np.testing.assert_allclose(sorted(map(tuple, found.chances[found.game == g].tolist())), want, atol=2e-9)


def test_a_tie_anywhere_leaves_a_game_unsure():
    payoffs = np.random.default_rng(3).normal(size=(1, 3, 2, 2, 2))
    assert cube_equilibria(Batch(payoffs)).sure.all()
    for distance in (0.0, 1e-12, 1e-9):
        tied = payoffs.copy()
        tied[0, 1, 0, 1, 0] = tied[0, 1, 0, 0, 0] + distance
        assert not cube_equilibria(Batch(tied)).sure.any()


def test_a_third_who_is_indifferent_while_the_others_mix_leaves_a_game_unsure():
    matching = np.array([[1.0, -1.0], [-1.0, 1.0]])
    payoffs = np.zeros((1, 3, 2, 2, 2))
    payoffs[0, 0], payoffs[0, 1] = matching[:, :, None], -matching[:, :, None]
    payoffs[0, 2, :, :, 1] = matching  # at the even mixtures of the others the third gains exactly nothing
    assert not cube_equilibria(Batch(payoffs)).sure.any()


def test_odd_numbers_of_equilibria_in_generic_games():
    found = cube_equilibria(Batch(np.random.default_rng(4).normal(size=(3000, 3, 2, 2, 2))))
    counts = np.bincount(found.game, minlength=3000)[found.sure]
    assert found.sure.mean() > 0.99 and (counts % 2 == 1).all()
