from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import CasesError
from blamegame.estimation.fit import fit
from blamegame.estimation.measure import measure
from blamegame.estimation.posterior import posterior

from .fixtures import F1, F4


def test_draws_follow_the_likelihood():
    """Against the mean and spread of the likelihood on a fine grid."""
    found = fit(F4.cases, F4.design)
    drawn = posterior(found, rng=np.random.default_rng(3), draws=4000)
    axis = (np.arange(120) + 0.5) / 120
    grid = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    weight = np.exp(found.problem.likelihood.at(grid)[0] - found.log_likelihood)
    weight /= weight.sum()
    for k, name in enumerate(F4.free):
        mean = weight @ grid[:, k]
        spread = np.sqrt(weight @ (grid[:, k] - mean) ** 2)
        assert drawn.values[name].mean() == pytest.approx(mean, abs=0.005)
        assert drawn.values[name].std() == pytest.approx(spread, rel=0.06)
    assert drawn.effective > 1000


def test_draws_repeat_themselves_and_stay_in_the_ranges():
    found = fit(F1.cases, F1.design)
    one, two = (posterior(found, rng=np.random.default_rng(3), draws=200).values for _ in range(2))
    assert all(np.array_equal(one[name], two[name]) for name in one)
    assert all((one[name] >= 0).all() and (one[name] <= 1).all() for name in F1.free)


def test_knowing_a_parameter_saves_what_its_uncertainty_costs():
    found = fit(F4.cases, F4.design)

    def recommend(box):
        return float(box["diffusion"][1] - box["diffusion"][0])

    savings = {saving.parameter: saving for saving in measure(found, recommend)}
    assert savings["diffusion"].cost_known == 0
    assert savings["diffusion"].value == savings["diffusion"].cost_now > savings["authority"].value
    assert next(iter(savings)) == "diffusion"


def test_an_experiment_has_nothing_to_measure():
    from blamegame.estimation.published import published

    with pytest.raises(CasesError, match="no parameters to measure"):
        measure(fit(*published("ochs_1995")), lambda box: 0.0)
