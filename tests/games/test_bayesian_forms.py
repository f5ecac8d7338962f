"""Both strategic forms of a Bayesian game say what its types expect."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.bayesian import BayesianGame
from blamegame.games.bayesian_forms import _check_size, agent_form, agent_names, induced_game

PAYOFFS = [[[[[2, 0], [0, 1]], [[0, 2], [1, 0]]]], [[[[1, 0], [0, 2]], [[0, 2], [1, 0]]]]]


def game(*prior):
    return BayesianGame(PAYOFFS, [[Fraction(p) for p in prior]], types=(("one",), ("fond", "cross")))


def test_every_type_is_an_agent_with_its_interim_payoff():
    form = agent_form(game("1/3", "2/3"))
    assert form.players == ("1", "2 (fond)", "2 (cross)") and form.n_actions == (2, 2, 2)
    assert form.payoffs[0, 0, 0, 1] == Fraction(1, 3) * 2 + Fraction(2, 3) * 2
    assert form.payoffs[1, 0, 0, 1] == 1 and form.payoffs[2, 0, 0, 1] == 2  # a type knows itself


def test_plans_give_ex_ante_payoffs_and_are_named_by_their_actions():
    form = induced_game(game("1/3", "2/3"))
    assert form.n_actions == (2, 4) and form.actions[1] == ("a|a", "a|b", "b|a", "b|b")
    assert form.payoffs[0, 0, 1] == 2 and form.payoffs[1, 0, 1] == Fraction(1, 3) + Fraction(2, 3) * 2


def test_a_type_of_probability_zero_is_in_neither_form():
    certain = game(1, 0)
    assert agent_names(certain) == ["1", "2"] and agent_form(certain).n_actions == (2, 2)
    assert np.array_equal(induced_game(certain).payoffs, agent_form(certain).payoffs)


def test_a_form_too_large_for_memory_is_refused_with_the_way_out():
    with pytest.raises(GameError, match=r"would have 5,000,000 entries .* merge types or actions"):
        _check_size(5_000_000, "the agent form")
