from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import Nash
from blamegame.errors import ModelError
from blamegame.games.strategic import pure_profile
from blamegame.models.delegation import Delegation
from blamegame.models.difficulty import Difficulty
from blamegame.solvers.strategic.nash import nash
from blamegame.verbs import avoidance

PLANS = Difficulty.actions[1]


def plan(*actions):
    return PLANS.index(", ".join(actions))


def drawn(rng, kind=Difficulty):
    values = {name: Fraction(rng.randint(0, 20), 20) for name in Delegation.parameters()}
    return kind(**{**values, "causal_weight": 0})


def test_treating_every_task_alike_is_the_delegation_game():
    rng = random.Random(3)
    alike = [plan(*[action] * 3) for action in Delegation.actions[1]]
    for _ in range(30):
        model = drawn(rng)
        game = Delegation(**{name: getattr(model, name) for name in Delegation.parameters()})
        assert (model.payoffs()[:, :, alike] == game.payoffs()).all()
        assert (model.success()[:, alike] == game.success()).all()


def test_shares_of_tasks_add_up_and_the_efficient_share_is_what_is_beyond_lowers_means():
    model = Difficulty(authority=Fraction(1, 4), assistance=Fraction(1, 3))
    assert sum(model.class_shares()) == 1
    assert model.efficient_shares() == (Fraction(1, 2), Fraction(3, 4))


def test_escalating_exactly_what_is_beyond_ones_means_is_no_excess():
    excess = Difficulty().excess()
    assert excess[0, plan("work", "work", "escalate")] == 0
    assert excess[1, plan("work", "escalate", "escalate")] == 0
    assert excess[0, plan("work", "escalate", "escalate")] == Fraction("0.42")
    assert excess[1, plan("escalate", "escalate", "escalate")] == Fraction("0.3")


def test_paper_is_never_efficient():
    excess = Difficulty().excess()
    assert excess[1, plan("work", "escalate", "formalism")] == Fraction("0.28")
    assert excess[0, plan("formalism", "formalism", "formalism")] == 1


def test_a_task_that_is_sure_to_fail_is_better_answered_than_worked_on():
    success = Difficulty().success()
    assert success[0, plan("work", "work", "escalate")] > success[0, plan("work", "work", "work")]


def test_at_the_defaults_lower_escalates_no_more_than_it_must():
    model = Difficulty()
    assert avoidance(Delegation(), Nash()).status == "entrenched"
    assert avoidance(model, Nash()).status == "free"
    excesses = [model.expected_excess(profile) for profile in nash(model.stage_game()).equilibria]
    assert min(excesses) == 0 and Fraction(8, 100) < max(excesses) < Fraction(9, 100)


def test_with_means_and_no_credit_lower_still_escalates_what_it_could_do():
    model = Difficulty(authority=Fraction("0.6"), cost_work=Fraction("0.9"), trace_shield=0)
    assert avoidance(model, Nash()).low.lower == 1
    assert all(model.expected_excess(profile) > 0 for profile in nash(model.stage_game()).equilibria)


def test_a_class_that_never_occurs_is_no_avoidance():
    never_easy = Difficulty(authority=0)
    cell = (1, plan("escalate", "escalate", "escalate"))
    assert never_easy.excess()[cell] == 0 and not never_easy.avoidance[cell]
    assert never_easy.expected_excess(pure_profile(never_easy.stage_game(), cell)) == 0


def test_a_batch_equals_its_items():
    authority = np.array([0.0, 0.25, 1.0])
    batch = Difficulty(authority=authority)
    assert batch.payoffs().shape == (3, 2, 2, 27) and batch.avoidance[1].any() and not batch.avoidance[0].any()
    for k, a in enumerate(authority):
        item = Difficulty(authority=float(a))
        assert np.allclose(batch.payoffs()[k], item.payoffs()) and np.allclose(batch.excess()[k], item.excess())
    with pytest.raises(ModelError, match="expected_excess takes one model"):
        batch.expected_excess(())


def test_causal_liability_is_refused():
    with pytest.raises(ModelError, match="causal_weight=1/2 is not for tasks of different difficulty"):
        Difficulty(causal_weight=Fraction(1, 2))


def test_facts_of_an_equilibrium_add_up():
    """Escalated is what should be, less what is not sent up of it, plus the escalated part of the excess."""
    model = Difficulty()
    plan = model.actions[1].index("escalate, escalate, escalate")
    profile = (np.array([0, 1]), np.eye(27, dtype=int)[plan])
    facts = list(model.facts(profile).values())
    assert facts[:3] == list(model.class_shares()) and facts[3] == 1
    assert facts[4] == model.efficient_shares()[1] and facts[5] == facts[3] - facts[4]
    with pytest.raises(ModelError, match="takes one model"):
        Difficulty(authority=np.array([0.1, 0.2])).facts(profile)
