from __future__ import annotations

import random
from fractions import Fraction

import pytest

from blamegame.errors import GameError
from blamegame.games.behaviour import event_probability_of, reach_probabilities
from blamegame.games.grow import Decision, End, grow
from blamegame.games.strategic import object_array
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.solvers.extensive.mixed_bounds import mixed_bounds
from blamegame.solvers.extensive.outcome_range import OutcomeRange, outcome_range, subgame_perfect_outcomes
from blamegame.solvers.extensive.regrets import is_subgame_perfect
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
        found = outcome_range(tree, event)
        assert (found.lowest, found.highest) == (min(chances), max(chances))
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
    assert outcome_range(tree, [tree.terminals[0]]) == OutcomeRange(0, 1, True, 0, 1)
    flat = {a: Decision("2", {"o": End([0, 0]), "f": End([0, 0])}, known_as="h") for a in "OF"}
    assert not outcome_range(grow(["1", "2"], Decision("1", flat)), []).complete


def test_an_event_is_made_of_ends_of_play():
    tree = grow(["1"], Decision("1", {"a": End([0]), "b": End([1])}))
    assert outcome_range(tree, []) == OutcomeRange(0, 0, True, 0, 0)
    for event in ([0], [3], [-1]):
        with pytest.raises(GameError, match="is not an end of play"):
            outcome_range(tree, event)


def test_a_tie_that_only_mixing_exploits_leaves_the_range_incomplete():
    """Lower is indifferent after a push; mixing half and half, upper pushes and is avoided half of the time."""
    then = Decision("lower", {"work": End([3, 0]), "avoid": End([0, 0])})
    tree = grow(["upper", "lower"], Decision("upper", {"push": then, "assist": End([1, 1])}))
    avoided = [end for end in tree.terminals if tree.path(end)[-1][1] == "avoid"]
    found = outcome_range(tree, avoided)
    assert (found.lowest, found.highest, found.complete) == (0, 0, False)
    even = object_array([Fraction(1, 2), Fraction(1, 2)])
    assert is_subgame_perfect(tree, [object_array([Fraction(1), Fraction(0)]), even])


def test_no_mixed_equilibrium_leaves_a_range_that_is_complete():
    """Players with ties mix at random; whatever is subgame-perfect then lies between the bounds."""
    rng = random.Random(5)
    complete = open_ = mixed = 0
    for number in range(300):
        tree = random_tree(rng, players=1 + number % 3, hidden=0)
        event = [end for end in tree.terminals if rng.random() < 0.5]
        found, bounds = outcome_range(tree, event), mixed_bounds(tree, lambda k, cells=event: Fraction(k in cells))
        assert bounds[0] <= found.lowest <= found.highest <= bounds[1]
        complete, open_ = complete + found.complete, open_ + (not found.complete)
        for _ in range(10):
            profile = [_mixture(rng, len(place.actions)) for place in tree.information_sets]
            if is_subgame_perfect(tree, profile):
                mixed += 1
                chance = event_probability_of(tree, profile, event)
                assert bounds[0] <= chance <= bounds[1]
                assert not found.complete or found.lowest <= chance <= found.highest
    assert complete > 100 and open_ > 10 and mixed > 50


def _mixture(rng, n):
    weights = [rng.choice([0, 0, 1, 2]) for _ in range(n)]
    weights[rng.randrange(n)] += 1
    return object_array([Fraction(weight, sum(weights)) for weight in weights])
