from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.plots.payoff_set import plot_payoff_set
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.strategic.nash import nash

PENNIES = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
COMMON = StrategicGame([[[4, 0], [0, 1]], [[4, 0], [0, 1]]])


def test_the_figure_is_complete(check_figure, labels_of):
    game = Delegation().repeated(Fraction(9, 10))
    ax = plot_payoff_set(payoff_set(game), equilibria=nash(game.stage), minmax=(-0.2, -0.25))
    check_figure(ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("average payoff of upper", "average payoff of lower")
    assert set(labels_of(ax)) == {"stage payoffs", "outer bound", "equilibrium payoffs", "stage equilibrium", "minmax"}
    assert {text.get_text() for text in ax.texts} >= {"assist, work", "push, escalate"}


def test_the_axes_carry_the_unit_where_it_is_given():
    ax = plot_payoff_set(payoff_set(Delegation().repeated(Fraction(1, 2))), unit="value of success")
    assert ax.get_ylabel() == "average payoff of lower (value of success)"
    assert "pure subgame perfect equilibria, public randomisation" in [text.get_text() for text in ax.texts]


def test_the_polygons_are_the_bounds():
    game = Delegation().repeated(Fraction(9, 10))
    found = payoff_set(game)
    outer, inner = plot_payoff_set(found).patches
    assert np.array_equal(outer.get_xy()[:-1], found.outer)
    assert np.array_equal(inner.get_xy()[:-1], found.inner)


@pytest.mark.parametrize(
    ("game", "vertices"),
    [
        (RepeatedGame(PENNIES, Fraction(1, 2)), 0),
        (Delegation().repeated(Fraction(1, 10)), 1),
        (RepeatedGame(COMMON, Fraction(1, 2)), 2),
    ],
)
def test_an_empty_set_a_point_and_a_segment_are_drawn_as_such(game, vertices, check_figure):
    found = payoff_set(game)
    assert len(found.outer) == vertices
    ax = plot_payoff_set(found)
    check_figure(ax)
    drawn = [line for line in ax.lines if line.get_label() in ("outer bound", "equilibrium payoffs")]
    assert [len(line.get_xydata()) for line in drawn] == [vertices] * (2 if vertices else 0)
    assert not ax.patches
    said = any("no equilibrium in pure strategies" in text.get_text() for text in ax.texts)
    assert said == (vertices == 0)


def test_cells_with_the_same_payoffs_share_a_label():
    ax = plot_payoff_set(payoff_set(RepeatedGame(PENNIES, Fraction(1, 2))))
    assert "a, a = b, b" in [text.get_text() for text in ax.texts]


def test_the_labels_of_a_large_stage_game_are_left_out():
    stage = StrategicGame(np.random.default_rng(0).uniform(size=(2, 5, 5)))
    ax = plot_payoff_set(payoff_set(RepeatedGame(stage, 0.5)))
    assert [text.get_gid() for text in ax.texts] == ["about"]
