from __future__ import annotations

import io
import random
from fractions import Fraction
from pathlib import Path

import pygambit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameFileError
from blamegame.formats.efg import read_efg
from blamegame.formats.efg_writer import write_efg
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, TERMINAL
from blamegame.testing.random_trees import random_tree

CATALOGUE = sorted((Path(pygambit.__file__).parent / "catalog_data").rglob("*.efg"))
BAYES = """EFG 2 R "Two stages" { "Player 1" "Player 2" }
"a comment"

c "ROOT" 7 "(0,1)" { "1G" 0.500000 "1B" .5 } 0
p "" 1 9 "(1,1)" { "H" "L" } 3 "stage" { 10.5, 2 }
t "" 1 "Outcome 1" { 10.000000 2.000000 }
t "" 2 "Outcome 2" { -1/3, 1e1 }
p "again" 1 9 0
t "" 1
t "end" 0
"""


def test_chance_shared_sets_repeated_outcomes_and_payoffs_along_the_path():
    tree = read_efg(BAYES)
    assert (tree.title, tree.comment, tree.players) == ("Two stages", "a comment", ("Player 1", "Player 2"))
    assert tree.events[0].label == "(0,1)" and tree.events[0].probabilities == (Fraction(1, 2), Fraction(1, 2))
    assert tree.information_sets[0].nodes == (1, 4) and tree.nodes[4].label == "again"
    assert [tree.totals[k] for k in tree.terminals] == [
        (Fraction(41, 2), Fraction(4)),
        (Fraction(61, 6), Fraction(12)),
        (Fraction(10), Fraction(2)),
        (Fraction(0), Fraction(0)),
    ]
    assert [outcome.label for outcome in tree.outcomes] == ["stage", "Outcome 1", "Outcome 2"]


def test_a_file_is_read_by_path_as_its_text_is(tmp_path):
    path = tmp_path / "bayes.efg"
    path.write_text(BAYES, encoding="utf-8")
    assert read_efg(path) == read_efg(str(path)) == read_efg(BAYES) == read_efg("\ufeff" + BAYES)


def test_what_is_written_is_read_back_equal():
    tree = read_efg(BAYES)
    assert read_efg(write_efg(tree)) == tree


def test_repeated_labels_are_told_apart():
    tree = read_efg('EFG 2 R "" { "A" "A" } p "" 1 1 "" { "x" "x" } 0 t "" 0 t "" 0')
    assert tree.players == ("A_1", "A_2") and tree.information_sets[0].actions == ("x_1", "x_2")


def test_a_tree_of_one_node_is_a_tree():
    tree = read_efg('EFG 2 D "" { "A" } "" t "" 4 "o" { 3 }')
    assert tree.totals[0] == (3,) and read_efg(write_efg(tree)) == tree


@pytest.mark.parametrize("path", CATALOGUE, ids=lambda path: path.stem)
def test_every_tree_of_the_catalogue_survives_here_and_through_pygambit(path):
    tree = read_efg(path)
    assert read_efg(write_efg(tree)) == tree
    through = read_efg(pygambit.read_efg(io.StringIO(write_efg(tree))).to_efg())
    assert through.nodes == tree.nodes and through.totals == tree.totals
    assert through.information_sets == tree.information_sets
    assert [event[1:] for event in through.events] == [event[1:] for event in tree.events]
    theirs = pygambit.read_efg(path)
    assert tree.perfect_recall == theirs.is_perfect_recall


def test_at_least_thirty_trees_are_in_the_catalogue():
    assert len(CATALOGUE) >= 30


def test_forty_random_trees_survive_through_pygambit_unchanged():
    rng = random.Random(3)
    for number in range(40):
        tree = random_tree(rng, players=1 + number % 3, depth=4, hidden=0.5)
        through = read_efg(pygambit.read_efg(io.StringIO(write_efg(tree))).to_efg())
        assert (through.nodes, through.information_sets, through.outcomes) == (
            tree.nodes,
            tree.information_sets,
            tree.outcomes,
        )
        assert [event[1:] for event in through.events] == [event[1:] for event in tree.events]


LABELS = st.text(max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    labels=st.lists(LABELS, min_size=9, max_size=9),
    names=st.lists(LABELS, min_size=2, max_size=2, unique=True),
    payoff=st.fractions(),
    share=st.fractions(min_value=0, max_value=1),
)
def test_any_labels_and_numbers_survive(labels, names, payoff, share):
    tree = ExtensiveGame(
        names,
        [(CHANCE, 0, 0, labels[0]), (1, 0, -1, labels[1]), *[(TERMINAL, -1, 0, labels[2])] * 3],
        [(1, labels[3], names)],
        [(labels[4], names, [share, 1 - share])],
        [(labels[5], [payoff, 0])],
        title=labels[6],
        comment=labels[7],
    )
    assert read_efg(write_efg(tree)) == tree


def test_numbers_and_trees_that_no_reader_takes_are_not_written():
    end = [(TERMINAL, -1, 0, "")]
    with pytest.raises(GameFileError, match="write_efg: a number of more than"):
        write_efg(ExtensiveGame(["A"], end, outcomes=[("", [Fraction(1, 3**4000)])]))
    wide = ExtensiveGame(
        ["A"], [(0, 0, -1, "x" * 3000)] * 2 + [(TERMINAL, -1, -1, "")] * 3999, [(0, "", [str(k) for k in range(2000)])]
    )
    assert read_efg(write_efg(wide)) == wide
    long = ExtensiveGame(["A"], [(TERMINAL, -1, -1, "x" * 2**23)])
    with pytest.raises(GameFileError, match="more than 8388608 characters"):
        write_efg(long)


HEAD = 'EFG 2 R "" { "A" "B" } '
BAD = {
    "": "is not the text of a .efg file",
    "EFG \n": "expected 2",
    'EFG 2 X "" { "A" }': "line 1, column 7: expected R or D",
    'EFG 1 R "" { "A" }': "column 5: expected 2",
    'EFG 2 R { "A" }': "expected the title in quotes, found '{'",
    'EFG 2 R "" { }': "no players; 1 to 30 are read",
    'EFG 2 R "" { "A"': "expected another label of the players in quotes, or }, found the end of the file",
    'EFG 2 R "" { "A" } "x\n': "line 1, column 20: a quote that is never closed",
    HEAD: "the file ends after 0 nodes, 1 more are needed",
    HEAD + "x": "expected a node: c, p or t, found 'x'",
    HEAD + '"c" "d"': "expected a node: c, p or t, found a text in quotes",
    HEAD + "t 1": "expected the node's label in quotes, found '1'",
    HEAD + 't "" x': "expected the outcome's number, found 'x'",
    HEAD + 't "" "x"': 'expected the outcome\'s number, found the text "x"',
    HEAD + 't "" 1': "outcome 1 has no payoffs yet",
    HEAD + 't "" 1 "" { 1 }': "outcome 1 has 1 payoffs for 2 players",
    HEAD + 't "" 1 "" { 1 1/0 }': "'1/0' divides by zero",
    HEAD + 't "" 1 "" { 1 1e999 }': "has an exponent beyond 400",
    HEAD + 't "" 1 "" { 1 "2" }': 'expected a payoff, or }, found the text "2"',
    HEAD + 't "" 1 "" { 1 2 3 }': "expected } after 2 payoffs, one for each player, found '3'",
    HEAD + 't "" 1 "" { 1 {': "expected a payoff, or }, found '{'",
    HEAD + 't "" 1 "" 3': "expected { and the payoffs, found '3'",
    HEAD + 't "" 0 "o" { 1 1 }': "outcome 0 is none at all",
    HEAD + 't "" 0 t': "expected the end of the file after 1 nodes, found 't'",
    HEAD + 't "" 0 "x': "a quote that is never closed",
    HEAD + 'p "" 3 1 "" { "x" } 0': "column 29: player 3; the file names 2",
    HEAD + 'p "" 0 1 "" { "x" } 0': "player 0; the file names 2",
    HEAD + 'p "" 1 0 "" { "x" } 0': "expected the information set's number from 1 on, found 0",
    HEAD + 'p "" 1 1 0': "information set 1 of player 1 has no actions yet",
    HEAD + 'p "" 1 1 "" { } 0': "information set 1 of player 1 has no actions",
    HEAD + 'p "" 1 1 "" { "x" } 0 p "" 1 1 "" { "y" } 0': "was described differently before",
    HEAD + 'p "" 1 1 "" { "x" "y" } 0 t "" 0': "the file ends after 2 nodes, 1 more are needed",
    HEAD + 'c "" 1 0': "chance event 1 has no actions yet",
    HEAD + 'c "" 1 "" { } 0': "chance event 1 has no actions",
    HEAD + 'c "" 1 "" { "x" .3 } 0': "the probabilities of chance event 1 sum to 3/10",
    HEAD + 'c "" 1 "" { "x" 2 "y" -1 } 0': "they must be >= 0 and sum to 1",
    HEAD + 'c "" 1 "" { "x" 0.' + "3" * 99 + " } 0": "do not sum to 1",
    HEAD + 'c "" 1 "" { 1 "x" } 0': "expected another action in quotes, or }, found '1'",
    HEAD + 'c "" 1 "" { "x" } 0': "expected its probability, found '}'",
    HEAD + 'c "" 1 "" { "x" 1 } 0 c "" 1 "" { "z" 1 } 0': "chance event 1 was described differently before",
    HEAD + 'p "" 1 1 "" { "x" } 1 "" { 1 1 } t "" 1 "" { 1 2 }': "outcome 1 was described differently before",
    HEAD + 'p "" 1 99999999999999999999 "" { "x" } 0': "expected the information set's number",
}


@pytest.mark.parametrize("text", BAD)
def test_the_error_says_what_is_wrong_and_where(text):
    with pytest.raises(GameFileError) as caught:
        read_efg(text if "\n" in text or not text else text + "\n")
    assert BAD[text] in str(caught.value)
    assert not text or ", line " in str(caught.value)


def test_neither_text_nor_path():
    with pytest.raises(GameFileError, match="3 is neither the text"):
        read_efg(3)
