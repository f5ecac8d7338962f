"""Beliefs by Bayes' rule and expectations over types, on numbers worked out by hand."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.bayesian import BayesianGame
from blamegame.games.beliefs import event_chance, interim_payoffs, posterior

PAYOFFS = [[[[[2, 0], [0, 1]], [[0, 2], [1, 0]]]], [[[[1, 0], [0, 2]], [[0, 2], [1, 0]]]]]
GAME = BayesianGame(PAYOFFS, [[Fraction(1, 3), Fraction(2, 3)]], types=(("one",), ("fond", "cross")))
QUARTER = [Fraction(1, 4), Fraction(3, 4)]
PROFILE = ([1, 0], [1, 0], QUARTER)


def test_what_is_likelier_for_one_type_points_to_it():
    assert posterior(GAME, PROFILE, {"2": "a"}).tolist() == [[Fraction(2, 3), Fraction(1, 3)]]
    assert posterior(GAME, PROFILE, {"2": "b"}).tolist() == [[0, 1]]
    assert posterior(GAME, PROFILE, {}).tolist() == GAME.prior.tolist()


def test_what_is_known_rules_the_other_types_out():
    assert posterior(GAME, PROFILE, {"2": "a"}, known={"2": "cross"}).tolist() == [[0, 1]]


def test_beliefs_after_the_impossible_are_refused():
    with pytest.raises(GameError, match="has probability zero"):
        posterior(GAME, ([1, 0], [1, 0], [1, 0]), {"2": "b"})


def test_an_event_is_as_likely_as_the_types_make_it():
    together = np.array([[True, False], [False, True]])
    assert event_chance(GAME, PROFILE, together) == Fraction(1, 3) + Fraction(2, 3) * Fraction(1, 4)


def test_interim_payoffs_are_expectations_of_who_knows_only_itself():
    first, fond, cross = interim_payoffs(GAME, PROFILE)
    assert fond == 1 and cross == Fraction(3, 4) * 2
    assert first == Fraction(1, 3) * 2 + Fraction(2, 3) * Fraction(3, 4) * 2


@pytest.mark.parametrize(
    ("profile", "why"),
    [
        (PROFILE[:2], "one strategy for each agent"),
        (([1, 0], [1, 0], [Fraction(1, 2), 0]), "not a distribution"),
        (([1, 0], [1, 0], [2, -1]), "not a distribution"),
    ],
)
def test_what_is_no_profile_is_refused(profile, why):
    with pytest.raises(GameError, match=why):
        interim_payoffs(GAME, profile)


@pytest.mark.parametrize(
    ("observed", "why"),
    [
        ({"3": "a"}, "'3' is not a player"),
        ({"2": "c"}, "'c' is not an action of 2"),
    ],
)
def test_unknown_names_are_refused_with_the_known_ones(observed, why):
    with pytest.raises(GameError, match=why):
        posterior(GAME, PROFILE, observed)
