from __future__ import annotations

from fractions import Fraction

from blamegame.games.extensive import ExtensiveGame
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.games.subgames import subgame_roots
from blamegame.games.tree_parts import CHANCE, NONE, TERMINAL

HALF = Fraction(1, 2)


def test_with_perfect_information_every_move_starts_a_subgame():
    tree = grow(["A", "B"], Decision("A", {"u": Decision("B", {"l": End([0, 0])}), "d": End([0, 0])}))
    assert subgame_roots(tree) == (0, 1)


def test_a_subtree_that_cuts_an_information_set_is_no_subgame():
    later = {a: Decision("B", {"l": Decision("A", {"x": End([0, 0])}), "r": End([0, 0])}, known_as="b") for a in "ud"}
    tree = grow(["A", "B"], Decision("A", later))
    assert subgame_roots(tree) == (0, 2, 6)
    assert [tree.nodes[k].mover for k in (2, 6)] == [0, 0]


def test_chance_starts_a_subgame_and_a_shared_event_ties_nothing():
    end = (TERMINAL, NONE, NONE, "")
    moves = [(0, 0, NONE, ""), (CHANCE, 0, NONE, ""), end, end, (CHANCE, 0, NONE, ""), end, end]
    tree = ExtensiveGame(["A"], moves, [(0, "", ["u", "d"])], [("", ["h", "t"], [HALF, HALF])])
    assert subgame_roots(tree) == (0, 1, 4)


def test_what_nature_hides_is_solved_in_one_piece():
    hidden = {c: (HALF, Decision("A", {"x": End([1]), "y": End([0])}, known_as="a")) for c in "ht"}
    assert subgame_roots(grow(["A"], Chance(hidden))) == (0,)
