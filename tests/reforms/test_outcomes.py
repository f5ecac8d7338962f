"""The roads to the outcomes of a run of bundles, and the numbers they hand to the solvers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated, Correlated, Nash, Rationalizable
from blamegame.deadline import Deadline
from blamegame.models.delegation import Delegation
from blamegame.reforms.bundles import every_bundle
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.outcomes import road
from blamegame.reforms.reform import apply
from blamegame.reforms.search import search
from blamegame.verbs import avoidance

EVENTS = [Delegation().avoidance, ~Delegation().avoidance]


@pytest.mark.parametrize("concept", [Nash(), Correlated(), CoarseCorrelated(), Rationalizable()], ids=repr)
def test_a_run_of_bundles_is_a_slice_of_all(concept):
    way = road(every_bundle(Delegation(), CATALOGUE[:4]), concept, EVENTS, None)
    whole, part = way.outcomes(0, 16, Deadline()), way.outcomes(5, 9, Deadline())
    for found, all_of_it in zip(part.ranges, whole.ranges):
        assert found.low.lower.tolist() == all_of_it.low.lower[5:9].tolist()
        assert found.high.upper.tolist() == all_of_it.high.upper[5:9].tolist()
        assert np.all(found.complete)
    assert part.measure.tolist() == whole.measure[5:9].tolist()
    assert np.allclose(whole.ranges[0].low.lower, 1 - whole.ranges[1].high.upper, atol=1e-12)


@pytest.mark.parametrize(
    ("concept", "name"), [(Nash(), "batch"), (CoarseCorrelated(), "batch"), (Rationalizable(), "batch")], ids=repr
)
def test_the_road_depends_on_the_concept(concept, name):
    assert road(every_bundle(Delegation(), CATALOGUE[:2]), concept, EVENTS, None).name == name


@pytest.mark.parametrize("fall", [Fraction(1, 10**18), Fraction(1, 10**13), Fraction(1, 10**9)])
def test_a_trifle_that_decides_who_is_charged_by_cause_is_not_rounded_away(fall):
    menu = CATALOGUE[1:4]
    model = Delegation(causal_weight=1, authority=fall, answer_competence=0, tolerance=0)
    plan = search(model, menu)
    for number in range(8):
        bundle = [reform for k, reform in enumerate(menu) if number >> k & 1]
        assert plan.status[number] == avoidance(apply(model, bundle), Nash()).status
