"""Best replies of everybody at once are those of the strategic form, ties included."""

from itertools import product

import numpy as np
import pytest

from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.games.responses import best_responses
from blamegame.games.strategic import pure_profile
from blamegame.solvers.network.best_replies import BestReplies


def line(tables):
    """Three players of one role; neighbours play a local game of the given kinds."""
    pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array([0, len(tables) - 1]), np.array(tables, dtype=object))
    return HypergraphicalGame((("a", "b"),), np.zeros(3, dtype=int), (pairs,))


@pytest.mark.parametrize("seed", range(10))
def test_they_agree_with_the_strategic_form_in_every_profile(seed):
    game = line(np.random.default_rng(seed).integers(0, 3, (2, 2, 2, 2)).tolist())
    table, replies = game.strategic_form(), BestReplies(game)
    for cell in product((0, 1), repeat=3):
        found = replies.at(np.array(cell))
        profile = pure_profile(table, cell)
        expected = [best_responses(table, player, profile) for player in range(3)]
        assert [np.flatnonzero(row).tolist() for row in found] == [list(best) for best in expected]
        stable = all(own in best for own, best in zip(cell, expected))
        assert replies.is_equilibrium(np.array(cell)) == stable


def test_sums_too_close_for_floats_are_decided_in_integers():
    huge = 10**17
    meet = [[[huge, 0], [0, 0]], [[huge, 0], [0, 0]]]
    split = [[[0, 0], [huge + 1, 0]], [[0, huge + 1], [0, 0]]]
    found = BestReplies(line([meet, split])).at(np.array([0, 0, 0]))
    assert found[1].tolist() == [False, True]  # b is better for the player in the middle, by one part in 10**17
