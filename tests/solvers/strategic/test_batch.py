"""Batches of small games against exact enumeration, peers, and themselves under changes that do not matter."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import permutations
from math import inf, nan, nextafter

import numpy as np
import pytest
import quantecon.game_theory as qe
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.batch import Batch
from blamegame.games.event import event_probability
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame, fractions_of
from blamegame.models.delegation import Delegation
from blamegame.solvers.strategic.batch import (
    EquilibriumBatch,
    equilibria_batch,
    event_probabilities,
    expectation_range,
    pure_counts,
    support_codes,
)
from blamegame.solvers.strategic.nash import nash

SHAPES = [(2, 2), (2, 3), (3, 2), (1, 4), (4, 1), (3, 3), (2, 5), (3, 4), (4, 4)]


def found(profiles) -> set[tuple[float, ...]]:
    """Profiles as a set, comparable between exact and float."""
    return {tuple(round(float(p), 7) + 0.0 for strategy in profile for p in strategy) for profile in profiles}


def assert_complete(games: np.ndarray, batch: EquilibriumBatch) -> None:
    assert len(batch) == len(games)
    for g, payoffs in enumerate(games):
        truth = nash(StrategicGame(payoffs)).equilibria
        assert len(batch[g]) == len(truth), payoffs.tolist()
        assert found(batch[g]) == found(truth), payoffs.tolist()


def generic(rng: np.random.Generator, n: int, shape: tuple[int, int]) -> np.ndarray:
    return rng.random((n, 2, *shape))


def tied(rng: np.random.Generator, n: int, shape: tuple[int, int], values: int = 4) -> np.ndarray:
    return rng.integers(0, values, (n, 2, *shape)).astype(float)


@pytest.mark.parametrize("shape", SHAPES)
def test_generic_games_are_complete_and_need_no_exact_arithmetic(shape):
    games = generic(np.random.default_rng(1), 100, shape)
    batch = equilibria_batch(games)
    assert_complete(games, batch)
    assert not batch.decided_exactly.any()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [1.0, 0.1])
def test_games_full_of_ties_are_complete(shape, scale):
    games = tied(np.random.default_rng(2), 100, shape) * scale
    assert_complete(games, equilibria_batch(games))


@pytest.mark.parametrize("shape", [(2, 3), (3, 3), (4, 4)])
def test_games_a_hair_from_a_tie_are_complete(shape):
    rng = np.random.default_rng(3)
    games = tied(rng, 80, shape, 3) + rng.choice([0.0, 1e-16, 1e-13, 1e-10, -1e-9], (80, 2, *shape))
    batch = equilibria_batch(games)
    assert batch.decided_exactly.mean() > 0.3
    assert_complete(games, batch)


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(2, 3), (3, 3), (4, 4), (5, 5), (3, 6), (6, 6), (2, 12)])
def test_thousands_of_games_are_complete(shape):
    rng = np.random.default_rng(4)
    n = 40 if shape == (6, 6) else 400
    for games in (generic(rng, n, shape), tied(rng, n, shape), tied(rng, n, shape, 2) * 0.3 - 0.7):
        assert_complete(games, equilibria_batch(games))


@pytest.mark.parametrize("shape", [(2, 3), (3, 3), (4, 4)])
def test_quantecon_finds_the_same_equilibria_of_generic_games(shape):
    games = generic(np.random.default_rng(5), 200, shape)
    batch = equilibria_batch(games)
    for g, payoffs in enumerate(games):
        peer = qe.NormalFormGame((qe.Player(payoffs[0].copy()), qe.Player(payoffs[1].T.copy())))
        assert found(batch[g]) == found(qe.support_enumeration(peer))


def test_every_equilibrium_leaves_nobody_a_gain():
    rng = np.random.default_rng(6)
    games = np.concatenate([generic(rng, 50, (4, 4)), tied(rng, 50, (4, 4))])
    batch = equilibria_batch(games)
    for g, payoffs in enumerate(games):
        for profile in batch[g]:
            assert max(regret(StrategicGame(payoffs), profile)) < 1e-11


def test_probabilities_of_ill_conditioned_games_have_all_their_digits():
    base = np.array([[[1.0, 1 + 1e-12, 0], [1 + 3e-12, 1, 0], [0, 0, 5]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]])
    batch = equilibria_batch(base[None])
    truth = nash(StrategicGame(fractions_of(base))).equilibria
    assert len(batch[0]) == len(truth)
    for x, y in batch[0]:
        nearest = min(float(max(abs(np.concatenate([x - v, y - w])))) for v, w in truth)
        assert nearest < 1e-14


def test_zero_games_have_every_pure_profile_as_extreme_equilibrium():
    batch = equilibria_batch(np.zeros((3, 2, 3, 4)))
    assert batch.counts.tolist() == [12, 12, 12]
    assert batch.decided_exactly.all()
    assert sorted(support_codes(batch)[:12]) == sorted(1 << i | 8 << j for i in range(3) for j in range(4))


def test_one_by_one_games_have_one_equilibrium():
    batch = equilibria_batch(np.full((2, 2, 1, 1), 7.0))
    assert batch.first.tolist() == [[1.0], [1.0]] and batch.second.tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize("k", [3, 4, 5, 6])
def test_coordination_games_have_an_equilibrium_for_every_set_of_actions(k):
    batch = equilibria_batch(np.array([np.eye(k), np.eye(k)])[None])
    assert batch.counts.tolist() == [2**k - 1]


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 7.0, 1e12])
def test_units_of_generic_games_do_not_matter(factor):
    games = generic(np.random.default_rng(7), 1000, (3, 3))
    plain, scaled = equilibria_batch(games), equilibria_batch(games * factor)
    assert np.array_equal(plain.offsets, scaled.offsets)
    assert np.array_equal(support_codes(plain), support_codes(scaled))
    assert np.allclose(plain.first, scaled.first, atol=1e-10) and np.allclose(plain.second, scaled.second, atol=1e-10)


@pytest.mark.parametrize("factor", [Fraction(1, 10**9), Fraction(7, 3), Fraction(10**12), Fraction(2**-40)])
def test_units_of_tied_games_do_not_matter(factor):
    games = tied(np.random.default_rng(7), 300, (3, 3))
    plain = equilibria_batch(games)
    scalings = [fractions_of(games) * factor]
    if factor.denominator & (factor.denominator - 1) == 0:  # a factor floats can hold moves no payoff off its tie
        scalings.append(games * float(factor))
    for scaled in map(equilibria_batch, scalings):
        assert np.array_equal(plain.offsets, scaled.offsets)
        assert np.allclose(plain.first, scaled.first, atol=1e-14)
        assert np.allclose(plain.second, scaled.second, atol=1e-14)


def test_a_shift_of_a_billion_does_not_matter():
    games = tied(np.random.default_rng(8), 200, (3, 3))
    plain, shifted = equilibria_batch(games), equilibria_batch(games + 1e9)
    assert np.array_equal(plain.offsets, shifted.offsets)
    assert np.array_equal(plain.first, shifted.first) and np.array_equal(plain.second, shifted.second)


@pytest.mark.parametrize("kind", [generic, tied])
def test_swapping_the_players_swaps_the_equilibria(kind):
    games = kind(np.random.default_rng(9), 150, (2, 4))
    swapped = np.ascontiguousarray(games[:, ::-1].transpose(0, 1, 3, 2))
    one, other = equilibria_batch(games), equilibria_batch(swapped)
    for g in range(len(games)):
        assert found(one[g]) == found([(x, y) for y, x in other[g]])


@pytest.mark.parametrize("kind", [generic, tied])
def test_relabelling_actions_relabels_the_equilibria(kind):
    games = kind(np.random.default_rng(10), 40, (3, 3))
    plain = equilibria_batch(games)
    for order in permutations(range(3)):
        moved = equilibria_batch(games[:, :, order, :])
        for g in range(len(games)):
            assert found(moved[g]) == found([(x[list(order)], y) for x, y in plain[g]])


@pytest.mark.parametrize("kind", [generic, tied])
def test_a_duplicated_action_gives_every_equilibrium_its_copies(kind):
    games = kind(np.random.default_rng(11), 100, (2, 3))
    doubled = np.concatenate([games, games[:, :, :, :1]], axis=3)
    assert_complete(doubled, equilibria_batch(doubled))


def test_a_dominated_action_changes_nothing():
    games = tied(np.random.default_rng(12), 150, (3, 3))
    worse = np.concatenate([games, games[:, :, :1] - np.array([1.0, 0.0])[:, None, None]], axis=2)
    plain, more = equilibria_batch(games), equilibria_batch(worse)
    for g in range(len(games)):
        assert found(more[g]) == found([(np.append(x, 0.0), y) for x, y in plain[g]])


@pytest.mark.parametrize("chunk", [1, 7, 64, 10_000])
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_and_chunks_do_not_change_a_bit(chunk, threads):
    rng = np.random.default_rng(13)
    games = np.concatenate([generic(rng, 150, (3, 3)), tied(rng, 150, (3, 3)) * 0.1])
    reference = equilibria_batch(games, threads=1)
    assert equilibria_batch(games, threads=threads, chunk=chunk) == reference


def test_a_batch_equals_its_items():
    rng = np.random.default_rng(14)
    games = np.concatenate([generic(rng, 60, (2, 3)), tied(rng, 60, (2, 3))])
    whole = equilibria_batch(games)
    for g in range(len(games)):
        alone = equilibria_batch(games[g])
        rows = slice(whole.offsets[g], whole.offsets[g + 1])
        assert np.array_equal(alone.first, whole.first[rows]) and np.array_equal(alone.second, whole.second[rows])
        assert alone.decided_exactly[0] == whole.decided_exactly[g]


def test_several_threads_may_call_at_once():
    games = generic(np.random.default_rng(15), 3000, (2, 3))
    reference = equilibria_batch(games, threads=1)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: equilibria_batch(games, threads=2, chunk=200), range(8)))
    assert all(answer == reference for answer in answers)


@pytest.mark.parametrize("nudge", [0.0, 1e-16, 1e-15, 1e-12, -1e-16, -1e-12])
def test_parameters_exactly_on_a_tie_and_next_to_it_are_decided_by_their_own_payoffs(nudge):
    # theorem T5's threshold: at this diffusion upper is indifferent to push and assist against escalate
    at_defaults = Delegation()
    gap = [Delegation(diffusion=d).payoffs()[0, :, 1] for d in (Fraction(0), Fraction(1))]
    slope = (gap[1][1] - gap[1][0]) - (gap[0][1] - gap[0][0])
    threshold = -(gap[0][1] - gap[0][0]) / slope
    exact = at_defaults.replace(diffusion=threshold + Fraction(nudge)).stage_game()
    game = StrategicGame(exact.payoffs[None], players=exact.players, actions=exact.actions)
    batch = equilibria_batch(game)
    truth = nash(exact).equilibria
    assert batch.decided_exactly.tolist() == [True]
    assert found(batch[0]) == found(truth) and len(batch[0]) == len(truth)


@pytest.mark.parametrize("steps", [-2, -1, 0, 1, 2])
def test_a_float_one_ulp_from_a_tie_is_not_a_tie(steps):
    payoffs = np.array([[[0.3, 0.0], [0.3, 0.0]], [[1.0, 0.0], [1.0, 0.0]]])
    for _ in range(abs(steps)):
        payoffs[0, 0, 0] = nextafter(payoffs[0, 0, 0], inf if steps > 0 else -inf)
    batch = equilibria_batch(payoffs)
    assert batch.decided_exactly.tolist() == [True]
    assert batch.counts.tolist() == [2 if steps == 0 else 1]
    assert batch.first[0].tolist() == ([1.0, 0.0] if steps >= 0 else [0.0, 1.0])


def test_the_true_payoffs_decide_what_their_floats_cannot():
    true = np.array([[[3, 0], [3, 0]], [[1, 0], [1, 0]]], dtype=object) * Fraction(1, 10)
    rounded = true.astype(float)
    rounded[0, 0, 0] = 0.1 * 3  # 0.30000000000000004
    asked = []

    def exact(g: int):
        asked.append(g)
        return true

    generic_game = np.random.default_rng(16).random((2, 2, 2))
    batch = equilibria_batch(Batch(np.array([generic_game, rounded, generic_game]), exact))
    assert asked == [1]
    assert batch.counts[1] == 2 and batch.decided_exactly.tolist() == [False, True, False]
    assert equilibria_batch(rounded).counts.tolist() == [1]


def test_games_given_exactly_and_as_floats_agree_where_the_floats_are_exact():
    games = tied(np.random.default_rng(17), 300, (3, 3))
    by_floats = equilibria_batch(games)
    by_callable = equilibria_batch(Batch(games, lambda g: fractions_of(games[g])))
    by_game = equilibria_batch(StrategicGame(fractions_of(games), players=2))
    assert np.array_equal(by_floats.first, by_callable.first) and np.array_equal(by_floats.second, by_callable.second)
    assert by_game == by_callable


def test_payoffs_that_floats_cannot_tell_apart_are_decided_exactly():
    huge = 10**20
    payoffs = np.array([[[huge + 1, huge], [huge, huge + 2]], [[huge + 5, huge], [huge, huge + 7]]], dtype=object)
    batch = equilibria_batch(np.array([payoffs]))
    assert found(batch[0]) == found(nash(StrategicGame(payoffs)).equilibria)


@pytest.mark.parametrize("digits", [20, 60, 400])
def test_rationals_of_any_length_are_decided_exactly(digits):
    rng = np.random.default_rng(18)
    small = rng.integers(0, 3, (5, 2, 3, 3)).astype(object)
    noise = np.array([int(v) for v in rng.integers(0, 3, small.size)], dtype=object).reshape(small.shape)
    games = small + noise * Fraction(1, 10**digits)
    batch = equilibria_batch(games)
    for g in range(len(games)):
        truth = nash(StrategicGame(games[g])).equilibria
        assert found(batch[g]) == found(truth) and len(batch[g]) == len(truth)


def test_floats_spread_over_all_magnitudes_are_decided_exactly():
    rng = np.random.default_rng(19)
    values = np.array([0.0, 5e-324, 1e-300, 1e-9, 1.0, 1e12, 1e300, 1.7e308, -1.7e308])
    games = rng.choice(values, (120, 2, 2, 3))
    assert_complete(games, equilibria_batch(games))
    nearby = rng.choice(values[2:7], (60, 2, 3, 3)) * rng.random((60, 2, 3, 3))
    assert_complete(nearby, equilibria_batch(nearby))


def test_many_flagged_games_are_solved_in_one_pass():
    games = tied(np.random.default_rng(20), 20_000, (2, 3))
    batch = equilibria_batch(games)
    assert batch.decided_exactly.mean() > 0.5
    distinct, where = np.unique(games.reshape(len(games), -1), axis=0, return_inverse=True)
    assert len(distinct) < len(games)
    assert np.array_equal(batch.counts, equilibria_batch(distinct.reshape(-1, 2, 2, 3)).counts[where.ravel()])


@given(arrays(np.float64, (2, 3, 3), elements=st.sampled_from([0.0, 0.1, 0.2, 0.30000000000000004, 0.3, 1.0])))
@settings(max_examples=60, deadline=None)
def test_any_small_game_is_complete(payoffs):
    assert_complete(payoffs[None], equilibria_batch(payoffs))


def test_event_probabilities_cover_every_equilibrium_of_a_component():
    rng = np.random.default_rng(21)
    games = np.concatenate([generic(rng, 40, (2, 3)), tied(rng, 60, (2, 3), 3)])
    event = np.array([[False, False, False], [False, True, True]])
    batch = equilibria_batch(games)
    lowest, highest = event_probabilities(batch, event)
    assert np.all((lowest >= 0) & (lowest <= highest) & (highest <= 1))
    for g, payoffs in enumerate(games):
        exact = StrategicGame(fractions_of(payoffs))
        solution = nash(exact)
        truth = [event_probability(profile, event) for profile in solution.equilibria]
        assert abs(float(min(truth)) - lowest[g]) < 1e-12 and abs(float(max(truth)) - highest[g]) < 1e-12
        assert (lowest[g] == 0) == (min(truth) == 0) and (highest[g] == 1) == (max(truth) == 1)
        for subset in solution.subsets:  # a random point of each maximal Nash subset lies in the range
            weights = rng.dirichlet(np.ones(len(subset)), 2)
            profile = [
                sum(w * solution.equilibria[e][player].astype(float) for w, e in zip(weights[player], subset))
                for player in range(2)
            ]
            assert lowest[g] - 1e-12 <= event_probability(profile, event) <= highest[g] + 1e-12


def test_an_event_per_game_is_read_game_by_game():
    games = tied(np.random.default_rng(22), 30, (2, 3))
    events = np.random.default_rng(23).random((30, 2, 3)) < 0.5
    batch = equilibria_batch(games)
    lowest, highest = event_probabilities(batch, events)
    for g in range(30):
        one = event_probabilities(equilibria_batch(games[g]), events[g])
        assert (one.low[0], one.high[0]) == (lowest[g], highest[g])


def test_success_ranges_agree_with_the_exact_equilibria():
    model = Delegation(authority=np.linspace(0.0, 1.0, 40))
    batch = equilibria_batch(model.stage_game())
    lowest, highest = expectation_range(batch, model.success())
    for g in range(40):
        success = model.success()[g]
        truth = [float(x @ success @ y) for x, y in nash(model.stage_game()[g]).equilibria]
        assert lowest[g] == pytest.approx(min(truth), abs=1e-12)
        assert highest[g] == pytest.approx(max(truth), abs=1e-12)
    low, high = expectation_range(batch, np.ones((2, 3)))
    assert low == pytest.approx(1) and high == pytest.approx(1)


def test_pure_counts_count_pure_equilibria():
    games = tied(np.random.default_rng(24), 200, (3, 3))
    counts = pure_counts(equilibria_batch(games))
    best = (games[:, 0] == games[:, 0].max(axis=1, keepdims=True)) & (
        games[:, 1] == games[:, 1].max(axis=2, keepdims=True)
    )
    assert np.array_equal(counts, best.sum(axis=(1, 2)))


def test_a_batch_of_any_shape_is_flattened_in_order():
    games = generic(np.random.default_rng(25), 12, (2, 3))
    assert equilibria_batch(games.reshape(3, 4, 2, 2, 3)) == equilibria_batch(games)


def test_a_batch_is_a_value():
    batch = equilibria_batch(generic(np.random.default_rng(26), 3, (2, 2)))
    assert batch == equilibria_batch(generic(np.random.default_rng(26), 3, (2, 2)))
    assert hash(batch) == hash(equilibria_batch(generic(np.random.default_rng(26), 3, (2, 2))))
    assert batch != 3 and len(batch[-1]) == batch.counts[-1]
    assert repr(batch).startswith("<EquilibriumBatch of 3 games: ")
    with pytest.raises(GameError, match=r"batch\[3\]"):
        batch[3]


@pytest.mark.parametrize(
    ("payoffs", "error", "words"),
    [
        (np.zeros((4, 3, 2, 2)), GameError, "shape"),
        (np.zeros((0, 2, 2, 2)), GameError, "shape"),
        (np.zeros((2, 2)), GameError, "shape"),
        (np.array([[[["a"]], [["b"]]]]), GameError, "type"),
        (np.array([[[[0.0, nan]], [[0.0, 0.0]]]]), GameError, r"payoffs\[0, 0, 0, 1\] = nan"),
        (np.array([[[[0.0, 0.0]], [[0.0, -inf]]]]), GameError, r"payoffs\[0, 1, 0, 1\] = -inf"),
        (np.zeros((1, 2, 7, 7)), UnsupportedGame, "nash"),
        (np.zeros((1, 2, 2, 13)), UnsupportedGame, "2 x 13"),
        (StrategicGame(np.zeros((3, 2, 2, 2))), UnsupportedGame, "2 players"),
    ],
)
def test_what_cannot_be_solved_is_refused_with_a_reason(payoffs, error, words):
    with pytest.raises(error, match=words):
        equilibria_batch(payoffs)


def test_wrong_settings_and_tables_are_refused():
    batch = equilibria_batch(np.zeros((2, 2, 2, 2)))
    with pytest.raises(GameError, match="threads=0"):
        equilibria_batch(np.zeros((2, 2, 2, 2)), threads=0)
    with pytest.raises(GameError, match="chunk=-1"):
        equilibria_batch(np.zeros((2, 2, 2, 2)), chunk=-1)
    with pytest.raises(GameError, match="event"):
        event_probabilities(batch, np.ones((2, 3), dtype=bool))
    with pytest.raises(GameError, match="table"):
        expectation_range(batch, np.ones((3, 2, 2)))
    with pytest.raises(GameError, match=r"exact\(0\)"):
        equilibria_batch(Batch(np.zeros((2, 2, 2, 2)), lambda g: np.zeros((2, 3, 2))))


def test_importing_the_module_does_not_import_numba():
    code = "import sys, blamegame.solvers.strategic.batch; print('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


def test_kernels_work_where_nothing_can_be_cached():
    code = (
        "from numba.core import caching\n"
        "caching.CacheImpl._locator_classes.clear()\n"  # as where neither package nor user directory is writable
        "from blamegame.solvers.strategic.batches.kernels.residues import prime_tables\n"
        "from blamegame.solvers.strategic.batches.kernels.margins import hopeless\n"
        "import numpy as np\n"
        "print(hopeless(np.array([2, 0]), np.array([[0, 0], [0, 0], [1, 0], [0, 1]]), 3, 2))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "True", done.stderr


def test_a_mixed_equilibrium_is_not_counted_as_pure_however_lopsided():
    batch = equilibria_batch([[[10**400, 0], [0, 1]], [[10**400, 0], [0, 1]]])
    assert batch.counts.tolist() == [3] and pure_counts(batch).tolist() == [2]
    assert support_codes(batch).tolist() == [5, 10, 15]


def test_whole_numbers_beyond_floats_are_not_a_tie():
    for table in ([[2**60, 0], [2**60 + 1, 0]], [[1, 0], [1 + Fraction(1, 10**20), 0]]):
        games = [[table, [[1, 0], [1, 0]]]]
        for given_as in (games, np.array(games), np.array(games, dtype=object)):
            assert equilibria_batch(given_as).counts.tolist() == [1]


@pytest.mark.parametrize("offset", [0.0, 1e3, 1e5])
def test_payoffs_within_the_promised_rounding_give_probabilities_to_nine_digits(offset):
    rng = np.random.default_rng(30)
    true = fractions_of(rng.integers(0, 1000, (60, 2, 3, 3)).astype(float)) / 997 + Fraction(offset)
    largest = np.abs(true).max(axis=(2, 3), keepdims=True)
    noise = fractions_of(rng.choice([-9e-15, 0.0, 9e-15], true.shape))
    batch = equilibria_batch(Batch((true + noise * largest).astype(float), lambda g: true[g]))
    for g in range(len(true)):
        truth = nash(StrategicGame(true[g])).equilibria
        assert len(truth) == len(batch[g])
        for profile in batch[g]:
            flat = np.concatenate(profile)
            assert min(float(max(abs(flat - np.concatenate(exact)))) for exact in truth) < 1e-9
