"""Every extreme equilibrium as a pair of vertices, each once, with its labels; ties are decided in integers."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.vertices.complementary_vertices import complementary_vertices
from blamegame.solvers.strategic.vertices.payoff_tables import PayoffTables
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force
from blamegame.testing.hard_games import hard_games


def pairs(game, exact=True):
    stats = {}
    found = list(complementary_vertices(PayoffTables(game, reduce=False), exact, lambda visited, pending: None, stats))
    return found, stats


def key(one):
    return tuple(one.first), tuple(one.second)


@pytest.mark.parametrize("name", hard_games())
def test_the_pairs_are_the_extreme_equilibria_each_once(name):
    game = hard_games()[name]
    found = [key(one) for one in pairs(game)[0]]
    expected = {tuple(tuple(strategy) for strategy in p) for p in extreme_equilibria_by_brute_force(game)}
    assert len(found) == len(set(found)) and set(found) == expected


def test_labels_say_what_is_not_played_and_what_is_a_best_response():
    for one in pairs(StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]]))[0]:
        assert one.first_labels | one.second_labels == 0b1111
        for i, weight in enumerate(one.first):
            assert bool(one.first_labels >> i & 1) == (weight == 0)
        for j, weight in enumerate(one.second):
            assert bool(one.second_labels >> 2 + j & 1) == (weight == 0)


def test_error_bounds_are_enough_without_ties_and_integers_decide_with_them():
    plain = StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    tied = StrategicGame([[[1, 1], [0, 1]], [[1, 0], [0, 0]]])
    assert pairs(plain)[1] == {} and pairs(tied)[1] == {"proof": "integers"}


def test_floats_are_the_rounded_exact_strategies():
    game = StrategicGame(np.random.default_rng(4).integers(0, 1000, (2, 5, 4)))
    exact, floats = (sorted(map(key, pairs(game, exact)[0])) for exact in (True, False))
    assert isinstance(exact[0][0][0], Fraction) and isinstance(floats[0][0][0], float)
    assert len(exact) == len(floats)
    for one, other in zip(exact, floats):
        assert np.allclose(np.concatenate(one).astype(float), np.concatenate(other), atol=1e-12)


def test_a_checkpoint_can_stop_the_walk():
    class Enough(Exception):
        pass

    def stop(visited, pending):
        raise Enough

    tables = PayoffTables(hard_games()["nobody cares, 3 x 3"], reduce=False)
    with pytest.raises(Enough):
        list(complementary_vertices(tables, True, stop, {}))
