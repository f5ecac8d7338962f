from __future__ import annotations

import importlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.games.polymatrix import PolymatrixGame
from blamegame.games.responses import regret
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.polymatrix_lemke import polymatrix_lemke
from blamegame.testing.hard_games import hard_games

module = importlib.import_module("blamegame.solvers.strategic.polymatrix_lemke")


def drawn(rng, sizes, low, high, share):
    pairs = [(i, j) for i in range(len(sizes)) for j in range(len(sizes)) if rng.random() < share]
    tables = {(i, j): rng.integers(low, high, (sizes[i], sizes[j] if i != j else 1)) for i, j in pairs}
    return PolymatrixGame(tables, len(sizes), [[str(k) for k in range(n)] for n in sizes])


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(1, 4), min_size=1, max_size=5),
    st.sampled_from([(0, 1), (0, 2), (-1, 2), (-100, 101)]),
    st.sampled_from([0.3, 0.7, 1.0]),
)
def test_every_game_gets_an_exact_equilibrium_however_many_ties_it_has(seed, sizes, values, share):
    game = drawn(np.random.default_rng(seed), sizes, *values, share)
    solution = polymatrix_lemke(game)
    (profile,) = solution.equilibria
    assert max(regret(game.to_strategic(), profile)) == 0
    assert all(isinstance(p, Fraction) for strategy in profile for p in strategy)
    assert not solution.complete and "verified exactly" in solution.status


@pytest.mark.parametrize("name", hard_games())
def test_with_two_players_it_finds_an_equilibrium_of_hard_bimatrix_games(name):
    full = hard_games()[name]
    game = PolymatrixGame({(0, 1): full.payoffs[0], (1, 0): full.payoffs[1].T}, full.players, full.actions)
    (profile,) = polymatrix_lemke(game).equilibria
    assert max(regret(full, profile)) == 0


def test_with_two_players_and_isolated_equilibria_it_finds_one_of_them():
    rng = np.random.default_rng(3)
    for _ in range(15):
        game = drawn(rng, (4, 4), -1000, 1001, 2.0)
        every = {tuple(tuple(s) for s in profile) for profile in nash(game.to_strategic()).equilibria}
        assert tuple(tuple(s) for s in polymatrix_lemke(game).equilibria[0]) in every


def test_with_three_players_it_finds_one_of_all_isolated_equilibria():
    rng = np.random.default_rng(4)
    for _ in range(5):
        game = drawn(rng, (2, 2, 2), -1000, 1001, 2.0)
        every = isolated_equilibria(game.to_strategic())
        found = [np.array(s, dtype=float) for s in polymatrix_lemke(game).equilibria[0]]
        assert every.complete
        assert any(all(np.abs(a - b.astype(float)).max() < 1e-9 for a, b in zip(found, p)) for p in every.equilibria)


def test_many_players_need_no_table_of_all_cells():
    game = drawn(np.random.default_rng(1), (2,) * 24, -9, 10, 0.3)
    (profile,) = polymatrix_lemke(game).equilibria
    assert max(game.regret(profile)) == 0


def test_a_float_game_gets_the_rounded_exact_equilibrium():
    tables = {(0, 1): [[0.1, -0.1], [-0.3, 0.3]], (1, 0): [[-0.1, 0.1], [0.7, -0.7]]}
    solution = polymatrix_lemke(PolymatrixGame(tables, 2))
    (profile,) = solution.equilibria
    assert [s.dtype for s in profile] == [np.float64] * 2 and solution.payoffs[0].dtype == np.float64
    assert profile[1] == pytest.approx([0.5, 0.5]) and solution.stats["max_regret"] == 0


def test_units_and_shifts_against_one_opponent_do_not_change_who_may_deviate():
    rng = np.random.default_rng(9)
    game = drawn(rng, (3, 2, 3), -5, 6, 2.0)
    other = {(i, j): table * (Fraction(1, 10**9), 10**12, 1)[i] + 10**9 for (i, j), table in game.payoffs.items()}
    changed = PolymatrixGame(other, 3, game.actions)
    (profile,) = polymatrix_lemke(changed).equilibria
    assert max(game.regret(profile)) == 0


def test_expected_payoffs_come_along():
    solution = polymatrix_lemke(PolymatrixGame({(0, 1): [[3, 0], [5, 1]], (1, 0): [[3, 0], [5, 1]]}, 2))
    assert solution.payoffs[0].tolist() == [1, 1]
    assert len(solution) == 1 and "PolymatrixSolution" in repr(solution)


def test_a_time_limit_and_an_interrupt_say_so(monkeypatch):
    game = drawn(np.random.default_rng(2), (3, 3, 3), -9, 10, 2.0)
    late = polymatrix_lemke(game, time_limit=0.0)
    assert len(late) == 0 and "time_limit=0.0 s ran out" in late.status

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "lemke", interrupted)
    assert "interrupted" in polymatrix_lemke(game).status
