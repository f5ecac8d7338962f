"""Pure equilibria on a network: all of a small game, honest about a large one."""

import numpy as np

from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.solvers.network.pure_search import pure_search
from blamegame.solvers.strategic.pure import pure_cells

MEET, PART = [[1, 0], [0, 1]], [[0, 1], [1, 0]]


def line(n, first, second):
    """n players in a row, each playing with the next."""
    players = np.array([[k, k + 1] for k in range(n - 1)])
    pairs = LocalGames(players, np.zeros(n - 1, dtype=int), np.array([[first, second]]))
    return HypergraphicalGame((("a", "b"),), np.zeros(n, dtype=int), (pairs,))


def search(game, **settings):
    return pure_search(game, np.ones((game.n_players, 2), dtype=bool), **settings)


def test_a_small_game_is_enumerated():
    game = line(4, PART, PART)
    found, every, _ = search(game)
    assert every and [tuple(cell) for cell in found] == [tuple(cell) for cell in pure_cells(game.strategic_form())]


def test_a_large_game_is_searched_from_uniform_play_without_a_claim_to_all():
    found, every, sweeps = search(line(40, MEET, MEET))
    assert not every and sweeps > 0 and sorted(set(map(tuple, found))) == [(0,) * 40, (1,) * 40]


def test_without_time_nothing_is_claimed():
    assert search(line(40, MEET, MEET), time_limit=-1.0) == ([], False, 0)
