"""Evolutionarily stable strategies against textbook games and against mutants drawn at random."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from blamegame.dynamics.evolutionary_stability import evolutionarily_stable
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame


def symmetric(table):
    table = np.array(table)
    return StrategicGame([table, table.T])


def stable(table):
    return [tuple(map(str, strategy)) for strategy in evolutionarily_stable(symmetric(table))]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[-1, 4], [0, 2]], [("2/3", "1/3")]),  # hawk and dove
        ([[2, 0], [0, 1]], [("1", "0"), ("0", "1")]),  # coordination: not the mixture
        ([[1, 3], [0, 2]], [("1", "0")]),  # prisoners' dilemma
        ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], []),  # rock, scissors, paper
        ([[0, -1, 2], [2, 0, -1], [-1, 2, 0]], [("1/3", "1/3", "1/3")]),  # winning pays more than losing costs
        ([[0, -2, 1], [1, 0, -2], [-2, 1, 0]], []),
        ([[1, 1], [1, 1]], []),  # a neutral mutant is not driven out
        ([[1, 1], [1, 0]], [("1", "0")]),  # a tie decided against itself
    ],
)
def test_textbook_games(table, expected):
    assert stable(table) == expected


def test_several_coalitions_at_once():
    """Six actions in two blocks that punish each other: one stable mixture in each (Broom, Cannings, Vickers 1993)."""
    block = [[-1, 2, 2], [2, -1, 2], [2, 2, -1]]
    table = np.full((6, 6), -5)
    table[:3, :3] = table[3:, 3:] = block
    assert stable(table) == [("1/3",) * 3 + ("0",) * 3, ("0",) * 3 + ("1/3",) * 3]


def resists(table, p, y):
    """Maynard Smith's two conditions against one mutant."""
    own, other = p @ table @ p, y @ table @ p
    return own > other or (own == other and p @ table @ y > y @ table @ y)


@pytest.mark.parametrize("low", [0, -3])
def test_no_mutant_of_many_gets_in_and_nothing_stable_is_missed(low):
    rng = np.random.default_rng(low + 10)
    counts = []
    for table in rng.integers(low, 3, (16, 3, 3)):
        exact = np.array([[Fraction(int(v)) for v in row] for row in table], dtype=object)
        found = evolutionarily_stable(symmetric(table))
        counts.append(len(found))
        grid = [np.array([Fraction(i, 6), Fraction(j, 6), Fraction(6 - i - j, 6)], dtype=object)
                for i in range(7) for j in range(7 - i)]  # fmt: skip
        for p in found:
            near = [p + (y - p) / 1000 for y in grid if (y != p).any()]
            assert all(resists(exact, p, y) for y in near)
        for p in grid:  # of the strategies in sixths, those that resist all near mutants are all found
            if all(resists(exact, p, p + (y - p) / 1000) for y in grid if (y != p).any()):
                doubt = any((p == q).all() for q in found)
                assert doubt or _invaded_off_the_grid(exact, p)
    assert {0, 1, 2} <= set(counts)


def _invaded_off_the_grid(table, p):
    """A mutant between two actions that ties with p exactly and is not driven out."""
    for i, j in combinations(range(3), 2):
        for k in range(1, 200):
            y = np.array([Fraction(0)] * 3, dtype=object)
            y[i], y[j] = Fraction(k, 200), 1 - Fraction(k, 200)
            if (y != p).any() and not resists(table, p, p + (y - p) / 1000):
                return True
    return False


def test_only_symmetric_games_of_two_players():
    with pytest.raises(GameError, match="symmetric"):
        evolutionarily_stable(StrategicGame([[[1, 0], [0, 1]], [[1, 5], [0, 1]]]))
    with pytest.raises(UnsupportedGame, match="of 13"):
        evolutionarily_stable(symmetric(np.eye(13, dtype=int)))
