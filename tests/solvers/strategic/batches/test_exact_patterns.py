"""Pending games of a batch, decided in integers and put back among the others."""

from fractions import Fraction

import numpy as np

from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.batches.exact_patterns import offsets_of, put_back, with_exact
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force

BATTLE = [[[2, 0], [0, 1]], [[1, 0], [0, 2]]]
TIED = [[[1, 1], [0, 1]], [[1, 0], [0, 0]]]
NOBODY = [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]


def solved(games):
    """All games pending, none solved before."""
    empty = np.empty((0, 2))
    pending = np.arange(len(games))
    return with_exact(np.zeros(len(games), dtype=np.int64), empty, empty, pending, lambda g: np.array(games[g], object))


def test_every_pending_game_gets_its_extreme_equilibria():
    games = [BATTLE, NOBODY, TIED]
    counts, first, second = solved(games)
    ends = offsets_of(counts)
    for g, game in enumerate(games):
        rows = range(ends[g], ends[g + 1])
        found = {(tuple(first[k]), tuple(second[k])) for k in rows}
        expected = extreme_equilibria_by_brute_force(StrategicGame(game))
        assert len(found) == counts[g]
        assert found == {tuple(tuple(float(p) for p in strategy) for strategy in profile) for profile in expected}


def test_shifts_units_and_fractions_of_one_game_have_the_same_answer():
    scaled = [[[Fraction(v, 3) - 7 for v in row] for row in table] for table in BATTLE]
    huge = [[[v * 10**40 for v in row] for row in table] for table in BATTLE]
    counts, first, second = solved([BATTLE, scaled, huge])
    assert counts.tolist() == [3, 3, 3]
    assert np.array_equal(first[:3], first[3:6]) and np.array_equal(second[:3], second[6:])


def test_solved_rows_go_between_those_already_there():
    counts = np.array([1, 0, 2, 0])
    kept = np.array([[1.0], [2.0], [3.0]])
    merged, first, second = put_back(
        counts, kept, -kept, np.array([1, 3]), np.array([1, 0]), np.array([1, 2]), np.array([[7.0], [8.0], [9.0]]),
        np.array([[70.0], [80.0], [90.0]]),
    )  # fmt: skip
    assert merged.tolist() == [1, 2, 2, 1] and counts.tolist() == [1, 0, 2, 0]
    assert first.ravel().tolist() == [1, 8, 9, 2, 3, 7] and second.ravel().tolist() == [-1, 80, 90, -2, -3, 70]
