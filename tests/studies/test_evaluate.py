from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.evaluate import evaluate
from blamegame.studies.parameter_box import uniform_draws


def test_a_measure_sees_the_same_models_in_chunks():
    draws = uniform_draws({"authority": (0, 1)}, 10, rng=np.random.default_rng(0))
    sizes = []

    def measure(batch):
        sizes.append(batch.batch_shape[0])
        return batch.authority

    assert np.array_equal(evaluate(Delegation(), draws, measure, chunk=4), draws["authority"])
    assert sizes == [4, 4, 2]


def test_a_measure_must_give_one_finite_number_for_each_model():
    draws = uniform_draws({"authority": (0, 1)}, 4, rng=np.random.default_rng(0))
    with pytest.raises(StudyError, match="one number for each"):
        evaluate(Delegation(), draws, lambda batch: 1.0)
    with pytest.raises(StudyError, match="nan at authority="):
        evaluate(Delegation(), draws, lambda batch: np.array([1.0, np.nan, 2.0, 3.0]))
