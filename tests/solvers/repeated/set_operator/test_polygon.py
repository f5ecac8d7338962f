from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.solvers.repeated.set_operator.polygon import (
    EMPTY,
    affine,
    chord,
    clip,
    contains,
    contains_polygon,
    excess,
    hull,
    intersection,
    join,
    largest,
    minkowski_sum,
    smallest,
    support,
    to_floats,
)

coordinates = st.integers(-6, 6).map(F)
points = st.tuples(coordinates, coordinates)
clouds = st.lists(points, max_size=7)
directions = st.tuples(st.integers(-4, 4), st.integers(-4, 4))

POINT = hull([(F(1), F(1))])
SEGMENT = hull([(F(0), F(0)), (F(2), F(2))])
SQUARE = hull([(F(0), F(0)), (F(2), F(0)), (F(2), F(2)), (F(0), F(2))])


@pytest.mark.parametrize(
    ("polygon", "dimension"), [(EMPTY, -1), (POINT, 0), (SEGMENT, 1), (SQUARE, 2), (hull([(0, 0)] * 3), 0)]
)
def test_every_dimension_is_a_polygon(polygon, dimension):
    assert polygon.dimension == dimension
    assert bool(polygon) == (dimension >= 0)


@given(clouds, directions)
def test_the_hull_has_the_support_of_its_points(cloud, direction):
    polygon = hull(cloud)
    if cloud:
        assert support(polygon, direction) == max(direction[0] * x + direction[1] * y for x, y in cloud)
    assert all(contains(polygon, point) for point in cloud)


@given(clouds)
def test_the_vertices_of_a_hull_turn_left_strictly(cloud):
    vertices = hull(cloud).vertices
    if len(vertices) > 2:
        for a, b, c in zip(vertices, vertices[1:] + vertices[:1], vertices[2:] + vertices[:2]):
            assert (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
    assert not vertices or vertices[0] == min(vertices)


@given(clouds, directions, coordinates, points)
def test_clipping_keeps_exactly_the_points_of_the_half_plane(cloud, normal, bound, point):
    polygon = hull(cloud)
    inside = normal[0] * point[0] + normal[1] * point[1] >= bound
    assert contains(clip(polygon, normal, bound), point) == (contains(polygon, point) and inside)


@given(clouds, st.integers(0, 1), coordinates)
def test_a_chord_is_the_polygon_cut_by_a_line(cloud, axis, level):
    polygon = hull(cloud)
    normal = (F(1 - axis), F(axis))
    cut = clip(clip(polygon, normal, level), (-normal[0], -normal[1]), -level)
    expected = (smallest(cut, 1 - axis), largest(cut, 1 - axis)) if cut else None
    assert chord(polygon, axis, level) == expected


@given(clouds, clouds, points)
def test_an_intersection_holds_the_points_in_both(first, second, point):
    a, b = hull(first), hull(second)
    assert contains(intersection(a, b), point) == (contains(a, point) and contains(b, point))
    assert intersection(a, b) == intersection(b, a)
    assert contains_polygon(a, intersection(a, b))


@given(clouds, clouds, directions)
def test_supports_add_up_under_minkowski_sums(first, second, direction):
    total = minkowski_sum(hull(first), hull(second))
    if not first or not second:
        assert total == EMPTY
    else:
        assert support(total, direction) == support(hull(first), direction) + support(hull(second), direction)


@given(clouds, points, points)
def test_affine_images_are_images_of_the_points(cloud, scale, shift):
    image = affine(hull(cloud), scale, shift)
    assert all(contains(image, (scale[0] * x + shift[0], scale[1] * y + shift[1])) for x, y in cloud)
    assert bool(image) == bool(cloud)


@given(st.lists(points, min_size=1, max_size=6), st.lists(points, min_size=1, max_size=6))
def test_the_excess_is_zero_exactly_for_a_subset(first, second):
    outer, inner = hull(first), hull(second)
    assert (excess(outer, inner) == 0) == contains_polygon(inner, outer)
    assert contains_polygon(join(outer, inner), outer)


def test_the_excess_measures_how_far_a_point_sticks_out():
    assert excess(join(SQUARE, hull([(F(3), F(1))])), SQUARE) == 1
    assert excess(hull([(F(1), F(4))]), hull([(F(0), F(1)), (F(5), F(1))])) == 3


def test_floats_drop_vertices_that_round_to_the_same_pair():
    tiny = F(1, 10**30)
    assert to_floats(hull([(F(1), F(1)), (F(1) + tiny, F(1))])).tolist() == [[1.0, 1.0]]
    assert to_floats(EMPTY).shape == (0, 2)
    assert np.array_equal(to_floats(SEGMENT), [[0, 0], [2, 2]])
