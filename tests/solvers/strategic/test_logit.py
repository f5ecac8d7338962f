from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.responses import action_values
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.strategic.logit import logit

OCHS = StrategicGame([[[1.1141, 0], [0, 0.2785]], [[0, 1.1141], [1.1141, 0]]])


def fixed_point_error(game, profile, rationality):
    error = 0.0
    for player, strategy in enumerate(profile):
        values = np.asarray(action_values(game, player, profile), dtype=float) * rationality
        reply = np.exp(values - values.max())
        error = max(error, float(np.abs(reply / reply.sum() - strategy).max()))
    return error


@pytest.mark.parametrize(
    ("rationality", "row", "column"), [(1, 0.586784, 0.451807), (2, 0.617522, 0.371982), (3, 0.616897, 0.314016)]
)
def test_ochs_s_game_has_the_published_logit_equilibria(rationality, row, column):
    (profile,) = logit(OCHS, most_rationality=4).at(rationality)
    assert profile[0][0] == pytest.approx(row, abs=5e-7)
    assert profile[1][0] == pytest.approx(column, abs=5e-7)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([(2, 2), (3, 2), (2, 2, 2), (3, 2, 2), (2, 2, 2, 2)]))
def test_every_point_of_the_path_is_a_logit_equilibrium(seed, shape):
    rng = np.random.default_rng(seed)
    game = StrategicGame(rng.integers(0, 5, (len(shape), *shape)).astype(float))
    path = logit(game, most_rationality=5)
    assert path.complete and path.rationalities[0] == 0 and path.rationalities[-1] == pytest.approx(5)
    for rationality, profile in itertools.islice(zip(path.rationalities, path.profiles), 0, None, 3):
        assert fixed_point_error(game, profile, rationality) < 1e-9


def test_units_of_payoff_are_units_of_rationality():
    big = StrategicGame(OCHS.payoffs.astype(float) * 1e9 + 1e9)
    a = logit(big, most_rationality=3e-9).at(3e-9)[0]
    b = logit(OCHS, most_rationality=3).at(3)[0]
    np.testing.assert_allclose(a[0], b[0], atol=1e-6)


def test_a_branch_that_turns_back_gives_every_profile_at_one_rationality():
    turned = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        game = StrategicGame(rng.integers(0, 4, (2, 3, 3)).astype(float))
        path = logit(game, most_rationality=40)
        falling = np.flatnonzero(np.diff(path.rationalities) < -1e-6)
        if len(falling):
            middle = path.rationalities[falling[0] : falling[0] + 2].mean()
            profiles = path.at(middle)
            assert len(profiles) >= 3
            assert all(fixed_point_error(game, profile, middle) < 1e-8 for profile in profiles)
            turned += 1
    assert turned > 0


def test_patient_choice_leads_to_an_equilibrium_of_the_delegation_game():
    path = logit(Delegation().stage_game())
    assert path.profiles[-1][0][1] > 0.999 and path.profiles[-1][1][1] > 0.999
    assert "the largest gain from deviating is" in path.status


def test_a_game_without_stakes_stays_uniform():
    path = logit(StrategicGame(np.zeros((2, 2, 3))))
    assert [strategy.tolist() for strategy in path.profiles[-1]] == [[0.5, 0.5], [1 / 3] * 3]


def test_a_short_time_limit_returns_the_path_so_far():
    path = logit(OCHS, time_limit=0.0)
    assert not path.complete and "time_limit=0.0 s ran out" in path.status and "LogitPath" in repr(path)


def test_points_off_the_path_and_bad_rationalities_are_refused():
    path = logit(OCHS, most_rationality=1)
    with pytest.raises(GameError, match="rationality=2 is not on this path"):
        path.at(2)
    with pytest.raises(GameError, match="most_rationality=nan"):
        logit(OCHS, most_rationality=float("nan"))
