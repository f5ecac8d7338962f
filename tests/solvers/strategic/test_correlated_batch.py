"""Event bounds over correlated equilibria in batch, against HiGHS and against the exact single-game bounds."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame, fractions_of, to_exact
from blamegame.models.delegation import Delegation
from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.solvers.strategic.correlated_batch import event_bounds_batch

SHAPES = [(2, 2), (2, 3), (3, 3), (1, 4), (4, 4)]


def an_event(shape: tuple[int, int]) -> np.ndarray:
    """Some cells but not all, as mutual avoidance is."""
    event = np.zeros(shape, dtype=bool)
    event[-1, 1:] = True
    return event


def by_highs(payoffs: np.ndarray, event: np.ndarray, coarse: bool) -> tuple[float, float]:
    """The same linear programmes, written down independently."""
    _, m, n = payoffs.shape
    rows = []
    for player, size in ((0, m), (1, n)):
        own = np.moveaxis(payoffs[player], player, 0)
        for obeyed in [None] if coarse else range(size):
            for deviation in range(size):
                row = own[deviation] - own
                if obeyed is not None:
                    row = row * (np.arange(size) == obeyed)[:, None]
                rows.append(np.moveaxis(row, 0, player).ravel())
    ends = [
        sign
        * linprog(
            sign * event.ravel().astype(float), A_ub=np.array(rows), b_ub=np.zeros(len(rows)),
            A_eq=np.ones((1, m * n)), b_eq=[1.0], method="highs",
        ).fun
        for sign in (1, -1)
    ]  # fmt: skip
    return ends[0], ends[1]


def assert_exact(games: np.ndarray, event: np.ndarray, coarse: bool) -> None:
    lowest, highest = event_bounds_batch(games, event, coarse=coarse)
    for g, payoffs in enumerate(games):
        truth = correlated_bounds(to_exact(StrategicGame(payoffs)), event, coarse=coarse)
        low, high = truth.lowest.value, truth.highest.value
        assert abs(lowest[g] - low) < 1e-9 and abs(highest[g] - high) < 1e-9, payoffs.tolist()
        assert (lowest[g] == 0) == (low == 0) and (lowest[g] == 1) == (low == 1), payoffs.tolist()
        assert (highest[g] == 0) == (high == 0) and (highest[g] == 1) == (high == 1), payoffs.tolist()


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_generic_games_agree_with_highs(shape, coarse):
    games = np.random.default_rng(1).random((60, 2, *shape))
    lowest, highest = event_bounds_batch(games, an_event(shape), coarse=coarse)
    for g, payoffs in enumerate(games):
        assert (lowest[g], highest[g]) == pytest.approx(by_highs(payoffs, an_event(shape), coarse), abs=1e-7)


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("scale", [1.0, 0.1])
def test_tied_games_agree_with_the_exact_bounds(shape, coarse, scale):
    games = np.random.default_rng(2).integers(0, 4, (40, 2, *shape)) * scale
    assert_exact(games, an_event(shape), coarse)


@pytest.mark.parametrize("coarse", [False, True])
def test_games_a_hair_from_a_tie_agree_with_the_exact_bounds(coarse):
    rng = np.random.default_rng(3)
    games = rng.integers(0, 3, (60, 2, 2, 3)) + rng.choice([0.0, 1e-16, 1e-13, 1e-10, -1e-9], (60, 2, 2, 3))
    assert_exact(games, an_event((2, 3)), coarse)


@pytest.mark.slow
@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("shape", [(2, 3), (3, 3), (4, 4)])
def test_thousands_of_games_agree_with_highs_and_the_exact_bounds(shape, coarse):
    rng = np.random.default_rng(4)
    event = rng.random(shape) < 0.4
    event[0, 0], event[-1, -1] = True, False
    for games in (rng.random((1000, 2, *shape)), rng.integers(0, 3, (1000, 2, *shape)).astype(float)):
        lowest, highest = event_bounds_batch(games, event, coarse=coarse)
        for g, payoffs in enumerate(games):
            assert (lowest[g], highest[g]) == pytest.approx(by_highs(payoffs, event, coarse), abs=1e-6)
        assert_exact(games[:200], event, coarse)


def test_aumanns_chicken_crashes_in_at_most_one_case_of_five():
    chicken = np.array([[[0, 7], [2, 6]], [[0, 2], [7, 6]]], dtype=float)
    lowest, highest = event_bounds_batch(chicken, np.array([[True, False], [False, False]]))
    assert lowest.tolist() == [0.0]
    assert highest == pytest.approx([0.2], abs=1e-15)


def test_coarse_equilibria_may_play_dominated_actions():
    # Moulin and Vial (1978): rock, paper, scissors and a slightly worse fourth action
    base = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], dtype=float)
    first = np.vstack([base, base[0] - 0.01])
    games = np.array([first, -first])
    event = np.zeros((4, 3), dtype=bool)
    event[3] = True
    assert event_bounds_batch(games, event).high.tolist() == [0.0]
    assert_exact(games[None], event, coarse=True)


def test_bounds_contain_every_nash_equilibrium():
    rng = np.random.default_rng(5)
    games = np.concatenate([rng.random((300, 2, 3, 3)), rng.integers(0, 3, (300, 2, 3, 3))])
    event = an_event((3, 3))
    low_nash, high_nash = event_probabilities(equilibria_batch(games), event)
    low, high = event_bounds_batch(games, event)
    low_coarse, high_coarse = event_bounds_batch(games, event, coarse=True)
    assert np.all(low <= low_nash + 1e-9) and np.all(high >= high_nash - 1e-9)
    assert np.all(low_coarse <= low + 1e-9) and np.all(high_coarse >= high - 1e-9)


def test_the_complement_has_the_complementary_bounds():
    games = np.random.default_rng(6).integers(0, 3, (200, 2, 2, 3)).astype(float)
    event = an_event((2, 3))
    low, high = event_bounds_batch(games, event)
    low_other, high_other = event_bounds_batch(games, ~event)
    assert np.allclose(low, 1 - high_other, atol=1e-12) and np.allclose(high, 1 - low_other, atol=1e-12)


def test_events_of_no_cell_and_of_every_cell_are_certain():
    games = np.random.default_rng(7).random((5, 2, 2, 3))
    for coarse in (False, True):
        nothing = event_bounds_batch(games, np.zeros((2, 3), dtype=bool), coarse=coarse)
        everything = event_bounds_batch(games, np.ones((2, 3), dtype=bool), coarse=coarse)
        assert [end.tolist() for end in nothing] == [[0.0] * 5] * 2
        assert [end.tolist() for end in everything] == [[1.0] * 5] * 2


def test_zero_games_allow_everything():
    lowest, highest = event_bounds_batch(np.zeros((4, 2, 2, 3)), an_event((2, 3)), coarse=True)
    assert lowest.tolist() == [0.0] * 4 and highest.tolist() == [1.0] * 4


@pytest.mark.parametrize("coarse", [False, True])
@pytest.mark.parametrize("factor", [Fraction(1, 10**9), Fraction(10**12)])
def test_units_and_shifts_do_not_matter(coarse, factor):
    games = fractions_of(np.random.default_rng(8).integers(0, 3, (60, 2, 2, 3)).astype(float))
    plain = event_bounds_batch(games, an_event((2, 3)), coarse=coarse)
    moved = event_bounds_batch(games * factor + 10**25, an_event((2, 3)), coarse=coarse)
    assert np.allclose(list(plain), list(moved), atol=1e-12)


def test_payoffs_that_floats_cannot_tell_apart_are_decided_exactly():
    tiny = Fraction(1, 10**30)
    payoffs = np.array([[[1, 1], [1 + tiny, 1 + tiny]], [[0, 0], [0, 0]]], dtype=object) + Fraction(0)
    event = np.array([[True, True], [False, False]])
    assert [end.tolist() for end in event_bounds_batch(payoffs, event)] == [[0.0], [0.0]]


@pytest.mark.parametrize("chunk", [1, 7, 1000])
@pytest.mark.parametrize("threads", [1, 2])
def test_threads_and_chunks_do_not_change_a_bit(chunk, threads):
    rng = np.random.default_rng(9)
    games = np.concatenate([rng.random((100, 2, 2, 3)), rng.integers(0, 3, (100, 2, 2, 3))])
    reference = event_bounds_batch(games, an_event((2, 3)), threads=1)
    answer = event_bounds_batch(games, an_event((2, 3)), threads=threads, chunk=chunk)
    assert all(np.array_equal(a, b) for a, b in zip(reference, answer))


def test_an_event_per_game_is_read_game_by_game():
    rng = np.random.default_rng(10)
    games, events = rng.random((30, 2, 3, 3)), rng.random((30, 3, 3)) < 0.5
    lowest, highest = event_bounds_batch(games, events)
    for g in range(30):
        one = event_bounds_batch(games[g], events[g])
        assert (one.low[0], one.high[0]) == (lowest[g], highest[g])


def test_delegation_games_agree_with_the_exact_bounds():
    model = Delegation(authority=np.linspace(0.0, 1.0, 30))
    assert_exact(model.stage_game().payoffs, model.avoidance, coarse=False)
    assert_exact(model.stage_game().payoffs, model.avoidance, coarse=True)


@given(arrays(np.float64, (2, 2, 3), elements=st.sampled_from([0.0, 0.1, 0.2, 0.30000000000000004, 0.3, 1.0])))
@settings(max_examples=40, deadline=None)
def test_any_small_game_agrees_with_the_exact_bounds(payoffs):
    assert_exact(payoffs[None], an_event((2, 3)), coarse=False)


def test_what_cannot_be_solved_is_refused_with_a_reason():
    with pytest.raises(UnsupportedGame, match="7 x 7"):
        event_bounds_batch(np.zeros((1, 2, 7, 7)), np.zeros((7, 7), dtype=bool))
    with pytest.raises(GameError, match="event"):
        event_bounds_batch(np.zeros((1, 2, 2, 2)), np.zeros((2, 3), dtype=bool))
    with pytest.raises(GameError, match="chunk=0"):
        event_bounds_batch(np.zeros((1, 2, 2, 2)), np.zeros((2, 2), dtype=bool), chunk=0)
    with pytest.raises(GameError, match="not a real number"):
        event_bounds_batch(np.full((1, 2, 2, 2), np.nan), np.zeros((2, 2), dtype=bool))
