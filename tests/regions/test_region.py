"""A region is a box of models: checked as parameters are, printable, comparable."""

from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ModelError, ReformError
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.inspection import Inspection
from blamegame.regions.region import Region


def test_a_region_has_the_ends_it_was_given_and_defaults_elsewhere():
    region = Region(Delegation, {"authority": Fraction(1, 5)}, {"authority": Fraction(2, 5), "tolerance": 1})
    assert region.uncertain == ("authority", "tolerance")
    assert region.intervals["tolerance"] == (Fraction(1, 10), 1)
    assert region.intervals["cost_work"] == (Fraction(1, 4), Fraction(1, 4))
    assert region.middle.authority == Fraction(3, 10)


def test_floats_are_the_rationals_they_store():
    region = Region(Delegation, {"authority": 0.1}, {"authority": 0.3})
    assert region.intervals["authority"] == (Fraction(0.1), Fraction(0.3))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ({"autority": 0}, {}, "did you mean 'authority'"),
        ({"authority": 0.5}, {"authority": 0.4}, "low end above its high end"),
        ({"authority": -0.1}, {}, "authority=-0.1"),
        ({"authority": float("nan")}, {}, "not a finite number"),
        ({"authority": "0.2"}, {}, "not a number"),
        ({"authority": np.array([0.1, 0.2])}, {}, "batch"),
        ([0.1], {}, "mapping of parameter name to number"),
        (Inspection(), {}, "is a Inspection, not a Delegation"),
    ],
)
def test_mistakes_are_named(low, high, words):
    with pytest.raises(ModelError, match=words):
        Region(Delegation, low, high)


def test_ends_that_differ_in_more_than_parameters_are_refused():
    with pytest.raises(ModelError, match="more than parameters"):
        Region(Chain, Chain(tiers=2), Chain(tiers=3))


def test_around_is_relative_zeros_stay_zero_and_ranges_clip():
    region = Region.around(Delegation(), Fraction(1, 2))
    assert region.intervals["authority"] == (Fraction(3, 20), Fraction(9, 20))
    assert region.intervals["upward_tracing"] == (0, 0)
    assert region.intervals["promotability"] == (Fraction(1, 2), 1)
    assert region.intervals["diffusion"] == (Fraction(2, 5), 1)


def test_around_absolute_moves_zeros_too():
    region = Region.around(Delegation(), Fraction(1, 10), absolute=True, only=["upward_tracing"])
    assert region.intervals["upward_tracing"] == (0, Fraction(1, 10))
    assert region.uncertain == ("upward_tracing",)


def test_around_takes_names_in_and_out_and_one_width_each():
    some = Region.around(Delegation(), Fraction(1, 10), except_=["authority"])
    assert "authority" not in some.uncertain and "tolerance" in some.uncertain
    each = Region.around(Delegation(), {"authority": Fraction(1, 10), "tolerance": Fraction(1, 5)})
    assert each.uncertain == ("authority", "tolerance")
    with pytest.raises(ModelError, match="did you mean 'tolerance'"):
        Region.around(Delegation(), 0.1, only=["tolerence"])
    with pytest.raises(ModelError, match="negative"):
        Region.around(Delegation(), -0.1)
    with pytest.raises((ModelError, ReformError), match="not a number"):
        Region.around(Delegation(), "20 %")


def test_containment_knows_ends_kinds_and_what_a_model_holds_beside_parameters():
    region = Region.around(Delegation(), Fraction(1, 10), only=["authority"])
    assert Delegation(authority=Fraction(33, 100)) in region
    assert Delegation(authority=Fraction(331, 1000)) not in region
    assert Delegation(tolerance=Fraction(1, 5)) not in region
    assert Inspection() not in region
    assert Chain(tiers=3) not in Region(Chain(tiers=2), {}, {})


def test_corners_and_samples_lie_inside():
    region = Region.around(Delegation(), Fraction(1, 5))
    corners = list(region.corners(["authority", "tolerance"]))
    assert len(corners) == 4 and all(corner in region for corner in corners)
    batch = region.sample(np.random.default_rng(0), 200)
    assert batch.batch_shape == (200,)
    assert all(batch.item(index) in region for index in range(200))
    point = Region(Delegation, {}, {}).sample(np.random.default_rng(0), 3)
    assert point.batch_shape == (3,)


def test_a_cut_shares_its_wall():
    below, above = Region.around(Delegation(), Fraction(1, 5)).cut("authority", Fraction(3, 10))
    assert below.intervals["authority"][1] == above.intervals["authority"][0] == Fraction(3, 10)
    with pytest.raises(ModelError, match="does not cut"):
        below.cut("authority", Fraction(3, 10))


def test_regions_are_values():
    one, other = (Region.around(Delegation(), Fraction(1, 10)) for _ in range(2))
    assert one == other and hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert one != Region.around(Delegation(), Fraction(1, 9))
    assert "authority  " in str(one) and "0.27 to 0.33" in str(one)
    assert "one point" in str(Region(Delegation, {}, {}))
