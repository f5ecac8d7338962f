"""DataFrames become games and come back; errors name the cell by its labels."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from blamegame.errors import GameError, UnsupportedGame
from blamegame.formats.dataframe import from_dataframe, to_dataframe
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation

ROWS, COLUMNS = ["assist", "push"], ["work", "escalate"]


def frame(cells, rows=ROWS, columns=COLUMNS):
    return pd.DataFrame(cells, index=rows, columns=columns)


def test_pairs_as_tuples_or_as_text():
    by_tuple = from_dataframe(frame([[(3, 5), (0, 1)], [(4, 0), (1, 1)]]))
    by_text = from_dataframe(frame([["3, 5", "0, 1"], ["4, 0", "1, 1"]]))
    assert by_tuple == by_text
    assert by_tuple.exact and by_tuple.actions == (tuple(ROWS), tuple(COLUMNS))
    assert by_tuple.payoffs[1].tolist() == [[5, 1], [0, 1]]


def test_two_frames_of_numbers():
    game = from_dataframe(frame([[3, 0], [4, 1]]), frame([[5, 1], [0, 1]]))
    assert game == from_dataframe(frame([["3, 5", "0, 1"], ["4, 0", "1, 1"]]))


def test_names_of_index_and_columns_are_the_players_where_both_are_given():
    table = frame([["1, 1", "2, 2"], ["3, 3", "4, 4"]])
    assert from_dataframe(table.rename_axis(index="upper")).players == ("1", "2")
    assert from_dataframe(table.rename_axis(index="upper", columns="lower")).players == ("upper", "lower")


def test_floats_stay_floats_and_integer_labels_become_text():
    game = from_dataframe(pd.DataFrame([[0.1]]), pd.DataFrame([[2.5]]))
    assert not game.exact and game.payoffs[0, 0, 0] == 0.1
    assert game.actions == (("0",), ("0",))


def test_a_game_comes_back_from_its_frame():
    game = Delegation().stage_game()
    table = to_dataframe(game)
    assert table.loc["push", "escalate"] == (Fraction(-2021, 10000), Fraction(-499, 2000))
    assert from_dataframe(table) == game


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([["3, 5", "x"], ["4, 0", "1, 1"]], r"row 'assist', column 'escalate' \(C2\) holds 'x'"),
        ([["3, 5", None], ["4, 0", "1, 1"]], r"row 'assist', column 'escalate' \(C2\) holds (None|nan)"),
        ([["3, 5", "1, 1"], [7, "1, 1"]], r"row 'push', column 'work' \(B3\) holds 7; expected two payoffs"),
        ([[(1, float("nan")), "1, 1"], ["1, 1", "1, 1"]], r"\(B2\) .*must be a finite number"),
        ([[(1, True), "1, 1"], ["1, 1", "1, 1"]], r"\(B2\) .*write numbers"),
        ([[(1, "2"), "1, 1"], ["1, 1", "1, 1"]], r"\(B2\) .*write numbers"),
    ],
)
def test_what_is_wrong_is_said_with_the_cell(cells, message):
    with pytest.raises(GameError, match=message):
        from_dataframe(frame(cells))


def test_frames_that_do_not_fit_are_refused():
    with pytest.raises(GameError, match="they must agree"):
        from_dataframe(frame([[1, 2], [3, 4]]), frame([[1, 2], [3, 4]], rows=["push", "assist"]))
    with pytest.raises(GameError, match="expected one number"):
        from_dataframe(frame([[(1, 2), 2], [3, 4]]), frame([[1, 2], [3, 4]]))
    with pytest.raises(GameError, match="appears twice"):
        from_dataframe(frame([["1, 1"] * 2] * 2, columns=["a", "a"]))
    with pytest.raises(GameError, match="is not a DataFrame"):
        from_dataframe(np.zeros((2, 2)))
    with pytest.raises(GameError, match="holds no game"):
        from_dataframe(pd.DataFrame())
    with pytest.raises(UnsupportedGame, match="write_nfg"):
        to_dataframe(StrategicGame(np.zeros((3, 1, 1, 1))))
