"""Bayesian games whose equilibria are in print."""

from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.games.bayesian import BayesianGame
from blamegame.games.beliefs import posterior
from blamegame.games.responses import expected_payoffs
from blamegame.solvers.bayesian.bayes_nash import bayes_nash, pure_bayes_nash

HALF = Fraction(1, 2)


def test_osborne_2004_figure_273_does_she_want_to_meet_him():
    """Bach or Stravinsky where 1 does not know whether 2 wants to meet: (B, (B, S)) is the one pure equilibrium."""
    hers = [[1, 0], [0, 2]], [[0, 2], [1, 0]]
    his = [[2, 0], [0, 1]]
    game = BayesianGame([[[his, his]], [hers]], [[HALF, HALF]], types=(("he",), ("meet", "avoid")))
    (pure,) = pure_bayes_nash(game).equilibria
    assert [strategy.tolist() for strategy in pure] == [[1, 0], [1, 0], [0, 1]]
    everything = bayes_nash(game)
    assert len(everything.equilibria) % 2 == 1
    # her action tells her type
    assert posterior(game, pure, {"2": "b"}).tolist() == [[0, 1]]


@pytest.mark.parametrize("epsilon", [Fraction(1, 10), Fraction(1, 4), Fraction(2, 5)])
def test_osborne_2004_section_9_3_more_information_may_hurt(epsilon):
    """Uninformed, 2 plays L and both get 2; told the state, 2 is worse off in the only equilibrium."""
    first = [[1, 1, 1], [2, 0, 0]], [[2 * epsilon, 0, 3 * epsilon], [2, 0, 3]]
    second = [[1, 1, 1], [2, 0, 0]], [[2 * epsilon, 3 * epsilon, 0], [2, 3, 0]]
    blind = [[[(a + b) / Fraction(2) for a, b in zip(r, q)] for r, q in zip(*tables)] for tables in zip(first, second)]
    (uninformed,) = bayes_nash(BayesianGame([[[blind[0]]], [[blind[1]]]], [[1]])).equilibria
    assert [strategy.tolist() for strategy in uninformed] == [[0, 1], [1, 0, 0]]
    told = BayesianGame([[[first[0], second[0]]], [[first[1], second[1]]]], [[HALF, HALF]])
    solution = bayes_nash(told)
    (informed,) = solution.equilibria
    assert [strategy.tolist() for strategy in informed] == [[1, 0], [0, 0, 1], [0, 1, 0]]
    assert expected_payoffs(solution.game, informed).tolist() == [1, 3 * epsilon, 3 * epsilon]
