from __future__ import annotations

import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.grow import Decision, End, grow
from blamegame.games.recall import require_perfect_recall
from blamegame.games.tree_parts import NONE, TERMINAL

END = (TERMINAL, NONE, NONE, "")


def test_sequences_count_every_action_once_and_the_empty_one():
    later = Decision("A", {"x": End([0, 0]), "y": End([1, 1])})
    tree = grow(["A", "B"], Decision("A", {"u": Decision("B", {"l": later, "r": End([0, 1])}), "d": End([2, 0])}))
    recall = tree.recall
    assert recall.counts == (5, 3) and recall.problem == ""
    assert recall.first == (1, 1, 3) and recall.before == (0, 0, 1)
    assert recall.last[tree.terminals[0]] == (3, 1)


def test_forgetting_ones_own_action_is_imperfect_recall():
    forgetful = {a: Decision("A", {"x": End([0]), "y": End([1])}, known_as="later", label="later") for a in "ud"}
    tree = grow(["A"], Decision("A", forgetful))
    assert not tree.perfect_recall
    assert "A does not remember its own past at information set 1 ('later')" in tree.recall.problem
    with pytest.raises(UnsupportedGame, match="backward needs perfect recall: A does not"):
        require_perfect_recall(tree.recall, "backward")


def test_passing_an_information_set_twice_is_imperfect_recall():
    absent_minded = ExtensiveGame(["A"], [(0, 0, NONE, ""), (0, 0, NONE, ""), END, END, END], [(0, "", ["on", "off"])])
    assert not absent_minded.perfect_recall


def test_not_seeing_what_others_did_is_no_loss_of_recall():
    hidden = {a: Decision("B", {"x": End([0, 0]), "y": End([1, 1])}, known_as="blind") for a in "ud"}
    assert grow(["A", "B"], Decision("A", hidden)).perfect_recall
