"""Trees solved here and by pygambit, ties included: subgame perfection, the sequence form, extreme equilibria."""

from __future__ import annotations

import io
import itertools
import random
from fractions import Fraction

import pygambit
import pytest

from blamegame.formats.efg_writer import write_efg
from blamegame.games.behaviour import node_values, pure_behaviour, reach_probabilities
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.subgames import subgame_roots
from blamegame.games.tree_parts import CHANCE, TERMINAL
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.solvers.extensive.kuhn import joined, to_behaviour
from blamegame.solvers.extensive.reduced_form import reduced_strategic_form
from blamegame.solvers.extensive.regrets import is_nash, is_subgame_perfect
from blamegame.solvers.extensive.sequence_form import sequence_form_nash
from blamegame.solvers.extensive.subgame_perfect import subgame_perfect
from blamegame.solvers.strategic.nash import nash
from blamegame.testing.random_trees import random_tree


def gambit(tree):
    return pygambit.read_efg(io.StringIO(write_efg(tree)))


def subtree(tree, root):
    """The subgame at ``root`` as a tree of its own, and the information sets of the whole tree that it holds."""
    nodes = range(root, tree.ends[root])
    places = sorted({tree.nodes[k].place for k in nodes if tree.nodes[k].mover >= 0})
    events = sorted({tree.nodes[k].place for k in nodes if tree.nodes[k].mover == CHANCE})
    moves, outcomes = [], []
    for k in nodes:
        node = tree.nodes[k]
        if node.mover == TERMINAL:
            moves.append((TERMINAL, -1, len(outcomes), ""))
            outcomes.append((f"o{k}", tree.totals[k]))
        else:
            moves.append((node.mover, (events if node.mover == CHANCE else places).index(node.place), -1, ""))
    sets = [tree.information_sets[k][:3] for k in places]
    return ExtensiveGame(tree.players, moves, sets, [tree.events[k][:3] for k in events], outcomes), places


def ends_reached(tree, profile):
    """Distribution over ends of play, which tells realisation plans apart as far as play can."""
    reach = reach_probabilities(tree, profile)
    return tuple(reach[k] for k in tree.terminals)


def behaviour_of(tree, theirs):
    """A pygambit behaviour profile as one of ours; where it leaves an information set open, the first action."""
    by_player = [list(player) for player in theirs]
    count = [0] * tree.n_players
    out = []
    for place in tree.information_sets:
        _, weights = by_player[place.player][count[place.player]]
        count[place.player] += 1
        values = [Fraction(str(weights[action])) for action in place.actions]
        out.append(values if sum(values) == 1 else [1] + [0] * (len(values) - 1))
    return out


def plans(tree, profile):
    """Both players' realisation plans: the weight of every sequence."""
    weights = [[Fraction(0)] * count for count in tree.recall.counts]
    for own in weights:
        own[0] = Fraction(1)
    for k, (place, strategy) in enumerate(zip(tree.information_sets, profile)):
        own = weights[place.player]
        for action, share in enumerate(strategy):
            own[tree.recall.first[k] + action] = own[tree.recall.before[k]] * Fraction(share)
    return tuple(map(tuple, weights))


def gambit_plans(tree, game, profile):
    """Realisation plans of a mixed profile of pygambit's (whose own conversion forgets what is off the path)."""
    out = []
    for player, name in enumerate(tree.players):
        own = [(k, place) for k, place in enumerate(tree.information_sets) if place.player == player]
        weights = [Fraction(0)] * tree.recall.counts[player]
        weights[0] = Fraction(1)
        for strategy, share in list(profile)[player]:
            prescribed = list(game.get_behavior(name, strategy).items())
            actions = {tuple(step.action for step in where): action for where, action in prescribed}
            for k, place in own:
                action = actions.get(tuple(action for _, action in tree.path(place.nodes[0])))
                if action is not None:
                    weights[tree.recall.first[k] + place.actions.index(action)] += Fraction(str(share))
        out.append(tuple(weights))
    return tuple(out)


def pure_profiles(tree):
    return itertools.product(*(range(len(place.actions)) for place in tree.information_sets))


def gambit_subgame_perfect(tree):
    """Pure profiles that pygambit calls a Nash equilibrium in every subgame."""
    keep = list(pure_profiles(tree))
    for root in subgame_roots(tree):
        part, places = subtree(tree, root)
        game = gambit(part)
        theirs = {gambit_plans(part, game, found) for found in pygambit.nash.enumpure_solve(game).equilibria}
        keep = [c for c in keep if plans(part, pure_behaviour(part, [c[k] for k in places])) in theirs]
    return set(keep)


def small(tree, most=200):
    count = 1
    for place in tree.information_sets:
        count *= len(place.actions)
    return 1 < count <= most and all(any(p.player == i for p in tree.information_sets) for i in range(tree.n_players))


def trees(count, seed, accept=small, **settings):
    rng = random.Random(seed)
    while count:
        tree = random_tree(rng, **settings)
        if accept(tree):
            count -= 1
            yield tree


def test_every_pure_subgame_perfect_equilibrium_of_thirty_trees_with_perfect_information():
    ties = 0
    for players in (2, 3):
        for tree in trees(15, players, players=players, hidden=0):
            solution = backward_induction(tree)
            mine = [tuple(strategy.tolist().index(1) for strategy in profile) for profile in solution.equilibria]
            assert solution.complete and len(set(mine)) == len(mine)
            assert set(mine) == gambit_subgame_perfect(tree)
            ties += len(mine) > 1
    assert ties >= 10


def test_every_extreme_equilibrium_of_thirty_trees_with_hidden_moves():
    degenerate = 0
    for tree in trees(30, 7, hidden=0.7):
        game = gambit(tree)
        theirs = pygambit.nash.enummixed_solve(game, rational=True).equilibria
        solution = nash(reduced_strategic_form(tree))
        mine = [
            joined(tree, [to_behaviour(tree, player, mixed.tolist()) for player, mixed in enumerate(profile)])
            for profile in solution.equilibria
        ]
        assert {plans(tree, p) for p in mine} == {gambit_plans(tree, game, found) for found in theirs}
        assert all(is_nash(tree, p) for p in mine)
        degenerate += any(len(component) > 1 for component in solution.components)
    assert degenerate >= 10


def test_pure_subgame_perfect_equilibria_of_thirty_trees_with_hidden_moves_are_all_found():
    complete = several = 0
    for tree in trees(30, 11, hidden=0.7, payoffs=6):
        solution = subgame_perfect(tree)
        assert all(is_subgame_perfect(tree, profile) for profile in solution.equilibria)
        theirs = gambit_subgame_perfect(tree)
        assert all(is_subgame_perfect(tree, pure_behaviour(tree, c)) for c in theirs)
        if solution.complete:
            complete += 1
            mine = {ends_reached(tree, profile) for profile in solution.equilibria}
            assert {ends_reached(tree, pure_behaviour(tree, c)) for c in theirs} <= mine
        several += len(subgame_roots(tree)) > 1
    assert complete >= 10 and several >= 10


def gambit_regret(tree, profile):
    """Largest gain from a deviation, by pygambit, of a behaviour profile of ours."""
    theirs = gambit(tree).mixed_behavior_profile(rational=True)
    for place, strategy in zip(tree.information_sets, profile):
        where = pygambit.H.path(*(action for _, action in tree.path(place.nodes[0])))
        theirs.set_mixed_action(where, dict(zip(place.actions, map(str, strategy))))
    return Fraction(str(theirs.max_regret()))


def test_the_sequence_form_gives_an_equilibrium_of_thirty_trees():
    mixed = 0
    for tree in trees(30, 13, accept=lambda t: small(t, 10**6), hidden=0.9, depth=4, payoffs=9, chance=0.1):
        (profile,) = sequence_form_nash(tree).equilibria
        assert is_nash(tree, profile) and gambit_regret(tree, profile) == 0
        theirs = pygambit.nash.lcp_solve(gambit(tree), rational=True).equilibrium
        assert is_nash(tree, behaviour_of(tree, theirs))
        mixed += any(0 < share < 1 for strategy in profile for share in strategy)
    assert mixed >= 3


def test_zero_sum_trees_have_the_value_that_pygambit_finds_by_linear_programming():
    for tree in trees(30, 17, accept=lambda t: small(t, 10**6), hidden=0.8, depth=4, zero_sum=True, payoffs=5):
        (profile,) = sequence_form_nash(tree).equilibria
        theirs = pygambit.nash.lp_solve(gambit(tree), rational=True).equilibrium
        value = Fraction(str(theirs.payoffs[tree.players[0]]))
        assert node_values(tree, profile)[0] == (value, -value)


@pytest.mark.slow
def test_a_thousand_trees():
    for tree in trees(400, 101, hidden=0, players=3):
        mine = {tuple(s.tolist().index(1) for s in profile) for profile in backward_induction(tree).equilibria}
        assert mine == gambit_subgame_perfect(tree)
    for tree in trees(300, 102, hidden=0.7, payoffs=6):
        solution = subgame_perfect(tree)
        assert all(is_subgame_perfect(tree, profile) for profile in solution.equilibria)
    for tree in trees(300, 103, accept=lambda t: small(t, 10**7), hidden=0.8, depth=4, widest=3):
        (profile,) = sequence_form_nash(tree).equilibria
        assert is_nash(tree, profile)
