"""Components and maximal Nash subsets by definition, against the solver's graph algorithm and by hand."""

from __future__ import annotations

import numpy as np

from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.nash import nash
from blamegame.testing.assertions import _key
from blamegame.testing.equilibrium_structure import components_of, problems_with_structure, subsets_of


def test_a_path_of_three_equilibria_is_one_component_of_two_subsets():
    keys = [(("a",), ("x",)), (("a",), ("y",)), (("b",), ("y",)), (("c",), ("z",))]
    assert components_of(keys) == {(0, 1, 2), (3,)}
    assert subsets_of(keys) == {(0, 1), (1, 2), (3,)}


def test_games_full_of_ties_have_the_structure_that_nash_finds():
    rng = np.random.default_rng(0)
    several = 0
    for _ in range(60):
        solution = nash(StrategicGame(rng.integers(0, 2, (2, 3, 3))))
        keys = [_key(profile) for profile in solution.equilibria]
        assert problems_with_structure(solution) == []
        assert set(solution.subsets) == subsets_of(keys) and set(solution.components) == components_of(keys)
        several += len(solution.subsets) > len(solution.components)
    assert several > 5
