"""The payoff table: best replies marked, exact numbers kept, nothing wider than the screen."""

import io
from fractions import Fraction

import numpy as np
import pytest

from blamegame.cli.payoff_table import MOST_CELLS, print_payoffs
from blamegame.cli.screen import console
from blamegame.games.strategic import StrategicGame


@pytest.fixture
def shown(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")

    def show(payoffs):
        screen = console(io.StringIO())
        print_payoffs(screen, StrategicGame(payoffs))
        return screen.file.getvalue().splitlines()

    return show


def test_best_replies_stand_between_underscores_and_pure_equilibria_have_a_star(shown):
    assert shown([[[2, 0], [0, 1]], [[1, 0], [0, 2]]]) == [
        "  1 \\ 2  a           b",
        "  a      _2_, _1_ *  0, 0",
        "  b      0, 0        _1_, _2_ *",
        "  _best reply_   * pure equilibrium",
    ]


def test_three_players_are_a_list_of_cells(shown):
    lines = shown(np.arange(24).reshape(3, 2, 2, 2).tolist())
    assert len(lines) == 1 + 8 + 1 and lines[0].split() == ["1", "2", "3", "payoffs"]
    assert lines[8].endswith("_7_, _15_, _23_ *")


def test_numbers_too_long_for_the_screen_are_rounded_and_given_exactly_below(shown):
    long = Fraction(1234567, 7654321)
    lines = shown([[[long, 0, 0], [0, 0, 0]], [[long, long, long], [0, 0, 0]]])
    assert all(len(line) <= 60 for line in lines)
    assert any("Rounded to" in line for line in lines)
    assert any(f"{long}, {long}" in line for line in lines) and not any("(b, a)" in line for line in lines)


def test_a_game_with_too_many_cells_is_named_instead(shown):
    lines = shown(np.zeros((2, 1, MOST_CELLS + 1), dtype=int).tolist())
    assert " ".join(" ".join(lines).split()).endswith("exact>: too many cells to print") and len(lines) <= 2
    assert len(shown(np.zeros((2, 1, MOST_CELLS), dtype=int).tolist())) > MOST_CELLS
