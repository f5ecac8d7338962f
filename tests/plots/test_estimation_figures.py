from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.estimation.cases import Cases
from blamegame.estimation.design import Design
from blamegame.estimation.fit import fit
from blamegame.estimation.identify import identify
from blamegame.models.delegation import Delegation
from blamegame.plots.identification import plot_identification
from blamegame.plots.likelihood_contour import plot_likelihood_contour
from blamegame.plots.likelihood_profile import plot_likelihood_profile
from blamegame.plots.observed_fitted import plot_observed_fitted


@pytest.fixture(scope="module")
def found():
    cases = Cases.of_counts(
        {"base": {"upper": [9, 51], "lower": [3, 52, 5]}, "list": {"upper": [47, 13], "lower": [9, 49, 2]}}
    )
    return fit(cases, Design(Delegation(), {"base": [], "list": ["list"]}, ["authority", "diffusion"], rationality=8))


def test_the_profile_meets_its_cut_at_the_ends_of_the_set(found, check_figure, labels_of):
    ax = plot_likelihood_profile(found, "authority", points=21)
    check_figure(ax)
    curve, cut = ax.lines[0], ax.lines[1].get_ydata()[0]
    ends = found.interval("authority")
    assert np.interp([ends.low, ends.high], *curve.get_data()) == pytest.approx(cut, abs=0.06)
    assert "95% set" in labels_of(ax) and "share" in ax.get_xlabel()


def test_the_contour_lies_within_the_joint_sets(found, check_figure):
    ax = plot_likelihood_contour(found, "authority", "diffusion", points=15)
    check_figure(ax)
    ends = found.intervals(["authority", "diffusion"], joint=True)
    (path,) = ax.collections[0].get_paths()
    x, y = path.vertices.T
    assert ends["authority"].low - 0.02 < x.min() and x.max() < ends["authority"].high + 0.02
    assert ends["diffusion"].low - 0.02 < y.min()


def test_the_contour_stands_over_verdicts_of_the_same_parameters(found, dataset, check_figure, labels_of):
    axes = {"authority": np.linspace(0, 0.6, 7), "diffusion": np.linspace(0.3, 1, 6)}
    ax = plot_likelihood_contour(found, "authority", "diffusion", points=9, status=dataset(Delegation(), **axes))
    check_figure(ax)
    assert {"entrenched", "95% set of both"} <= set(labels_of(ax))
    other = dataset(Delegation(), authority=axes["authority"], tolerance=axes["diffusion"])
    with pytest.raises(StudyError, match="the contour over"):
        plot_likelihood_contour(found, "authority", "diffusion", points=9, status=other)


def test_every_action_has_its_observed_and_its_fitted_share(found, check_figure, labels_of):
    ax = plot_observed_fitted(found)
    check_figure(ax)
    fitted = next(line for line in ax.lines if line.get_label() == "fitted")
    assert np.sort(fitted.get_xdata()) == pytest.approx(np.sort(np.exp(found.log_probabilities)))
    assert len(ax.get_yticklabels()) == 10
    assert "observed, 95% interval" in labels_of(ax)


def test_unseen_directions_are_marked(check_figure, labels_of):
    design = Design(Delegation(), {"base": []}, ["authority", "escalation_shield", "diffusion"])
    ax = plot_identification(identify(design))
    check_figure(ax)
    assert [bar.get_hatch() for bar in ax.patches].count("///") == 1
    assert labels_of(ax) == ["seen", "unseen"]
    assert "diffusion" in " ".join(label.get_text() for label in ax.get_yticklabels())
