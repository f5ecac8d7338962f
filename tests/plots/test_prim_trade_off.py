from __future__ import annotations

import numpy as np
import pytest

from blamegame.plots.prim_trade_off import plot_prim_trade_off
from blamegame.studies.prim import prim


@pytest.fixture(scope="module")
def found():
    rng = np.random.default_rng(0)
    points = {name: rng.uniform(size=1000) for name in "xyz"}
    return prim(points, (points["x"] < 0.4) & (points["y"] > 0.5))


def test_every_box_is_a_dot_shaded_by_its_limits(found, check_figure, labels_of):
    ax = plot_prim_trade_off(found)
    check_figure(ax)
    dots = ax.collections[0]
    assert dots.get_offsets().tolist() == [[box.coverage, box.density] for box in found]
    assert dots.get_array().tolist() == [len(box.limits) for box in found]
    assert "chosen" not in labels_of(ax)
    shades = dots.colorbar.get_ticks()
    assert all(float(tick).is_integer() for tick in shades)  # a number of parameters


def test_the_chosen_box_is_circled(found, check_figure):
    chosen = found.at_density(0.9)
    ax = plot_prim_trade_off(found, chosen=chosen)
    check_figure(ax)
    circle = next(line for line in ax.lines if line.get_label() == "chosen")
    assert circle.get_xydata().tolist() == [[chosen.coverage, chosen.density]]
