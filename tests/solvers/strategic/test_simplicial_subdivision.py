from __future__ import annotations

import importlib
import math
from fractions import Fraction

import numpy as np
import pygambit
import pytest
import quantecon.game_theory as qe
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.simplicial_subdivision import simplicial_subdivision
from blamegame.testing.hard_games import hard_games

module = importlib.import_module("blamegame.solvers.strategic.simplicial_subdivision")

SHAPES = [(1,), (4,), (1, 3), (2, 2), (3, 4), (2, 2, 2), (3, 2, 2), (1, 3, 2), (2, 2, 2, 2), (3, 3, 3)]
NAU = [[[[3, 1], [0, 0]], [[0, 0], [1, 2]]], [[[0, 0], [2, 1]], [[1, 3], [0, 0]]], [[[2, 0], [0, 0]], [[0, 0], [0, 3]]]]


def share_of_range(game, profile):
    """The largest gain from deviating as a share of the player's payoff range, by floats."""
    gains = regret(game, profile)
    spreads = [float(np.ptp(table.astype(float))) or 1.0 for table in game.payoffs]
    return max(float(gain) / spread for gain, spread in zip(gains, spreads))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(SHAPES), st.integers(1, 4))
def test_it_finds_an_equilibrium_of_every_game_full_of_ties(seed, shape, values):
    payoffs = np.random.default_rng(seed).integers(0, values, (len(shape), *shape))
    game = StrategicGame(payoffs)
    solution = simplicial_subdivision(game)
    (profile,) = solution.equilibria
    assert share_of_range(game, profile) <= 1e-10
    assert not solution.complete and "there may be others" in solution.status


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 3, 3), (4, 3, 2), (2, 2, 2, 2, 2), (3, 3, 3, 3), (5, 5), (4, 4, 4)])
def test_generic_games_of_many_players_are_solved_to_rounding(shape):
    rng = np.random.default_rng(7)
    for _ in range(6):
        game = StrategicGame(rng.normal(size=(len(shape), *shape)))
        solution = simplicial_subdivision(game)
        assert share_of_range(game, solution.equilibria[0]) < 1e-12
        assert solution.stats["max_regret"] < 1e-12


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(2,) * 7, (3,) * 5, (5, 5, 5), (8, 8), (6, 5, 4)])
def test_larger_games_are_solved_too(shape):
    rng = np.random.default_rng(3)
    for kind in range(3):
        drawn = (len(shape), *shape)
        payoffs = rng.random(drawn) if kind == 0 else rng.integers(0, kind + 1, drawn)
        game = StrategicGame(payoffs)
        assert share_of_range(game, simplicial_subdivision(game).equilibria[0]) <= 1e-10


@pytest.mark.parametrize("name", hard_games())
def test_hard_two_player_games_get_one_of_their_exact_equilibria(name):
    game = hard_games()[name]
    (profile,) = simplicial_subdivision(game).equilibria
    assert all(strategy.dtype == object for strategy in profile) and max(regret(game, profile)) == 0


def test_the_unique_irrational_equilibrium_of_nau_gomez_canovas_and_hansen_is_found():
    """Nau, Gomez Canovas and Hansen (2004), section 4: 2 z^2 + 23 z - 9 = 0 for the third player."""
    (profile,) = simplicial_subdivision(StrategicGame(NAU)).equilibria
    z = (math.sqrt(601) - 23) / 4
    truth = [(3 - 2 * z) / (4 - z), (2 - z) / (3 + z), z]
    assert [strategy[0] for strategy in profile] == pytest.approx(truth, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_one_of_all_equilibria(seed):
    game = StrategicGame(np.random.default_rng(seed).integers(0, 50, (3, 2, 2, 2)))
    known = isolated_equilibria(game)
    assert known.complete
    found = np.concatenate([s.astype(float) for s in simplicial_subdivision(game).equilibria[0]])
    others = [np.concatenate([np.asarray(s, dtype=float) for s in profile]) for profile in known.equilibria]
    assert min(np.abs(found - other).max() for other in others) < 1e-9


def test_it_finds_what_quantecon_and_gambit_find_where_there_is_only_one():
    rng = np.random.default_rng(11)
    compared = 0
    while compared < 3:
        payoffs = rng.integers(0, 1000, (3, 2, 2, 2)).astype(float)
        game = StrategicGame(payoffs)
        known = isolated_equilibria(game)
        if not known.complete or len(known) != 1 or max(known.equilibria[0][0]) == 1:
            continue
        found = [strategy.astype(float) for strategy in simplicial_subdivision(game).equilibria[0]]
        players = [qe.Player(table.transpose(np.roll(range(3), -i)) / 1000) for i, table in enumerate(payoffs)]
        theirs = qe.mclennan_tourky(qe.NormalFormGame(players), epsilon=1e-5, max_iter=10_000)
        assert all(np.abs(mine - other).max() < 0.01 for mine, other in zip(found, theirs))
        peer = pygambit.StrategicGame.from_arrays(*(table.tolist() for table in payoffs))
        gambit = pygambit.nash.simpdiv_solve(peer.mixed_strategy_profile(rational=True)).equilibrium
        assert all(abs(p - float(q)) < 1e-3 for mine, other in zip(found, gambit) for p, (_, q) in zip(mine, other))
        compared += 1


def test_units_and_shifts_do_not_change_the_answer():
    payoffs = np.random.default_rng(2).integers(0, 9, (3, 2, 3, 2)).astype(object)
    base = simplicial_subdivision(StrategicGame(payoffs)).equilibria[0]
    other = [payoffs[0] * Fraction(1, 10**9), payoffs[1] * 10**12 - 7, payoffs[2] + 10**9]
    solution = simplicial_subdivision(StrategicGame(np.array(other, dtype=object)))
    for one, two in zip(base, solution.equilibria[0]):
        np.testing.assert_allclose(one.astype(float), two.astype(float), atol=1e-9)


def test_a_huge_payoff_that_dominance_removes_does_not_blur_the_rest():
    payoffs = np.array([[[1, 0], [0, 1], [-(10**15), -(10**15)]], [[0, 1], [1, 0], [0, 0]]])
    (profile,) = simplicial_subdivision(StrategicGame(payoffs)).equilibria
    assert [s.tolist() for s in profile] == [[Fraction(1, 2), Fraction(1, 2), 0], [Fraction(1, 2)] * 2]


def test_float_games_get_float_strategies_that_cannot_be_changed():
    (profile,) = simplicial_subdivision(
        StrategicGame(np.array([[[1.0, -1], [-1, 1]], [[-1.0, 1], [1, -1]]]))
    ).equilibria
    assert [s.dtype for s in profile] == [np.float64] * 2
    with pytest.raises(ValueError, match="read-only"):
        profile[0][0] = 1.0


def test_the_reported_regret_is_that_of_the_profile_in_payoff_units():
    game = StrategicGame(np.array(NAU) * 10**6)
    solution = simplicial_subdivision(game)
    floats = [s / s.sum() for s in solution.equilibria[0]]
    assert 0 < solution.stats["max_regret"] < 1e-7
    assert float(max(regret(game, floats))) == pytest.approx(solution.stats["max_regret"], abs=1e-8)


def test_without_newton_finer_grids_still_lead_to_an_equilibrium(monkeypatch):
    monkeypatch.setattr(module, "newton_on_supports", lambda *_: iter(()))
    game = StrategicGame(np.array(NAU))
    solution = simplicial_subdivision(game, accuracy=1e-8)
    assert share_of_range(game, solution.equilibria[0]) <= 1e-8 and solution.stats["grid"] > 1e6


def test_an_accuracy_beyond_the_finest_grid_is_admitted(monkeypatch):
    monkeypatch.setattr(module, "newton_on_supports", lambda *_: iter(()))
    monkeypatch.setattr(module, "_FINEST", 64)
    solution = simplicial_subdivision(StrategicGame(NAU), accuracy=1e-12)
    assert solution.equilibria == () and "accuracy=1e-12 was not reached" in solution.status
    assert len(solution.stats["closest"]) == 3 and 0 < solution.stats["max_regret"] < 0.5


def test_a_long_path_is_left_for_another_start(monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 1)
    game = StrategicGame(np.random.default_rng(1).random((3, 3, 3, 3)))
    assert share_of_range(game, simplicial_subdivision(game).equilibria[0]) < 1e-10


def test_a_time_limit_returns_the_closest_profile_and_says_so(monkeypatch):
    game = StrategicGame(np.random.default_rng(0).random((2, 30, 30)))
    solution = simplicial_subdivision(game, time_limit=0.05)
    assert solution.equilibria == () and not solution.complete
    assert "time_limit=0.05 s ran out" in solution.status and "closest" in solution.status


def test_an_interrupt_returns_the_closest_profile(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "newton_on_supports", interrupted)
    solution = simplicial_subdivision(StrategicGame(NAU))
    assert solution.equilibria == () and "interrupted" in solution.status
    assert solution.stats["closest"] is not None and solution.stats["max_regret"] > 0


def test_an_interrupt_before_any_profile_is_not_an_error(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "iterated_elimination", interrupted)
    solution = simplicial_subdivision(StrategicGame(NAU))
    assert solution.stats["closest"] is None and "no profile yet" in solution.status


def test_wrong_questions_are_refused():
    with pytest.raises(GameError, match="simplicial_subdivision takes one game"):
        simplicial_subdivision(StrategicGame(np.zeros((3, 2, 2, 2)), players=2))
    with pytest.raises(GameError, match=r"accuracy=0 is not positive"):
        simplicial_subdivision(StrategicGame(NAU), accuracy=0)


def test_a_player_who_dominates_leaves_a_game_for_the_others():
    game = StrategicGame(np.array([np.full((2, 2, 2), [[[5]], [[0]]]), *np.array(NAU)[1:]]))
    (profile,) = simplicial_subdivision(game).equilibria
    assert profile[0].tolist() == [1, 0] and share_of_range(game, profile) == 0


def test_two_players_agree_with_all_extreme_equilibria_where_isolated():
    rng = np.random.default_rng(5)
    for _ in range(10):
        game = StrategicGame(rng.integers(0, 1000, (2, 4, 4)))
        every = nash(game)
        if len(every.subsets) == len(every):
            found = simplicial_subdivision(game).equilibria[0]
            assert any(all((a == b).all() for a, b in zip(found, profile)) for profile in every.equilibria)
