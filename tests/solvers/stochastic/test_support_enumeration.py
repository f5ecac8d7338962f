from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.stationary import stationary_regret
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.scandal import Scandal
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.solvers.stochastic import support_enumeration as solver
from blamegame.solvers.stochastic.logit_markov import logit_markov
from blamegame.solvers.stochastic.markov_perfect import markov_perfect
from blamegame.solvers.stochastic.support_enumeration import all_markov_perfect
from blamegame.solvers.strategic.nash import nash

NINE = Fraction(9, 10)


def generic_game(seed, *, n_states=2, shape=(2, 2), discount=Fraction(4, 5)):
    """Payoffs and transitions with four random digits: no ties."""
    rng = np.random.default_rng(seed)
    stages, tables = [], []
    for _ in range(n_states):
        stages.append(StrategicGame(rng.integers(-9999, 10000, size=(2, *shape))))
        weights = rng.integers(1, 9999, size=(*shape, n_states)).astype(object)
        tables.append(weights * Fraction(1) / weights.sum(axis=-1, keepdims=True))
    return StochasticGame(stages, tables, discount)


def numbers(solution):
    flat = [np.concatenate([np.concatenate(at) for at in e]).astype(np.float64) for e in solution.equilibria]
    return np.array(sorted(row.round(9).tolist() for row in flat))


def among(profile, solution, within=1e-7):
    point = np.concatenate([np.concatenate(at) for at in profile]).astype(np.float64)
    every = [np.concatenate([np.concatenate(at) for at in e]).astype(np.float64) for e in solution.equilibria]
    return any(np.abs(point - other).max() < within for other in every)


@pytest.mark.parametrize("seed", range(40))
def test_a_game_without_ties_has_an_odd_number_of_equilibria_and_the_homotopy_ends_at_one(seed):
    game = generic_game(seed, discount=Fraction(19, 20) if seed % 2 else Fraction(1, 2))
    solution = all_markov_perfect(game)
    assert solution.complete and len(solution) % 2 == 1
    assert all(float(stationary_regret(game, e).max()) < 1e-7 for e in solution.equilibria)
    assert all(among(e, solution) for e in markov_perfect(game).equilibria)
    assert among(logit_markov(game).equilibria[0], solution)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_so_it_has_with_three_actions(seed):
    game = generic_game(seed, shape=(2, 3), discount=NINE)
    solution = all_markov_perfect(game)
    assert solution.complete and len(solution) % 2 == 1
    assert among(logit_markov(game).equilibria[0], solution)


@pytest.mark.parametrize("seed", range(6))
def test_one_state_has_the_nash_equilibria_of_its_stage_whatever_the_discount(seed):
    game = generic_game(seed, n_states=1, shape=(3, 3), discount=NINE)
    expected = [np.concatenate(p).astype(np.float64).round(9).tolist() for p in nash(game.stages[0]).equilibria]
    assert np.allclose(numbers(all_markov_perfect(game)), np.array(sorted(expected)), atol=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_without_a_future_the_equilibria_are_those_of_each_state_in_every_combination(seed):
    game = generic_game(seed, shape=(2, 3), discount=0)
    per_state = [nash(stage).equilibria for stage in game.stages]
    expected = [np.concatenate([np.concatenate(p) for p in pick]).astype(np.float64) for pick in product(*per_state)]
    solution = all_markov_perfect(game)
    assert solution.complete
    assert np.allclose(numbers(solution), np.array(sorted(row.round(9).tolist() for row in expected)), atol=1e-9)


def test_swapping_players_or_states_swaps_the_equilibria():
    game = generic_game(3)
    turned = StochasticGame(
        [StrategicGame(np.swapaxes(stage.payoffs[::-1], 1, 2)) for stage in game.stages[::-1]],
        [np.swapaxes(table, 0, 1)[..., ::-1] for table in game.transitions[::-1]],
        game.discount,
    )
    back = [tuple(at[::-1] for at in e[::-1]) for e in all_markov_perfect(turned).equilibria]
    solution = all_markov_perfect(game)
    assert len(back) == len(solution) and all(among(e, solution) for e in back)


def test_mixing_in_one_state_can_hold_pure_play_in_another_in_balance():
    # supports of unequal size in each state, as no one-shot game without ties has them
    game = apply(Scandal(), choose(CATALOGUE, ("empower", "tolerate", "inspect_substance"))).stochastic_game(NINE)
    solution = all_markov_perfect(game)
    assert solution.complete and len(solution) == 3
    sizes = {tuple(tuple(int(np.count_nonzero(x)) for x in at) for at in e) for e in solution.equilibria}
    assert ((2, 1), (1, 2)) in sizes


def test_where_no_pure_equilibrium_exists_the_mixed_ones_are_all_there_is():
    names = ("tolerate", "inspect_substance", "lighten", "voice", "escalation_rule")
    solution = all_markov_perfect(apply(Scandal(), choose(CATALOGUE, names)).stochastic_game(NINE))
    assert solution.complete and solution.status == "complete: 0 pure and 1 mixed equilibria"


def test_floats_are_solved_as_the_rationals_they_store():
    exact = generic_game(5)
    tables = [table.astype(np.float64) for table in exact.transitions]
    floats = StochasticGame([StrategicGame(g.payoffs.astype(float)) for g in exact.stages], tables, 0.8)
    assert np.allclose(numbers(all_markov_perfect(floats)), numbers(all_markov_perfect(exact)), atol=1e-8)


@pytest.mark.parametrize(
    "stage",
    [StrategicGame(np.zeros((2, 2, 2), dtype=int)), StrategicGame([[[1, 1], [1, 1]], [[0, 1], [1, 0]]])],
    ids=["nothing but ties", "one player never cares"],
)
def test_ties_are_left_open_and_said(stage):
    game = StochasticGame([stage], [np.ones((2, 2, 1), dtype=int)], NINE)
    solution = all_markov_perfect(game)
    assert not solution.complete and solution.stats["unresolved"] and "left open" in solution.status
    assert len(solution) >= len(markov_perfect(game))


@pytest.mark.parametrize("seed", range(12))
def test_tied_games_are_never_called_complete_with_something_missing(make_game, seed):
    game = make_game(seed, shape=(2, 2), largest=1)
    solution = all_markov_perfect(game)
    assert all(among(e, solution) for e in markov_perfect(game).equilibria)
    if solution.complete:
        assert among(logit_markov(game).equilibria[0], solution, within=1e-3)
    assert all(float(stationary_regret(game, e).max()) < 1e-9 for e in solution.equilibria)


def test_a_near_miss_is_left_open(monkeypatch):
    monkeypatch.setattr(solver, "_ROUNDING", -1.0)
    pennies = StrategicGame([[[2, 0], [0, 1]], [[0, 2], [1, 0]]])
    solution = all_markov_perfect(StochasticGame([pennies], [np.ones((2, 2, 1), dtype=int)], NINE))
    assert not solution.complete and len(solution) == 0


def test_time_and_interrupts_are_told(monkeypatch):
    game = Scandal().stochastic_game(NINE)
    assert not all_markov_perfect(game, time_limit=0).complete

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(solver, "_solve", interrupted)
    stopped = all_markov_perfect(game)
    assert not stopped.complete and stopped.status.startswith("interrupted: 1 pure")


def test_games_out_of_reach_are_refused():
    stage = Delegation().stage_game()
    three = StochasticGame([stage] * 3, [np.full((2, 3, 3), Fraction(1, 3))] * 3, NINE)
    with pytest.raises(UnsupportedGame, match="has 2 players and 3 states"):
        all_markov_perfect(three)
    wide = StrategicGame(np.zeros((2, 5, 5), dtype=int))
    with pytest.raises(UnsupportedGame, match="923,521"):
        all_markov_perfect(StochasticGame([wide] * 2, [np.full((5, 5, 2), Fraction(1, 2))] * 2, NINE))
    with pytest.raises(GameError, match="one game"):
        all_markov_perfect(Scandal(authority=np.array([0.1, 0.2])).stochastic_game(NINE))
