"""Results of pure subgame-perfect play and their numbers of profiles, against a count by hand and by brute force."""

import random

import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.grow import Decision, End, grow
from blamegame.solvers.extensive.continuations import continuations, profile_number
from blamegame.testing.random_trees import random_tree


def profiles(table):
    return [profile_number(table, number) for number in range(sum(table.counts[0].values()))]


def test_indifference_below_multiplies_profiles_and_lets_the_mover_above_choose_either():
    """2 is indifferent after in; 1 prefers in only where 2 then gives 2."""
    below = Decision("2", {"give": End([2, 1]), "keep": End([0, 1])})
    tree = grow(["1", "2"], Decision("1", {"in": below, "out": End([1, 0])}))
    table = continuations(tree, "test")
    assert {tuple(map(int, payoffs)): count for (payoffs, _), count in table.counts[0].items()} == {
        (2, 1): 1,
        (1, 0): 1,
    }
    assert len(set(profiles(table))) == 2


@pytest.mark.parametrize("seed", range(12))
def test_every_number_is_another_profile(seed):
    table = continuations(random_tree(random.Random(seed), hidden=0, payoffs=2, depth=3), "test")
    found = profiles(table)
    assert found and len(set(found)) == len(found)


def test_what_is_ranked_counts_profiles_up_to_a_payoff():
    below = Decision("2", {"give": End([2, 1]), "keep": End([0, 1])})
    tree = grow(["1", "2"], Decision("1", {"in": below, "out": End([1, 0])}))
    ranked = continuations(tree, "test").ranked[1]
    assert [ranked.at_most(payoff) for payoff in (-1, 0, 1, 2)] == [0, 1, 1, 2]


def test_hidden_moves_are_refused_with_the_name_of_who_asked():
    lower = Decision("2", {"a": End([0, 0]), "b": End([1, 1])}, known_as="x")
    tree = grow(["1", "2"], Decision("1", {"l": lower, "r": lower}))
    with pytest.raises(UnsupportedGame, match="who_asked"):
        continuations(tree, "who_asked")
