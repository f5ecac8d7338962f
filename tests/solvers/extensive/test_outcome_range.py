from __future__ import annotations

import random

import pytest

from blamegame.errors import GameError
from blamegame.games.behaviour import event_probability_of, reach_probabilities
from blamegame.games.grow import Decision, End, grow
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.solvers.extensive.outcome_range import OutcomeRange, outcome_range, subgame_perfect_outcomes
from blamegame.testing.random_trees import random_tree


def test_range_and_outcomes_agree_with_listing_every_equilibrium():
    rng = random.Random(21)
    wide = 0
    for number in range(200):
        tree = random_tree(rng, players=1 + number % 3, hidden=0)
        solution = backward_induction(tree, limit=3_000)
        if not solution.complete:
            continue
        event = [end for end in tree.terminals if rng.random() < 0.5]
        chances = [event_probability_of(tree, profile, event) for profile in solution.equilibria]
        assert outcome_range(tree, event) == OutcomeRange(min(chances), max(chances), True)
        reached = set()
        for profile in solution.equilibria:
            reach = reach_probabilities(tree, profile)
            reached.add(tuple(end for end in tree.terminals if reach[end]))
        assert set(subgame_perfect_outcomes(tree)) == reached
        wide += min(chances) < max(chances)
    assert wide >= 20


def test_hidden_moves_are_ranged_over_the_equilibria_found():
    battle = {
        a: Decision("2", {"o": End(x), "f": End(y)}, known_as="h")
        for a, x, y in (("O", [3, 1], [0, 0]), ("F", [0, 0], [1, 3]))
    }
    tree = grow(["1", "2"], Decision("1", battle))
    assert outcome_range(tree, [tree.terminals[0]]) == OutcomeRange(0, 1, True)
    flat = {a: Decision("2", {"o": End([0, 0]), "f": End([0, 0])}, known_as="h") for a in "OF"}
    assert not outcome_range(grow(["1", "2"], Decision("1", flat)), []).complete


def test_an_event_is_made_of_ends_of_play():
    tree = grow(["1"], Decision("1", {"a": End([0]), "b": End([1])}))
    assert outcome_range(tree, []) == OutcomeRange(0, 0, True)
    for event in ([0], [3], [-1]):
        with pytest.raises(GameError, match="is not an end of play"):
            outcome_range(tree, event)
