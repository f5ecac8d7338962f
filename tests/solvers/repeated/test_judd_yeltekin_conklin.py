from __future__ import annotations

import itertools

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.automaton import grim_trigger
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.automaton_equilibrium import automaton_values, is_automaton_equilibrium
from blamegame.solvers.repeated.judd_yeltekin_conklin import judd_yeltekin_conklin


@pytest.mark.parametrize("seed", range(6))
def test_with_two_players_the_exact_set_lies_between_the_bounds(seed):
    rng = np.random.default_rng(seed)
    game = RepeatedGame(StrategicGame(rng.integers(0, 10, (2, 2, 2))), [0.3, 0.6, 0.8][seed % 3])
    exact, found = payoff_set(game), judd_yeltekin_conklin(game, directions=32)
    assert found.converged
    if len(exact.inner):
        heights = (found.directions @ exact.outer.T).max(axis=1)
        assert (heights <= found.outer + 1e-6).all()
        if len(found.inner):
            assert ((found.directions @ found.inner.T).max(axis=1) <= heights + 1e-6).all()
    else:
        assert not len(found.inner)


def test_the_bounds_of_the_delegation_game_are_tight_with_many_directions():
    game = Delegation().repeated(0.8)
    exact, found = payoff_set(game), judd_yeltekin_conklin(game, directions=128)
    heights = (found.directions @ exact.outer.T).max(axis=1)
    assert np.abs(found.outer - heights).max() < 5e-3
    assert found.playable[0, 0] and found.playable[1, 1]


def test_three_players_no_automaton_is_ever_outside_the_outer_bound():
    rng = np.random.default_rng(4)
    inside = 0
    for _ in range(3):
        stage = StrategicGame(rng.integers(0, 6, (3, 2, 2, 2)))
        found = judd_yeltekin_conklin(RepeatedGame(stage, 0.7), directions=20)
        cells = list(itertools.product((0, 1), repeat=3))
        for together, apart in itertools.product(cells, cells):
            machine = grim_trigger(stage, together, apart)
            if is_automaton_equilibrium(machine, 0.7):
                point = [float(automaton_values(machine, table, 0.7)[0]) for table in stage.payoffs.astype(float)]
                assert (found.directions @ point <= found.outer + 1e-6).all()
                assert not found.not_playable[together]
                inside += 1
    assert inside > 1


def test_public_signals_are_refused_with_the_way_out():
    model = Delegation()
    with pytest.raises(UnsupportedGame, match="use public_perfect"):
        judd_yeltekin_conklin(model.repeated(0.5, model.outcome_signals()))
