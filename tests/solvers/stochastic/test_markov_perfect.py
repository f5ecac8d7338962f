from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError, IncompleteSolution, UnsupportedGame
from blamegame.games.stationary import deviation_values, stationary_profile, stationary_regret, stationary_values
from blamegame.games.stochastic import StochasticGame, to_exact_stochastic
from blamegame.games.strategic import StrategicGame
from blamegame.models.scandal import Scandal
from blamegame.solvers.stochastic.markov_perfect import equilibrium_cells, markov_perfect
from blamegame.solvers.strategic.pure import pure_cells

solver = import_module("blamegame.solvers.stochastic.markov_perfect")
NINE = Fraction(9, 10)


def cells(solution):
    return [
        tuple(tuple(int(np.argmax(strategy)) for strategy in at_state) for at_state in profile)
        for profile in solution.equilibria
    ]


@pytest.mark.parametrize("shape", [(2, 2), (1, 3), (2, 1), (3,), (2, 2, 2)])
@pytest.mark.parametrize("seed", range(6))
def test_the_equilibria_are_those_that_no_stationary_strategy_improves_on(make_game, brute_force, shape, seed):
    game = make_game(seed, shape=shape, largest=1 + seed % 3)
    solution = markov_perfect(game)
    assert solution.complete and cells(solution) == brute_force(game)


@pytest.mark.parametrize("seed", range(3))
def test_so_they_are_with_three_states_and_a_patient_discount(make_game, brute_force, seed):
    game = make_game(seed, n_states=3, shape=(2, 2), discount=Fraction(99, 100))
    assert cells(markov_perfect(game)) == brute_force(game)


@pytest.mark.parametrize("seed", range(20))
def test_without_a_future_each_state_plays_its_own_pure_equilibria(make_game, seed):
    game = make_game(seed, n_states=3, shape=(2, 3), largest=2, discount=0)
    assert cells(markov_perfect(game)) == list(product(*map(pure_cells, game.stages)))


@pytest.mark.parametrize("seed", range(10))
def test_a_game_of_floats_has_the_equilibria_of_the_rationals_they_store(make_game, seed):
    exact = make_game(seed, shape=(2, 3), largest=2)
    tables = [table.astype(np.float64) for table in exact.transitions]
    floats = StochasticGame([StrategicGame(g.payoffs.astype(np.float64) / 7) for g in exact.stages], tables, 0.7)
    solution = markov_perfect(floats)
    assert cells(solution) == cells(markov_perfect(to_exact_stochastic(floats)))
    assert all(strategy.dtype == np.float64 for e in solution.equilibria for at in e for strategy in at)


def test_a_game_of_nothing_but_ties_has_every_profile():
    zero = StrategicGame(np.zeros((2, 2, 3), dtype=int))
    game = StochasticGame([zero, zero], [np.full((2, 3, 2), Fraction(1, 2))] * 2, NINE)
    solution = markov_perfect(game)
    assert len(solution) == 36 and solution.stats["decided_exactly"] == 36
    assert all((stationary_regret(game, profile) == 0).all() for profile in solution.equilibria)


@pytest.mark.parametrize("tilt", [Fraction(-1, 10**30), 0, Fraction(1, 10**30)])
def test_a_difference_far_below_rounding_decides(tilt):
    game = StochasticGame([StrategicGame([[1, 1 + tilt]])], [[[1], [1]]], NINE)
    assert cells(markov_perfect(game)) == {-1: [((0,),)], 0: [((0,),), ((1,),)], 1: [((1,),)]}[(tilt > 0) - (tilt < 0)]


@pytest.mark.parametrize("unit", [Fraction(10**12), Fraction(1, 10**9), Fraction(10) ** 400, Fraction(1, 10**400)])
def test_the_unit_of_payoffs_does_not_matter(make_game, unit):
    game = make_game(4, shape=(2, 3))
    scaled = StochasticGame([StrategicGame(g.payoffs * unit) for g in game.stages], game.transitions, game.discount)
    assert cells(markov_perfect(scaled)) == cells(markov_perfect(game))


@pytest.mark.parametrize("size", [1e300, 1e-300])
def test_floats_near_the_ends_of_their_range_go_to_exact_arithmetic(make_game, size):
    game = make_game(4, shape=(2, 2))
    scaled = StochasticGame([StrategicGame(g.payoffs.astype(float) * size) for g in game.stages], game.transitions, 0.5)
    solution = markov_perfect(scaled)
    assert solution.stats["decided_exactly"] == 16
    assert cells(solution) == cells(markov_perfect(to_exact_stochastic(scaled)))


def test_a_discount_a_hair_below_one_is_solved_exactly(make_game, brute_force):
    game = make_game(2, discount=1 - Fraction(1, 10**20))
    assert cells(markov_perfect(game)) == brute_force(game)


def test_solutions_are_values_with_words():
    game = Scandal().stochastic_game(NINE)
    solution = markov_perfect(game)
    assert solution.play == ({"calm": ("push", "escalate"), "scandal": ("push", "escalate")},)
    assert (solution.values[0] == stationary_values(game, solution.equilibria[0])).all()
    assert len(solution) == 1 and repr(solution).endswith("1 equilibria, complete>")
    assert str(solution).splitlines()[1] == "calm: (push, escalate); scandal: (push, escalate)"
    assert solution.require_complete("anything") is solution


def test_an_explanation_says_who_does_what_where_and_for_how_long():
    text = markov_perfect(Scandal().stochastic_game(NINE)).explain()
    assert "scandal: upper plays push (worth" in text and text.startswith("Complete for pure")
    assert "long-run shares of periods: 5/59 (0.0847458) calm, 54/59 (0.915254) scandal" in text


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), scale=st.fractions(Fraction(1, 1000), 1000), shift=st.fractions(-10, 10))
def test_positive_affine_changes_of_a_players_payoffs_change_nothing(make_game, seed, scale, shift):
    game = make_game(seed, shape=(2, 3), largest=2)
    stages = [StrategicGame([g.payoffs[0] * scale + shift, g.payoffs[1]]) for g in game.stages]
    changed = StochasticGame(stages, game.transitions, game.discount)
    assert cells(markov_perfect(changed)) == cells(markov_perfect(game))


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_a_copy_of_an_action_doubles_what_uses_it_and_a_dominated_one_adds_nothing(make_game, seed):
    game = make_game(seed, shape=(2, 2), largest=2)
    before = cells(markov_perfect(game))

    def with_row(payoffs_of_row):
        first, table = game.stages[0], game.transitions[0]
        new = np.concatenate([first.payoffs, payoffs_of_row(first.payoffs[:, 1:])], axis=1)
        moves = np.concatenate([table, table[1:]], axis=0)
        return StochasticGame([StrategicGame(new), game.stages[1]], [moves, game.transitions[1]], game.discount)

    copied = cells(markov_perfect(with_row(lambda row: row)))
    assert copied == sorted([*before, *(((2, c[0][1]), c[1]) for c in before if c[0][0] == 1)])
    worse = with_row(lambda row: row - np.array([1, 0]).reshape(2, 1, 1))
    assert cells(markov_perfect(worse)) == before


def test_no_pure_equilibrium_is_an_answer():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    solution = markov_perfect(StochasticGame([pennies], [np.ones((2, 2, 1), dtype=int)], NINE))
    assert (
        solution.complete
        and solution.status == "complete for pure stationary strategies: 0 of 4 profiles are equilibria"
    )


def test_a_time_limit_gives_what_was_found_and_says_so(monkeypatch):
    zero = StrategicGame(np.zeros((2, 3, 3), dtype=int))
    game = StochasticGame([zero] * 3, [np.full((3, 3, 3), Fraction(1, 3))] * 3, NINE)
    solution = markov_perfect(game, time_limit=0)
    assert not solution.complete and "time_limit" in solution.status
    with pytest.raises(IncompleteSolution, match="the range"):
        solution.require_complete("the range")
    clear = StochasticGame([StrategicGame([[0, 1, 2]])] * 3, [np.full((3, 3), Fraction(1, 3))] * 3, NINE)
    monkeypatch.setattr(solver, "_NUMBERS", 9)
    assert not markov_perfect(clear, time_limit=0).complete
    assert len(markov_perfect(clear)) == 1


def test_an_interrupt_gives_what_was_found(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(solver, "screen", interrupted)
    solution = markov_perfect(Scandal().stochastic_game(NINE))
    assert not solution.complete and solution.status.startswith("interrupted: 0 pure equilibria")


def test_batches_and_games_beyond_reach_are_refused():
    with pytest.raises(GameError, match="markov_perfect takes one game"):
        markov_perfect(Scandal(authority=np.array([0.1, 0.2])).stochastic_game(NINE))
    wide = StrategicGame(np.zeros((2, 9, 9), dtype=int))
    game = StochasticGame([wide] * 5, [np.full((9, 9, 5), Fraction(1, 5))] * 5, NINE)
    with pytest.raises(UnsupportedGame, match="3,486,784,401"):
        markov_perfect(game)


def test_a_batch_is_its_items_in_any_slicing(make_game, monkeypatch):
    rng = np.random.default_rng(1)
    payoffs = rng.integers(-2, 3, size=(2, 7, 2, 2, 2)).astype(np.float64)
    moves = rng.dirichlet(np.ones(2), size=(2, 7, 2, 2))
    batch = StochasticGame([StrategicGame(p, players=2) for p in payoffs], list(moves), 0.75)
    for numbers in (1 << 20, 64, 4):
        monkeypatch.setattr(solver, "_NUMBERS", numbers)
        found = equilibrium_cells(batch)
        for g in range(7):
            mine = found.positions[found.games == g]
            assert mine.tolist() == equilibrium_cells(batch[g]).positions.tolist()


def test_the_truth_of_a_batch_may_be_given_apart_from_its_floats():
    third = Fraction(1, 3)
    stage = StrategicGame(np.array([[[1 / 3, 1 / 3 - 1e-17]]]), players=1)
    batch = StochasticGame([stage], [np.ones((1, 2, 1))], 0.5)
    true = StochasticGame([StrategicGame([[third, third + Fraction(1, 10**40)]])], [[[1], [1]]], Fraction(1, 2))
    assert equilibrium_cells(batch).positions.tolist() == [[0], [1]]
    assert equilibrium_cells(batch, exact=lambda g: true).positions.tolist() == [[1]]


@pytest.mark.parametrize("seed", range(5))
def test_one_player_alone_solves_the_decision_problem_as_quantecon_does(seed):
    import quantecon

    rng = np.random.default_rng(seed)
    rewards, moves = rng.normal(size=(4, 3)), rng.dirichlet(np.ones(4), size=(4, 3))
    theirs = quantecon.markov.DiscreteDP(rewards, moves, 0.8).solve(method="policy_iteration")
    game = StochasticGame([StrategicGame([row]) for row in rewards], list(moves), 0.8)
    solution = markov_perfect(game)
    assert cells(solution) == [tuple((int(a),) for a in theirs.sigma)]
    assert np.allclose(solution.values[0][:, 0], theirs.v * 0.2, atol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_against_fixed_play_each_players_best_value_is_that_of_its_decision_problem(seed):
    import quantecon

    game = Scandal(authority=Fraction(seed + 1, 4), assistance=Fraction(9, 10)).stochastic_game(NINE)
    for profile in markov_perfect(game).equilibria:
        values = stationary_values(game, profile)
        for player in range(2):
            other = [int(np.argmax(at[1 - player])) for at in profile]
            take = [np.moveaxis(s.payoffs[player], 1 - player, 0)[c] for s, c in zip(game.stages, other)]
            move = [np.moveaxis(t, 1 - player, 0)[c] for t, c in zip(game.transitions, other)]
            problem = quantecon.markov.DiscreteDP(
                np.array(take).astype(np.float64), np.array(move).astype(np.float64), 0.9
            )
            best = problem.solve(method="policy_iteration").v * 0.1
            assert np.allclose(values[:, player].astype(np.float64), best, atol=1e-10)
            assert all(max(q) == v for q, v in zip(deviation_values(game, player, profile), values[:, player]))


def test_a_profile_that_is_no_equilibrium_has_a_gain():
    game = Scandal().stochastic_game(NINE)
    assert max(stationary_regret(game, stationary_profile(game, [("assist", "work")] * 2)).ravel()) > 0
