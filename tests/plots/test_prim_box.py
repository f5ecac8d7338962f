from __future__ import annotations

import numpy as np
import pytest

from blamegame.models.delegation import Delegation
from blamegame.plots.prim_box import plot_prim_box
from blamegame.studies.parameter_box import PRESSURE_BOX, uniform_draws
from blamegame.studies.prim import prim


@pytest.fixture(scope="module")
def found():
    rng = np.random.default_rng(0)
    points = {"authority": rng.uniform(size=2000), "cost_work": rng.uniform(0, 300, size=2000)}
    return prim(points, (points["authority"] < 0.4) & (points["cost_work"] > 285), least_mass=0.01)


def test_bars_show_the_stretch_of_each_parameter(found, check_figure):
    box = found.at_density(0.9)
    ax = plot_prim_box(found, box, model=Delegation)
    check_figure(ax)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["cost work (value of success)", "authority (share)"]
    kept = [bar for bar in ax.patches if bar.get_height() == pytest.approx(0.34)]
    low, high = found.ranges["cost_work"]
    limit = next(limit for limit in box.limits if limit.parameter == "cost_work")
    assert kept[0].get_x() == pytest.approx((limit.low - low) / (high - low))
    assert kept[0].get_x() + kept[0].get_width() == pytest.approx(1)
    shown = {text.get_text() for text in ax.texts}
    assert f"{limit.low:.0f}" in shown
    assert "coverage" in ax.get_xlabel() and "density" in ax.get_xlabel()


def test_nothing_is_cut_off_where_many_parameters_are_restricted(check_figure):
    rng = np.random.default_rng(0)
    points = uniform_draws(PRESSURE_BOX, 4000, rng=rng)
    inside = np.mean([points[name] < PRESSURE_BOX[name][1] * 0.8 for name in PRESSURE_BOX], axis=0)
    found = prim(points, inside > 0.8)
    box = max(found.boxes, key=lambda box: len(box.limits))
    assert len(box.limits) > 8
    check_figure(plot_prim_box(found, box, model=Delegation))


def test_a_limit_near_the_edge_is_written_inside_the_bar():
    x = np.linspace(0, 1, 201)
    found = prim({"x": x}, x > 0.05)
    box = found.densest()
    ax = plot_prim_box(found, box)
    inside = [text for text in ax.texts if text.get_color() == "white"]
    assert [float(text.get_text()) for text in inside] == pytest.approx([box.limits[0].low], abs=0.01)


def test_the_whole_space_says_so(found):
    ax = plot_prim_box(found, found.boxes[0])
    assert [text.get_text() for text in ax.texts] == ["no parameter is restricted"]
