import numpy as np
import pytest

from blamegame.games.batch import Batch, as_batch
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.batches.survivors import survivors
from blamegame.solvers.strategic.rationalizable import rationalizable


@pytest.mark.parametrize("shape", [(2, 2, 3), (2, 2, 2, 2), (3, 3, 2)])
def test_whatever_is_rationalizable_survives_and_little_else_does(shape):
    rng = np.random.default_rng(1)
    payoffs = rng.integers(0, 6, (60, len(shape), *shape)).astype(float)
    kept = survivors(Batch(payoffs))
    agreed = 0
    for g in range(60):
        exact = rationalizable(StrategicGame(payoffs[g]))
        found = [np.flatnonzero(mask[g]).tolist() for mask in kept]
        assert all(set(true) <= set(mine) for true, mine in zip(exact, found))
        agreed += [list(true) for true in exact] == found
    assert agreed > 45


def test_two_players_are_freed_of_actions_that_only_a_mixture_beats():
    first = [[4, 0], [0, 4], [1, 1]]
    kept = survivors(as_batch([first, [[1, 0], [0, 1], [9, 9]]]))
    assert kept[0].tolist() == [[True, True, False]]


def test_an_action_beaten_within_rounding_stays():
    better = np.full((1, 1, 1, 2), 1 + 1e-15)
    payoffs = np.zeros((1, 3, 2, 1, 2))
    payoffs[0, 0, 0], payoffs[0, 0, 1] = 1.0, better[0, 0, 0]
    sure = Batch(payoffs)
    unsure = Batch(payoffs, lambda index: payoffs[index].astype(object), np.array([True]))
    assert survivors(sure)[0].tolist() == [[False, True]]
    assert survivors(unsure)[0].tolist() == [[True, True]]
