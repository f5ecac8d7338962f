"""The .nfg writer loses nothing of a game: not to its own reader, and not to Gambit's."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np
import pygambit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError, GameFileError
from blamegame.formats.nfg import read_nfg
from blamegame.formats.nfg_writer import write_nfg, write_nfg_payoffs
from blamegame.games.strategic import StrategicGame, to_float
from blamegame.models.delegation import Delegation

NUMBERS = st.integers(-9, 9) | st.fractions() | st.integers(-(10**30), 10**30)
LABELS = st.text(max_size=6) | st.sampled_from(['"', "\\", "\\\\", '\\"', '"\\', "", "\n", "😀", "推诿", "}", "1 2"])


@st.composite
def labelled_games(draw, labels=LABELS, numbers=NUMBERS):
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    n = len(sizes) * int(np.prod(sizes))
    payoffs = np.array(draw(st.lists(numbers, min_size=n, max_size=n)), dtype=object)
    names = [draw(st.lists(labels, min_size=k, max_size=k, unique=True)) for k in [len(sizes), *sizes]]
    return StrategicGame(payoffs.reshape(len(sizes), *sizes), names[0], names[1:])


@given(labelled_games(), st.text(max_size=5))
@settings(max_examples=100)
def test_every_exact_game_comes_back_equal(game, title):
    assert read_nfg(write_nfg(game, title=title)) == game


@given(labelled_games(labels=st.sampled_from("abcdefghij")))
@settings(max_examples=60)
def test_payoff_form_comes_back_but_for_the_labels_of_actions(game):
    back = read_nfg(write_nfg_payoffs(game))
    assert (back.payoffs == game.payoffs).all() and back.players == game.players


@given(labelled_games(numbers=st.floats(allow_nan=False, allow_infinity=False)))
@settings(max_examples=60)
def test_every_float_comes_back_as_the_same_float(game):
    assert to_float(read_nfg(write_nfg(game))) == game


def test_a_file_is_lossless_through_the_disk(tmp_path):
    game = StrategicGame([[[1, Fraction(1, 3)]], [[0, -1]]], ('a "quoted"', "line\r\nbreak"), (("x",), ("\t", "é\\")))
    path = tmp_path / "game.nfg"
    path.write_bytes(write_nfg(game).encode())
    assert read_nfg(path) == game


def test_the_default_delegation_game_reads_as_people_expect():
    assert write_nfg(Delegation().stage_game(), title="county").splitlines()[:8] == [
        'NFG 1 R "county" { "upper" "lower" }',
        "",
        '{ { "assist" "push" }',
        '{ "work" "escalate" "formalism" }',
        "}",
        "",
        "{",
        '{ "" 427/5000, -139/1000 }',
    ]


# Gambit refuses control characters and stray spaces, and does not undo a backslash that it escaped itself
PIECES = ["a", "B", "7", "é", "推诿", "😀", '"', "'", "{", "}", ",", "/", "\\x", "-", "_1", "#", "%", "a b", "ß"]


def random_labelled_game(rng):
    sizes = rng.integers(1, 4, rng.integers(1, 5))
    shape = (len(sizes), *sizes)
    top, bottom = rng.integers(-99, 100, shape).astype(object), rng.choice([1, 2, 3, 7, 10**6], shape).astype(object)
    payoffs = [Fraction(int(p), int(q)) for p, q in zip(top.ravel(), bottom.ravel())]
    names = []
    for count in (len(sizes), *sizes):
        labels: set[str] = set()
        while len(labels) < count:
            labels.add("".join(rng.choice(PIECES, rng.integers(1, 5))))
        names.append(sorted(labels))
    return StrategicGame(np.array(payoffs, dtype=object).reshape(shape), names[0], names[1:])


def test_five_hundred_games_come_back_equal_through_gambits_text():
    rng = np.random.default_rng(500)
    for _ in range(500):
        game = random_labelled_game(rng)
        through = pygambit.read_nfg(io.StringIO(write_nfg(game))).to_nfg()
        assert read_nfg(through) == game


@given(labelled_games(labels=st.sampled_from("abcdefghij")))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_gambit_reads_the_payoff_form_too(game):
    back = read_nfg(pygambit.read_nfg(io.StringIO(write_nfg_payoffs(game))).to_nfg())
    assert (back.payoffs == game.payoffs).all()
    assert back.actions == read_nfg(write_nfg_payoffs(game)).actions


CENTIPEDE = """NFG 1 R "Centipede game. Two inning, with probability of altruists" { "Player 1" "Player 2" }

{ { "1*11" "2111" "2211" }
{ "1*11" "2111" "2211" }
}

{
{ "" 0.811000 0.274000 }
{ "" 0.868000 0.502000 }
{ "" 1.400000 0.350000 }
{ "" 0.564000 1.566000 }
{ "" 3.148000 1.072000 }
{ "" 3.680000 0.920000 }
{ "" 1.020000 1.680000 }
{ "" 2.160000 6.240000 }
{ "" 12.800000 3.200000 }
}
1 4 7 2 5 8 3 6 9
"""  # Gambit's contrib/games/cent2.nfg
FOREIGN = {
    "outcomes out of order": CENTIPEDE,
    "payoff form with every kind of number": 'NFG 1 D "" { "A" "B" } { 2 2 } 1 -2 .5 1.5e-3 2e3 4/6 7 1.0',
    "outcome form without labels": (
        'NFG 1 R "" { "A" "B" "C" } { 2 1 2 } "note" { { "o" 1, 2, 3 } { "" 4 5 6 } } 2 0 1 2'
    ),
    "payoff form with labels": 'NFG 1 R "" { "A" } { { "x" "x" "y" } } 1 2 3',
    "labels that are repeated or empty": 'NFG 1 R "" { "A" "A" } { { "" "" "_1" } { "q" } } 1 2 3 4 5 6',
}


@pytest.mark.parametrize("name", FOREIGN)
def test_gambit_and_we_read_the_same_game(name):
    assert read_nfg(pygambit.read_nfg(io.StringIO(FOREIGN[name])).to_nfg()) == read_nfg(FOREIGN[name])


def test_gambit_sees_the_same_payoffs_as_we_do():
    game = StrategicGame([[[1, 2], [3, 4]], [[5, 6], [7, Fraction(1, 3)]]], ("A", "B"))
    row, column = pygambit.read_nfg(io.StringIO(write_nfg(game))).to_arrays()
    assert [[Fraction(str(v)) for v in line] for line in column] == game.payoffs[1].tolist()
    assert [[Fraction(str(v)) for v in line] for line in row] == game.payoffs[0].tolist()


def test_numbers_and_games_that_no_reader_would_take_are_refused():
    with pytest.raises(GameFileError, match="more than 1000 characters"):
        write_nfg(StrategicGame([[[10**1000]], [[0]]]))
    with pytest.raises(GameFileError, match="at most 500000 payoffs"):
        write_nfg(StrategicGame(np.zeros((2, 501, 500))))
    with pytest.raises(GameError, match="batch"):
        write_nfg(StrategicGame(np.zeros((5, 2, 1, 1)), 2))


def test_the_longest_number_that_is_written_is_read_back():
    game = StrategicGame([[[2**1499]], [[Fraction(1, 2**1499)]]])
    assert read_nfg(write_nfg(game)) == game
