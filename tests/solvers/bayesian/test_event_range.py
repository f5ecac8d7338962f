"""The range of an event over every Bayes-Nash equilibrium, over actions and over plans."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.bayesian import BayesianGame
from blamegame.solvers.bayesian.event_range import bayes_event_range

MEET = [[1, 0], [0, 1]]
TOGETHER = np.array(MEET, dtype=bool)
BOTH_A = np.array([[True, False], [False, False]])


def game(prior, kind=Fraction):
    """Both want to meet, whatever the type of the second."""
    return BayesianGame([[[MEET, MEET]], [[MEET, MEET]]], [[kind(p) for p in prior]])


def test_meeting_ranges_from_the_mixed_equilibrium_to_the_pure_ones():
    assert bayes_event_range(game((Fraction(1, 2), Fraction(1, 2))), TOGETHER) == (Fraction(1, 2), 1)
    assert bayes_event_range(game((1, 0)), BOTH_A) == (0, 1)


def test_floats_in_floats_out():
    ends = bayes_event_range(game((0.5, 0.5), float), TOGETHER)
    assert ends == (0.5, 1.0) and all(type(end) is float for end in ends)


def test_an_event_over_plans_must_hold_whatever_an_absent_type_would_do():
    one_sided = np.zeros((2, 4), dtype=bool)
    one_sided[0, 0] = True  # the absent second type would play a
    assert bayes_event_range(game((1, 0)), one_sided) == (0, 0)
    one_sided[0, 1] = True  # or b
    assert bayes_event_range(game((1, 0)), one_sided) == (0, 1)


@pytest.mark.parametrize("event", [np.ones((2, 3), dtype=bool), np.ones((2, 2))])
def test_an_event_of_another_shape_or_type_is_refused(event):
    with pytest.raises(GameError, match=r"boolean of shape \(2, 2\) \(actions\) or \(2, 4\) \(plans\)"):
        bayes_event_range(game((1, 0)), event)
