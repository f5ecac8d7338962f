"""The parts of a tree are checked one by one, and the messages name the part."""

from fractions import Fraction

import pytest

from blamegame.errors import GameError
from blamegame.games.tree_parts import (
    NONE,
    TERMINAL,
    checked_event,
    checked_information_set,
    checked_labels,
    checked_outcome,
    first_seen,
    inverse,
    linked_nodes,
)

SETS = [(0, "top", ("l", "r"))]
END = (TERMINAL, NONE, NONE, "")


@pytest.mark.parametrize(
    ("labels", "why"), [("ab", "sequence of text"), (["a", 1], "sequence of text"), (["a", "a"], "'a' appears twice")]
)
def test_labels_are_different_texts(labels, why):
    assert checked_labels(iter(["a", "b"]), "action") == ("a", "b")
    with pytest.raises(GameError, match=why):
        checked_labels(labels, "action")


def test_an_information_set_has_a_player_and_actions():
    assert checked_information_set(0, (1, "x", ["a"]), 2) == (1, "x", ("a",))
    with pytest.raises(GameError, match=r"information set 3 .* has no actions"):
        checked_information_set(3, (0, "x", []), 2)
    with pytest.raises(GameError, match=r"belongs to player 2; players are 0\.\.1"):
        checked_information_set(0, (2, "x", ["a"]), 2)


@pytest.mark.parametrize("shares", [[0.1, 0.2, 0.7], [Fraction(3, 2), Fraction(-1, 2), 0]])
def test_probabilities_are_exact_and_sum_to_one(shares):
    assert checked_event(0, ("e", ["a", "b"], [0.5, Fraction(1, 2)]))[2] == (Fraction(1, 2), Fraction(1, 2))
    with pytest.raises(GameError, match="the sum exactly 1"):
        checked_event(0, ("e", ["a", "b", "c"], shares))


@pytest.mark.parametrize("payoff", ["1", float("nan"), float("inf"), None, 1j])
def test_a_payoff_is_a_finite_number(payoff):
    assert checked_outcome(0, ("o", [0.5, 2]), ("1", "2")).payoffs == (Fraction(1, 2), 2)
    with pytest.raises(GameError, match="not a finite number"):
        checked_outcome(0, ("o", [payoff, 0]), ("1", "2"))


def test_things_are_numbered_as_they_are_met_and_none_is_left_over():
    moves = [(0, place, NONE, "") for place in (2, 0, 2, 1)]
    order = first_seen(moves, lambda move: move[1], 3, "information set")
    assert order == [1, 2, 0] and inverse(order) == [2, 0, 1]
    with pytest.raises(GameError, match="information set 3 occurs at no node"):
        first_seen(moves, lambda move: move[1], 4, "information set")
    with pytest.raises(GameError, match="node 0 names information set 2; there are 2"):
        first_seen(moves, lambda move: move[1], 2, "information set")


def test_preorder_alone_gives_parents_and_children():
    moves = [(0, 0, NONE, "root"), END, END]
    root, left, right = linked_nodes(moves, [[0], [], []], SETS, [], 1)
    assert root.children == (1, 2) and (left.parent, left.branch, right.branch) == (0, 0, 1) and root.parent == NONE


@pytest.mark.parametrize(
    ("moves", "why"),
    [
        ([(0, 0, NONE, ""), END], "1 actions lead nowhere yet"),
        ([(0, 0, NONE, ""), END, END, END], "node 3 .* comes after the tree is complete"),
        ([(5, 0, NONE, ""), END, END], "is moved by 5"),
        ([(0, NONE, NONE, ""), END, END], "names no information set"),
        ([], "ends after 0 nodes"),
    ],
)
def test_a_sequence_that_is_no_tree_is_refused(moves, why):
    with pytest.raises(GameError, match=why):
        linked_nodes(moves, [[0], [], []], SETS, [], 1)
