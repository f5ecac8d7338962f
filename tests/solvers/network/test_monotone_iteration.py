"""With strategic complements the ends of the equilibrium set are reached from the ends of the action set."""

import numpy as np
import pytest

from blamegame.errors import IncompleteSolution
from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.solvers.network.complements import complementary_orders
from blamegame.solvers.network.monotone_iteration import monotone_best_replies
from blamegame.solvers.strategic.pure import pure_cells

EVERY = np.ones((4, 2), dtype=bool)


def line(threshold):
    """Four players in a row; b pays 2 where a neighbour plays b and costs ``threshold`` in each local game."""
    first = [[0, 0], [-threshold, 2 - threshold]]
    second = [[0, -threshold], [0, 2 - threshold]]
    players = np.array([[0, 1], [1, 2], [2, 3]])
    pairs = LocalGames(players, np.zeros(3, dtype=int), np.array([[first, second]]))
    return HypergraphicalGame((("a", "b"),), np.zeros(4, dtype=int), (pairs,))


@pytest.mark.parametrize("threshold", [-1, 0, 1, 2, 3])
def test_the_ends_are_the_least_and_the_greatest_of_all_pure_equilibria(threshold):
    game = line(threshold)
    ends = monotone_best_replies(game, complementary_orders(game), EVERY)
    every = np.array(list(pure_cells(game.strategic_form())))
    assert ends.least.tolist() == every.min(axis=0).tolist()
    assert ends.greatest.tolist() == every.max(axis=0).tolist()


def test_turned_orders_turn_the_ends_round():
    one = monotone_best_replies(line(1), ((0, 1),), EVERY)
    other = monotone_best_replies(line(1), ((1, 0),), EVERY)
    assert one.least.tolist() == other.greatest.tolist() != one.greatest.tolist() == other.least.tolist()


def test_without_time_there_is_no_answer():
    with pytest.raises(IncompleteSolution, match="allow more time"):
        monotone_best_replies(line(1), ((0, 1),), EVERY, time_limit=-1.0)
