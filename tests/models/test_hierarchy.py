"""A hierarchy is chains that share offices."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest

from blamegame.errors import ModelError
from blamegame.models.arborescence import Arborescence
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.hierarchy import NATIONAL, Hierarchy


@pytest.mark.parametrize("tiers", [2, 3, 4, 5])
def test_one_path_is_the_chain(tiers):
    values = {"authority": Fraction(1, 7), "tolerance": Fraction(2, 9), "upward_tracing": Fraction(1, 3)}
    game = Hierarchy(tree=(1,) * tiers, **values).network_game()
    assert (game.groups[0].payoffs[0] == Chain(tiers=tiers, **values).payoffs()).all()


def test_two_offices_are_the_delegation_game():
    table = Hierarchy(tree=(1, 1)).network_game().strategic_form()
    assert (table.payoffs == Delegation().stage_game().payoffs).all()


def test_the_office_that_acts_is_the_one_whose_parameters_count():
    model = Hierarchy(tree=(1, 1, 1))
    game = model.network_game().groups[0].payoffs[0]
    dear = Hierarchy(tree=(1, 1, 1), cost_push=model.by_tier([0, 5, 0]), cost_assist=model.by_tier([7, 0, 0]))
    changed = dear.network_game().groups[0].payoffs[0]
    was_push, was_assist = Fraction("0.02"), Fraction("0.25")
    assert (changed[0][0] - game[0][0] == was_assist - 7).all() and (changed[0][1] - game[0][1] == was_push).all()
    assert (changed[1][:, 1] - game[1][:, 1] == was_push - 5).all() and (changed[2] == game[2]).all()


def test_mandates_with_equal_offices_share_a_table_and_others_do_not():
    tree = Arborescence.of_sizes((1, 2, 6))
    one = Hierarchy(tree=tree).network_game().groups[0]
    assert len(one.payoffs) == 1
    authority = np.where(tree.subtree(2), 0.5, 0.25)
    two = Hierarchy(tree=tree, authority=authority).network_game().groups[0]
    assert len(two.payoffs) == 2 and two.kinds.tolist() == [0, 0, 0, 1, 1, 1]
    authority = np.arange(9) / 10
    assert len(Hierarchy(tree=tree, authority=authority).network_game().groups[0].payoffs) == 6


def test_the_national_tree_is_even_and_deterministic():
    tree = Hierarchy().tree
    assert tree == Arborescence.of_sizes(NATIONAL) and hash(tree) == hash(Arborescence.of_sizes(NATIONAL))
    assert np.bincount(tree.depth).tolist() == list(NATIONAL)
    for tier in range(1, 5):
        children = np.bincount(tree.above[tree.tier(tier)])[tree.tier(tier - 1).nonzero()[0]]
        assert children.max() - children.min() <= 1
    assert "41,811 offices in 5 tiers, 38,602 mandates" in repr(tree)


def test_a_graph_becomes_a_tree_with_its_names():
    graph = nx.DiGraph([("centre", "north"), ("centre", "south"), ("north", "n1"), ("north", "n2")])
    model = Hierarchy(tree=graph)
    assert model.tree.names == ("centre", "north", "south", "n1", "n2")
    assert model.tree.subtree("north").tolist() == [False, True, False, True, True]
    assert [group.players.tolist() for group in model.network_game().groups] == [[[0, 2]], [[0, 1, 3], [0, 1, 4]]]
    assert model.n_mandates == 3
    with pytest.raises(ModelError, match="'west' is not an office"):
        model.tree.subtree("west")


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ((1,), "2 to 10 whole numbers"),
        ((2, 3), "must start with 1"),
        ((1, 3, 2), "no tier may be smaller"),
        ((1, 2.5), "whole numbers"),
        ((1, 10**9), "fit in memory"),
        ("deep", "is no tree"),
        (nx.DiGraph([(0, 2), (1, 2)]), "no arborescence"),
        (nx.DiGraph(), "no arborescence"),
    ],
)
def test_what_is_no_tree_is_refused(tree, message):
    with pytest.raises(ModelError, match=message):
        Hierarchy(tree=tree)


@pytest.mark.parametrize(
    ("above", "message"),
    [
        ([-1], "at least two"),
        ([-1, 1], "an office before"),
        ([0, 0], "must be -1"),
        ([-1, 0, 1, 0], "tier by tier"),
        ([-1, *range(11)], "more than 10 tiers"),
    ],
)
def test_a_bad_list_of_offices_above_is_refused(above, message):
    with pytest.raises(ModelError, match=message):
        Arborescence(np.array(above))


def test_offices_and_tiers_that_do_not_exist_are_refused():
    tree = Arborescence.of_sizes((1, 2))
    with pytest.raises(ModelError, match="tier 2 is not"):
        tree.tier(2)
    with pytest.raises(ModelError, match="numbered 0 to 2"):
        tree.subtree(3)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"authority": np.zeros(2)}, "one for each of the 3 offices"),
        ({"authority": np.array([0.1, 2, 0])}, "out of range"),
        ({"causal_weight": Fraction(1, 2)}, "two tiers only"),
    ],
)
def test_parameters_are_checked(values, message):
    with pytest.raises(ModelError, match=message):
        Hierarchy(tree=(1, 2), **values)


def test_a_symbol_is_refused():
    from sympy import Symbol

    with pytest.raises(ModelError, match="a hierarchy needs numbers"):
        Hierarchy(tree=(1, 2), authority=Symbol("a"))


def test_by_tier_needs_a_number_for_each_tier():
    with pytest.raises(ModelError, match="2 numbers for the 3 tiers"):
        Hierarchy(tree=(1, 1, 1)).by_tier([0, 1])


def test_shares_of_actions_are_told_tier_by_tier():
    model = Hierarchy(tree=(1, 2, 4))
    shares = model.action_shares(np.array([0, 1, 0, 0, 1, 2, 2]))
    quarter = Fraction(1, 4)
    assert shares == [
        {"assist": 1},
        {"assist": Fraction(1, 2), "push": Fraction(1, 2)},
        {"escalate": quarter, "formalism": 2 * quarter, "work": quarter},
    ]


def test_the_tables_of_mandates_are_those_of_the_game_where_all_offices_are_alike():
    model = Hierarchy(tree=Arborescence(np.array([-1, 0, 0, 1, 1, 3])), push_strength=Fraction(3, 7))
    values = {name: getattr(model, name) for name in model.parameters()}
    tables, groups = model.mandate_tables(values), model.network_game().groups
    assert [table.shape for table in tables] == [(2, 2, 3), (3, 2, 2, 3), (4, 2, 2, 2, 3)]
    assert all((table == group.payoffs[0]).all() for table, group in zip(tables, groups))
