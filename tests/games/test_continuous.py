from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.continuous import ContinuousGame


def payoff(player, actions):
    return 0.0


def test_intervals_are_checked_and_read_only():
    game = ContinuousGame(("a", "b"), [0, 1], [1, 1], payoff)
    assert game.n_players == 2 and not game.low.flags.writeable
    for low, high, message in [
        ([0], [1, 1], "not one finite number for each"),
        ([0, 2], [1, 1], "low=2.0 is above high=1.0 for b"),
        ([0, 0], [1, np.inf], "not one finite number"),
    ]:
        with pytest.raises(GameError, match=message):
            ContinuousGame(("a", "b"), low, high, payoff)
