"""A spreadsheet's CSV becomes a game with its labels, or an error that names the cell."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError, GameFileError, UnsupportedGame
from blamegame.formats.csv_game import read_csv_game, write_csv_game
from blamegame.formats.source import MOST_BYTES
from blamegame.games.strategic import StrategicGame, to_float

ONE = 'upper \\ lower,work,escalate\nassist,"3, 5","0, 1/3"\npush,"4, -0.5","1e2, 1"\n'
TWO = "upper,work,escalate\nassist,3,0\npush,4,1e2\n\nlower,work,escalate\nassist,5,1/3\npush,-0.5,1\n"
GAME = StrategicGame(
    [[[3, 0], [4, 100]], [[5, Fraction(1, 3)], [Fraction(-1, 2), 1]]],
    ("upper", "lower"),
    (("assist", "push"), ("work", "escalate")),
)


def test_one_table_of_pairs():
    assert read_csv_game(ONE) == GAME


def test_two_tables_of_numbers_with_the_owner_of_the_payoffs_in_the_corner():
    assert read_csv_game(TWO) == GAME


def test_both_players_may_stand_in_the_first_corner_of_two_tables():
    assert read_csv_game(TWO.replace("upper,", "upper \\ lower,").replace("\nlower,", "\n,")) == GAME


def test_empty_corners_give_the_players_their_default_names():
    assert read_csv_game(ONE.replace("upper \\ lower", "")).players == ("1", "2")
    assert read_csv_game(TWO.replace("upper", "").replace("lower", "")).players == ("1", "2")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_are_recognised(delimiter):
    assert read_csv_game(ONE.replace(",work,", f"{delimiter}work{delimiter}").replace(',"', f'{delimiter}"')) == GAME
    assert read_csv_game(TWO.replace(",", delimiter)) == GAME


def test_a_first_line_that_declares_the_delimiter_is_obeyed():
    assert read_csv_game("sep=|\n" + TWO.replace(",", "|")) == GAME


def test_a_file_as_spreadsheets_save_it_is_read(tmp_path):
    path = tmp_path / "matrix.csv"
    padded = "\n" + ONE.replace("\n", ",,\n") + ",,,,\n,,,,\n"
    path.write_text(padded, encoding="utf-8-sig", newline="\r\n")
    assert read_csv_game(path) == read_csv_game(str(path)) == GAME


@pytest.mark.parametrize("cell", ["3, 5", "3,5", "(3, 5)", "3;5", "3 | 5", " 3  5 ", "3.0, 5/1"])
def test_the_ways_people_write_a_pair(cell):
    game = read_csv_game(f',work\nassist,"{cell}"\n')
    assert game.payoffs.ravel().tolist() == [3, 5]


def test_the_typographic_minus_of_word_processors_is_a_minus():
    assert read_csv_game(',work\nassist,"−3, −1/2"\n').payoffs.ravel().tolist() == [-3, Fraction(-1, 2)]


BAD = [
    (',work\nassist,"3, 5"\npush,x\n', "cell B3 holds 'x'; expected two payoffs such as \"3, 5\""),
    (',work\nassist,"3, x"\n', "cell B2 holds '3, x': 'x' is not a number"),
    (',work\nassist,"3, 1/0"\n', "cell B2 holds '3, 1/0': '1/0' divides by zero"),
    (',a,b\nassist,"3, 5"\n', "cell C2 is empty; expected two payoffs"),
    (';work\nassist;"0,5; 1,5"\n', "cell B2 holds '0,5; 1,5'; expected two payoffs such as \"3, 5\"; write decimals"),
    (",a,a\nassist,1 1,2 2\n", "cell C1: the label 'a' stands in B1 already"),
    (",a,b\nup,1 1,2 2\nup,1 1,2 2\n", "cell A3: the label 'up' stands in A2 already"),
    (",a\nup,1 1,9 9\n", "cell C1 is empty; rows and columns need an action's label"),
    (",a\nup,1\n\n,a\nup,2\n\n,a\nup,3\n", "holds 3 tables; expected one table"),
    (",a\nup,1\n\n,b\nup,2\n", "cell B4: 'b' is 'a' in the first table"),
    (",a\nup,1\n\n,a\ndown,2\n", "cell A5: 'down' is 'up' in the first table"),
    (",a\nup,1\n\n,a,b\nup,2,3\n", "the first table has 1 actions from 'a' on, the second 2 from 'a' on (B4)"),
    (",a\nup,0,5\n\n,a\nup,2\n", "cell C1 is empty"),
    ("game one,a\nup,1 1\n", "cell A1 holds 'game one'; write the two players as in 'upper \\ lower'"),
    ("a \\ a,x\nup,1 1\n", "cell A1 holds"),
    ("upper,a\nup,1\n\n,a\nup,2\n", "the corners A1 and A4 hold 'upper' and ''"),
    ("upper,a\nup,1\n\nupper,a\nup,2\n", "the corners A1 and A4"),
    ("a,b\n", "the table at A1 has 1 rows and 2 columns"),
    ("\n\n", "holds 0 tables"),
    ('a,"b\n', "not well-formed CSV"),
    (',a\nup,"1 1"2\n', "not well-formed CSV"),
    (",a\nup," + "1" * 200_000 + "\n", "not well-formed CSV (field larger"),
    (",a\nup,1 " + "1" * 2000 + "\n", "has 2000 characters"),
]


@pytest.mark.parametrize(("text", "message"), BAD, ids=[message[:50] for _, message in BAD])
def test_what_is_wrong_is_said_with_the_cell(text, message):
    with pytest.raises(GameFileError) as failure:
        read_csv_game(text)
    assert message in str(failure.value)


def test_a_sheet_too_large_or_too_ragged_to_read_is_refused(tmp_path):
    with pytest.raises(GameFileError, match="at most"):
        read_csv_game("\n" * (MOST_BYTES + 1))
    with pytest.raises(GameFileError, match="more than 500000 cells"):
        read_csv_game("," * 500_001 + "\n")
    with pytest.raises(GameFileError, match="too many to read"):
        read_csv_game("," * 200_000 + "x\n" + "a\n" * 100_000)
    with pytest.raises(GameFileError, match="there is no file"):
        read_csv_game(tmp_path / "none.csv")


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=5)
LABELS = TEXTS.filter(str.strip) | st.sampled_from(['"', ",", ";", "a\nb", "\r\n.", " x ", "推诿", "😀", "\\", "sep=;"])


@st.composite
def two_player_games(draw, numbers):
    sizes = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    n = 2 * sizes[0] * sizes[1]
    payoffs = np.array(draw(st.lists(numbers, min_size=n, max_size=n)), dtype=object).reshape(2, *sizes)
    names = LABELS.filter(lambda text: "\\" not in text)
    players = draw(st.lists(names, min_size=2, max_size=2, unique=True))
    return StrategicGame(payoffs, players, [draw(st.lists(LABELS, min_size=k, max_size=k, unique=True)) for k in sizes])


@given(two_player_games(st.integers(-9, 9) | st.fractions()))
@settings(max_examples=80)
def test_every_exact_game_comes_back_equal(game):
    assert read_csv_game(write_csv_game(game)) == game


@given(two_player_games(st.floats(allow_nan=False, allow_infinity=False)))
@settings(max_examples=50)
def test_every_float_comes_back_as_the_same_float(game):
    assert to_float(read_csv_game(write_csv_game(game))) == game


def test_what_csv_cannot_hold_is_refused_with_the_way_out():
    with pytest.raises(UnsupportedGame, match="use write_nfg"):
        write_csv_game(StrategicGame(np.zeros((3, 1, 1, 1))))
    with pytest.raises(GameFileError, match="cannot stand in the corner"):
        write_csv_game(StrategicGame([[[1]], [[1]]], ("a\\b", "c")))
    with pytest.raises(GameFileError, match="would be an empty label"):
        write_csv_game(StrategicGame([[[1]], [[1]]], actions=(("",), ("b",))))
    with pytest.raises(GameFileError, match="more than 1000 characters"):
        write_csv_game(StrategicGame([[[10**1000]], [[1]]]))
    with pytest.raises(GameError, match="batch"):
        write_csv_game(StrategicGame(np.zeros((4, 2, 1, 1)), 2))


def test_damaged_sheets_are_games_or_refused():
    rng = np.random.default_rng(3)
    scraps = ['"', ",", ";", "\n", "\n\n", "\t", "\\", "x", "1", "1e999", "\0", "(", ")", "−", "sep=,\n", "|"]
    games = 0
    for _ in range(600):
        text = (ONE, TWO)[rng.integers(2)]
        for _ in range(int(rng.integers(1, 4))):
            start, stop = sorted(rng.integers(0, len(text) + 1, 2).tolist())
            text = text[:start] + scraps[rng.integers(len(scraps))] + text[min(stop, start + 3) :]
        try:
            read_csv_game(text + "\n")
            games += 1
        except GameFileError:
            pass
    assert 10 < games < 590
