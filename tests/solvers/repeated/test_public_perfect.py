from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.public_perfect import public_perfect

DILEMMA = StrategicGame([[[2, -1], [3, 0]], [[2, 3], [-1, 0]]])


def signals(p, q, r):
    good = [[p, q], [q, r]]
    return PublicSignals([[[Fraction(str(x)), 1 - Fraction(str(x))] for x in row] for row in good], ("good", "bad"))


def test_the_general_outer_bound_agrees_with_the_closed_form_around_the_threshold():
    for discount, playable in [(0.57, False), (0.60, True)]:
        found = public_perfect(RepeatedGame(DILEMMA, discount, signals(0.9, 0.5, 0.2)))
        assert found.converged and found.not_playable[0, 0] == (not playable)
        assert found.outer[np.argmax(found.directions @ [1, 1])] * 2**0.5 >= (3.5 if playable else 0) - 1e-6
    assert found.range_of(0)[3] == pytest.approx(1.75, abs=1e-5)


def test_under_success_or_failure_the_delegation_default_plays_nothing_but_avoidance():
    model = Delegation()
    found = public_perfect(model.repeated(Fraction(9, 10), model.outcome_signals()))
    assert np.argwhere(~found.not_playable).tolist() == [[1, 1]]
    np.testing.assert_allclose(found.inner, [[-0.2021, -0.2495]])


def test_stage_equilibria_are_always_in_and_the_inner_set_is_inside_the_outer():
    rng = np.random.default_rng(3)
    for _ in range(8):
        stage = StrategicGame(rng.integers(0, 6, (2, 2, 2)).astype(float))
        chances = rng.uniform(0.1, 0.9, (2, 2))
        game = RepeatedGame(
            stage, float(rng.choice([0.3, 0.6, 0.8])), PublicSignals(np.stack([chances, 1 - chances], -1))
        )
        found = public_perfect(game)
        assert not (found.playable & found.not_playable).any()
        if len(found.inner):
            assert ((found.directions @ found.inner.T).max(axis=1) <= found.outer + 1e-6).all()


def test_a_noisier_signal_shrinks_the_set():
    """Same case, different outcome: mixing the signal with a coin leaves fewer payoffs to equilibria."""
    clear = PublicSignals(signals(0.9, 0.5, 0.2).probabilities.astype(float))
    noisy = PublicSignals(0.6 * clear.probabilities + 0.4 * 0.5)
    big, small = (public_perfect(RepeatedGame(DILEMMA, 0.7, seen)) for seen in (clear, noisy))
    assert (small.outer <= big.outer + 1e-6).all() and small.outer.sum() < big.outer.sum() - 0.1


def test_the_frequency_of_an_event_is_bounded_with_the_payoffs():
    model = Delegation()
    game = model.repeated(0.9, model.outcome_signals())
    alive = ~public_perfect(game).not_playable
    found = public_perfect(game, extra=model.avoidance, among=alive, directions=26)
    low, inner_low, inner_high, high = found.range_of(2)
    assert low == pytest.approx(1, abs=1e-5) and inner_low == inner_high == 1 and high == pytest.approx(1, abs=1e-5)


def test_no_equilibrium_at_all_is_an_answer():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    blind = PublicSignals(np.full((2, 2, 2), 0.5))
    found = public_perfect(RepeatedGame(pennies, 0.9, blind))
    assert found.not_playable.all() and len(found.inner) == 0 and (found.outer == -np.inf).all()
    assert np.isnan(found.range_of(0)[1])


def test_a_time_limit_keeps_the_bound_valid_and_says_so():
    found = public_perfect(RepeatedGame(DILEMMA, 0.95, signals(0.9, 0.5, 0.2)), time_limit=0.0)
    assert not found.converged and "ran out" in found.status and not found.not_playable.any()


def test_wrong_games_are_refused_with_the_way_out():
    with pytest.raises(UnsupportedGame, match="under perfect monitoring use payoff_set"):
        public_perfect(RepeatedGame(DILEMMA, 0.9))
