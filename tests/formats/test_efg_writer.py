"""Trees written as .efg files: nothing is lost, labels survive, and what could not be read back is refused."""

import random

import pytest

from blamegame.errors import GameFileError
from blamegame.formats import efg_writer
from blamegame.formats.efg import read_efg
from blamegame.formats.efg_writer import write_efg
from blamegame.games.grow import Decision, End, grow
from blamegame.testing.random_trees import random_tree


@pytest.mark.parametrize("seed", range(20))
def test_what_is_written_is_read_back_equal(seed):
    tree = random_tree(random.Random(seed), players=3)
    assert read_efg(write_efg(tree)) == tree


@pytest.mark.parametrize("label", ['say "hi"', "a\\b", "ends with \\", '\\"', "", "{ } 1/2", "é\n"])
def test_labels_survive_whatever_they_hold(label):
    tree = grow([f"1{label}"], Decision(f"1{label}", {label: End([1], label), f"{label}x": End([0])}), title=label)
    assert read_efg(write_efg(tree)) == tree


def test_information_sets_are_numbered_within_their_player():
    tree = grow(["1", "2"], Decision("1", {"a": Decision("2", {"b": Decision("1", {"c": End([0, 1])})})}))
    lines = [line for line in write_efg(tree).splitlines() if line.startswith("p")]
    assert [line.split()[2:4] for line in lines] == [["1", "1"], ["2", "1"], ["1", "2"]]


def test_a_tree_too_long_to_be_read_back_is_refused(monkeypatch):
    tree = grow(["1"], Decision("1", {"a": End([1]), "b": End([0])}))
    monkeypatch.setattr(efg_writer, "MOST_BYTES", 30)
    with pytest.raises(GameFileError, match="more than 30 characters"):
        write_efg(tree)


def test_a_number_too_long_to_be_read_back_is_refused():
    with pytest.raises(GameFileError, match="write_efg:"):
        write_efg(grow(["1"], End([10**5000])))
