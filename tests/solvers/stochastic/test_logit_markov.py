from __future__ import annotations

from fractions import Fraction
from importlib import import_module

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.stationary import stationary_regret
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.scandal import Scandal
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.solvers.stochastic.logit_markov import _System, logit_markov
from blamegame.solvers.stochastic.markov_perfect import markov_perfect
from blamegame.solvers.stochastic.polish import polished
from blamegame.solvers.strategic.logit import logit

solver = import_module("blamegame.solvers.stochastic.logit_markov")
NINE = Fraction(9, 10)
PENNIES = StrategicGame([[[2, 0], [0, 1]], [[0, 2], [1, 0]]])


def gain(solution):
    return float(stationary_regret(solution.game, solution.equilibria[0]).max())


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (2, 2, 2), (3,)])
@pytest.mark.parametrize("seed", range(5))
def test_the_path_ends_at_an_equilibrium(make_game, shape, seed):
    solution = logit_markov(make_game(seed, shape=shape, largest=9, discount=NINE))
    assert gain(solution) < 1e-4 and not solution.complete and "selection" in solution.status
    assert solution.concept == "markov_perfect" and len(solution) == 1


def test_a_unique_pure_equilibrium_is_the_one_found():
    game = Scandal().stochastic_game(NINE)
    assert logit_markov(game).play == markov_perfect(game).play


def test_where_no_pure_equilibrium_exists_a_mixed_one_is_found():
    names = ("tolerate", "inspect_substance", "lighten", "voice", "escalation_rule")
    game = apply(Scandal(), choose(CATALOGUE, names)).stochastic_game(NINE)
    assert not len(markov_perfect(game)) and gain(logit_markov(game)) < 1e-12
    pennies = StochasticGame([PENNIES, PENNIES], [np.full((2, 2, 2), 0.5)] * 2, 0.9)
    (at_one, at_two) = logit_markov(pennies).equilibria[0]
    for strategies in (at_one, at_two):
        assert np.allclose(strategies, [[1 / 3, 2 / 3], [1 / 3, 2 / 3]], atol=1e-12)


def test_a_single_state_selects_what_one_shot_logit_selects():
    stage = Delegation(authority=Fraction(1, 20), responsibility=Fraction(19, 20)).stage_game()
    game = StochasticGame([stage], [np.ones((2, 3, 1), dtype=int)], 0)
    expected = logit(stage).profiles[-1]
    assert np.allclose(np.concatenate(logit_markov(game).equilibria[0][0]), np.concatenate(expected), atol=1e-6)


@pytest.mark.parametrize("shape", [(2, 3), (2, 2, 2)])
def test_the_jacobian_is_the_derivative_of_the_equations(make_game, shape):
    system = _System(make_game(1, shape=shape))
    rng = np.random.default_rng(0)
    point = system.start() + rng.normal(size=system.size + 1) * 0.3
    steps = np.eye(len(point)) * 1e-6
    numeric = np.array([(system.residual(point + h) - system.residual(point - h)) / 2e-6 for h in steps]).T
    assert np.allclose(system.jacobian(point), numeric, atol=1e-8)
    assert np.abs(system.residual(system.start())).max() < 1e-14


@pytest.mark.parametrize("unit", [1e12, 1e-9])
def test_the_unit_of_payoffs_does_not_matter(unit):
    plain, scaled = (
        StochasticGame([StrategicGame(PENNIES.payoffs.astype(float) * u)], [np.ones((2, 2, 1))], 0.9) for u in (1, unit)
    )
    assert np.allclose(logit_markov(plain).equilibria[0][0], logit_markov(scaled).equilibria[0][0], atol=1e-10)


def test_a_game_of_ties_is_solved_where_it_starts():
    zero = StrategicGame(np.zeros((2, 2, 2), dtype=int))
    solution = logit_markov(StochasticGame([zero], [np.ones((2, 2, 1))], 0.5))
    assert solution.stats["steps"] == 0 and np.allclose(solution.equilibria[0][0], 0.5)


def test_what_stops_the_path_is_told(monkeypatch):
    game = Scandal().stochastic_game(NINE)
    assert logit_markov(game, time_limit=0).status.startswith("time_limit=0 s ran out; ")
    with pytest.raises(GameError, match="regret=0 must be positive"):
        logit_markov(game, regret=0)
    with monkeypatch.context() as patched:
        patched.setattr(solver, "_SLOWEST", 1.0)
        assert logit_markov(game).status.startswith("gave up at rationality")
    with monkeypatch.context() as patched:
        patched.setattr(solver, "follow", lambda *_: (None, False))
        assert logit_markov(game).status.startswith("lost the branch")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(solver, "follow", interrupted)
    assert logit_markov(game).status.startswith("interrupted")


def test_supports_that_lead_nowhere_are_not_polished():
    game = StochasticGame([StrategicGame(PENNIES.payoffs.astype(float))], [np.ones((2, 2, 1))], 0.9)
    assert polished(game, ((np.array([1.0, 0.0]), np.array([1.0, 0.0])),)) is None
