from __future__ import annotations

import numpy as np
import pytest

from blamegame.concepts import Nash
from blamegame.errors import ModelError, StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.parameter_box import PRESSURE_BOX, check_box, uniform_draws
from blamegame.verbs import avoidance


@pytest.mark.parametrize(("causal_weight", "some", "every"), [(0, 0.88, 0.75), (0.5, 0.21, 0.07)])
def test_the_pressure_box_has_the_published_shares_of_avoidance(causal_weight, some, every):
    draws = uniform_draws(PRESSURE_BOX, 40_000, rng=np.random.default_rng(3))
    found = avoidance(Delegation(causal_weight=causal_weight).replace(draws), Nash())
    assert (found.high.upper > 0).mean() == pytest.approx(some, abs=0.01)
    assert (found.low.lower > 0).mean() == pytest.approx(every, abs=0.01)


def test_the_pressure_box_leaves_four_parameters_alone():
    assert set(Delegation.parameters()) - set(PRESSURE_BOX) == {
        "upward_tracing",
        "promotability",
        "tolerance_risk",
        "causal_weight",
    }


@pytest.mark.parametrize(
    ("box", "error", "words"),
    [
        ({}, StudyError, "names no parameter"),
        ({"authority": (0.5, 1.2)}, StudyError, "authority from 0.5 to 1.2 is not a stretch of its range, 0 to 1"),
        ({"authority": (0.5, 0.5)}, StudyError, "not a stretch"),
        ({"cost_work": (-1, 1)}, StudyError, "not a stretch"),
        ({"authorty": (0, 1)}, ModelError, "did you mean 'authority'"),
    ],
)
def test_a_box_that_does_not_fit_is_refused(box, error, words):
    with pytest.raises(error, match=words):
        check_box(Delegation, box)


def test_a_box_is_about_one_model():
    with pytest.raises(StudyError, match="batch of shape"):
        check_box(Delegation(authority=np.array([0.1, 0.2])), {"diffusion": (0, 1)})
