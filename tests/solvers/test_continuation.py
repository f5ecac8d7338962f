"""Steps along a curve of solutions: onward, back onto the curve, and None where that fails."""

import numpy as np
import pytest

from blamegame.solvers.continuation import follow, tangent_of


class Circle:
    """x^2 + y^2 = 1, one equation in two unknowns."""

    def residual(self, point):
        return np.array([point @ point - 1])

    def jacobian(self, point):
        return 2 * point[None]


class Nowhere(Circle):
    """An equation without a solution."""

    def residual(self, point):
        return np.array([point @ point + 1])


@pytest.mark.parametrize("way", [1, -1])
def test_the_tangent_points_onward(way):
    tangent = tangent_of(np.array([[2.0, 0.0]]), np.array([0.1, float(way)]))
    assert np.allclose(tangent, [0, way])


def test_steps_stay_on_the_curve_and_go_all_the_way_round():
    point, tangent, turned = np.array([1.0, 0.0]), np.array([0.0, 1.0]), 0.0
    for _ in range(70):
        after, easy = follow(Circle(), point, tangent, 0.1)
        assert after is not None and easy and abs(after @ after - 1) < 1e-12
        turned += float(np.arcsin(point[0] * after[1] - point[1] * after[0]))
        point, tangent = after, tangent_of(Circle().jacobian(after), tangent)
    assert turned > 2 * np.pi


def test_a_step_that_does_not_settle_is_none():
    assert follow(Nowhere(), np.array([1.0, 0.0]), np.array([0.0, 1.0]), 0.1)[0] is None
    singular = follow(Circle(), np.array([0.0, 0.5]), np.array([0.0, 1.0]), 0.1)
    assert singular[0] is None
