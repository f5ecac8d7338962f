"""Bounds from outside hold every equilibrium that can be built by other means."""

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.frequency_bounds import frequency_range
from blamegame.solvers.repeated.mediated.outer_set import outer_set
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame
from blamegame.solvers.strategic.nash import nash


def outside_by(game, values):
    """How far the furthest of payoff pairs is beyond the bound, in scaled payoffs."""
    scaled = ScaledGame(game)
    found = outer_set(scaled)
    low = np.array([float(x) for x in scaled.low])
    span = np.array([float(x) for x in scaled.span])
    return float(((np.asarray(values) - low) / span @ found.directions.T - found.heights).max())


def random_game(rng, m=2, n=3):
    return StrategicGame([rng.integers(-4, 5, (m, n)).tolist(), rng.integers(-4, 5, (m, n)).tolist()])


@pytest.mark.parametrize("seed", range(60))
def test_stage_equilibria_and_pure_play_are_inside(seed):
    rng = np.random.default_rng(seed)
    game = RepeatedGame(random_game(rng, *rng.integers(2, 4, 2)), F(int(rng.integers(1, 100)), 100))
    values = [[float(x @ table @ y) for table in game.stage.payoffs] for x, y in nash(game.stage).equilibria]
    values += payoff_set(game).inner.tolist()
    assert outside_by(game, values) < 1e-9


def designed(rng, d):
    """A 2x2 game in which a random two-state automaton with mixing is an equilibrium, or None.

    The payoffs solve its indifferences; the states that follow depend on what was done.
    """
    mixtures = rng.uniform(0.05, 0.95, (2, 2))  # state, player: chance of the first action
    follows = rng.integers(0, 2, (2, 2, 2))
    values = rng.uniform(0, 1, (2, 2))
    payoffs = np.zeros((2, 2, 2))
    for i in range(2):
        rows, right = [], []
        for state in range(2):
            other = np.array([mixtures[state, 1 - i], 1 - mixtures[state, 1 - i]])
            for action in range(2):
                row = np.zeros((2, 2))
                row[action] = (1 - d) * other
                states = follows[state][action] if i == 0 else follows[state][:, action]
                rows.append(row.ravel())
                right.append(values[state, i] - d * float(other @ values[states, i]))
        solved = np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)[0]
        if np.abs(np.array(rows) @ solved - right).max() > 1e-10 or np.abs(solved).max() > 1e3:
            return None
        payoffs[i] = solved.reshape(2, 2) if i == 0 else solved.reshape(2, 2).T
    return payoffs, mixtures, follows, values


@pytest.mark.parametrize("seed", range(200))
def test_a_game_designed_around_a_mixing_automaton_has_it_inside(seed):
    rng = np.random.default_rng(1000 + seed)
    d = float(rng.uniform(0.1, 0.95))
    made = designed(rng, d)
    if made is None:
        pytest.skip("the indifferences of this draw have no solution of ordinary size")
    payoffs, mixtures, follows, values = made
    game = RepeatedGame(StrategicGame(payoffs.tolist()), d)
    assert outside_by(game, values) < 1e-7
    event = np.array([[True, False], [False, False]])
    chance = mixtures[:, 0] * mixtures[:, 1]
    moves = np.zeros((2, 2))
    for state in range(2):
        for a, b in np.ndindex(2, 2):
            both = (mixtures[state, 0], 1 - mixtures[state, 0])[a] * (mixtures[state, 1], 1 - mixtures[state, 1])[b]
            moves[state, follows[state, a, b]] += both
    often = np.linalg.solve(np.eye(2) - d * moves, (1 - d) * chance)
    found = frequency_range(game, event)
    assert found.low.lower <= often.min() + 1e-6 and found.high.upper >= often.max() - 1e-6
    assert found.status in ("trap", "entrenched", "undecided")
