from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.behaviour import pure_behaviour
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.solvers.extensive.regrets import (
    information_set_regrets,
    is_nash,
    is_subgame_perfect,
    subgame_regrets,
)

HALF = Fraction(1, 2)


@pytest.fixture
def entry():
    fight = Decision("2", {"fight": End([-1, -1]), "share": End([1, 1])})
    return grow(["1", "2"], Decision("1", {"out": End([0, 2]), "in": fight}))


def test_a_threat_is_nash_and_its_regret_shows_in_the_subgame(entry):
    threat = pure_behaviour(entry, ("out", "fight"))
    assert is_nash(entry, threat) and not is_subgame_perfect(entry, threat)
    assert subgame_regrets(entry, threat) == {0: (0, 0), 2: (0, 2)}
    assert information_set_regrets(entry, threat) == (0, 2)


def test_a_deviation_may_use_several_information_sets_of_one_player():
    later = Decision("1", {"x": End([3, 0]), "y": End([0, 0])}, known_as="late")
    hidden = Decision("2", {"l": later, "r": later})
    tree = grow(["1", "2"], Decision("1", {"in": hidden, "out": End([1, 0])}))
    profile = pure_behaviour(tree, ("out", "l", "y"))
    assert not is_nash(tree, profile)  # in, then x: 3 instead of 1
    assert subgame_regrets(tree, profile) == {
        0: (0, 0),
        1: (3, 0),
    }  # the gain shows in the smallest subgame that has it


def test_horse_of_selten_needs_beliefs_off_the_path():
    horse = {
        "L": Decision("3", {"L": End([0, 0, 0]), "R": End([3, 2, 2])}, known_as="3"),
        "R": Decision(
            "2", {"L": Decision("3", {"L": End([0, 0, 1]), "R": End([4, 4, 0])}, known_as="3"), "R": End([1, 1, 1])}
        ),
    }
    tree = grow(["1", "2", "3"], Decision("1", horse))
    sensible = pure_behaviour(tree, ("R", 0, "R"))  # 3's set comes second in the tree
    assert information_set_regrets(tree, sensible) == (0, None, 0)
    assert information_set_regrets(tree, sensible, beliefs=[[1], [Fraction(1, 4), Fraction(3, 4)], [1]]) == (0, 0, 0)
    assert information_set_regrets(tree, sensible, beliefs=[[1], [1, 0], [1]]) == (0, 2, 0)
    other = pure_behaviour(tree, ("L", "R", "R"))
    assert is_nash(tree, other) and is_subgame_perfect(tree, other)  # the only subgame is the whole
    assert information_set_regrets(tree, other) == (0, 0, 3)  # 2 would gain 3 were it reached: not sequential


def test_beliefs_come_from_the_profile_where_it_reaches_the_set():
    coin = {
        "h": (Fraction(1, 4), Decision("1", {"a": End([4]), "b": End([0])}, known_as="x")),
        "t": (Fraction(3, 4), Decision("1", {"a": End([0]), "b": End([4])}, known_as="x")),
    }
    tree = grow(["1"], Chance(coin))
    assert information_set_regrets(tree, [[1, 0]], beliefs=[[1, 0]]) == (2,)
    assert subgame_regrets(tree, [[HALF, HALF]]) == {0: (1,)}


def test_beliefs_that_are_none_are_refused(entry):
    hidden = {a: Decision("2", {"l": End([0, 0]), "r": End([1, 1])}, known_as="h") for a in "ud"}
    tree = grow(["1", "2"], Decision("1", {**hidden, "out": End([0, 0])}))
    profile = pure_behaviour(tree, ("out", "l"))
    for beliefs, problem in (([[1, 0]], "1 beliefs are given"), ([[1], [1, 1]], "are not an exact probability vector")):
        with pytest.raises(GameError, match=problem):
            information_set_regrets(tree, profile, beliefs)


def test_imperfect_recall_is_refused():
    forgetful = {a: Decision("1", {"x": End([0]), "y": End([1])}, known_as="late") for a in "ud"}
    tree = grow(["1"], Decision("1", forgetful))
    for check in (is_nash, is_subgame_perfect, information_set_regrets, subgame_regrets):
        with pytest.raises(UnsupportedGame, match="needs perfect recall"):
            check(tree, [[1, 0], [1, 0]])
