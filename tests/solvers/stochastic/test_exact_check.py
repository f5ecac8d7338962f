"""The exact one-shot deviation check agrees with every stationary deviation tried."""

from itertools import product

import numpy as np
import pytest

from blamegame.solvers.stochastic.exact_check import ExactCheck, cells_of
from blamegame.solvers.stochastic.screening import NO, UNSURE, YES, screen, tables_of


@pytest.mark.parametrize("seed", range(6))
def test_it_finds_exactly_the_equilibria_of_brute_force(make_game, brute_force, seed):
    game = make_game(seed)
    check = ExactCheck(game, tables_of(game).deviations)
    found = [cells_of(game, cells) for cells in product(range(4), repeat=2) if check.holds(cells)]
    assert found == brute_force(game)


@pytest.mark.parametrize("seed", range(6))
def test_screening_in_floats_never_contradicts_it(make_game, seed):
    game = make_game(seed, largest=1)
    tables = tables_of(game)
    check = ExactCheck(game, tables.deviations)
    profiles = list(product(range(4), repeat=2))
    verdicts = screen(tables, [np.array(column) for column in zip(*profiles)])[0]
    assert set(verdicts.tolist()) <= {NO, YES, UNSURE}
    for cells, verdict in zip(profiles, verdicts.tolist()):
        assert verdict == UNSURE or check.holds(cells) == (verdict == YES)


def test_positions_become_one_action_for_each_player(make_game):
    assert cells_of(make_game(0, shape=(2, 3)), [0, 5]) == ((0, 0), (1, 2))
