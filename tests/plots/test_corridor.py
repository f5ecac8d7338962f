from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.plots.corridor import plot_corridor


@pytest.fixture(scope="module")
def data(dataset):
    return dataset(Delegation(), authority=np.linspace(0, 1, 21), diffusion=np.array([0.2, 0.8]))


def test_the_figure_is_complete(data, check_figure, labels_of):
    ax = plot_corridor(data.isel(diffusion=0))
    check_figure(ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("authority (share)", "avoidance (probability)")
    assert labels_of(ax) == ["between equilibria", "worst equilibrium", "best equilibrium"]


def test_the_lines_are_the_data(data):
    cut = data.isel(diffusion=0)
    worst, best = plot_corridor(cut).lines
    assert np.array_equal(worst.get_ydata(), cut.avoidance_worst)
    assert np.array_equal(best.get_ydata(), cut.avoidance_best)
    assert worst.get_linestyle() != best.get_linestyle()


def test_another_measure_has_another_question(data):
    renamed = data.isel(diffusion=0).rename(avoidance_best="margin_best", avoidance_worst="margin_worst")
    assert plot_corridor(renamed, "margin").get_title() == "How far apart are the equilibria in margin?"


def test_two_dimensions_are_refused(data):
    with pytest.raises(StudyError, match="needs one dimension"):
        plot_corridor(data)
