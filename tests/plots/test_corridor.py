from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from blamegame.concepts import CoarseCorrelated
from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.plots.corridor import plot_corridor
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.scenario.scenario import load
from blamegame.studies.grid import Bundles, latin_hypercube
from blamegame.studies.measures import Avoidance, Payoffs
from blamegame.studies.study import study


def grey(colour):
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.fixture(scope="module")
def data(dataset):
    return dataset(Delegation(), authority=np.linspace(0, 1, 21), diffusion=np.array([0.2, 0.8]))


def test_the_figure_is_complete(data, check_figure, labels_of):
    ax = plot_corridor(data.isel(diffusion=0))
    check_figure(ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("authority (share)", "avoidance (probability)")
    assert labels_of(ax)[:3] == ["between equilibria", "worst equilibrium", "best equilibrium"]


def drawn(line):
    """The points that a line goes through, without its breaks."""
    points = line.get_xydata()
    return points[np.isfinite(points).all(axis=1)]


def test_the_lines_are_the_data(data):
    cut = data.isel(diffusion=0)
    worst, best = plot_corridor(cut).lines
    assert np.array_equal(drawn(worst), np.column_stack([cut.authority, cut.avoidance_worst]))
    assert np.array_equal(drawn(best), np.column_stack([cut.authority, cut.avoidance_best]))
    assert worst.get_linestyle() != best.get_linestyle()


def test_a_coarse_grid_marks_what_was_computed_and_joins_nothing_across_a_jump(dataset, check_figure, labels_of):
    coarse = dataset(Delegation(), authority=np.linspace(0, 1, 6))
    ax = plot_corridor(coarse)
    check_figure(ax)
    values = coarse.avoidance_worst.values
    (jump,) = np.flatnonzero(np.abs(np.diff(values)) > 0.3)
    for line in ax.lines:
        xs, marks = line.get_xdata(), line.get_markevery()
        assert np.isnan(xs[jump + 1]) and np.isfinite(np.delete(xs, jump + 1)).all()
        assert xs[marks].tolist() == coarse.authority.values.tolist()
    (unknown,) = [patch for patch in ax.patches if patch.get_gid() == "unknown"]
    left, right = unknown.get_extents().transformed(ax.transData.inverted()).intervalx
    assert (left, right) == pytest.approx(tuple(coarse.authority.values[jump : jump + 2]))
    assert "may jump in between" in labels_of(ax)


def test_a_slope_is_joined_over_a_coarse_grid(data):
    slope = data.isel(diffusion=0).isel(authority=slice(0, None, 4)).copy(deep=True)
    slope["avoidance_worst"][:] = slope["avoidance_best"][:] = slope.authority.values
    assert np.isfinite(plot_corridor(slope).lines[0].get_xdata()).all()


def test_over_a_dense_grid_a_jump_is_an_upright_line_without_marks(dataset, labels_of):
    ax = plot_corridor(dataset(Delegation(), authority=np.linspace(0, 1, 201)))
    assert all(np.isfinite(line.get_xdata()).all() and line.get_marker() == "" for line in ax.lines)
    assert "may jump in between" not in labels_of(ax)


def test_a_grid_given_out_of_order_is_drawn_in_order(dataset):
    ax = plot_corridor(dataset(Delegation(), authority=np.array([0.9, 0.1, 0.5])))
    assert drawn(ax.lines[0])[:, 0].tolist() == [0.1, 0.5, 0.9]


def test_a_point_between_failed_cells_is_marked(dataset):
    dense = dataset(Delegation(), authority=np.linspace(0, 1, 101)).copy(deep=True)
    for name in ("avoidance_best", "avoidance_worst"):
        dense[name][[49, 51]] = np.nan
    line = plot_corridor(dense).lines[0]
    assert 0.5 in line.get_xdata()[line.get_markevery()]


@pytest.mark.parametrize("measure", ["avoidance", "payoff"])
def test_bundles_are_rows_that_no_line_joins(measure, check_figure):
    bundles = Bundles([choose(CATALOGUE, names) for names in ((), ("list",), ("tolerate", "trace_upward"))])
    made = study(load("trap").model, bundles, [Avoidance(), Payoffs()])
    ax = plot_corridor(made, measure)
    check_figure(ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["as it is", "list", "tolerate + trace upward"]
    marks = [line for line in ax.lines if line.get_marker() not in ("", "None")]
    assert marks and all(line.get_linestyle() == "None" and len(line.get_xdata()) == 3 for line in marks)
    low, high = ax.get_xlim()
    assert all(low <= x <= high and not line.get_clip_on() for line in marks for x in line.get_xdata())
    widths = [bar.get_width() for bar in ax.patches]
    spread = made[f"{measure}_worst"] - made[f"{measure}_best"]
    assert sorted(widths) == pytest.approx(sorted(spread.values.ravel().tolist()))
    assert np.abs(spread).max() > 0


def test_one_grid_point_is_a_row_with_its_value(dataset, check_figure):
    ax = plot_corridor(dataset(Delegation(), authority=np.array([0.5])))
    check_figure(ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0.5"] and ax.get_ylabel() == "authority (share)"
    (every,) = [line for line in ax.lines if line.get_marker() == "o"]
    assert every.get_xdata().tolist() == [1.0]


def test_the_legend_names_what_is_drawn_and_nothing_else(dataset, labels_of):
    ax = plot_corridor(dataset(Delegation(), authority=np.linspace(0, 0.5, 6)))
    assert labels_of(ax) == ["every equilibrium"] and len(ax.lines) == 1 and not ax.collections[0].get_paths()


def test_the_axis_of_a_share_is_0_to_1(dataset):
    assert plot_corridor(dataset(Delegation(), authority=np.linspace(0, 1, 6))).get_ylim() == (0, 1)


def test_each_player_has_a_corridor_of_its_own(check_figure, labels_of):
    made = study(load("trap"), {"authority": np.linspace(0, 1, 11)}, [Payoffs()])
    ax = plot_corridor(made, "payoff")
    check_figure(ax)
    assert ax.get_ylabel() == "payoff (value of success)"
    lines = [line for line in ax.lines if len(line.get_xdata()) > 2]
    for line, (player, end) in zip(lines, [(p, e) for p in ("upper", "lower") for e in ("worst", "best")], strict=True):
        assert np.array_equal(drawn(line)[:, 1], made[f"payoff_{end}"].sel(player=player))
        assert f"{player}: {end} equilibrium" in labels_of(ax)
    upper, lower = lines[0], lines[2]
    assert upper.get_marker() != lower.get_marker() and abs(grey(upper.get_color()) - grey(lower.get_color())) > 0.2


def test_the_points_of_a_sample_are_not_joined_unless_one_parameter_orders_them():
    draws = {"rng": np.random.default_rng(0)}
    two = study(Delegation(), latin_hypercube({"authority": (0, 1), "tolerance": (0, 1)}, 8, **draws))
    line = plot_corridor(two).lines[0]
    assert np.isnan(line.get_xdata()[1::2]).all() and len(line.get_markevery()) == 8
    one = study(Delegation(), latin_hypercube({"authority": (0, 1)}, 8, **draws))
    ax = plot_corridor(one)
    assert ax.get_xlabel() == "authority (share)" and (np.diff(drawn(ax.lines[0])[:, 0]) > 0).all()


def test_below_the_title_stand_scenario_concept_and_what_was_held():
    varied = {"authority": np.linspace(0, 1, 5), "diffusion": np.array([0.2, 0.8])}
    made = study(load("trap"), varied, Avoidance(CoarseCorrelated()))
    (about,) = [text for text in plot_corridor(made.isel(diffusion=0)).texts if text.get_gid() == "about"]
    assert about.get_text() == "scenario trap at diffusion 0.2, coarse correlated equilibria"


def test_another_measure_has_another_question(data):
    row = data.isel(diffusion=0)
    ends = {f"margin_{end}": row[f"avoidance_{end}"].assign_attrs(role="custom") for end in ("best", "worst")}
    renamed = row.drop_vars(("avoidance_best", "avoidance_worst")).assign(ends)
    assert plot_corridor(renamed, "margin").get_title() == "How far apart are the equilibria in margin?"


def test_two_dimensions_are_refused(data):
    with pytest.raises(StudyError, match="needs one dimension"):
        plot_corridor(data)
