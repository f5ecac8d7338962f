from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.responses import action_values, expected_payoffs, regret
from blamegame.games.stationary import (
    deviation_values,
    event_frequency,
    events_by_state,
    induced_chain,
    state_shares,
    stationary_profile,
    stationary_regret,
    stationary_values,
)
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.scandal import Scandal

NINE = Fraction(9, 10)
CAMPAIGN = [("push", "escalate"), ("assist", "work")]


def test_values_are_the_sum_of_discounted_payoffs():
    game = Scandal().stochastic_game(NINE)
    profile = stationary_profile(game, CAMPAIGN)
    chain = induced_chain(game, profile).astype(np.float64)
    now = np.array([stage.payoffs[:, a, b] for stage, (a, b) in zip(game.stages, [(1, 1), (0, 0)])], dtype=np.float64)
    total, weight = np.zeros((2, 2)), 0.1
    for _ in range(400):
        total, now, weight = total + weight * now, chain @ now, weight * 0.9
    assert np.allclose(stationary_values(game, profile).astype(np.float64), total, atol=1e-12)


def test_one_state_that_never_changes_is_the_stage_game_whatever_the_discount():
    stage = Delegation().stage_game()
    game = StochasticGame([stage], [np.ones((2, 3, 1), dtype=int)], NINE)
    profile = ((np.array([Fraction(1, 3), Fraction(2, 3)]), np.array([Fraction(1, 2), Fraction(1, 2), Fraction(0)])),)
    assert stationary_values(game, profile)[0].tolist() == expected_payoffs(stage, profile[0]).tolist()
    # a single deviation counts for one period only, a tenth of an average
    assert stationary_regret(game, profile)[0].tolist() == (regret(stage, profile[0]) / 10).tolist()
    now = action_values(stage, 0, profile[0]) / 10 + NINE * expected_payoffs(stage, profile[0])[0]
    assert deviation_values(game, 0, profile)[0].tolist() == now.tolist()


def test_a_deviation_counts_for_one_period_and_for_where_it_leads():
    game = Scandal().stochastic_game(NINE)
    profile = stationary_profile(game, CAMPAIGN)
    values = stationary_values(game, profile)
    options = deviation_values(game, 1, profile)[0]
    for action in range(3):
        now = game.stages[0].payoffs[1, 1, action] / 10
        assert options[action] == now + NINE * (game.transitions[0][1, action] @ values[:, 1])
    assert stationary_regret(game, profile)[0, 1] == max(options) - values[0, 1]


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_floats_agree_with_fractions_for_mixed_profiles(seed):
    rng = np.random.default_rng(seed)
    stages = [StrategicGame(rng.integers(-9, 9, size=(2, 2, 3))) for _ in range(3)]
    rows = [rng.integers(0, 4, size=(2, 3, 3)) + np.array([0, 0, 1]) for _ in range(3)]
    exact = [[[[Fraction(int(v), int(r.sum())) for v in r] for r in line] for line in table] for table in rows]
    game = StochasticGame(stages, exact, Fraction(4, 5))
    mixed = tuple(
        tuple(
            np.array([Fraction(int(w), int(sum(ws))) for w in ws])
            for ws in (rng.integers(1, 5, 2), rng.integers(1, 5, 3))
        )
        for _ in range(3)
    )
    floats = StochasticGame(stages, [np.array(t, dtype=np.float64) for t in exact], 0.8)
    assert np.allclose(stationary_values(floats, mixed), stationary_values(game, mixed).astype(np.float64), atol=1e-11)
    assert np.allclose(stationary_regret(floats, mixed), stationary_regret(game, mixed).astype(np.float64), atol=1e-11)
    assert np.allclose(state_shares(floats, mixed), state_shares(game, mixed).astype(np.float64), atol=1e-11)


def test_the_frequency_of_an_event_weighs_states_by_their_shares():
    model = Scandal()
    game = model.stochastic_game(NINE)
    profile = stationary_profile(game, CAMPAIGN)
    shares = state_shares(game, profile)
    assert event_frequency(game, profile, model.avoidance) == shares[0]
    only_in_scandal = [np.zeros((2, 3), dtype=bool), np.ones((2, 3), dtype=bool)]
    assert event_frequency(game, profile, only_in_scandal, start="scandal") == shares[1]
    assert event_frequency(game, profile, [("push", "escalate")]) == shares[0]


def test_an_event_given_as_cells_or_by_state_is_told_apart():
    game = Scandal().stochastic_game(NINE)
    cells = [("push", "escalate"), ("push", "formalism")]  # two cells, though there are two states
    assert all((table == Scandal().avoidance).all() for table in events_by_state(game, cells))


def test_profiles_that_do_not_fit_are_refused():
    game = Scandal().stochastic_game(NINE)
    with pytest.raises(GameError, match="one action profile for each of the 2 states"):
        stationary_profile(game, [("push", "escalate")])
    with pytest.raises(GameError, match=r"one profile for each state \('calm', 'scandal'\); this has 1"):
        stationary_values(game, stationary_profile(game, CAMPAIGN)[:1])
    with pytest.raises(GameError, match="stationary_values takes one game"):
        stationary_values(Scandal(authority=np.array([0.1, 0.2])).stochastic_game(NINE), ())
