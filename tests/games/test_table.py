from __future__ import annotations

from fractions import Fraction

import numpy as np

from blamegame.games.strategic import StrategicGame
from blamegame.games.table import format_number


def test_best_replies_are_underlined_equilibria_starred_and_fractions_shown_with_their_decimal():
    game = StrategicGame([[[Fraction(1, 3), 0], [0, 0]], [[1, 0], [0, 2]]], players=("upper", "lower"))
    assert str(game).splitlines() == [
        "upper \\ lower  a                        b",
        "a              _1/3 (0.333333)_, _1_ *  _0_, 0",
        "b              0, 0                     _0_, _2_ *",
        "",
        "_best reply_   * pure equilibrium",
    ]


def test_more_than_two_players_are_listed_cell_by_cell():
    text = str(StrategicGame(np.zeros((3, 1, 2, 1))))
    assert text.splitlines()[0].split() == ["1", "2", "3", "payoffs"] and text.count("*") == 3


def test_batches_and_very_large_games_are_summarised():
    assert "print(game[i])" in str(StrategicGame(np.zeros((4, 2, 2, 2)), players=2))
    assert "too large to print" in str(StrategicGame(np.zeros((2, 30, 30))))


def test_numbers_read_as_people_write_them():
    assert format_number(Fraction(10**30, 3)).startswith("≈ 3.33333e+29")
    assert format_number(-0.25) == "-0.25"


def test_numbers_beyond_floats_and_beyond_text_are_shown_rounded():
    assert format_number(Fraction(10**400, 3)) == "≈ 3.33333e+399"
    assert format_number(Fraction(10**5000 + 1)) == "≈ 1.00000e+5000"
    assert format_number(Fraction(1, 10**5000 + 1)) == "≈ 0"
