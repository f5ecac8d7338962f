from __future__ import annotations

import pytest

from blamegame.models.delegation import Delegation
from blamegame.plots.equilibrium_correspondence import plot_equilibrium_correspondence
from blamegame.scenario.scenario import load
from blamegame.studies.critical_values import critical_values


@pytest.fixture(scope="module")
def critical():
    return critical_values(load("trap").model, "authority")


def test_the_figure_is_complete(critical, check_figure, labels_of):
    ax = plot_equilibrium_correspondence(critical, model=Delegation)
    check_figure(ax)
    assert ax.get_xlabel() == "authority (share)"
    assert [text.get_text() for text in ax.texts] == ["model Delegation, Nash equilibria"]
    assert labels_of(ax) == ["free", "trap", "equilibrium exists", "critical value"]


def test_every_equilibrium_has_its_line_where_it_exists(critical):
    ax = plot_equilibrium_correspondence(critical)
    names = [label.get_text() for label in ax.get_yticklabels()]
    drawn = {
        (names[int(line.get_ydata()[0])], *map(float, line.get_xdata()))
        for line in ax.lines
        if line.get_linewidth() == 3
    }
    expected = {
        (", ".join("/".join(labels[i] for i in side) for labels, side in zip(critical.actions, pair)), low, high)
        for piece in critical.pieces
        if not piece.is_point
        for pair in piece.equilibria
        for low, high in [(float(piece.low), float(piece.high))]
    }
    assert drawn == expected


def test_critical_values_are_marked(critical):
    ax = plot_equilibrium_correspondence(critical)
    marked = [line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == ":"]
    assert marked == [float(value) for value in critical.values]


def test_a_parameter_without_critical_values_has_no_such_mark(check_figure, labels_of):
    ax = plot_equilibrium_correspondence(critical_values(Delegation(), "accountability", high=2))
    check_figure(ax)
    assert labels_of(ax) == ["entrenched", "equilibrium exists"]
