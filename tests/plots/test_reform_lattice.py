from __future__ import annotations

import pytest

from blamegame.models.delegation import Delegation
from blamegame.plots.reform_lattice import plot_reform_lattice
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.reforms.search import search


@pytest.fixture(scope="module")
def plan():
    return search(Delegation(), choose(CATALOGUE, ["list", "tolerate", "train", "escalation_rule"]))


def drawn(ax, marker):
    """Columns marked in each row."""
    rows = {}
    for line in ax.lines:
        if line.get_marker() == marker and len(line.get_xdata()):
            rows.setdefault(int(line.get_ydata()[0]), set()).update(int(x) for x in line.get_xdata())
    return rows


def test_the_figure_is_complete(plan, labels_of):
    ax = plot_reform_lattice(plan)
    check_rows_figure(ax)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["list", "tolerate", "train", "escalation rule"]
    assert len(labels_of(ax)) == 5
    assert ax.get_ylabel()


def check_rows_figure(ax):  # the reforms stand on top, so that there is no label below unless rows are left out
    ax.figure.canvas.draw()
    assert ax.get_title().endswith("?")
    assert not ax.title.get_window_extent().overlaps(ax.get_legend().get_window_extent())
    top = max(label.get_window_extent().y1 for label in ax.get_xticklabels())
    assert ax.title.get_window_extent().y0 >= top


def test_rows_are_the_minimal_and_the_smallest_robust_bundles(plan):
    rows = drawn(plot_reform_lattice(plan), "o")
    menu = [reform.name for reform in plan.menu]
    shown = {tuple(menu[i] for i in sorted(columns)) for columns in rows.values()}
    assert shown == set(plan.minimal) | set(plan.robust_minimal)


def test_crosses_are_the_reforms_that_break_the_bundle(plan):
    ax = plot_reform_lattice(plan)
    dots, crosses = drawn(ax, "o"), drawn(ax, "x")
    assert crosses
    for row, columns in dots.items():
        bundle = [plan.menu[i].name for i in sorted(columns)]
        for i, reform in enumerate(plan.menu):
            broken = reform.name not in bundle and not plan.succeeds([*bundle, reform.name])
            assert (i in crosses.get(row, set())) == broken


def test_a_row_has_no_mark_but_its_own_exactly_where_it_is_robust():
    """trace_upward with train is broken by no single reform, and by escalation_rule and harsher together."""
    plan = search(Delegation(), choose(CATALOGUE, ["trace_upward", "train", "escalation_rule", "harsher", "tolerate"]))
    ax = plot_reform_lattice(plan)
    dots, crosses, squares = (drawn(ax, marker) for marker in "oxs")
    menu = [reform.name for reform in plan.menu]
    assert squares
    for row, columns in dots.items():
        bundle = [menu[i] for i in sorted(columns)]
        assert (row in crosses or row in squares) == (plan.number(bundle) not in plan.robust)
    for row, columns in squares.items():
        assert row not in crosses
        assert not plan.succeeds([menu[i] for i in dots[row] | columns])
        assert all(plan.succeeds([menu[i] for i in dots[row] | {one}]) for one in columns)


def test_rows_beyond_the_most_are_counted(plan):
    ax = plot_reform_lattice(plan, most=1)
    total = len(set(plan.minimal) | set(plan.robust_minimal))
    assert ax.get_xlabel() == f"{total - 1} more bundles are not drawn"
    assert len(drawn(ax, "o")) == 1


def test_a_goal_nothing_reaches_gives_an_empty_figure():
    plan = search(Delegation(), choose(CATALOGUE, ["harsher"]))
    assert drawn(plot_reform_lattice(plan), "o") == {}


@pytest.mark.slow
def test_the_whole_catalogue_fits():
    ax = plot_reform_lattice(search(Delegation()))
    check_rows_figure(ax)
    assert len(drawn(ax, "o")) == 34
