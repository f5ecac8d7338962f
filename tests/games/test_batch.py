"""Many games in floats, with exact payoffs wherever floats are not the game."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.batch import Batch, as_batch, smallest_integers
from blamegame.games.strategic import StrategicGame

BIG = [[[2**60, 0], [2**60 + 1, 0]], [[1, 0], [1, 0]]]


@pytest.mark.parametrize(
    "door",
    [
        lambda table: table,
        lambda table: [table],
        lambda table: np.array(table),
        lambda table: np.array(table, dtype=np.uint64),
        lambda table: np.array(table, dtype=object),
        StrategicGame,
        lambda table: StrategicGame([table, table], players=2),
        lambda table: [[[Decimal(v) for v in row] for row in player] for player in table],
        lambda table: [[[Fraction(v) for v in row] for row in player] for player in table],
        lambda table: [[[v, float(w)] for v, w in player] for player in table],
        lambda table: np.array([[[v, float(w)] for v, w in player] for player in table], dtype=object),
    ],
)
def test_whole_numbers_beyond_floats_stay_exact_at_every_door(door):
    batch = as_batch(door(BIG))
    assert batch.rounded.all()
    assert batch.exact(0).tolist() == BIG


def test_exact_numbers_that_floats_hold_need_no_second_thought():
    for payoffs in (
        [[[1, 0.5]], [[0, 1]]],
        np.array([[[1, 2]], [[3, 4]]]),
        [[[Fraction(1, 3), Fraction(2, 3)]], [[0, 1]]],
    ):
        assert not as_batch(payoffs).rounded.any()


def test_a_batch_is_flattened_and_one_game_is_a_batch_of_one():
    assert len(as_batch(np.zeros((3, 4, 2, 2, 3)))) == 12 and as_batch(np.zeros((2, 2, 3))).n_actions == (2, 3)
    assert as_batch(np.zeros((5, 3, 1, 2, 1)), players=3).n_actions == (1, 2, 1)
    batch = as_batch(BIG)
    assert as_batch(batch) is batch


tables = st.lists(st.fractions() | st.integers(-(10**30), 10**30), min_size=4, max_size=4)


@given(tables, tables)
def test_floats_order_payoffs_as_the_exact_ones_or_tie(first, second):
    batch = as_batch(np.array([first, second], dtype=object).reshape(1, 2, 2, 2))
    for player, table in enumerate((first, second)):
        floats = batch.payoffs[0, player].ravel().tolist()
        for a, x in zip(table, floats):
            for b, y in zip(table, floats):
                assert (a < b) <= (x <= y)
                assert batch.rounded[0] or (a == b) == (x == y)


@given(tables)
def test_smallest_integers_are_the_same_payoffs_in_another_unit(table):
    integers = smallest_integers(np.array([Fraction(v) for v in table], dtype=object))
    assert min(integers) == 0
    for a, b, x, y in zip(table, table[1:], integers, integers[1:]):
        assert (a - b) * (max(integers) or 1) == (x - y) * (max(table) - min(table) if max(integers) else 0)


def test_exact_payoffs_are_asked_for_by_number_and_checked():
    batch = Batch(np.zeros((2, 2, 1, 2)), lambda g: [[[g, 1]], [[0, 1]]])
    assert batch.exact(1).tolist() == [[[1, 1]], [[0, 1]]] and type(batch.exact(1)[0, 0, 0]) is Fraction
    with pytest.raises(GameError, match=r"exact\(0\) has shape \(2, 1, 1\), the games have \(2, 1, 2\)"):
        Batch(np.zeros((1, 2, 1, 2)), lambda g: [[[1]], [[1]]]).exact(0)


def test_a_batch_is_a_value():
    payoffs = np.zeros((1, 2, 1, 2))
    batch = Batch(payoffs)
    with pytest.raises(ValueError, match="read-only"):
        batch.payoffs[0] = 1
    assert payoffs.flags.writeable
    again = pickle.loads(pickle.dumps(as_batch(BIG)))
    assert again.exact(0).tolist() == BIG and repr(again) == "<Batch of 1 games 2 x 2, 1 rounded>"


@pytest.mark.parametrize("payoffs", [np.zeros((2, 2)), np.zeros((0, 2, 2, 2)), np.zeros((1, 3, 2, 2))])
def test_what_is_no_batch_is_refused(payoffs):
    with pytest.raises(GameError, match="shape"):
        as_batch(payoffs)
    with pytest.raises(GameError, match="no batch"):
        Batch(payoffs)


def test_rounded_games_need_exact_payoffs():
    with pytest.raises(GameError, match="exact payoffs where true"):
        Batch(np.zeros((1, 2, 1, 1)), rounded=[True])
    with pytest.raises(GameError, match="one entry for each of 1 games"):
        Batch(np.zeros((1, 2, 1, 1)), lambda g: None, [True, False])
