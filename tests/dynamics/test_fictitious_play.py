"""Fictitious play: exact ties, known cycles, and convergence where it is a theorem."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.dynamics.fictitious_play import fictitious_play
from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame


def by_hand(game, rounds, start):
    """The same in plain fractions, two players, the first of tying replies."""
    counts = [[0] * n for n in game.n_actions]
    now, plays = list(start), []
    for _ in range(rounds):
        plays.append(tuple(now))
        for player, action in enumerate(now):
            counts[player][action] += 1
        first = [
            sum(Fraction(game.payoffs[0, i, j]) * c for j, c in enumerate(counts[1])) for i in range(game.n_actions[0])
        ]
        second = [
            sum(Fraction(game.payoffs[1, i, j]) * c for i, c in enumerate(counts[0])) for j in range(game.n_actions[1])
        ]
        now = [first.index(max(first)), second.index(max(second))]
    return plays


def test_it_is_what_the_definition_says_with_ties_and_decimals():
    rng = np.random.default_rng(1)
    for table in [*rng.integers(0, 3, (10, 2, 2, 3)), *(rng.integers(0, 9, (10, 2, 3, 3)) * 0.1)]:
        game = StrategicGame(table)
        assert list(map(tuple, fictitious_play(game, 60, start=(0, 0)).plays.tolist())) == by_hand(game, 60, (0, 0))


def test_zero_sum_games_approach_the_value():
    game = StrategicGame([[[3, -1], [-2, 2]], [[-3, 1], [2, -2]]])
    found = fictitious_play(game, 4000, start=("a", "a")).frequencies
    assert [float(s[0]) for s in found] == pytest.approx([0.5, 0.375], abs=0.03)


def test_shapleys_game_goes_round_with_ever_longer_stays():
    a = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    b = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    plays = fictitious_play(StrategicGame([a, b]), 3000, start=(0, 0)).plays
    changes = np.flatnonzero((np.diff(plays, axis=0) != 0).any(axis=1))
    stays = np.diff(changes)
    assert stays[-1] > 100 and len(changes) > 6


def test_three_players_believe_the_others_independent():
    table = np.zeros((3, 2, 2, 2), dtype=int)
    table[:, 1, 1, 1] = 1
    assert fictitious_play(StrategicGame(table), 5, start=(0, 1, 1)).plays.tolist()[1] == [1, 0, 0]


def test_ties_are_drawn_where_a_generator_is_given():
    game = StrategicGame(np.zeros((2, 3, 3), dtype=int))
    plays = fictitious_play(game, 300, start=(0, 0), rng=np.random.default_rng(1)).plays
    assert set(plays[1:].ravel().tolist()) == {0, 1, 2}
    assert fictitious_play(game, 300, start=(0, 0), rng=np.random.default_rng(1)).plays.tolist() == plays.tolist()


def test_it_agrees_with_nashpy_where_nothing_ties():
    import nashpy

    rng = np.random.default_rng(12)
    for shape in [(2, 3), (3, 3)]:
        table = rng.normal(size=(2, *shape))
        begin = [np.eye(n, dtype=int)[0] for n in shape]
        *_, last = nashpy.Game(*table).fictitious_play(iterations=200, play_counts=begin)
        ours = fictitious_play(StrategicGame(table), 201, start=(0, 0)).frequencies
        assert [[int(share * 201) for share in s] for s in ours] == [list(map(int, counts)) for counts in last]


def test_rounds_are_a_whole_number():
    with pytest.raises(GameError, match="rounds=0"):
        fictitious_play(StrategicGame([[[1]], [[1]]]), 0, start=(0, 0))
