from fractions import Fraction as F
from itertools import combinations

import numpy as np

from blamegame import StrategicGame
from blamegame.games import regret
from blamegame.solvers.strategic import nash
from blamegame.solvers.strategic.vertices.components import equilibrium_components


def between(p, q, t):
    return tuple(t * a + (1 - t) * b for a, b in zip(p, q))


def is_equilibrium(game, profile):
    return regret(game, profile).tolist() == [0, 0]


def degenerate_solutions(count):
    rng = np.random.default_rng(8)
    for _ in range(count):
        solution = nash(StrategicGame(rng.integers(0, 3, size=(2, *rng.integers(1, 4, size=2)))))
        if len(solution) > 1:
            yield solution


def test_isolated_equilibria_are_their_own_components_and_subsets():
    assert equilibrium_components([("a", "x"), ("b", "y")]) == (((0,), (1,)), ((0,), (1,)))
    assert equilibrium_components([]) == ((), ())


def test_a_path_is_one_component_of_two_overlapping_subsets():
    pairs = [("a", "x"), ("a", "y"), ("b", "y")]
    assert equilibrium_components(pairs) == (((0, 1, 2),), ((0, 1), (1, 2)))


def test_equal_looking_strategies_of_different_players_are_not_confused():
    assert equilibrium_components([((1, 0), (1, 0)), ((0, 1), (0, 1))])[0] == ((0,), (1,))


def test_a_full_product_with_a_tail():
    pairs = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("c", "y")]
    assert equilibrium_components(pairs)[1] == ((0, 1, 2, 3), (1, 3, 4))


def test_past_the_deadline_components_come_without_subsets():
    pairs = [("a", "x"), ("a", "y"), ("b", "y")]
    assert equilibrium_components(pairs, time_limit=0) == (((0, 1, 2),), ())


def test_two_equilibria_share_a_subset_exactly_where_they_are_exchangeable():
    for solution in degenerate_solutions(120):
        for p, q in combinations(range(len(solution)), 2):
            (x, y), (z, w) = solution.equilibria[p], solution.equilibria[q]
            exchangeable = is_equilibrium(solution.game, (x, w)) and is_equilibrium(solution.game, (z, y))
            together = any(p in subset and q in subset for subset in solution.subsets)
            assert together == exchangeable


def test_between_equilibria_of_one_subset_everything_is_an_equilibrium_and_across_components_not():
    steps = (F(1, 97), F(1, 2), F(96, 97))
    for solution in degenerate_solutions(120):
        component = {p: k for k, members in enumerate(solution.components) for p in members}
        for p, q in combinations(range(len(solution)), 2):
            first, second = solution.equilibria[p], solution.equilibria[q]
            on_the_way = [is_equilibrium(solution.game, between(first, second, t)) for t in steps]
            if any(p in subset and q in subset for subset in solution.subsets):
                assert all(on_the_way)
            elif component[p] != component[q]:
                assert not all(on_the_way)


def test_components_partition_the_equilibria_and_contain_the_subsets():
    for solution in degenerate_solutions(60):
        assert sorted(p for component in solution.components for p in component) == list(range(len(solution)))
        for subset in solution.subsets:
            assert sum(set(subset) <= set(component) for component in solution.components) == 1
