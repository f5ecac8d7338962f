"""Mutual avoidance in the pressure box: how often some, and how often every, Nash equilibrium holds it.

The box describes offices under pressure: little authority, much responsibility, strong pushes, harsh accountability.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.models.delegation import Delegation
from blamegame.studies.grid import Design, points, uniform_sample
from blamegame.studies.measures import Avoidance
from blamegame.studies.schema import STATUS_WORDS
from blamegame.studies.study import study

BOX = {
    "authority": (0, 0.5),
    "responsibility": (0.4, 0.9),
    "push_strength": (0.5, 1),
    "accountability": (0.7, 2),
    "tolerance": (0, 0.3),
    "escalation_shield": (0.4, 1),
    "diffusion": (0.4, 1),
    "trace_shield": (0.3, 1),
    "substantive_inspection": (0, 0.4),
    "credit_lower": (0, 0.4),
    "answer_competence": (0, 0.6),
    "baseline_success": (0, 0.2),
    "cost_work": (0, 0.5),
    "cost_assist": (0, 0.5),
    "cost_escalate": (0, 0.2),
    "cost_formalism": (0, 0.2),
    "cost_push": (0, 0.1),
    "cost_answer": (0, 0.3),
    "formalism_sanction": (0, 1),
    "credit_upper": (0, 1),
    "assistance": (0, 1),
}
DRAWS = 20_000


@pytest.fixture(scope="module")
def box():
    return uniform_sample(BOX, DRAWS, rng=np.random.default_rng(2020))


def shares(model: Delegation, box: Design) -> tuple[float, float]:
    """Shares of draws with avoidance in some, and in every, Nash equilibrium."""
    status = study(model, box, Avoidance()).status.values
    counts = {word: float((status == code).mean()) for code, word in enumerate(STATUS_WORDS)}
    return counts["trap"] + counts["entrenched"], counts["entrenched"]


def test_avoidance_is_in_some_equilibrium_in_88_and_in_every_one_in_75_of_100_draws(box):
    some, every = shares(Delegation(upward_tracing=0, promotability=1), box)
    assert some == pytest.approx(0.88, abs=0.01)
    assert every == pytest.approx(0.75, abs=0.01)


def test_half_causal_attribution_brings_the_88_down_to_21(box):
    some, _ = shares(Delegation(upward_tracing=0, promotability=1, causal_weight=Fraction(1, 2)), box)
    assert some == pytest.approx(0.21, abs=0.01)


def test_the_shares_are_those_of_the_exact_definition_on_a_part_of_the_draws(box):
    part = points({name: values[:100] for name, values in box.parts[0].columns.items()})
    for weight in (0, Fraction(1, 2)):
        model = Delegation(causal_weight=weight)
        fast = study(model, part, Avoidance()).status.values
        exact = [
            Avoidance().of_model(model.replace({n: Fraction(v[k]) for n, v in part.parts[0].columns.items()}))["status"]
            for k in range(100)
        ]
        assert fast.tolist() == exact
