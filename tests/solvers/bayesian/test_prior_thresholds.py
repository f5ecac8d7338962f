from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.bayesian import BayesianGame
from blamegame.models.promotion import Promotion
from blamegame.solvers.bayesian.bayes_nash import bayes_nash
from blamegame.solvers.bayesian.prior_thresholds import prior_thresholds

NEVER, ALWAYS = [[1, 0]], [[0, 1]]


def supports(model):
    solution = bayes_nash(model.bayesian_game())
    return {tuple(tuple(np.flatnonzero(s).tolist()) for s in e) for e in solution.equilibria}


@pytest.mark.parametrize("seed", range(12))
def test_between_and_at_thresholds_the_supports_are_those_of_the_game_solved_there(seed):
    rng = random.Random(seed)
    names = ("authority", "responsibility", "assistance", "tolerance", "credit_lower", "diffusion", "escalation_shield")
    model = Promotion(**{name: Fraction(rng.randint(0, 10), 10) for name in names})
    found = prior_thresholds(model.bayesian_game(), NEVER, ALWAYS)
    for piece in found.pieces:
        rho = piece.low.rational if piece.is_point else Fraction((float(piece.low) + float(piece.high)) / 2)
        if rho is not None:
            assert set(piece.equilibria) == supports(model.replace(prospects=rho))
            assert found.at(rho) == piece


def test_correlated_priors_may_be_the_ends_and_irrational_thresholds_are_exact():
    rng = np.random.default_rng(4)
    first, last = [[1, 0], [0, 0]], [[0, 0], [0, 1]]
    for seed in range(6):
        payoffs = rng.integers(-3, 4, size=(2, 2, 2, 2, 2))
        game = BayesianGame(payoffs, [[Fraction(1, 2), 0], [0, Fraction(1, 2)]])
        found = prior_thresholds(game, first, last)
        for rho in (Fraction(k, 7) for k in range(1, 7)):
            there = bayes_nash(BayesianGame(payoffs, [[1 - rho, 0], [0, rho]]))
            expected = {tuple(tuple(np.flatnonzero(s).tolist()) for s in e) for e in there.equilibria}
            assert set(found.at(rho).equilibria) == expected, seed


def test_where_nothing_changes_there_is_one_piece():
    found = prior_thresholds(Promotion().bayesian_game(), NEVER, ALWAYS)
    assert found.values == () and len(found.pieces) == 1 and repr(found) == "<PriorThresholds: 0 values>"
    assert str(found).splitlines()[1] == "0 to 1  (push, escalate, escalate)"


def test_the_ends_and_other_numbers_of_players_are_refused():
    found = prior_thresholds(Promotion().bayesian_game(), NEVER, ALWAYS)
    with pytest.raises(GameError, match="rho=1 is not strictly between"):
        found.at(1)
    with pytest.raises(UnsupportedGame, match="needs 2 players"):
        prior_thresholds(BayesianGame([[[1]]], [1]), [1], [1])
