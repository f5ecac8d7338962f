"""Published payoff sets and low-dimensional ones, as sets: support functions are compared, never vertex lists."""

from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set

ANGLES = np.arange(360) * (2 * np.pi / 360)
DIRECTIONS = np.stack([np.cos(ANGLES), np.sin(ANGLES)])

ABREU_SANNIKOV = [[16, 3, 0], [21, 10, -1], [9, 5, -5]], [[9, 13, 3], [1, 4, 0], [0, -4, -15]]
DILEMMA = [[9, 1], [10, 3]], [[9, 10], [1, 3]]
DILEMMA_SET = [(3, 3), (9.75, 3), (9, 9), (3, 9.75)]
DILEMMA_2 = [[4, 0], [6, 2]], [[4, 6], [0, 2]]
SEXES = [[8, 3], [0, 5]], [[5, 3], [0, 8]]


def solve(tables, discount):
    return payoff_set(RepeatedGame(StrategicGame(tables), F(discount)))


def supports(vertices):
    return (np.array(vertices, dtype=float) @ DIRECTIONS).max(axis=0)


@pytest.mark.parametrize(
    ("tables", "discount", "vertices"),
    [
        (
            ABREU_SANNIKOV,
            "3/10",
            [
                (7.33770472, 10.9826253), (1.1256824, 2.8), (7.33770472, 0),
                (7.86308964, 0), (19.7917977, 2.8), (15.5630896, 9.1),
            ],
        ),
        (
            ABREU_SANNIKOV,
            "4/10",
            [
                (0.43169727312472, 2.4), (6.17267888662042, 0), (10.15, 0),
                (20.125, 2.4), (16, 9), (6.17267888662042, 12.0237911118091),
            ],
        ),
        (DILEMMA, "3/4", DILEMMA_SET),
        (DILEMMA, "9/10", DILEMMA_SET),
        (DILEMMA, "99/100", DILEMMA_SET),
        (DILEMMA, "999/1000", DILEMMA_SET),
        (DILEMMA_2, "4/5", [(2, 2), (5, 2), (4, 4), (2, 5)]),
        (SEXES, "4/5", [(5, 5), (8, 5), (5, 8)]),
    ],
)  # fmt: skip
def test_published_payoff_sets_are_found_to_1e_6_from_both_sides(tables, discount, vertices):
    found = solve(tables, discount)
    assert found.converged
    assert found.dimension == 2
    for bound in (found.outer, found.inner):
        assert np.abs(supports(bound) - supports(vertices)).max() < 1e-6


@pytest.mark.parametrize("discount", ["3/4", "9/10", "99/100", "999/1000"])
def test_the_prisoners_dilemma_is_solved_exactly_at_every_patience(discount):
    found = solve(DILEMMA, discount)
    assert found.exact
    assert found.outer_polygon.vertices == ((3, 3), (F(39, 4), 3), (9, 9), (3, F(39, 4)))


@pytest.mark.parametrize(
    ("tables", "discount", "vertices"),
    [
        (([[4, 0], [0, 1]], [[4, 0], [0, 1]]), "1/2", ((1, 1), (4, 4))),
        (([[1, 0], [0, 1]], [[0, 1], [1, 0]]), "1/2", ()),
        (([[1, 0], [0, 1]], [[0, 1], [1, 0]]), "99/100", ()),
        (DILEMMA, "1/8", ((3, 3),)),
        (DILEMMA, "1/7", ((3, 3), (9, 9))),
        (([[0, 0], [0, 0]], [[0, 0], [0, 0]]), "1/2", ((0, 0),)),
        (([[2, 5]], [[1, 1]]), "1/2", ((2, 1), (5, 1))),
        (([[2], [5]], [[7], [1]]), "9/10", ((5, 1),)),
        (([[3]], [[4]]), "9/10", ((3, 4),)),
    ],
)
def test_points_segments_and_the_empty_set_are_exact_answers(tables, discount, vertices):
    found = solve(tables, discount)
    assert found.exact
    assert found.converged
    assert found.outer_polygon.vertices == vertices
    assert found.dimension == min(len(vertices) - 1, 2)
    assert found.outer.shape == found.inner.shape == (len(vertices), 2)
