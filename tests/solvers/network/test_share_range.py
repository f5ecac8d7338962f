"""The share of local games in an event, from the best to the worst equilibrium, and whether others lie outside."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.solvers.network.network_equilibria import network_equilibria
from blamegame.solvers.network.share_range import ShareRange, event_share, share_range

BOTH_B = np.array([[False, False], [False, True]])
MEET = [[1, 0], [0, 1]]
DILEMMA = [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]


def solved(tables):
    """Three players of one role in a row."""
    pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array([0, 0]), np.array([tables]))
    return network_equilibria(HypergraphicalGame((("a", "b"),), np.zeros(3, dtype=int), (pairs,)))


def test_a_share_counts_local_games():
    found = solved([MEET, MEET])
    shares = [event_share(found, np.array(profile), BOTH_B) for profile in ([0, 0, 0], [0, 1, 1], [1, 1, 1])]
    assert shares == [0, Fraction(1, 2), 1]


def test_meeting_ranges_from_nowhere_to_everywhere():
    assert share_range(solved([MEET, MEET]), BOTH_B) == ShareRange(0, 1, True, 0, 1)


def test_a_dilemma_leaves_one_share():
    assert share_range(solved(DILEMMA), BOTH_B) == ShareRange(1, 1, True, 1, 1)


def test_an_event_of_another_shape_is_refused():
    with pytest.raises(GameError, match=r"has shape \(2, 2\), not \(2, 3\)"):
        share_range(solved([MEET, MEET]), np.ones((2, 3), dtype=bool))
