from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.errors import ModelError
from blamegame.games.responses import regret
from blamegame.games.strategic import pure_profile
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.solvers.strategic.pure import pure_nash

shares = st.integers(0, 10).map(lambda k: Fraction(k, 10))
parameters = st.fixed_dictionaries(dict.fromkeys([n for n in Delegation.parameters() if n != "causal_weight"], shares))


@given(parameters)
def test_two_tiers_are_the_delegation_game(values):
    assert Chain(tiers=2, **values).stage_game() == Delegation(**values).stage_game()
    assert Chain(tiers=2, **values).success().tolist() == Delegation(**values).success().tolist()


@pytest.mark.parametrize("n", range(2, 7))
@given(k=st.fractions(0, Fraction(39, 40), max_denominator=40))
def test_when_everyone_pushes_equal_shares_the_last_tier_carries_the_geometric_sum(n, k):
    chain = Chain(tiers=n, responsibility=Fraction(1, n), push_strength=k)
    assert chain.liabilities((True,) * (n - 1))[-1] == (1 - k**n) / (n * (1 - k))


@given(parameters, st.lists(st.booleans(), min_size=3, max_size=3))
def test_pushing_moves_liability_and_never_loses_any(values, pushes):
    assert sum(Chain(tiers=4, **values).liabilities(tuple(pushes))) == 1


@given(parameters)
def test_blame_charged_is_one_where_there_is_no_tolerance_trace_or_diffusion(values):
    chain = Chain(tiers=3, **{**values, "tolerance": 0, "trace_shield": 0, "diffusion": 0, "accountability": 1})
    free = chain.replace(accountability=0)
    sanctions = (free.payoffs() - chain.payoffs()).sum(axis=0)
    assert (sanctions == 1 - chain.success()).all()


def test_authority_at_the_bottom_grows_with_every_assisting_tier():
    chain = Chain(tiers=3, authority=Fraction(1, 2), assistance=Fraction(1, 2), baseline_success=0)
    assert chain.success()[:, :, 0].tolist() == [[Fraction(7, 8), Fraction(3, 4)], [Fraction(3, 4), Fraction(1, 2)]]


def test_at_the_defaults_every_tier_pushes_and_the_last_escalates():
    game = Chain(tiers=4).stage_game()
    everyone = ("push", "push", "push", "escalate")
    assert not any(regret(game, pure_profile(game, everyone)))
    assert any(profile[-1][1] == 1 for profile in pure_nash(game).equilibria)


def test_the_event_is_a_push_just_above_an_avoiding_last_tier():
    event = Chain(tiers=3).avoidance
    assert event.shape == (2, 2, 3) and np.argwhere(event).tolist() == [[i, 1, j] for i in (0, 1) for j in (1, 2)]


def test_batches_evaluate_like_their_items():
    grid = np.array([0.1, 0.4, 0.9])
    batch = Chain(tiers=3, authority=grid).stage_game()
    assert batch.batch_shape == (3,)
    for k, value in enumerate(grid):
        np.testing.assert_allclose(batch[k].payoffs, Chain(tiers=3, authority=float(value)).payoffs(), atol=1e-15)


@pytest.mark.parametrize("tiers", [1, 13, 2.0, True, "3"])
def test_a_wrong_number_of_tiers_is_refused(tiers):
    with pytest.raises(ModelError, match="whole number from 2 to 12"):
        Chain(tiers=tiers)


def test_causal_liability_is_refused():
    with pytest.raises(ModelError, match="causal liability is for two tiers only"):
        Chain(causal_weight=Fraction(1, 2))
