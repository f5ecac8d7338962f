"""Random trees keep what they promise: perfect recall, their bounds, and the same tree from the same seed."""

import random

from blamegame.testing.random_trees import random_tree

SEEDS = range(60)


def test_every_tree_has_perfect_recall_and_some_have_hidden_moves():
    trees = [random_tree(random.Random(seed)) for seed in SEEDS]
    assert all(tree.perfect_recall for tree in trees)
    assert {tree.perfect_information for tree in trees} == {True, False}


def test_nothing_hidden_is_perfect_information():
    assert all(random_tree(random.Random(seed), hidden=0, players=3).perfect_information for seed in SEEDS)


def test_the_same_seed_gives_the_same_tree():
    assert random_tree(random.Random(7), depth=4) == random_tree(random.Random(7), depth=4)
    assert len({str(random_tree(random.Random(seed))) for seed in SEEDS}) > 30


def test_depth_and_payoffs_stay_within_their_bounds():
    for seed in SEEDS:
        tree = random_tree(random.Random(seed), depth=2, payoffs=2, widest=4, chance=0)
        assert not tree.events and {value for _, payoffs in tree.outcomes for value in payoffs} <= {0, 1}
        assert all(len(tree.path(end)) <= 2 for end in tree.terminals)


def test_a_zero_sum_tree_is_one_and_a_tree_of_chance_alone_has_no_decisions():
    tree = random_tree(random.Random(3), zero_sum=True)
    assert all(sum(payoffs) == 0 for _, payoffs in tree.outcomes)
    alone = random_tree(random.Random(3), chance=1.1)
    assert alone.events and not alone.information_sets
