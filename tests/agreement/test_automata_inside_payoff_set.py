"""Brute force over automata of two states: none that is an equilibrium pays anything outside the outer bound."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import numpy as np

from blamegame.games.automaton import Automaton
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.automaton_equilibrium import automaton_values, is_automaton_equilibrium
from blamegame.solvers.repeated.playability import playable
from blamegame.solvers.repeated.set_operator.polygon import contains

CELLS = list(itertools.product((0, 1), repeat=2))


def two_state_automata(stage, rng, count):
    for _ in range(count):
        table = np.array([rng.randrange(2) for _ in range(8)]).reshape(2, 2, 2)
        yield Automaton(stage, ("one", "two"), (rng.choice(CELLS), rng.choice(CELLS)), table)


def test_no_two_state_equilibrium_pays_outside_the_outer_bound_or_plays_what_is_not_playable():
    equilibria = 0
    for seed in range(12):
        rng = random.Random(seed)
        stage = StrategicGame([[[rng.randint(0, 9) for _ in range(2)] for _ in range(2)] for _ in range(2)])
        discount = Fraction(rng.choice([3, 6, 9]), 10)
        game = RepeatedGame(stage, discount)
        found, verdict = payoff_set(game), playable(game)
        for machine in two_state_automata(stage, rng, 300):
            if is_automaton_equilibrium(machine, discount):
                values = [automaton_values(machine, table, discount) for table in stage.payoffs]
                for state in machine.reachable():
                    assert contains(found.outer_polygon, (values[0][state], values[1][state]))
                    assert not verdict.no[machine.plays[state]]
                equilibria += 1
    assert equilibria > 50
