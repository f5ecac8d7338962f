"""Discount factors from which cooperation can be played: closed forms, flipping within 1e-12."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.delta_windows import delta_windows
from blamegame.solvers.repeated.playability import playable

STEP = F(1, 10**12)


def dilemma(temptation, reward, punishment, sucker):
    t, r, p, s = (F(value) for value in (temptation, reward, punishment, sucker))
    return StrategicGame([[[r, s], [t, p]], [[r, t], [s, p]]])


def assert_flips(game, threshold):
    assert playable(RepeatedGame(game, threshold))["a", "a"] == "playable"
    assert playable(RepeatedGame(game, threshold + STEP))["a", "a"] == "playable"
    assert playable(RepeatedGame(game, threshold - STEP))["a", "a"] == "not playable"


@pytest.mark.parametrize(
    ("t", "r", "p", "s"), [(10, 9, 3, 1), (6, 4, 2, 0), (5, 3, 1, 0), ("2.2", 2, "0.1", "-7"), (10, "9.993", 3, 1)]
)
def test_mutual_cooperation_is_playable_from_the_grim_trigger_threshold_on(t, r, p, s):
    """(T - R)/(T - P) is the threshold where defection is the minmax and taking turns (T + S < 2R) does not pay."""
    game = dilemma(t, r, p, s)
    assert_flips(game, (F(t) - F(r)) / (F(t) - F(p)))


@example(2, F(0), F(16, 9), F(1, 3))
@settings(deadline=None)
@given(
    st.integers(2, 3000),
    st.fractions(0, 4, max_denominator=7),
    st.fractions(F(1, 9), 9, max_denominator=13),
    st.fractions(F(1, 3), 9, max_denominator=3),
)
def test_the_threshold_flips_however_impatient_the_players(n, punishment, temptation, loss):
    """Rounding of payoffs is magnified by (1 - d)/d; ties at d = 1/n must survive that."""
    t, p = punishment + temptation, punishment
    r = t - F(1, n) * (t - p)
    assert_flips(dilemma(t, r, p, min(p - loss, 2 * r - t - 1)), F(1, n))


@pytest.mark.parametrize("n", [2, 3, 5, 10])
def test_cournot_collusion_under_grim_trigger_starts_at_the_closed_form(n):
    """n firms, demand 1 - Q, no costs: share the monopoly profit, or deviate and play Cournot for ever after."""
    collude, deviate, cournot = F(1, 4 * n), F(n + 1, 4 * n) ** 2, F(1, (n + 1) ** 2)
    threshold = F((n + 1) ** 2, (n + 1) ** 2 + 4 * n)
    assert (deviate - collude) / (deviate - cournot) == threshold
    assert_flips(dilemma(deviate, collude, cournot, -1), threshold)


DEFAULTS = Delegation()
TRAINED = {"assistance": F(9, 10), "cost_assist": F(15, 100), "credit_lower": F(6, 10)}
EMPOWER = DEFAULTS.replace(TRAINED, authority=F(65, 100))
TOLERATE = DEFAULTS.replace(TRAINED, tolerance=F(1, 2))
LIST = DEFAULTS.replace(push_strength=F(28, 100), diffusion=F(2, 10))


@pytest.mark.parametrize(
    ("model", "profile", "threshold"),
    [
        (DEFAULTS, ("assist", "work"), 0.516),
        (EMPOWER, ("push", "escalate"), 0.260),
        (TOLERATE, ("push", "escalate"), 0.068),
        (LIST, ("push", "escalate"), 0.496),
    ],
)
def test_delegation_windows_open_where_the_model_says(model, profile, threshold):
    (window,) = delta_windows(model.stage_game(), profile).windows
    assert float(window.included) == pytest.approx(threshold, abs=5e-4)
    assert window.width < 1e-9


def test_default_avoidance_is_playable_at_every_discount_factor():
    (window,) = delta_windows(DEFAULTS.stage_game(), ("push", "escalate")).windows
    assert window.excluded is None
    assert window.included == 0
