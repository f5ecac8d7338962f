from __future__ import annotations

import importlib
import itertools
import random
from fractions import Fraction

import pytest

from blamegame.errors import IncompleteSolution, UnsupportedGame
from blamegame.games.behaviour import node_values, pure_behaviour
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.solvers.extensive import continuations as table_of_results
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.solvers.extensive.regrets import information_set_regrets, is_subgame_perfect
from blamegame.testing.random_trees import random_tree

induction = importlib.import_module("blamegame.solvers.extensive.backward_induction")


def actions(solution):
    return [tuple(strategy.tolist().index(1) for strategy in profile) for profile in solution.equilibria]


def test_an_incredible_threat_is_no_equilibrium():
    fight = Decision("incumbent", {"fight": End([-1, -1]), "share": End([1, 1])})
    tree = grow(["entrant", "incumbent"], Decision("entrant", {"out": End([0, 2]), "in": fight}))
    solution = backward_induction(tree)
    assert actions(solution) == [(1, 1)] and solution.payoffs == ((1, 1),)
    assert solution.complete and solution.status == "complete: 1 pure subgame-perfect equilibrium"


def test_an_indifferent_reply_supports_both_choices_above_it():
    tree = grow(
        ["1", "2"],
        Decision("1", {"a": Decision("2", {"l": End([2, 0]), "r": End([0, 0])}), "b": End([1, 1])}),
    )
    solution = backward_induction(tree)
    assert sorted(actions(solution)) == [(0, 0), (1, 1)]
    assert solution.payoffs == ((1, 1), (2, 0))


def test_every_equilibrium_of_100_trees_with_ties_is_found_by_brute_force_too():
    rng = random.Random(5)
    found = 0
    while found < 100:
        tree = random_tree(rng, players=1 + found % 3, hidden=0, chance=0.25)
        sizes = [len(place.actions) for place in tree.information_sets]
        if not 1 < len(list(itertools.islice(itertools.product(*map(range, sizes)), 121))) <= 120:
            continue
        found += 1
        solution = backward_induction(tree)
        profiles = itertools.product(*map(range, sizes))
        brute = {profile for profile in profiles if is_subgame_perfect(tree, pure_behaviour(tree, profile))}
        assert len(set(actions(solution))) == len(solution) == solution.stats["count"]
        assert set(actions(solution)) == brute
        assert set(solution.payoffs) == {node_values(tree, pure_behaviour(tree, profile))[0] for profile in brute}
        assert not any(any(information_set_regrets(tree, profile)) for profile in solution.equilibria[:2])


def test_chance_that_never_happens_must_still_be_answered_well():
    coin = Chance({"never": (0, Decision("1", {"x": End([1]), "y": End([0])})), "always": (1, End([0]))})
    assert actions(backward_induction(grow(["1"], coin))) == [(0,)]


def test_beyond_the_limit_the_count_and_the_payoffs_stay_exact():
    tree = grow(["1"], Decision("1", {str(k): End([0]) for k in range(50)}))
    solution = backward_induction(tree, limit=7)
    assert len(solution) == 7 and solution.stats["count"] == 50 and solution.payoffs == ((0,),)
    assert not solution.complete and solution.status.startswith("7 of 50 pure")
    assert "raise limit" in solution.status
    with pytest.raises(IncompleteSolution, match="the range of an event needs every equilibrium"):
        solution.require_complete("the range of an event")
    assert backward_induction(tree).require_complete("x").complete
    assert "7 equilibria, not complete" in repr(solution)


def test_twenty_thousand_moves_of_ties_have_more_equilibria_than_could_be_listed():
    node = End([0, 0])
    for level in range(20_000):
        node = Decision("12"[level % 2], {"take": End([level % 3, level % 2]), "pass": node})
    tree = grow(["1", "2"], node)
    solution = backward_induction(tree, limit=3)
    assert solution.status.startswith("3 of about 2^")
    assert len(set(actions(solution))) == 3
    assert is_subgame_perfect(tree, solution.equilibria[-1])


def test_long_lists_of_long_profiles_are_cut_by_their_size(monkeypatch):
    monkeypatch.setattr(induction, "_MOST_ENTRIES", 30)
    tree = grow(
        ["1"], Chance({str(k): (Fraction(1, 10), Decision("1", {"x": End([0]), "y": End([0])})) for k in range(10)})
    )
    solution = backward_induction(tree)
    assert len(solution) == 3 and solution.stats["count"] == 1024 and not solution.complete


def test_huge_and_tiny_payoffs_are_compared_exactly():
    near = Fraction(10**12) + Fraction(1, 10**9)
    tree = grow(["1"], Decision("1", {"a": End([10**12]), "b": End([near])}))
    assert actions(backward_induction(tree)) == [(1,)]


def test_hidden_moves_are_sent_to_the_solver_that_takes_them():
    hidden = {a: Decision("2", {"l": End([0, 0]), "r": End([1, 1])}, known_as="h") for a in "ud"}
    with pytest.raises(
        UnsupportedGame, match=r"backward_induction needs perfect information, and 2 cannot tell.*use subgame_perfect"
    ):
        backward_induction(grow(["1", "2"], Decision("1", hidden)))


def test_results_that_multiply_under_chance_are_bounded(monkeypatch):
    monkeypatch.setattr(table_of_results, "MOST_RESULTS", 100)
    prime = [2, 3, 5, 7, 11, 13, 17, 19]
    choices = {str(p): (Fraction(1, 8), Decision("1", {"x": End([0, p]), "y": End([0, -p])})) for p in prime}
    with pytest.raises(UnsupportedGame, match="different results"):
        backward_induction(grow(["1", "2"], Chance(choices)))
    flat = Decision("1", {str(k): End([0, k]) for k in range(101)})
    with pytest.raises(UnsupportedGame, match="more than 100 different results of subgame-perfect play"):
        backward_induction(grow(["1", "2"], flat))
