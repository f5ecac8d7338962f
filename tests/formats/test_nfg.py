"""The .nfg reader: both forms, every label, exact numbers, and errors with line and column."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameFileError
from blamegame.formats.nfg import distinct, read_nfg
from blamegame.formats.source import MOST_BYTES
from blamegame.games.strategic import StrategicGame

PAYOFF_FORM = """NFG 1 R "prisoners" { "row" "column" } { 2 3 }

1 2  3 4  5 6  7 8  9 10  11 12
"""
OUTCOME_FORM = """NFG 1 R "a title" { "Alice" "Bob" }

{ { "up" "down" }
{ "left" "right" }
}
"a comment
on two lines"

{
{ "first" 1, 2/3 }
{ "" -1.5e-1 .25 }
}
1 2 0 1
"""


def test_in_payoff_form_the_action_of_player_one_runs_fastest_and_labels_are_numbers():
    game = read_nfg(PAYOFF_FORM)
    assert game.payoffs[0].tolist() == [[1, 5, 9], [3, 7, 11]]
    assert game.payoffs[1].tolist() == [[2, 6, 10], [4, 8, 12]]
    assert game.players == ("row", "column")
    assert game.actions == (("1", "2"), ("1", "2", "3"))


def test_in_outcome_form_cells_refer_to_outcomes_and_zero_pays_nothing():
    game = read_nfg(OUTCOME_FORM)
    assert game.players == ("Alice", "Bob")
    assert game.actions == (("up", "down"), ("left", "right"))
    assert game.payoffs[0].tolist() == [[1, 0], [Fraction(-3, 20), 1]]
    assert game.payoffs[1].tolist() == [[Fraction(2, 3), 0], [Fraction(1, 4), Fraction(2, 3)]]


def test_action_labels_are_kept_in_payoff_form_and_may_be_absent_in_outcome_form():
    labelled = read_nfg('NFG 1 R "" { "A" } { { "x" "y" } } 1 2')
    counted = read_nfg('NFG 1 R "" { "A" } { 2 } { { "" 1 } } 1 1')
    assert labelled.actions == (("x", "y"),) and counted.actions == (("1", "2"),)


def test_three_players_are_read_in_the_order_of_their_axes():
    game = read_nfg('NFG 1 D "" { "A" "B" "C" } { 2 1 2 } 1 2 3  4 5 6  7 8 9  10 11 12')
    assert game.payoffs.shape == (3, 2, 1, 2)
    assert [game.payoffs[0, i, 0, k] for k in range(2) for i in range(2)] == [1, 4, 7, 10]
    assert game.payoffs[2, 1, 0, 1] == 12


def test_a_published_game_of_gambit_is_read():
    # Gambit's contrib/games/2x2x2.nfg: McKelvey and McLennan's game with nine equilibria
    game = read_nfg(
        'NFG 1 R "2x2x2 Example with 9 Nash equilibria" { "Player 1" "Player 2" "Player 3" }\n'
        '{ { "1" "2" } { "1" "2" } { "1" "2" } }\n""\n'
        '{ { "" 9, 8, 12 } { "" 0, 0, 0 } { "" 0, 0, 0 } { "" 9, 8, 2 }\n'
        '{ "" 0, 0, 0 } { "" 3, 4, 6 } { "" 3, 4, 6 } { "" 0, 0, 0 } }\n1 2 3 4 5 6 7 8\n'
    )
    assert game.payoffs[:, 1, 1, 0].tolist() == [9, 8, 2]
    assert game.payoffs[:, 0, 1, 1].tolist() == [3, 4, 6]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", Fraction(7)),
        ("+7", Fraction(7)),
        ("-0", Fraction(0)),
        ("1.", Fraction(1)),
        (".5", Fraction(1, 2)),
        ("0.1", Fraction(1, 10)),
        ("-1/3", Fraction(-1, 3)),
        ("2e3", Fraction(2000)),
        ("1.5E-3", Fraction(3, 2000)),
        ("9007199254740993", Fraction(9007199254740993)),
        ("1e-324", Fraction(1, 10**324)),
        ("1e308", Fraction(10**308)),
    ],
)
def test_numbers_are_exact(text, value):
    payoff = f'NFG 1 R "" {{ "A" }} {{ 1 }} {text}'
    outcome = f'NFG 1 R "" {{ "A" }} {{ 1 }} {{ {{ "" {text} }} }} 1'
    assert read_nfg(payoff).payoffs[0, 0] == value
    assert read_nfg(outcome).payoffs[0, 0] == value


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (r"say \"no\"", 'say "no"'),
        (r"C:\temp", r"C:\temp"),
        (r"C:\\temp", r"C:\temp"),
        (r"ends with \\", "ends with \\"),
        (r"\n stays", r"\n stays"),
        ("two\nlines", "two\nlines"),
        ("", ""),
        ("推诿 😀 é", "推诿 😀 é"),
        ("{ } , 1 2", "{ } , 1 2"),
    ],
)
def test_labels_in_quotes_are_read_as_they_are(written, label):
    assert read_nfg(f'NFG 1 R "" {{ "{written}" }} {{ {{ "{written}" "b" }} }} 1 2').actions[0] == (label, "b")


def test_repeated_labels_are_numbered_as_gambit_does():
    game = read_nfg('NFG 1 R "" { "A" "A" } { { "x" "x" "x_1" } { "" "" } }' + " 0 0" * 6)
    assert game.players == ("A_1", "A_2")
    assert game.actions == (("x_2", "x_3", "x_1"), ("_1", "_2"))
    assert distinct(["a", "a", "a_1", "a_2", "b"]) == ("a_3", "a_4", "a_1", "a_2", "b")


def test_a_file_is_read_from_its_path_as_text_or_path_with_or_without_a_byte_order_mark(tmp_path):
    path = tmp_path / "game.nfg"
    path.write_text(OUTCOME_FORM, encoding="utf-8-sig")
    assert read_nfg(path) == read_nfg(str(path)) == read_nfg(OUTCOME_FORM) == read_nfg("\ufeff" + OUTCOME_FORM)


def test_windows_line_ends_change_nothing(tmp_path):
    path = tmp_path / "game.nfg"
    path.write_bytes(OUTCOME_FORM.replace("\n", "\r\n").encode())
    assert read_nfg(path) == read_nfg(OUTCOME_FORM)


HEAD = 'NFG 1 R "t" { "A" "B" }\n'
BAD = [
    ('NFG 2 R "t" { "A" } { 1 } 1', "line 1, column 5: expected version 1, found '2'"),
    ('NFG 1 X "t" { "A" } { 1 } 1', "line 1, column 7: expected R or D, found 'X'"),
    ("EFG 2 R\n", "line 1, column 1: expected NFG, found 'EFG'"),
    ('NFG 1 R { "A" } { 1 } 1', "line 1, column 9: expected the title in quotes, found '{'"),
    ('NFG 1 R "t { A } 1', "line 1, column 9: expected the title in quotes, found a quote that is never closed"),
    ('NFG 1 R "t" { } { } 1', "line 1, column 15: no labels of the players"),
    ('NFG 1 R "t" { A } { 1 } 1', "column 15: expected another label of the players in quotes, or }, found 'A'"),
    (HEAD + "{ 2 } 1 2 3 4", "line 2, column 5: expected the number of actions of player 2, found '}'"),
    (HEAD + "{ 2 2 2 } 1 2", "line 2, column 7: expected } after the actions of 2 players, found '2'"),
    (HEAD + "{ 2 0 } ", "line 2, column 5: player 2 has '0' actions"),
    (HEAD + "{ 2 -1 } ", "line 2, column 5: player 2 has '-1' actions"),
    (HEAD + "{ 2 1e3 } ", "line 2, column 5: player 2 has '1e3' actions"),
    (HEAD + '{ { "a" } { } } ', "line 2, column 13: no labels of the actions of player 2"),
    (HEAD + "{ 2 2 } 1 2 3 4 5 6 7", "line 2, column 22: expected 8 payoffs, the file ends after 7"),
    (HEAD + "{ 1 1 }\n1 2 3", "line 3, column 5: expected the end of the file after 2 payoffs, found '3'"),
    (HEAD + "{ 1 1 }\n1 x", "line 3, column 3: 'x' is not a number"),
    (HEAD + "{ 1 1 }\n1 nan", "line 3, column 3: 'nan' is not a number"),
    (HEAD + "{ 1 1 }\n1 inf", "line 3, column 3: 'inf' is not a number"),
    (HEAD + "{ 1 1 }\n1 1_000", "line 3, column 3: '1_000' is not a number"),
    (HEAD + "{ 1 1 }\n1 ١", "line 3, column 3: '١' is not a number"),
    (HEAD + "{ 1 1 }\n1 1/0", "line 3, column 3: '1/0' divides by zero"),
    (HEAD + "{ 1 1 }\n1 1e401", "line 3, column 3: '1e401' has an exponent beyond 400"),
    (HEAD + "{ 1 1 }\n1 1e-99999999999", "has an exponent beyond 400"),
    (HEAD + "{ 1 1 }\n1 " + "9" * 1001, "has 1001 characters; a number has at most 1000"),
    (HEAD + "{ 9 9 }\n1", "line 3, column 1: 9 x 9 actions need 81 cells, and the file ends"),
    (HEAD + '{ 1 1 } { { "o" 1 } } 1', "column 19: expected the payoff of player 2, found '}'"),
    (HEAD + '{ 1 1 } { { "o" 1 2 3 } } 1', "column 21: expected } after 2 payoffs, found '3'"),
    (HEAD + "{ 1 1 } { { 1 2 } } 1", "column 13: expected the outcome's name in quotes, found '1'"),
    (HEAD + '{ 1 1 } { { "o" 1 1/0 } } 1', "column 19: '1/0' divides by zero"),
    (HEAD + '{ 1 1 } { { "o" 1 2 }  1', "column 24: expected another outcome, or }, found '1'"),
    (
        HEAD + '{ 1 1 } { { "o" 1 2 } }\n2',
        "line 3, column 1: '2' is not an outcome number; the file has outcomes 1",
    ),
    (HEAD + '{ 1 1 } { { "o" 1 2 } }\n-1', "line 3, column 1: '-1' is not an outcome number"),
    (HEAD + '{ 2 1 } { { "o" 1 2 } }\n1 ', "line 3, column 3: expected 2 outcome numbers, the file ends after 1"),
]


@pytest.mark.parametrize(("text", "message"), BAD, ids=[message[:60] for _, message in BAD])
def test_what_is_wrong_is_said_with_line_and_column(text, message):
    with pytest.raises(GameFileError) as failure:
        read_nfg(text)
    assert message in str(failure.value)


def test_a_short_file_that_declares_a_huge_game_fails_at_once():
    text = 'NFG 1 R "" { "A" "B" } { 100000 100000 }\n1 1'
    assert len(text) == 44
    with pytest.raises(GameFileError, match="100000 x 100000 actions need 20000000000 payoffs"):
        read_nfg(text)


def test_more_players_labels_or_bytes_than_are_read_are_refused(tmp_path):
    with pytest.raises(GameFileError, match="at most 30 players"):
        read_nfg('NFG 1 R "" { ' + '"A" ' * 31 + "}")
    with pytest.raises(GameFileError, match="labels of 10000 characters"):
        read_nfg('NFG 1 R "" { "' + "A" * 10001 + '" } { 1 } 1')
    with pytest.raises(GameFileError, match="at most"):
        read_nfg('NFG 1 R "' + " " * MOST_BYTES)
    path = tmp_path / "large.nfg"
    with path.open("wb") as file:
        file.truncate(10 * MOST_BYTES)
    with pytest.raises(GameFileError, match="larger than"):
        read_nfg(path)
    outcomes = '{ "" 1 } ' * 500_001
    with pytest.raises(GameFileError, match="outcomes; no more are read"):
        read_nfg(f'NFG 1 R "" {{ "A" }} {{ 1 }} {{ {outcomes} }} 1')


def test_what_is_no_file_is_said_so(tmp_path):
    for path in (tmp_path, tmp_path / "none.nfg", "no such file", "", "a\0b", "x" * 5000):
        with pytest.raises(GameFileError, match=r"there is no file|cannot be read"):
            read_nfg(path)
    with pytest.raises(GameFileError, match="neither the text"):
        read_nfg(5)


def test_a_file_that_is_not_utf8_is_refused_with_its_place(tmp_path):
    path = tmp_path / "game.nfg"
    path.write_bytes('NFG 1 R ""\n{ "é" } { 1 } 1'.encode("latin-1"))
    with pytest.raises(GameFileError, match="line 2, byte 4: 0xe9 is not UTF-8"):
        read_nfg(path)


def test_a_game_of_many_thousand_cells_is_read():
    numbers = " ".join(str(k) for k in range(250 * 250 * 2))
    game = read_nfg(f'NFG 1 R "" {{ "A" "B" }} {{ 250 250 }} {numbers}')
    assert isinstance(game, StrategicGame)
    assert game.payoffs[1, 249, 0] == 2 * 249 + 1
    assert game.payoffs[0, 0, 249] == 2 * 250 * 249
    assert np.all(game.payoffs[1] == game.payoffs[0] + 1)
