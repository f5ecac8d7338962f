from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.games.batch import Batch
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.corridor import avoidance_corridor
from blamegame.solvers.repeated.corridor_batch import corridor_batch


@pytest.mark.parametrize("discount", [F(0), F(3, 10), F(9, 10)])
def test_a_batch_equals_its_items(discount):
    rng = np.random.default_rng(7)
    games = rng.integers(0, 6, size=(60, 2, 2, 3))
    events = [Delegation().avoidance, ~Delegation().avoidance]
    found = corridor_batch(games, events, discount)
    assert found.complete.all()
    for g in range(len(games)):
        for k, event in enumerate(events):
            one = avoidance_corridor(RepeatedGame(StrategicGame(games[g].tolist()), discount), event)
            want = [float(one.best), float(one.worst)]
            assert np.allclose([found.best[k, g], found.worst[k, g]], want, atol=1e-9, equal_nan=True)
            assert (found.worst[k, g] == 0) == (one.status == "free")


def test_exact_payoffs_decide_where_floats_are_a_tie():
    """(a, a) of the dilemma needs exactly 1/7; a third of a third is not a float."""
    truth = [[[F(x, 9) for x in row] for row in player] for player in [[[9, 1], [10, 3]], [[9, 10], [1, 3]]]]
    floats = np.array(truth, dtype=float)[None]
    event = np.array([[True, False], [False, False]])
    found = corridor_batch(Batch(floats, lambda g: truth), [event], F(1, 7))
    assert found.worst[0, 0] == 1 and found.best[0, 0] == 0 and found.exactly[0]
    below = corridor_batch(Batch(floats, lambda g: truth), [event], F(1, 7) - F(1, 10**12))
    assert below.worst[0, 0] == 0
