from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import Nash
from blamegame.errors import ModelError, StudyError
from blamegame.models.delegation import Delegation
from blamegame.scenario.scenario import load
from blamegame.studies.boundary import boundary
from blamegame.studies.critical_values import critical_values
from blamegame.verbs import avoidance

TRAP = load("trap").model


def raster(model, x, y, xs, ys):
    across, up = np.meshgrid(xs, ys, indexing="ij")
    return avoidance(model.replace({x: across, y: up}), Nash()).status


@pytest.mark.parametrize(
    ("model", "x", "y", "top"),
    [
        (Delegation(), "authority", "diffusion", 1),
        (Delegation(), "causal_weight", "authority", 1),
        (TRAP, "authority", "accountability", 2),
        (TRAP, "answer_competence", "cost_work", 1),
    ],
)
def test_raster_and_exact_lines_agree_on_every_pixel_not_crossed_by_a_line(model, x, y, top):
    xs, ys = np.linspace(0, 1, 41), np.linspace(0, top, 41)
    found = boundary(model, x, y, xs, ys)
    statuses = raster(model, x, y, xs, ys)
    half = (ys[1] - ys[0]) / 2
    compared = 0
    for i, column in enumerate(found.columns):
        crossings = np.array([float(value) for value in column.status_changes])
        for j, height in enumerate(ys):
            if not (abs(crossings - height) <= half).any():
                assert statuses[i, j] == found.status_at(i, Fraction(height)), (xs[i], height)
                compared += 1
    assert compared > 0.9 * statuses.size
    assert len(set(statuses.ravel().tolist())) > 1


def test_between_two_neighbouring_pixels_of_one_verdict_no_line_passes_unseen():
    xs = ys = np.linspace(0, 1, 31)
    found = boundary(Delegation(), "authority", "diffusion", xs, ys)
    statuses = raster(Delegation(), "authority", "diffusion", xs, ys)
    for i, column in enumerate(found.columns):
        changes = [float(value) for value in column.status_changes]
        for j in range(len(ys) - 1):
            crossed = sum(ys[j] < value < ys[j + 1] for value in changes)
            assert (crossed % 2 == 1) == (statuses[i, j] != statuses[i, j + 1])


def test_every_vertex_of_a_line_is_an_exact_point_rounded_once():
    found = boundary(TRAP, "authority", "accountability", np.linspace(0, 1, 21), np.linspace(0, 2, 21))
    exact = {(float(point.x), float(point.y)) for point in found.points}
    vertices = [tuple(vertex) for line in found.lines() for vertex in line.tolist()]
    assert len(vertices) > 20
    assert set(vertices) <= exact


def test_the_published_corner_of_the_default_phase_diagram_is_on_the_boundary():
    found = boundary(Delegation(), "authority", "diffusion", np.linspace(0, 1, 11), np.linspace(0, 1, 11))
    assert min(abs(float(point.x) - 0.68753) for point in found.points) < 5e-6
    assert min(abs(float(point.y) - 0.40383) for point in found.points) < 5e-6


def test_the_two_sides_of_a_point_are_the_verdicts_next_to_it():
    found = boundary(TRAP, "authority", "accountability", np.linspace(0, 1, 9), [Fraction(1, 2), 1, 2])
    upright = found.points[: sum(len(column.status_changes) for column in found.columns)]
    assert upright
    for point in upright:
        step = Fraction(1, 10**9)
        middle = (point.y.low + point.y.high) / 2
        for height, side in ((middle - step, 0), (middle + step, 1)):
            here = TRAP.replace(authority=point.x, accountability=height)
            assert avoidance(here, Nash()).status == point.sides[side]


def test_a_steep_boundary_is_drawn_from_its_rows():
    xs, ys = np.linspace(0, 1, 11), np.linspace(0, 1, 11)
    found = boundary(Delegation(), "authority", "diffusion", xs, ys)
    upright = [line for line in found.lines() if np.ptp(line[:, 1]) > 0.3]
    assert any(np.ptp(line[:, 0]) < 1e-12 and line[0, 0] == pytest.approx(0.687533, abs=1e-6) for line in upright)


def test_a_plane_of_one_verdict_has_no_line():
    found = boundary(Delegation(authority=0), "credit_upper", "cost_push", [0, Fraction(1, 10)], [0, Fraction(1, 10)])
    assert found.points == () and found.lines() == ()
    assert repr(found) == "<Boundary over credit_upper and cost_push: 0 exact points>"


def test_columns_are_the_critical_values_there():
    found = boundary(Delegation(), "authority", "diffusion", [0, Fraction(1, 3), 1], [0, 1])
    assert found.columns[1] == critical_values(Delegation(authority=Fraction(1, 3)), "diffusion")


@pytest.mark.parametrize(
    ("x", "xs", "error", "words"),
    [
        ("diffusion", [0, 1], StudyError, "two different parameters"),
        ("authority", [0], StudyError, "must increase and be at least two"),
        ("authority", [0.5, 0.2], StudyError, "must increase"),
        ("authority", [0, 2], ModelError, "authority"),
    ],
)
def test_planes_that_make_no_sense_are_refused(x, xs, error, words):
    with pytest.raises(error, match=words):
        boundary(Delegation(), x, "diffusion", xs, [0, 1])
