"""Rationalizable actions in batch, against the exact elimination game by game and linear programmes of scipy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.batch import Batch
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.rationalizable import rationalizable
from blamegame.solvers.strategic.rationalizable_batch import rationalizable_batch

SHAPES = [(2, 2), (2, 3), (3, 3), (1, 4), (4, 1), (4, 5)]


def assert_exact(games) -> None:
    batch = rationalizable_batch(games)
    for g, payoffs in enumerate(games):
        kept = rationalizable(StrategicGame(payoffs))
        assert (tuple(np.flatnonzero(batch.first[g])), tuple(np.flatnonzero(batch.second[g]))) == kept, payoffs.tolist()


def by_programmes(payoffs: np.ndarray) -> list[list[int]]:
    """Actions with a belief that makes them a best reply, eliminated again and again; for games without ties."""
    kept = [list(range(size)) for size in payoffs.shape[1:]]
    while True:
        rest = []
        for player in range(2):
            table = payoffs[player] if player == 0 else payoffs[player].T
            table = table[np.ix_(kept[player], kept[1 - player])]
            keep = []
            for k, action in enumerate(kept[player]):
                found = linprog(
                    np.zeros(table.shape[1]), A_ub=table - table[k], b_ub=np.zeros(len(table)),
                    A_eq=np.ones((1, table.shape[1])), b_eq=[1.0], method="highs",
                )  # fmt: skip
                if found.status == 0:
                    keep.append(action)
            rest.append(keep)
        if rest == kept:
            return kept
        kept = rest


@pytest.mark.parametrize("shape", SHAPES)
def test_games_without_ties_need_no_exact_arithmetic_and_agree_with_scipy(shape):
    games = np.random.default_rng(1).random((40, 2, *shape))
    batch = rationalizable_batch(games)
    assert not batch.decided_exactly.any()
    for g, payoffs in enumerate(games):
        assert [np.flatnonzero(batch.first[g]).tolist(), np.flatnonzero(batch.second[g]).tolist()] == by_programmes(
            payoffs
        )


@pytest.mark.parametrize("shape", SHAPES)
def test_games_with_ties_and_nearly_agree_with_the_exact_elimination(shape):
    rng = np.random.default_rng(2)
    ties = rng.integers(0, 4, (60, 2, *shape)).astype(float)
    assert_exact(ties)
    assert_exact(ties * 0.1)
    assert_exact(ties + rng.choice([0.0, 1e-16, 1e-13, 1e-10, -1e-9], ties.shape))
    assert_exact(
        ties.astype(int).astype(object) + np.array(Fraction(1, 10**20)) * rng.integers(-1, 2, ties.shape).astype(object)
    )


def test_a_mixed_tie_made_by_rounding_is_decided_from_the_rationals():
    for tiny, kept in ((Fraction(1, 10**20), [True, True, False]), (Fraction(0), [True, True, True])):
        game = [[[8, 0], [0, 6], [4 - tiny, 3 - tiny]], [[0, 0], [0, 0], [0, 0]]]
        assert rationalizable_batch(game).first[0].tolist() == kept


def test_floats_over_all_magnitudes_agree_with_the_exact_elimination():
    values = np.array([0.0, 5e-324, 1e-300, 1e-9, 1.0, 1e12, 1e300, 1.7e308, -1.7e308])
    assert_exact(np.random.default_rng(3).choice(values, (80, 2, 2, 3)))


def test_rounded_games_are_decided_from_their_exact_payoffs():
    tie = [[[Fraction(3, 10), 0], [Fraction(3, 10), 0]], [[1, 0], [1, 0]]]
    floats = np.array(tie, dtype=float)[None]
    floats[0, 0, 0, 0] = 0.1 * 3
    assert rationalizable_batch(floats).first.tolist() == [[True, False]]
    assert rationalizable_batch(Batch(floats, lambda g: tie)).first.tolist() == [[True, True]]


@pytest.mark.parametrize("chunk", [1, 7, 1000])
@pytest.mark.parametrize("threads", [1, 2])
def test_threads_and_chunks_change_nothing(chunk, threads):
    games = np.random.default_rng(4).integers(0, 3, (50, 2, 3, 3)).astype(float)
    one, other = rationalizable_batch(games, threads=1), rationalizable_batch(games, threads=threads, chunk=chunk)
    assert np.array_equal(one.first, other.first) and np.array_equal(one.second, other.second)
    assert repr(one) == repr(other) and len(one) == 50


def test_what_cannot_be_solved_is_refused_with_a_reason():
    with pytest.raises(UnsupportedGame, match="7 x 7"):
        rationalizable_batch(np.zeros((1, 2, 7, 7)))
    with pytest.raises(GameError, match=r"payoffs\[1, 0, 0, 0\] = nan"):
        rationalizable_batch(np.concatenate([np.zeros((1, 2, 1, 1)), np.full((1, 2, 1, 1), np.nan)]))
