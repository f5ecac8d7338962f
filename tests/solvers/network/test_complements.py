"""Orders in which best replies rise together: found where there are some, None where there are none."""

import numpy as np

from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.solvers.network.complements import complementary_orders

MEET, PART = [[1, 0], [0, 1]], [[0, 1], [1, 0]]


def pair(first, second, *, one_role=False):
    roles = np.zeros(2, dtype=int) if one_role else np.array([0, 1])
    width = np.array(first).shape[0]
    labels = tuple("abcd"[:width])
    group = LocalGames(np.array([[0, 1]]), np.array([0]), np.array([[first, second]]))
    return HypergraphicalGame((labels,) if one_role else (labels, labels), roles, (group,))


def test_meeting_keeps_the_order_of_the_labels_and_parting_turns_one_round():
    assert complementary_orders(pair(MEET, MEET)) == ((0, 1), (0, 1))
    assert complementary_orders(pair(PART, PART)) == ((0, 1), (1, 0))


def test_players_of_one_role_cannot_be_ordered_differently():
    assert complementary_orders(pair(MEET, MEET, one_role=True)) == ((0, 1),)
    assert complementary_orders(pair(PART, PART, one_role=True)) is None


def test_opposed_interests_have_no_order_unless_an_action_is_gone():
    pennies = pair(MEET, PART)
    assert complementary_orders(pennies) is None
    assert complementary_orders(pennies, np.array([[True, True], [True, False]])) is not None


def test_an_order_other_than_that_of_the_labels_is_found_for_three_actions():
    shuffle = [2, 0, 1]
    rising = np.outer(range(3), range(3))[np.ix_(shuffle, shuffle)].tolist()
    first, second = complementary_orders(pair(rising, rising))
    assert first == second and first in ((1, 2, 0), (0, 2, 1))
