from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame.games.stationary import stationary_profile, stationary_values
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame


def random_game(seed, *, n_states=2, shape=(2, 2), largest=4, discount=Fraction(3, 5)):
    """Small whole-number payoffs and coarse transitions, so that ties and unreachable states are common."""
    rng = np.random.default_rng(seed)
    stages = [StrategicGame(rng.integers(-largest, largest + 1, size=(len(shape), *shape))) for _ in range(n_states)]
    tables = []
    for _ in range(n_states):
        weights = rng.integers(0, 3, size=(*shape, n_states))
        weights[..., 0] += weights.sum(axis=-1) == 0
        tables.append([[int(w) for w in row] for row in weights.reshape(-1, n_states)])
    fractions = [
        np.array([[Fraction(w, sum(row)) for w in row] for row in table], dtype=object).reshape(*shape, n_states)
        for table in tables
    ]
    return StochasticGame(stages, fractions, discount)


def by_every_stationary_deviation(game):
    """Pure stationary equilibria by comparing values with those of *every* pure stationary strategy of each player."""
    cells = [list(product(*map(range, stage.n_actions))) for stage in game.stages]
    found = []
    for profile in product(*cells):
        values = stationary_values(game, stationary_profile(game, profile))
        good = True
        for player in range(game.n_players):
            for plan in product(*(range(stage.n_actions[player]) for stage in game.stages)):
                other = [tuple(a if i == player else c for i, c in enumerate(cell)) for cell, a in zip(profile, plan)]
                there = stationary_values(game, stationary_profile(game, other))
                good &= bool((there[:, player] <= values[:, player]).all())
        if good:
            found.append(profile)
    return found


@pytest.fixture(scope="session")
def make_game():
    return random_game


@pytest.fixture(scope="session")
def brute_force():
    return by_every_stationary_deviation
