"""Elimination on a network removes only what is strictly dominated, in rounds."""

import numpy as np
import pytest

from blamegame.games.dominance import iterated_elimination
from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.solvers.network.elimination import iterated_elimination_on_network, survivors_at

EVERY = np.ones((3, 2), dtype=bool)


def line(tables, kinds):
    """Three players of one role in a row."""
    pairs = LocalGames(np.array([[0, 1], [1, 2]]), np.array(kinds), np.array(tables))
    return HypergraphicalGame((("a", "b"),), np.zeros(3, dtype=int), (pairs,))


@pytest.mark.parametrize("seed", range(10))
def test_nothing_goes_that_survives_in_the_strategic_form(seed):
    game = line(np.random.default_rng(seed).integers(0, 4, (2, 2, 2, 2)), [0, 1])
    kept, _ = iterated_elimination_on_network(game)
    surviving = iterated_elimination(game.strategic_form())
    for player, actions in enumerate(surviving):
        assert set(actions) <= set(np.flatnonzero(kept[player]).tolist())


def test_ties_are_never_removed():
    kept, rounds = iterated_elimination_on_network(line(np.zeros((1, 2, 2, 2), dtype=int), [0, 0]))
    assert kept.all() and rounds == 1


def test_a_dilemma_leaves_one_action_and_no_time_leaves_all():
    game = line([[[[3, 0], [5, 1]], [[3, 5], [0, 1]]]], [0, 0])
    assert iterated_elimination_on_network(game)[0].tolist() == [[False, True]] * 3
    kept, rounds = iterated_elimination_on_network(game, time_limit=-1.0)
    assert kept.all() and rounds == 0


def test_local_games_with_the_same_survivors_are_found_once():
    game = line(np.zeros((1, 2, 2, 2), dtype=int), [0, 0])
    assert survivors_at(game, game.groups[0], EVERY)[0] == [(0, ((0, 1), (0, 1)))]
    kept = np.array([[True, True], [True, True], [False, True]])
    found, which = survivors_at(game, game.groups[0], kept)
    assert sorted(found) == [(0, ((0, 1), (0, 1))), (0, ((0, 1), (1,)))] and len(set(which.tolist())) == 2
