from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from blamegame.errors import ModelError
from blamegame.models.markup import Markup, layer_factor


@pytest.mark.parametrize("strain", [0.05, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("penalty", [0.0, 0.5, 2.0, 10.0])
@pytest.mark.parametrize("noise", [0.05, 0.3, 1.0])
def test_the_formula_is_the_minimum_over_a_grid(strain, penalty, noise):
    x = Markup(strain=strain, penalty=penalty, noise=noise).layer_markup()

    def loss(y):
        return strain * y + penalty * norm.cdf(-y / noise)

    grid = np.linspace(0, 12 * noise, 400_001)
    best = grid[np.argmin(loss(grid))]
    assert abs(x - best) <= 12 * noise / 400_000 + 1e-6
    assert loss(x) <= loss(grid).min() + 1e-12


def test_targets_grow_by_the_same_factor_at_every_layer():
    one = Markup(layers=1).target_factor()
    assert Markup(layers=4).target_factor() == pytest.approx(one**4)
    assert layer_factor(7, 4) == pytest.approx(1.627, abs=5e-4)


def test_formalism_sets_in_when_the_target_exceeds_capacity_and_a_cap_stops_it():
    assert Markup(layers=4).formalism() and not Markup(layers=1).formalism()
    assert not Markup(layers=4, cap=0.1).formalism()


def test_overload_is_the_target_in_units_of_capacity():
    assert Markup(capacity=2).overload() == pytest.approx(Markup().target_factor() / 2)
    assert Markup(capacity=0).overload() == np.inf and Markup(capacity=0).formalism()
    assert Markup(capacity=np.array([1.0, 5.0])).overload().shape == (2,)


def test_arrays_are_batches():
    factors = Markup(penalty=np.array([0.0, 1.0, 5.0])).target_factor()
    assert factors.shape == (3,) and (np.diff(factors) > 0).all()
    assert Markup(penalty=np.array([0.0, 5.0])).formalism().tolist() == [False, True]


@pytest.mark.parametrize("values", [{"strain": 0}, {"noise": 0}, {"layers": 0}])
def test_nonsense_is_refused(values):
    with pytest.raises(ModelError):
        Markup(**values)
