from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.errors import GameError
from blamegame.games.behaviour import (
    check_behaviour,
    event_probability_of,
    node_values,
    pure_behaviour,
    reach_probabilities,
)
from blamegame.games.grow import Chance, Decision, End, grow

HALF = Fraction(1, 2)


@pytest.fixture
def tree():
    coin = Chance({"up": (HALF, End([4, 0])), "down": (HALF, End([0, 4]))})
    return grow(
        ["A", "B"],
        Decision("A", {"in": Decision("B", {"l": coin, "r": End([1, 1])}, label="b"), "out": End([0, 2])}, label="a"),
    )


def test_reach_and_values_are_exact(tree):
    profile = check_behaviour(tree, [[Fraction(1, 3), Fraction(2, 3)], [HALF, HALF]])
    reach = reach_probabilities(tree, profile)
    assert [reach[k] for k in tree.terminals] == [Fraction(1, 12), Fraction(1, 12), Fraction(1, 6), Fraction(2, 3)]
    values = node_values(tree, profile)
    assert values[1] == (Fraction(3, 2), Fraction(3, 2)) and values[0] == (HALF, Fraction(11, 6))
    assert event_probability_of(tree, profile, tree.terminals[:2]) == Fraction(1, 6)


def test_pure_profiles_by_name_position_and_label(tree):
    by_label = pure_behaviour(tree, {"b": "r", "a": "in"})
    assert [s.tolist() for s in by_label] == [s.tolist() for s in pure_behaviour(tree, ("in", 1))] == [[1, 0], [0, 1]]
    assert node_values(tree, by_label)[0] == (1, 1)


def test_what_is_not_a_profile_is_refused(tree):
    for profile, problem in (
        ([[1, 0]], "needs 2 strategies"),
        ([[1, 0], [1, 1]], "information set 1 .'b'. is not an exact probability vector"),
        ([[1, 0], [1]], "not an exact probability vector"),
        ([[1, 0], [2, -1]], "not an exact probability vector"),
        ([[0.1, 0.9], [1, 0]], "not an exact probability vector"),
    ):
        with pytest.raises(GameError, match=problem):
            check_behaviour(tree, profile)
    with pytest.raises(GameError, match="'up' is not an action at 'a'"):
        pure_behaviour(tree, ("up", "l"))
    with pytest.raises(GameError, match="1 actions are given, the tree has 2"):
        pure_behaviour(tree, ("in",))
    with pytest.raises(GameError, match="actions are given at"):
        pure_behaviour(tree, {"a": "in"})
