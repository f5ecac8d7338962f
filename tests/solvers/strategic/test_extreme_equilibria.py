"""All extreme equilibria of large games: complete, exact, invariant, and honest when stopped."""

from __future__ import annotations

import _thread
import threading
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.extreme_equilibria import extreme_equilibria, iter_extreme_equilibria
from blamegame.solvers.strategic.vertices import complementary_vertices as pairs_module
from blamegame.solvers.strategic.vertices import vertex_walk
from blamegame.solvers.strategic.vertices.double_description import best_response_vertices, integer_payoffs
from blamegame.solvers.strategic.vertices.payoff_tables import PayoffTables


def as_lists(solution):
    return [[strategy.tolist() for strategy in profile] for profile in solution.equilibria]


def as_set(solution):
    return {tuple(tuple(strategy.tolist()) for strategy in profile) for profile in solution.equilibria}


def oracle(payoffs):
    """Extreme equilibria by matching the labels of exact double-description vertices; no pivoting, no floats."""
    game = StrategicGame(payoffs)
    exact = [[[Fraction(v) for v in row] for row in table] for table in game.payoffs.tolist()]
    m, n = game.n_actions
    rows = best_response_vertices(integer_payoffs(np.array(exact[1], dtype=object).T))
    columns = best_response_vertices(integer_payoffs(np.array(exact[0], dtype=object)))
    out = set()
    for x, left in rows:
        for y, right in columns:
            if left | (right >> n) | (right & (1 << n) - 1) << m == (1 << m + n) - 1:
                out.add(tuple(tuple(Fraction(w, sum(v)) for w in v) for v in (x, y)))
    return out


def random_payoffs(rng, kind, m, n):
    tied = rng.integers(0, int(rng.integers(1, 5)), (2, m, n)).astype(float)
    if kind == "ties":
        return tied
    if kind == "nearly tied":
        return tied + rng.standard_normal(tied.shape) * 10.0 ** rng.integers(-16, -8)
    if kind == "one unit in the last place":
        return tied + rng.integers(-3, 4, tied.shape) * 1e-15
    if kind == "constant sum":
        return np.array([tied[0], 3 - tied[0]])
    if kind == "duplicated":
        tied[:, :, -1], tied[:, -1] = tied[:, :, 0], tied[:, 0]
        return tied
    if kind == "magnitudes":
        return rng.random(tied.shape) * 10.0 ** rng.integers(-12, 12, tied.shape)
    return rng.random(tied.shape)


KINDS = ["generic", "ties", "nearly tied", "one unit in the last place", "constant sum", "duplicated", "magnitudes"]


@pytest.mark.parametrize("kind", KINDS)
def test_agrees_with_exact_double_description(kind):
    rng = np.random.default_rng(KINDS.index(kind))
    for _ in range(60):
        payoffs = random_payoffs(rng, kind, *rng.integers(1, 6, 2))
        solution = extreme_equilibria(StrategicGame(payoffs), exact=True)
        assert solution.complete
        assert as_set(solution) == oracle(payoffs), payoffs.tolist()
        assert len(as_set(solution)) == len(solution)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_agrees_with_exact_double_description_on_many_games(kind):
    rng = np.random.default_rng(1000 + KINDS.index(kind))
    for _ in range(1500):
        payoffs = random_payoffs(rng, kind, *rng.integers(1, 7, 2))
        assert as_set(extreme_equilibria(StrategicGame(payoffs), exact=True)) == oracle(payoffs), payoffs.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_the_integer_walk_alone_gives_the_same_set(kind):
    rng = np.random.default_rng(50 + KINDS.index(kind))
    for _ in range(20):
        payoffs = random_payoffs(rng, kind, *rng.integers(1, 5, 2))
        tables = PayoffTables(StrategicGame(payoffs))
        found = list(pairs_module._degenerate(tables, True, lambda visited, pending: None))
        m, n = payoffs.shape[1:]
        full = {(_spread(f.first, tables.rows, m), _spread(f.second, tables.columns, n)) for f in found}
        assert full == oracle(payoffs), payoffs.tolist()


@pytest.mark.parametrize("kind", ["generic", "ties", "duplicated", "nearly tied"])
def test_pieces_of_a_few_vertices_and_arrays_that_must_grow_change_nothing(kind, monkeypatch):
    monkeypatch.setattr(pairs_module, "_ENTRIES", 200)
    monkeypatch.setattr(vertex_walk.LabelSets.__init__, "__defaults__", (4,))
    rng = np.random.default_rng(70 + KINDS.index(kind))
    for _ in range(15):
        payoffs = random_payoffs(rng, kind, *rng.integers(2, 6, 2))
        assert as_set(extreme_equilibria(StrategicGame(payoffs), exact=True)) == oracle(payoffs), payoffs.tolist()


def _spread(weights, actions, n_actions):
    out = [Fraction(0)] * n_actions
    for action, weight in zip(actions, weights):
        out[action] = weight
    return tuple(out)


def test_floats_and_fractions_find_the_same_equilibria():
    rng = np.random.default_rng(5)
    for kind in ("generic", "nearly tied", "magnitudes"):
        for _ in range(20):
            game = StrategicGame(random_payoffs(rng, kind, 5, 4))
            exact, floats = extreme_equilibria(game, exact=True), extreme_equilibria(game)
            assert len(exact) == len(floats)
            for profile in floats.equilibria:
                distances = [
                    max(np.abs(a - b.astype(float)).max() for a, b in zip(profile, other)) for other in exact.equilibria
                ]
                assert min(distances) < 1e-9


def test_regret_is_reported_in_payoff_units_and_tiny():
    rng = np.random.default_rng(6)
    payoffs = rng.random((2, 8, 8))
    for unit in (1e-9, 1.0, 1e12):
        solution = extreme_equilibria(StrategicGame(payoffs * unit))
        assert solution.stats["max_regret"] < 1e-13 * unit


def test_every_exact_equilibrium_has_zero_regret():
    game = StrategicGame(np.random.default_rng(7).integers(-1000, 1001, (2, 9, 9)))
    solution = extreme_equilibria(game)
    assert len(solution) > 0
    assert all(regret(game, profile).tolist() == [0, 0] for profile in solution.equilibria)


@pytest.mark.parametrize("size", [2, 5, 8])
def test_coordination_games_have_two_to_the_n_minus_one_equilibria(size):
    identity = np.eye(size, dtype=int)
    solution = extreme_equilibria(StrategicGame([identity, identity]))
    assert solution.complete
    assert len(solution) == 2**size - 1 == len(solution.components)


def test_von_stengel_1999_six_by_six_game_has_75_equilibria():
    import pygambit

    folder = Path(pygambit.__file__).parent / "catalog_data/journals/dcg/vonstengel1999"
    path = folder / "6x6_game_with_75_eq.nfg"
    if not path.exists():
        pytest.skip("this pygambit ships no catalogue")
    numbers = [int(word) for word in path.read_text().split('"')[-1].split()]
    payoffs = np.array(numbers).reshape(6, 6, 2).transpose(2, 1, 0)
    for game in (StrategicGame(payoffs), StrategicGame(payoffs.astype(float))):
        solution = extreme_equilibria(game)
        assert solution.complete and len(solution) == 75


def test_zero_games_of_any_shape_have_every_pair_of_pure_strategies_in_one_component():
    for m, n in ((1, 1), (1, 7), (4, 3), (8, 9)):
        solution = extreme_equilibria(StrategicGame(np.zeros((2, m, n), dtype=int)))
        assert solution.complete and len(solution) == m * n
        assert len(solution.components) == 1 == len(solution.subsets)


@pytest.mark.parametrize("kind", ["generic", "ties", "duplicated"])
def test_invariant_under_units_shifts_relabelling_swapping_and_dominated_actions(kind):
    rng = np.random.default_rng(8)
    for _ in range(12):
        payoffs = random_payoffs(rng, kind, 4, 5)
        if kind == "generic":
            payoffs = np.round(payoffs * 1000)
        base = as_set(extreme_equilibria(StrategicGame(payoffs.astype(int))))
        for change in (
            payoffs * 2.0**-30,
            payoffs * 1e12,
            payoffs + 1e9,
            payoffs + 1e9 * rng.integers(0, 9, (2, 1, 1)),
        ):
            assert as_set(extreme_equilibria(StrategicGame(change), exact=True)) == base
        tiny = StrategicGame([[[Fraction(int(v), 10**9) for v in row] for row in table] for table in payoffs])
        assert as_set(extreme_equilibria(tiny)) == base
        swapped = as_set(extreme_equilibria(StrategicGame(payoffs[::-1].transpose(0, 2, 1).astype(int))))
        assert {(y, x) for x, y in swapped} == base
        p, q = rng.permutation(4), rng.permutation(5)
        moved = as_set(extreme_equilibria(StrategicGame(payoffs[:, p][:, :, q].astype(int))))
        assert moved == {(tuple(x[i] for i in p), tuple(y[j] for j in q)) for x, y in base}
        worse = np.concatenate([payoffs, payoffs[:, :1]], axis=1)
        worse[0, -1] = payoffs[0].min() - 1
        more = as_set(extreme_equilibria(StrategicGame(worse.astype(int))))
        assert more == {((*x, Fraction(0)), y) for x, y in base}


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10**6), st.integers(1, 4))
def test_the_set_is_never_empty_and_always_equilibria(m, n, seed, largest):
    game = StrategicGame(np.random.default_rng(seed).integers(0, largest + 1, (2, m, n)))
    solution = extreme_equilibria(game)
    assert solution.complete and len(solution) > 0
    assert all(regret(game, profile).tolist() == [0, 0] for profile in solution.equilibria)


def test_agrees_with_quantecon_on_generic_games():
    import quantecon.game_theory as gt

    rng = np.random.default_rng(9)
    for size in (6, 8, 9):
        payoffs = rng.random((2, size, size))
        theirs = gt.vertex_enumeration(gt.NormalFormGame((gt.Player(payoffs[0]), gt.Player(payoffs[1].T.copy()))))
        ours = extreme_equilibria(StrategicGame(payoffs)).equilibria
        assert len(ours) == len(theirs)
        for x, y in theirs:
            assert min(max(np.abs(a - x).max(), np.abs(b - y).max()) for a, b in ours) < 1e-8


def test_agrees_with_gambit_in_rationals():
    import pygambit

    rng = np.random.default_rng(10)
    for highest in (3, 3, 1000):
        payoffs = rng.integers(0, highest, (2, 4, 4))
        theirs = pygambit.StrategicGame.from_arrays(payoffs[0].astype(object), payoffs[1].astype(object))
        found = pygambit.nash.enummixed_solve(theirs, rational=True).equilibria
        expected = {
            tuple(tuple(Fraction(int(p.numerator), int(p.denominator)) for _, p in strategy) for strategy in profile)
            for profile in found
        }
        assert as_set(extreme_equilibria(StrategicGame(payoffs))) == expected


def test_the_order_is_that_of_nash():
    from blamegame.solvers.strategic.nash import nash

    rng = np.random.default_rng(11)
    for _ in range(30):
        game = StrategicGame(rng.integers(0, 4, (2, *rng.integers(1, 6, 2))))
        ours, theirs = extreme_equilibria(game), nash(game)
        assert as_lists(ours) == as_lists(theirs)
        assert ours.components == theirs.components and ours.subsets == theirs.subsets


def test_an_iterator_reports_progress_and_ends_complete():
    seen = []
    game = StrategicGame(np.random.default_rng(12).random((2, 8, 8)))
    search = iter_extreme_equilibria(game, progress=seen.append)
    assert not search.complete and "still running" in search.status
    profiles = list(search)
    assert search.complete and search.status.startswith("complete")
    assert len(profiles) == len(search.solution()) == len(extreme_equilibria(game))
    assert seen[-1].pending == 0 and seen[-1].visited > 0


def test_time_running_out_returns_what_was_found_and_says_so():
    payoffs = np.random.default_rng(13).random((2, 20, 20))
    payoffs[:, 3, 4] = 2
    game = StrategicGame(payoffs)
    started = time.monotonic()
    solution = extreme_equilibria(game, time_limit=0.2)
    assert time.monotonic() - started < 5
    assert not solution.complete
    assert solution.status.startswith("time_limit=0.2 s ran out") and "raise time_limit" in solution.status
    assert solution.stats["max_regret"] < 1e-12
    assert any(x[3] == 1 == y[4] for x, y in solution.equilibria)
    assert solution.components == ()


def test_control_c_returns_what_was_found():
    game = StrategicGame(np.random.default_rng(14).random((2, 22, 22)))
    timer = threading.Timer(0.5, _thread.interrupt_main)
    timer.start()
    solution = extreme_equilibria(game, time_limit=60)
    assert not solution.complete and solution.status.startswith("interrupted")


def test_more_than_64_labels_are_handled():
    rng = np.random.default_rng(15)
    for payoffs in (rng.integers(-999, 1000, (2, 2, 70)), rng.integers(0, 3, (2, 70, 2))):
        assert as_set(extreme_equilibria(StrategicGame(payoffs))) == oracle(payoffs)


def test_payoffs_near_the_limits_of_floats_are_solved_in_integers():
    payoffs = np.array([[[1e308, -1e308], [-1e308, 1e308]], [[5e-324, 0], [0, 5e-324]]])
    solution = extreme_equilibria(StrategicGame(payoffs), exact=True)
    assert as_set(solution) == oracle(payoffs)
    assert solution.stats["proof"] == "integers"


def test_fractions_of_any_size_are_exact():
    huge = Fraction(10**40 + 1, 7)
    game = StrategicGame([[[huge, 0], [0, 1]], [[1, 0], [0, huge]]])
    solution = extreme_equilibria(game)
    assert as_lists(solution)[1] == [[huge / (1 + huge), 1 / (1 + huge)], [1 / (1 + huge), huge / (1 + huge)]]


def test_an_unlucky_prime_is_replaced(monkeypatch):
    honest = vertex_walk._primes

    def small_first(beyond, skip):
        return honest(beyond, skip) if skip else [3, *honest(beyond, 0)]

    monkeypatch.setattr(vertex_walk, "_primes", small_first)
    rng = np.random.default_rng(16)
    for _ in range(10):
        payoffs = rng.integers(0, 9, (2, 4, 4))
        walks = (vertex_walk.ExactWalk(_table(payoffs[1].T), 0, 4), vertex_walk.ExactWalk(_table(payoffs[0]), 4, 0))
        for walk, table in zip(walks, (payoffs[1].T, payoffs[0])):
            walk.advance(10**6)
            exact = np.array([[Fraction(int(v)) for v in row] for row in table], dtype=object)
            assert walk.finished
            assert walk.count == 1 + len(best_response_vertices(integer_payoffs(exact)))


def _table(table):
    shifted = table - table.min(axis=0)
    return np.where(shifted.max(axis=0) == 0, 1, shifted).tolist()


def test_needs_two_players_and_one_game():
    with pytest.raises(UnsupportedGame, match="extreme_equilibria needs 2 players, this game has 3"):
        extreme_equilibria(StrategicGame(np.zeros((3, 2, 2, 2))))
    with pytest.raises(GameError, match="takes one game"):
        extreme_equilibria(StrategicGame(np.zeros((5, 2, 2, 2)), players=2))
