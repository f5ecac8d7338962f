from __future__ import annotations

import random
from fractions import Fraction

import pytest

from blamegame.errors import GameError
from blamegame.games.behaviour import node_values
from blamegame.games.grow import Decision, End, grow
from blamegame.games.responses import expected_payoffs
from blamegame.solvers.extensive.kuhn import joined, to_behaviour, to_mixed
from blamegame.solvers.extensive.reduced_form import reduced_plans, reduced_strategic_form
from blamegame.testing.random_trees import random_tree


def weights(rng, n):
    parts = [rng.randint(0, 3) for _ in range(n)]
    parts[rng.randrange(n)] += 1
    return [Fraction(p, sum(parts)) for p in parts]


def test_a_mixed_strategy_and_its_behaviour_strategy_pay_the_same_against_anything():
    rng = random.Random(4)
    for _ in range(60):
        tree = random_tree(rng, hidden=0.7)
        game = reduced_strategic_form(tree)
        mixed = [weights(rng, n) for n in game.n_actions]
        profile = joined(tree, [to_behaviour(tree, player, mixed[player]) for player in range(2)])
        assert node_values(tree, profile)[0] == tuple(expected_payoffs(game, mixed))


def test_there_and_back_is_the_same_play():
    rng = random.Random(6)
    for _ in range(60):
        tree = random_tree(rng, hidden=0.7)
        for player in range(2):
            own = [place for place in tree.information_sets if place.player == player]
            strategies = [weights(rng, len(place.actions)) for place in own]
            mixed = to_mixed(tree, player, strategies)
            assert sum(mixed) == 1 and len(mixed) == len(reduced_plans(tree, player))
            again = to_mixed(tree, player, to_behaviour(tree, player, mixed))
            assert again.tolist() == mixed.tolist()


def test_where_the_mixed_strategy_never_gets_the_first_action_is_played():
    tree = grow(["1"], Decision("1", {"a": End([1]), "b": Decision("1", {"c": End([0]), "d": End([2])})}))
    assert [s.tolist() for s in to_behaviour(tree, 0, [1, 0, 0])] == [[1, 0], [1, 0]]


def test_strategies_of_another_shape_are_refused():
    tree = grow(["1"], Decision("1", {"a": End([1]), "b": End([0])}))
    with pytest.raises(GameError, match="1 has 2 plans, the mixed strategy has 1 weights"):
        to_behaviour(tree, 0, [1])
    with pytest.raises(GameError, match="1 has 1 information sets"):
        to_mixed(tree, 0, [[1]])
