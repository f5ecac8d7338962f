from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from blamegame.models.delegation import Delegation
from blamegame.plots.sensitivity import plot_sensitivity
from blamegame.studies.sensitivity import morris, sobol

BOX = {"authority": (0.0, 1.0), "assistance": (0.0, 1.0), "baseline_success": (0.0, 0.2)}


def success(batch):
    return batch.success()[:, 0, 0]


@pytest.fixture(scope="module")
def shares():
    return sobol(Delegation, BOX, success, rng=np.random.default_rng(0), n=64)


def test_sobol_bars_are_the_indices_strongest_on_top(shares, check_figure, labels_of):
    ax = plot_sensitivity(shares)
    check_figure(ax)
    assert [label.get_text().replace(" ", "_") for label in ax.get_yticklabels()][::-1] == list(shares.ranked())
    total, first = ax.containers[1], ax.containers[3]
    order = [shares.parameters.index(name) for name in shares.ranked()[::-1]]
    assert [bar.get_width() for bar in total] == pytest.approx(shares.total[order].tolist())
    assert [bar.get_width() for bar in first] == pytest.approx(shares.first[order].tolist())
    assert "95 % interval" in ax.get_xlabel() and "variance of success" in ax.get_xlabel()
    assert ax.get_title() == "Which parameters does success depend on?"
    assert len(labels_of(ax)) == 2


def test_a_measure_without_a_name_can_be_given_one(shares):
    unnamed = dataclasses.replace(shares, measure="")
    assert plot_sensitivity(unnamed).get_title() == "Which parameters does the measure depend on?"
    ax = plot_sensitivity(unnamed, measure="probability of success")
    assert ax.get_title() == "Which parameters does probability of success depend on?"


def test_intervals_are_drawn_around_the_bars(shares):
    ax = plot_sensitivity(shares)
    segments = ax.containers[0][2][0].get_segments()
    order = [shares.parameters.index(name) for name in shares.ranked()[::-1]]
    for segment, k in zip(segments, order):
        assert segment[:, 0] == pytest.approx(
            [min(shares.total_interval[k, 0], shares.total[k]), max(shares.total_interval[k, 1], shares.total[k])]
        )


def test_intervals_stand_out_from_the_bars(shares):
    drawn = [line for k in (0, 2) for line in plot_sensitivity(shares).containers[k].lines[2]]
    assert all(line.get_path_effects() for line in drawn)


def test_morris_bars_are_the_mean_sizes(check_figure):
    effects = morris(Delegation, BOX, success, rng=np.random.default_rng(0), n=8)
    ax = plot_sensitivity(effects, most=2)
    check_figure(ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == list(effects.ranked()[:2][::-1])
    widths = sorted(bar.get_width() for bar in ax.patches)
    assert widths == pytest.approx(sorted(effects.mean_absolute.tolist())[1:])


def test_the_markers_of_morris_are_whole_also_at_the_axis():
    effects = morris(Delegation, BOX, success, rng=np.random.default_rng(0), n=8)
    (diamonds,) = [line for line in plot_sensitivity(effects).lines if line.get_marker() == "D"]
    assert not diamonds.get_clip_on()
