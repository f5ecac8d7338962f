from __future__ import annotations

from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgba

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.models.inspection import Inspection
from blamegame.plots.exact_regions import exact_regions
from blamegame.plots.phase_diagram import plot_phase_diagram
from blamegame.plots.style import STATUS_COLOURS
from blamegame.studies.boundary import boundary
from blamegame.studies.schema import status_words
from blamegame.studies.study import study

GRID = np.linspace(0, 1, 21)


@pytest.fixture(scope="module")
def data(dataset):
    return dataset(Delegation(), authority=GRID, diffusion=GRID)


@pytest.fixture(scope="module")
def lines():
    return boundary(Delegation(), "authority", "diffusion", GRID, GRID)


def test_the_figure_is_complete(data, lines, check_figure, labels_of):
    ax = plot_phase_diagram(data, boundary=lines)
    check_figure(ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("authority (share)", "diffusion (share)")
    assert labels_of(ax) == ["free", "trap", "entrenched", "exact boundary"]


def test_every_pixel_has_the_colour_of_its_verdict(data):
    ax = plot_phase_diagram(data)
    mesh = ax.collections[0]
    ax.figure.canvas.draw()
    colours = mesh.get_facecolors().reshape(len(GRID), len(GRID), 4)
    verdicts = status_words(data.status.values)
    for i, j in ((0, 0), (0, 20), (20, 0), (16, 4), (20, 20)):
        assert tuple(colours[j, i]) == to_rgba(STATUS_COLOURS[verdicts[i, j]])


def test_the_colours_change_at_the_exact_boundary_and_not_at_half_a_cell(lines):
    """On the lines of the grid, where the boundary is exact, also between its values."""
    from matplotlib.path import Path

    polygons = [(name, Path(polygon)) for name, polygon in exact_regions(lines)[0]]
    rng = np.random.default_rng(0)
    for column in rng.integers(0, 21, 60).tolist():
        y = rng.random()
        seen = {name for name, path in polygons if path.contains_point((GRID[column], y), radius=1e-9)
                or path.contains_point((GRID[column], y), radius=-1e-9)}  # fmt: skip
        assert seen == {lines.status_at(column, Fraction(y))}


def test_the_polygons_cover_the_plane_once(lines):
    def area(polygon):
        x, y = polygon.T
        return (x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2

    areas = [area(polygon) for _, polygon in exact_regions(lines)[0]]
    assert min(areas) > -1e-12 and sum(areas) == pytest.approx(1)


def test_the_lines_have_no_gaps(lines):
    """Every end of a piece is the end of another, or on the edge of the plane."""
    _, pieces = exact_regions(lines)
    ends = np.concatenate(pieces)
    on_the_edge = (np.isclose(ends, 0) | np.isclose(ends, 1)).any(axis=1)
    shared = np.array([np.isclose(ends, end, atol=1e-12).all(axis=1).sum() > 1 for end in ends])
    assert len(pieces) > 20 and (shared | on_the_edge).all()


def test_the_lines_run_through_exact_points_of_the_boundary(lines):
    exact = np.array([(float(point.x), float(point.y)) for point in lines.points])
    _, pieces = exact_regions(lines)
    for piece in pieces:
        assert any(np.abs(exact - end).max(axis=1).min() < 1e-12 for end in piece)


def test_the_axes_end_where_the_values_end(data, lines):
    ax = plot_phase_diagram(data, boundary=lines)
    assert ax.get_xlim() == ax.get_ylim() == (0, 1)


def test_the_model_is_marked_where_it_is(data, labels_of):
    ax = plot_phase_diagram(data, here=Delegation(authority=0.25))
    assert ax.lines[-1].get_xydata().tolist() == [[0.25, 0.8]]
    assert "you are here" in labels_of(ax)
    outside = plot_phase_diagram(data.isel(authority=slice(10, None)), here=Delegation())
    assert not outside.lines and "you are here" not in labels_of(outside)


@pytest.mark.parametrize("title", ["", "Mine"])
def test_a_title_that_is_given_is_the_title(data, title):
    ax = plot_phase_diagram(data, title=title)
    assert ax.get_title() == title
    assert bool(ax.texts) == bool(title)


def test_cells_that_were_not_computed_are_shown_as_such(data, labels_of):
    partial = data.copy(deep=True)
    partial["status"][:5] = -1
    assert "not computed" in labels_of(plot_phase_diagram(partial))


def test_a_boundary_without_points_adds_nothing(dataset, labels_of):
    corner = np.linspace(0, 0.1, 3)
    ax = plot_phase_diagram(
        dataset(Delegation(), authority=corner, credit_upper=corner),
        boundary=boundary(Delegation(), "authority", "credit_upper", corner, corner),
    )
    assert len(exact_regions(boundary(Delegation(), "authority", "credit_upper", corner, corner))[1]) == 0
    assert "exact boundary" not in labels_of(ax)


def test_axes_and_title_may_be_given(data):
    given = plt.figure().add_subplot()
    assert plot_phase_diagram(data, ax=given, title="Is it so?") is given
    assert given.get_title() == "Is it so?"


def test_one_dimension_is_refused(data):
    with pytest.raises(StudyError, match="needs two parameters"):
        plot_phase_diagram(data.isel(authority=0))


def test_a_parameter_of_one_value_is_refused_with_a_way_out(data):
    with pytest.raises(StudyError, match=r"diffusion has one; .* plot_corridor\(data.isel\(diffusion=0\)\)"):
        plot_phase_diagram(data.isel(diffusion=[0]))


def test_a_grid_given_out_of_order_is_the_same_figure(data):
    shuffled = plot_phase_diagram(data.isel(authority=np.random.default_rng(0).permutation(len(GRID))))
    meshes = [ax.collections[0] for ax in (plot_phase_diagram(data), shuffled)]
    assert np.array_equal(meshes[0].get_array(), meshes[1].get_array())
    assert np.array_equal(meshes[0].get_coordinates(), meshes[1].get_coordinates())


def test_bundles_are_named_along_their_axis(check_figure):
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.reforms.reform import choose
    from blamegame.studies.grid import Bundles
    from blamegame.studies.study import study

    bundles = Bundles([choose(CATALOGUE, names) for names in ((), ("list",), ("tolerate", "trace_upward", "voice"))])
    ax = plot_phase_diagram(study(Delegation(), [bundles, {"authority": "0:1:5"}]))
    check_figure(ax)
    assert [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()] == [
        "as it is", "list", "tolerate + trace upward + voice",
    ]  # fmt: skip


def test_below_the_title_stands_the_concept(data):
    assert [text.get_text() for text in plot_phase_diagram(data).texts] == ["Nash equilibria"]


def test_a_boundary_over_other_parameters_is_refused(data, lines):
    with pytest.raises(StudyError, match=r"the boundary is over \(authority, diffusion\), the data over \(diffusion"):
        plot_phase_diagram(data.transpose(), boundary=lines)


def test_the_dataset_of_a_study_can_be_drawn_as_it_comes():
    from blamegame.plots.corridor import plot_corridor
    from blamegame.studies.study import study

    made = study(Delegation(), {"authority": GRID, "diffusion": GRID})
    ax = plot_phase_diagram(made)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("authority (share)", "diffusion (share)")
    assert plot_corridor(made.isel(diffusion=4), "success").get_ylabel() == "success (probability)"


def test_the_title_calls_the_event_by_the_model_s_name():
    found = study(Inspection(), {"cost_inspect": np.linspace(0, 0.3, 4), "cost_work": np.linspace(0, 0.3, 4)})
    assert plot_phase_diagram(found).get_title() == "Where is faking entrenched?"
    unnamed = found.status.assign_attrs(long_name="")
    assert plot_phase_diagram(found.assign(status=unnamed)).get_title() == "Where is mutual avoidance entrenched?"
