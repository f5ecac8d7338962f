"""Trees as one writes them become the games they describe."""

from fractions import Fraction

import pytest

from blamegame.errors import GameError
from blamegame.games.grow import Chance, Decision, End, grow


def test_nodes_known_alike_are_one_information_set_and_others_are_not():
    def lower(known):
        return Decision("lower", {"work": End([1, 1]), "rest": End([0, 0])}, known_as=known)

    hidden = grow(["upper", "lower"], Decision("upper", {"a": lower("dark"), "b": lower("dark")}))
    open_ = grow(["upper", "lower"], Decision("upper", {"a": lower(None), "b": lower(None)}))
    assert len(hidden.information_sets) == 2 and not hidden.perfect_information
    assert len(open_.information_sets) == 3 and open_.perfect_information


def test_what_two_players_know_alike_is_not_shared_between_them():
    both = Decision("1", {"a": Decision("2", {"b": End([0, 0])}, known_as="x")}, known_as="x")
    assert [s.player for s in grow(["1", "2"], both).information_sets] == [0, 1]


def test_branches_keep_the_order_they_were_written_in():
    tree = grow(["1"], Decision("1", {str(k): End([k], label=f"end {k}") for k in (3, 1, 2)}))
    assert tree.information_sets[0].actions == ("3", "1", "2")
    assert [outcome.label for outcome in tree.outcomes] == ["end 3", "end 1", "end 2"]


def test_chance_keeps_exact_probabilities():
    tree = grow(["1"], Chance({"up": (Fraction(1, 3), End([1])), "down": (Fraction(2, 3), End([0]))}, label="weather"))
    assert tree.events[0].probabilities == (Fraction(1, 3), Fraction(2, 3)) and tree.events[0].label == "weather"


@pytest.mark.parametrize(
    ("root", "why"),
    [
        (Decision("nobody", {"a": End([1])}), "'nobody' is not one of the players"),
        (End([1, 2]), "2 payoffs"),
        ("a text", "is not a Decision, Chance or End"),
        (Chance({"a": (Fraction(1, 2), End([1]))}), "sum exactly 1"),
        (
            Decision("1", {"l": Decision("1", {"a": End([0])}, "x"), "r": Decision("1", {"b": End([0])}, "x")}),
            "has the same actions at both",
        ),
    ],
)
def test_a_description_that_is_no_game_is_refused(root, why):
    with pytest.raises(GameError, match=why):
        grow(["1"], root)
