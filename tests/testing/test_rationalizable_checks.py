"""The battery for rationalizable actions passes right solvers and catches wrong ones."""

from __future__ import annotations

import numpy as np
import pytest

from blamegame.games.dominance import iterated_elimination
from blamegame.games.strategic import StrategicGame, to_float
from blamegame.solvers.strategic.rationalizable import rationalizable
from blamegame.solvers.strategic.rationalizable_batch import rationalizable_batch
from blamegame.testing import SolverFailure, check_rationalizable_solver
from blamegame.testing.brute_force_beliefs import rationalizable_by_brute_force


def in_batch(game):
    batch = rationalizable_batch(game)
    return np.flatnonzero(batch.first[0]), np.flatnonzero(batch.second[0])


def keeping_digits(digits):
    def solver(game):
        tables = []
        for table in game.payoffs.tolist():
            step = max(abs(v) for row in table for v in row) / 10**digits or 1
            tables.append([[round(v / step) * step for v in row] for row in table])
        return rationalizable(StrategicGame(tables))

    return solver


WRONG = {
    "pure dominance only": iterated_elimination,
    "floats": lambda game: rationalizable(to_float(game)),
    "6 digits": keeping_digits(6),
    "12 digits": keeping_digits(12),
    "15 digits": keeping_digits(15),
    "everything": lambda game: [range(count) for count in game.n_actions],
    "one player": lambda game: rationalizable(game)[:1],
    "one round": lambda game: [range(game.n_actions[0]), rationalizable(game)[1]],
}


@pytest.mark.parametrize("solver", [rationalizable, in_batch])
def test_right_solvers_pass(solver):
    check_rationalizable_solver(solver, max_examples=150)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_solver_is_caught(name):
    with pytest.raises(SolverFailure):
        check_rationalizable_solver(WRONG[name], max_examples=60)


def test_the_report_says_which_actions():
    with pytest.raises(SolverFailure, match="rationalizable for 1: a, b; the solver says a, b, c"):
        check_rationalizable_solver(WRONG["pure dominance only"], max_examples=1)


def test_brute_force_takes_three_players_with_correlated_beliefs():
    rng = np.random.default_rng(0)
    for _ in range(15):
        game = StrategicGame(rng.integers(0, 4, (3, 2, 2, 2)))
        assert rationalizable_by_brute_force(game) == rationalizable(game)
