"""Models that lie exactly on thresholds, and say so when asked."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from blamegame.models.delegation import Delegation
from blamegame.testing import threshold_models
from blamegame.testing.threshold_models import moved_to


def test_each_kind_lies_on_its_threshold():
    models = threshold_models(36, np.random.default_rng(1))
    for k, model in enumerate(models):
        upper, lower = model.payoffs()
        ties = {
            0: lower[1, 0] - lower[1, 1],
            1: lower[1, 0] - lower[1, 2],
            2: upper[1, 0] - upper[0, 0],
            3: upper[1, 1] - upper[0, 1],
        }
        pure = [
            *(upper[1] - upper[0]),
            *(lower[r, a] - lower[r, b] for r in (0, 1) for a, b in ((0, 1), (0, 2), (1, 2))),
        ]
        one, other = lower[:, 1] - lower[:, 0], lower[:, 2] - lower[:, 0]
        assert ties.get(k % 6, 0) == 0
        assert k % 6 != 4 or 0 in pure
        assert k % 6 != 5 or one[0] * other[1] == one[1] * other[0]


def test_critical_authority_is_that_of_theorem_t2():
    for m in threshold_models(12, np.random.default_rng(2))[::6]:
        pushed = m.responsibility + m.push_strength * (1 - m.upward_tracing) * (1 - m.responsibility)
        liable = m.accountability * pushed
        costs = (m.cost_work - m.cost_escalate) / (1 - m.baseline_success)
        critical = (costs + liable * (m.escalation_shield - m.tolerance)) / (
            m.promotability * m.credit_lower + liable * (1 - m.tolerance)
        )
        assert m.authority == critical


def test_models_are_exact_and_the_same_for_the_same_generator():
    one, other = (threshold_models(6, np.random.default_rng(3)) for _ in range(2))
    assert one == other
    assert all(isinstance(value, Fraction) for model in one for value in model.values().values())


def test_no_threshold_outside_the_range_or_where_the_gap_is_curved():
    assert moved_to(Delegation(), "authority", lambda model: Fraction(1)) is None
    assert moved_to(Delegation(), "authority", lambda model: model.authority - 2) is None
    assert moved_to(Delegation(), "authority", lambda model: model.authority**2 - Fraction(1, 4)) is None
