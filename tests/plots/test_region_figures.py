"""Figures of regions: tolerances, the frontier, a cut through the box."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ReformError
from blamegame.games.event import event_probability
from blamegame.models.delegation import Delegation
from blamegame.plots.frontier import plot_frontier
from blamegame.plots.region_cut import plot_region_cut
from blamegame.plots.tolerances import plot_tolerances
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.regions.radius import radius, tolerances
from blamegame.regions.search import frontier
from blamegame.solvers.strategic.nash import nash

BUNDLE = choose(CATALOGUE, ["list", "answer"])


@pytest.fixture(scope="module")
def stands():
    return radius(Delegation(), BUNDLE)


def test_bars_are_the_proved_radii_and_the_line_is_all_at_once(stands, check_figure, labels_of):
    found = tolerances(Delegation(), BUNDLE)
    ax = plot_tolerances(found, together=stands)
    check_figure(ax)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx([100 * float(one.proved) for one in list(found.values())[:12]])
    assert ax.get_yticklabels()[0].get_text() == "escalation shield"
    assert "all numbers at once: 21.55 %" in labels_of(ax)


def test_the_frontier_rises_with_the_cost(check_figure):
    line = frontier(Delegation(), choose(CATALOGUE, ["list", "answer", "harsher"]))
    beside = radius(Delegation(), ["tolerate", "train"])
    ax = plot_frontier(line, beside=[(Fraction(4), beside)])
    check_figure(ax)
    points = ax.lines[1].get_xydata()
    assert points[:, 0].tolist() == [float(cost) for cost, _ in line] and (np.diff(points[:, 1]) > 0).all()
    assert {text.get_text() for text in ax.texts} >= {"list + answer", "tolerate + train"}
    with pytest.raises(ReformError, match="frontier is empty"):
        plot_frontier([])


def test_the_cut_shows_the_box_clear_and_the_county_on_the_boundary(stands, check_figure):
    ax = plot_region_cut(Delegation(), BUNDLE, *stands.binding[:2], radius=stands)
    check_figure(ax)
    (box,) = (patch for patch in ax.patches if patch.get_gid() == "box")
    low, high = stands.region.intervals[stands.binding[0]]
    assert box.get_x() == pytest.approx(float(low)) and box.get_width() == pytest.approx(float(high - low))
    fails = [patch for patch in ax.patches if patch.get_gid() == "fails"]
    assert fails and len([patch for patch in ax.patches if patch.get_gid() == "holds"]) > len(fails)
    county = stands.witness.model
    rng = np.random.default_rng(3)
    for patch in [fails[0], fails[-1], *rng.choice(np.array(ax.patches, dtype=object), 20)]:
        if patch.get_gid() not in ("fails", "holds"):
            continue
        x, y = patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height() / 2
        here = apply(county.replace(dict(zip(stands.binding[:2], (Fraction(x), Fraction(y))))), BUNDLE)
        avoided = max(event_probability(p, here.avoidance) for p in nash(here.exact().stage_game()).equilibria)
        assert (avoided == 0) == (patch.get_gid() == "holds")


def test_a_plane_of_parameters_that_decide_nothing_is_refused(stands):
    with pytest.raises(ReformError, match=rf"neither authority nor tolerance decides .* cut along {stands.binding[0]}"):
        plot_region_cut(Delegation(), BUNDLE, "authority", "tolerance", radius=stands)


def test_a_radius_without_a_box_or_a_county_cannot_be_cut():
    failing = radius(Delegation(), [])
    with pytest.raises(ReformError, match="has not both"):
        plot_region_cut(Delegation(), (), "authority", "tolerance", radius=failing)
