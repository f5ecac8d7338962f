from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.behaviour import node_values, pure_behaviour
from blamegame.games.grow import Decision, End, grow
from blamegame.solvers.extensive.reduced_form import plan_count, reduced_plans, reduced_strategic_form
from blamegame.testing.random_trees import random_tree


def test_moves_that_a_plan_rules_out_are_left_open():
    later = Decision("1", {"x": End([2, 0]), "y": End([0, 2])})
    tree = grow(["1", "2"], Decision("1", {"in": Decision("2", {"l": later, "r": End([1, 1])}), "out": End([1, 0])}))
    game = reduced_strategic_form(tree)
    assert game.players == ("1", "2") and game.actions == (("in,x", "in,y", "out,*"), ("l", "r"))
    assert game.payoffs.tolist() == [[[2, 1], [0, 1], [1, 1]], [[0, 1], [2, 1], [0, 0]]]
    assert reduced_plans(tree, 0) == [(0, 0), (0, 1), (1, -1)]


def test_every_cell_pays_what_its_plans_lead_to():
    rng = random.Random(9)
    for number in range(40):
        tree = random_tree(rng, players=1 + number % 3, hidden=0.6)
        game = reduced_strategic_form(tree)
        plans = [reduced_plans(tree, player) for player in range(tree.n_players)]
        assert game.n_actions == tuple(plan_count(tree, player) for player in range(tree.n_players))
        for cell in itertools.islice(itertools.product(*(range(n) for n in game.n_actions)), 60):
            chosen = [iter(plans[player][k]) for player, k in enumerate(cell)]
            profile = pure_behaviour(tree, [max(next(chosen[place.player]), 0) for place in tree.information_sets])
            assert tuple(game.payoffs[(slice(None), *cell)]) == node_values(tree, profile)[0]


def test_a_player_who_never_moves_has_one_plan():
    game = reduced_strategic_form(grow(["1", "idle"], Decision("1", {"a": End([1, 0]), "b": End([0, Fraction(1, 2)])})))
    assert game.actions == (("a", "b"), ("-",))


def test_plans_are_numbered_where_commas_in_names_would_confuse_them():
    second = Decision("1", {",*": End([0]), "z": End([1])})
    tree = grow(["1"], Decision("1", {"a": second, "a,": Decision("1", {"*": End([0]), "q": End([2])})}))
    assert reduced_strategic_form(tree).actions[0] == ("1,1,*", "1,2,*", "2,*,1", "2,*,2")


def test_too_many_plans_are_counted_and_refused():
    seen = {str(k): Decision("2", {"l": End([0, 0]), "r": End([0, 0])}) for k in range(70)}
    tree = grow(["1", "2"], Decision("1", seen))
    assert plan_count(tree, 1) == 2**70
    with pytest.raises(UnsupportedGame, match=r"70 x 2\^70 plans.*use sequence_form_nash"):
        reduced_strategic_form(tree)


def test_imperfect_recall_is_refused():
    forgetful = {a: Decision("1", {"x": End([0]), "y": End([1])}, known_as="late") for a in "ud"}
    with pytest.raises(UnsupportedGame, match="reduced_strategic_form needs perfect recall"):
        reduced_strategic_form(grow(["1"], Decision("1", forgetful)))
