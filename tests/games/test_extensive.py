from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from blamegame.errors import GameError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.games.tree_parts import CHANCE, NONE, TERMINAL

END = (TERMINAL, NONE, NONE, "")


def two_ends(**changes):
    parts = {
        "players": ["A", "B"],
        "moves": [(0, 0, NONE, "start"), (TERMINAL, NONE, 0, ""), END],
        "information_sets": [(0, "first", ["l", "r"])],
        "outcomes": [("won", [1, 2.5])],
    }
    return ExtensiveGame(**{**parts, **changes})


def test_payoffs_are_exact_and_add_up_along_the_path():
    tree = ExtensiveGame(
        ["A"],
        [(0, 0, 0, ""), (TERMINAL, NONE, 1, ""), (TERMINAL, NONE, 0, "")],
        [(0, "", ["l", "r"])],
        outcomes=[("stage", [Fraction(1, 3)]), ("more", [0.5])],
    )
    assert tree.totals == ((Fraction(1, 3),), (Fraction(5, 6),), (Fraction(2, 3),))
    assert tree.terminals == (1, 2) and tree.ends == (3, 2, 3)


def test_parts_are_numbered_in_the_order_in_which_they_occur():
    tree = ExtensiveGame(
        ["A", "B"],
        [(1, 1, NONE, ""), (0, 0, NONE, ""), (TERMINAL, NONE, 1, ""), (TERMINAL, NONE, 0, "")],
        [(0, "late", ["x"]), (1, "early", ["u", "v"])],
        outcomes=[("late", [0, 0]), ("early", [1, 1])],
    )
    assert [place.label for place in tree.information_sets] == ["early", "late"]
    assert [outcome.label for outcome in tree.outcomes] == ["early", "late"]
    assert tree.nodes[1].parent == 0 and tree.nodes[0].children == (1, 3)
    assert tree.path(2) == (("B", "u"), ("A", "x")) and tree.path(0) == ()


def test_equal_trees_are_equal_hash_alike_and_survive_pickling():
    assert two_ends() == two_ends() and hash(two_ends()) == hash(two_ends())
    assert two_ends() != two_ends(title="other")
    assert pickle.loads(pickle.dumps(two_ends())) == two_ends()
    assert repr(two_ends()) == "<ExtensiveGame 3 nodes, 1 information sets, players A, B>"


def test_a_tree_of_one_end_is_a_game():
    tree = ExtensiveGame(["A"], [END])
    assert tree.totals == ((0,),) and str(tree) == "(0)" and tree.perfect_information and tree.perfect_recall


def test_who_moves_and_what_they_know():
    hidden = {x: Decision("B", {"l": End([0, 0]), "r": End([1, 1])}, known_as="same") for x in ("u", "d")}
    tree = grow(["A", "B"], Decision("A", hidden))
    assert not tree.perfect_information and tree.perfect_recall
    assert tree.actions_at(0) == ("u", "d") and tree.actions_at(2) == ()
    assert "B [1]" in str(tree)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"players": []}, "at least one player"),
        ({"players": ["A", "A"]}, "player 'A' appears twice"),
        ({"players": "AB"}, "must be a sequence of text"),
        ({"information_sets": [(0, "first", [])]}, "information set 0 .'first'. has no actions"),
        ({"information_sets": [(0, "first", ["l", "l"])]}, "'l' appears twice"),
        ({"information_sets": [(2, "first", ["l", "r"])]}, "belongs to player 2; players are 0..1"),
        ({"information_sets": [(1, "first", ["l", "r"])]}, "moved by player 0, its information set by 1"),
        ({"information_sets": []}, "node 0 names information set 0; there are 0"),
        ({"information_sets": [(0, "", ["l", "r"]), (1, "", ["x"])]}, "information set 1 occurs at no node"),
        ({"outcomes": [("won", [1])]}, "outcome 0 .'won'. has 1 payoffs"),
        ({"outcomes": [("won", [1, float("inf")])]}, "is inf, not a finite number"),
        ({"outcomes": [("won", [1, "2"])]}, "is '2', not a finite number"),
        ({"outcomes": [("won", [1, None])]}, "is None, not a finite number"),
        ({"moves": [(0, 0, 0, "start"), END]}, "the tree ends after 2 nodes, 1 actions lead nowhere yet"),
        ({"moves": [(0, 0, 0, "start"), END, END, END]}, "node 3 .*comes after the tree is complete"),
        ({"moves": []}, "occurs at no node|ends after 0 nodes"),
        ({"moves": [(5, 0, 0, "x"), END, END]}, "node 0 .'x'. is moved by 5; players are 0..1"),
        ({"moves": [(-3, 0, 0, "x"), END, END], "information_sets": []}, "is moved by -3"),
        ({"moves": [(0, NONE, 0, ""), END, END], "information_sets": []}, "names no information set"),
    ],
)
def test_what_does_not_fit_is_named(changes, problem):
    with pytest.raises(GameError, match=problem):
        two_ends(**changes)


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (("", ["x", "y"], [Fraction(1, 3), Fraction(1, 3)]), "are not >= 0 with the sum exactly 1"),
        (("", ["x", "y"], [2, -1]), "are not >= 0"),
        (("", ["x", "y"], [0.1, 0.9 + 1e-12]), "write exact ones such as Fraction"),
        (("", ["x"], [1, 0]), "has 1 actions and 2 probabilities"),
        (("", [], []), "has 0 actions"),
        (("", ["x"], ["1"]), "a probability of event 0"),
    ],
)
def test_chance_must_be_an_exact_distribution(event, problem):
    with pytest.raises(GameError, match=problem):
        ExtensiveGame(["A"], [(CHANCE, 0, NONE, ""), END, END], events=[event])


def test_a_tree_twenty_thousand_moves_deep_is_built_and_walked():
    node = End([0, 0])
    for level in range(20_000):
        node = Decision("AB"[level % 2], {"take": End([level, 1]), "pass": node})
    tree = grow(["A", "B"], node)
    assert len(tree.path(len(tree.nodes) - 1)) == 20_000
    assert tree.perfect_recall and tree.ends[0] == 40_001
    assert hash(pickle.loads(pickle.dumps(tree))) == hash(tree)


def test_grow_refuses_what_it_does_not_know():
    with pytest.raises(GameError, match="'C' is not one of the players"):
        grow(["A"], Decision("C", {"x": End([0])}))
    with pytest.raises(GameError, match="is not a Decision, Chance or End"):
        grow(["A"], Decision("A", {"x": 3}))
    with pytest.raises(GameError, match="information set 'same' of A has actions"):
        grow(
            ["A"],
            Chance(
                {
                    "u": (Fraction(1, 2), Decision("A", {"x": End([0])}, known_as="same")),
                    "d": (Fraction(1, 2), Decision("A", {"y": End([0])}, known_as="same")),
                }
            ),
        )
