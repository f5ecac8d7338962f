from __future__ import annotations

import random
from fractions import Fraction

import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.behaviour import node_values
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.solvers.extensive.regrets import is_subgame_perfect
from blamegame.solvers.extensive.subgame_perfect import subgame_perfect
from blamegame.testing.random_trees import random_tree

HALF = Fraction(1, 2)


def bimatrix(first, second, rows, columns, **settings):
    """Two players at once, as a tree: the second does not see the first's choice."""
    return Decision(
        first,
        {
            r: Decision(
                second, {c: End(cell) for c, cell in zip(columns, row)}, known_as=(first, second, str(settings))
            )
            for r, row in rows.items()
        },
    )


BATTLE = {"O": ([3, 1], [0, 0]), "F": ([0, 0], [1, 3])}


def test_the_outside_option_of_the_battle_of_the_sexes():
    tree = grow(["1", "2"], Decision("1", {"out": End([2, 2]), "in": bimatrix("1", "2", BATTLE, "of")}))
    solution = subgame_perfect(tree)
    assert solution.complete and solution.status == "complete: 3 subgame-perfect equilibria"
    assert solution.payoffs == ((2, 2), (3, 1)) and solution.stats["subgames"] == 2
    assert all(is_subgame_perfect(tree, profile) for profile in solution.equilibria)


def test_perfect_information_goes_to_backward_induction():
    tree = grow(["1"], Decision("1", {"a": End([0]), "b": End([1])}))
    assert subgame_perfect(tree).method == "backward_induction"


def test_a_continuum_is_admitted():
    flat = {"O": ([1, 1], [1, 1]), "F": ([0, 1], [0, 1])}
    solution = subgame_perfect(grow(["1", "2"], bimatrix("1", "2", flat, "of")))
    assert not solution.complete and "continuum" in solution.status and len(solution) == 2


def test_the_limit_is_admitted():
    tree = grow(["1", "2"], Chance({str(k): (HALF, bimatrix("1", "2", BATTLE, "of", k=k)) for k in range(2)}))
    assert len(subgame_perfect(tree)) == 9
    cut = subgame_perfect(tree, limit=4)
    assert len(cut) == 4 and not cut.complete and "limit=4" in cut.status


def test_a_third_player_may_move_in_another_subgame_but_not_in_the_same():
    inner = bimatrix("1", "2", {"O": ([3, 1, 0], [0, 0, 1]), "F": ([0, 0, 1], [1, 3, 0])}, "of")
    tree = grow(["1", "2", "3"], Decision("3", {"in": inner, "out": End([0, 0, HALF])}))
    solution = subgame_perfect(tree)
    assert solution.complete
    assert all(is_subgame_perfect(tree, profile) for profile in solution.equilibria)
    # pure coordination pays 3 nothing, so 3 stays out; after the mixture 3 gets 5/8 and goes in
    assert solution.payoffs == ((0, 0, HALF), (Fraction(3, 4), Fraction(3, 4), Fraction(5, 8)))
    unseen = {
        a: Decision("2", {b: Decision("3", {"x": End([0, 0, 0])}, known_as="3") for b in "lr"}, known_as="2")
        for a in "ud"
    }
    with pytest.raises(UnsupportedGame, match="1, 2, 3 meet in one"):
        subgame_perfect(grow(["1", "2", "3"], Decision("1", unseen)))


def test_every_answer_on_150_trees_is_exactly_subgame_perfect():
    rng = random.Random(12)
    several = 0
    for _ in range(150):
        tree = random_tree(rng, hidden=0.6, payoffs=4)
        solution = subgame_perfect(tree)
        assert solution.equilibria
        assert all(is_subgame_perfect(tree, profile) for profile in solution.equilibria)
        assert {node_values(tree, profile)[0] for profile in solution.equilibria} <= set(solution.payoffs)
        several += len(solution) > 1
    assert several >= 20


def test_without_time_there_is_no_equilibrium_and_the_status_says_so():
    big = {f"r{i}": [[i * j % 7, (i + j) % 5] for j in range(9)] for i in range(9)}
    tree = grow(["1", "2"], bimatrix("1", "2", big, [f"c{j}" for j in range(9)]))
    solution = subgame_perfect(tree, time_limit=0)
    assert not solution.equilibria and not solution.complete
    assert "time_limit=0 s ran out: no equilibrium yet, 0 subgames solved" in solution.status


def test_chance_alone_is_a_subgame_without_players():
    coin = Chance({"h": (HALF, End([1, 0])), "t": (HALF, End([0, 1]))})
    unseen = {a: Decision("2", {"l": coin, "r": End([2, 0])}, known_as="h") for a in "ud"}
    solution = subgame_perfect(grow(["1", "2"], Decision("1", unseen)))
    assert solution.payoffs == ((HALF, HALF),)
