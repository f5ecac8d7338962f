"""Shares of a region: proved bounds hold the truth; what is sampled says so."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.models.delegation import Delegation
from blamegame.reforms.goal import responsible
from blamegame.regions.region import Region
from blamegame.regions.share import clopper_pearson, sampled_share, share

# where work starts to beat escalation under push (model.md section 1, T2): r_P = .85
CRITICAL = (Fraction("0.20") / Fraction("0.9") + Fraction("0.85") * Fraction("0.6")) / (
    Fraction("0.3") + Fraction("0.85") * Fraction("0.9")
)


def test_the_share_of_one_parameter_is_the_critical_value():
    region = Region(Delegation, {"authority": 0}, {"authority": 1})
    found = share(region, gap=1e-5)
    assert found.low <= 1 - CRITICAL <= found.high and found.high - found.low <= 1e-5
    assert "proved" in str(found)


def test_bounds_close_around_a_sampled_share_of_two_parameters():
    region = Region(Delegation, {"authority": 0, "tolerance": 0}, {"authority": 1, "tolerance": 1})
    found = share(region, ["train"])
    sampled = sampled_share(region, ["train"], rng=np.random.default_rng(3), draws=20_000, confidence=0.999)
    assert found.high - found.low < 2e-3
    assert sampled.low <= found.high and found.low <= sampled.high
    assert sampled.method == "sampled" and "sampled" in str(sampled) and "proved" not in str(sampled)


def test_volume_is_measured_before_the_reforms():
    """`tolerate` lifts every tolerance below one half to one half: half of the region ends at one point."""
    region = Region(Delegation, {"tolerance": 0}, {"tolerance": 1})
    found = share(region, ["tolerate"], responsible(), gap=1e-4)
    rng = np.random.default_rng(0)
    sampled = sampled_share(region, ["tolerate"], responsible(), rng=rng, draws=5000, confidence=0.999)
    assert sampled.low <= found.high and found.low <= sampled.high


def test_bounds_only_tighten_with_more_pieces():
    region = Region.around(Delegation(), Fraction(1, 2), only=["authority", "diffusion", "answer_competence"])
    few, many = share(region, ["list"], pieces=50), share(region, ["list"], pieces=3000)
    assert few.low <= many.low <= many.high <= few.high
    assert many.high - many.low < few.high - few.low


def test_a_region_of_one_point_is_all_or_nothing():
    point = Region(Delegation, {}, {})
    assert (share(point).low, share(point).high) == (0, 0)
    assert (share(point, ["list"]).low, share(point, ["list"]).high) == (1, 1)


def test_time_may_run_out():
    region = Region.around(Delegation(), Fraction(1, 2), only=["authority", "diffusion"])
    found = share(region, ["list"], time_limit=0.0)
    assert (found.low, found.high) == (0, 1) and found.pieces == 0


@pytest.mark.parametrize(
    ("k", "n", "interval"),
    [(0, 10, (0.0, 0.30850)), (10, 10, (0.69150, 1.0)), (5, 10, (0.18709, 0.81291)), (1, 20, (0.00127, 0.24873))],
)
def test_clopper_and_pearson(k, n, interval):
    assert clopper_pearson(k, n, 0.95) == pytest.approx(interval, abs=1e-5)
