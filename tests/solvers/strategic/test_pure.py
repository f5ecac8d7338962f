from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame import StrategicGame
from blamegame.errors import GameError
from blamegame.solvers.strategic import pure_nash
from blamegame.solvers.strategic.pure import pure_cells


def test_pure_equilibria_are_the_cells_nobody_leaves():
    rng = np.random.default_rng(0)
    for shape in [(2, 2), (3, 2, 2), (2, 2, 2, 2)]:
        payoffs = rng.integers(0, 3, size=(len(shape), *shape))
        expected = [
            cell
            for cell in product(*map(range, shape))
            if all(
                payoffs[(i, *cell)] >= payoffs[(i, *cell[:i], other, *cell[i + 1 :])]
                for i in range(len(shape))
                for other in range(shape[i])
            )
        ]
        assert pure_cells(StrategicGame(payoffs)) == expected


def test_matching_pennies_has_none_and_that_is_complete():
    solution = pure_nash(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]))
    assert len(solution) == 0 and solution.complete and solution.concept == "pure_nash"


def test_exact_games_give_fractions_and_float_games_floats():
    (profile,) = pure_nash(StrategicGame([[[1]], [[1]]])).equilibria
    assert type(profile[0][0]) is Fraction
    (profile,) = pure_nash(StrategicGame([[[1.0]], [[1.0]]])).equilibria
    assert profile[0].dtype == np.float64


def test_ties_are_decided_by_the_payoffs_as_given():
    assert len(pure_nash(StrategicGame([[0.3, 0.1 + 0.2]]))) == 1
    assert len(pure_nash(StrategicGame([[Fraction(3, 10), Fraction(1, 10) + Fraction(2, 10)]]))) == 2


def test_a_batch_is_refused():
    with pytest.raises(GameError, match="pure_nash takes one game"):
        pure_nash(StrategicGame(np.zeros((3, 2, 2, 2)), players=2))
