from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.strategic import (
    StrategicGame,
    best_reply_cells,
    cell_index,
    check_profile,
    check_single,
    pure_profile,
    to_exact,
    to_float,
)

PD = [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]


def test_integers_and_fractions_stay_exact_and_floats_stay_floats():
    assert StrategicGame(PD).payoffs[0, 1, 0] == Fraction(5) and StrategicGame(PD).exact
    assert not StrategicGame(np.array(PD, dtype=float)).exact
    mixed = [[[Fraction(1, 4), 0.1]], [[0, 1]]]
    assert StrategicGame(mixed).payoffs.dtype == np.float64
    assert StrategicGame([[[Fraction(1, 3), 2]], [[0, 1]]]).payoffs[0, 0, 0] == Fraction(1, 3)


def test_integers_beyond_float_precision_stay_exact():
    big = 2**70 + 1
    assert StrategicGame([[[big]], [[0]]]).payoffs[0, 0, 0] == big


@pytest.mark.parametrize("number", [2**53 + 1, 2**63 + 1, 10**400, Fraction(1, 3), Decimal("0.1")])
def test_no_exact_number_is_rounded_because_a_float_stands_beside_it(number):
    game = StrategicGame([[[number, 0.1]], [[0, 1]]])
    assert game.payoffs[0].tolist() == [[Fraction(number), Fraction(0.1)]]


def test_labels_default_to_numbers_and_letters():
    game = StrategicGame(np.zeros((2, 2, 30)))
    assert game.players == ("1", "2") and game.actions[0] == ("a", "b")
    assert game.actions[1][25:28] == ("z", "aa", "ab")


def test_without_labels_the_array_is_one_game_so_three_players_are_not_a_batch():
    assert StrategicGame(np.zeros((3, 2, 2, 2))).n_players == 3
    batch = StrategicGame(np.zeros((3, 2, 2, 2)), players=2)
    assert batch.n_players == 2 and batch.batch_shape == (3,)
    assert StrategicGame(np.zeros((5, 2, 1, 2)), actions=[["x"], ["y", "z"]]).batch_shape == (5,)


def test_a_batch_gives_its_items_and_a_single_game_has_none():
    batch = StrategicGame(np.arange(24.0).reshape(3, 2, 2, 2), players=("u", "l"))
    assert [game.payoffs[0, 0, 0] for game in batch] == [0, 8, 16]
    assert batch[2].players == ("u", "l")
    with pytest.raises(GameError, match=r"game\[3\] is outside the batch"):
        batch[3]
    with pytest.raises(GameError, match="single game"):
        batch[0][0]
    with pytest.raises(GameError, match="iterated"):
        iter(batch[0])
    with pytest.raises(GameError, match=r"nash takes one game.*blamegame.avoidance"):
        check_single(batch, "nash")


@pytest.mark.parametrize(
    ("payoffs", "message"),
    [
        ([[[1, 2], [3]], [[1, 2], [3, 4]]], "ragged"),
        ([[[1, float("nan")]], [[0, 0]]], r"payoffs\[0, 0, 1\] = nan is not a real number"),
        ([[[1, float("inf")]], [[0, 0]]], "must be finite"),
        ([[[Fraction(1), float("nan")]], [[0, 0]]], r"payoffs\[0, 0, 1\]"),
        ([[[1j, 0]], [[0, 0]]], "is not a real number"),
        ([[["1", "2"]], [["3", "4"]]], "use int, Fraction or float"),
        ([[[None, 0]], [[0, 0]]], r"payoffs\[0, 0, 0\] = None"),
        (np.zeros((2, 0, 2)), "empty"),
        (np.zeros((5, 2, 2, 3)), "not one game"),
        (np.array([[[[], 1]], [[1, 2]]], dtype=object), "ragged"),
        (3, r"shape \(\) are no table"),
    ],
)
def test_a_malformed_table_is_refused_with_the_cell_or_shape(payoffs, message):
    with pytest.raises(GameError, match=message):
        StrategicGame(payoffs)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({"players": ("a", "a")}, "appears twice"),
        ({"players": ("a", "b", "c")}, "do not fit 3 players"),
        ({"players": "ab"}, "sequence of text"),
        ({"players": (1, 2)}, "sequence of text"),
        ({"players": 0}, "do not fit 0 players"),
        ({"actions": [["x", "y"], ["z"]]}, "2 has 2 actions in the payoffs but 1 labels"),
        ({"actions": [["x", "x"], ["z", "w"]]}, "'x' appears twice"),
        ({"players": ("a", "b"), "actions": [["x", "y"]]}, "actions lists 1 players"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels, message):
    with pytest.raises(GameError, match=message):
        StrategicGame(PD, **labels)


def test_games_are_values():
    game = StrategicGame(PD, players=("u", "l"))
    assert game == StrategicGame(PD, players=("u", "l")) and hash(game) == hash(StrategicGame(PD, players=("u", "l")))
    assert game != StrategicGame(PD) and game != 3
    assert pickle.loads(pickle.dumps(game)) == game
    assert not pickle.loads(pickle.dumps(game)).payoffs.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        game.payoffs[0, 0, 0] = 1
    assert repr(game) == "<StrategicGame 2 x 2, players u, l, exact>"


def test_what_was_given_is_not_changed_and_not_shared():
    payoffs = np.zeros((2, 1, 1))
    game = StrategicGame(payoffs)
    payoffs[0, 0, 0] = 7
    assert game.payoffs[0, 0, 0] == 0 and payoffs.flags.writeable


def test_exact_and_float_conversion():
    game = StrategicGame([[[0.1]], [[2.0]]])
    assert to_exact(game).payoffs[0, 0, 0] == Fraction(0.1) != Fraction(1, 10)
    assert to_float(to_exact(game)) == game and to_float(game) is game and to_exact(to_exact(game)).exact
    with pytest.raises(GameError, match="beyond the range of float64"):
        to_float(StrategicGame([[[10**400]], [[0]]]))


def test_cells_are_named_or_counted_and_anything_else_is_refused():
    game = StrategicGame(PD)
    assert cell_index(game, ("b", 0)) == (1, 0)
    for cell, message in [
        (("c", 0), "'c' is not an action of 1"),
        ((0, 2), r"action 2 of 2 is not in 0..1"),
        ((0,), "not one action for each"),
        ("ab", "not one action for each"),
    ]:
        with pytest.raises(GameError, match=message):
            cell_index(game, cell)
    assert [s.tolist() for s in pure_profile(game, (1, "a"))] == [[0, 1], [1, 0]]


def test_profiles_are_checked_exactly_where_exact():
    game = StrategicGame(PD)
    third = [Fraction(1, 3), Fraction(2, 3)]
    assert check_profile(game, (third, [1, 0]))[0].tolist() == third
    assert check_profile(game, ([0.1 + 0.2, 0.7], [1.0, 0.0]))[0].dtype == np.float64
    for profile, message in [
        (([1, 0],), "needs 2 strategies"),
        (([1, 0, 0], [1, 0]), r"has shape \(3,\)"),
        (([Fraction(1, 3), Fraction(1, 3)], [1, 0]), "not a probability vector"),
        (([2, -1], [1, 0]), "not a probability vector"),
        (([0.5, 0.4], [1, 0]), "not a probability vector"),
        (([float("nan"), 1.0], [1, 0]), "not a probability vector"),
    ]:
        with pytest.raises(GameError, match=message):
            check_profile(game, profile)


@pytest.mark.parametrize("large", [2**53 + 1, 2**63 + 1, 2**64 + 1, 10**400])
@pytest.mark.parametrize("other", [-1, 1, Fraction(1, 3)])
def test_integers_of_any_size_stay_exact_beside_any_exact_number(large, other):
    game = StrategicGame([[[large, other]], [[0, 1]]])
    assert game.exact
    assert game.payoffs.tolist() == [[[large, other]], [[0, 1]]]


def test_numbers_that_are_not_finite_are_refused():
    with pytest.raises(GameError, match=r"payoffs\[0, 0, 0\] = Infinity is not a real number"):
        StrategicGame([[[Decimal("Infinity"), 0]], [[0, 1]]])
    with np.errstate(over="raise"), pytest.raises(GameError, match=r"payoffs\[0, 0, 0\] = inf"):
        StrategicGame(np.array([[[np.longdouble("1e400"), 0]], [[0, 1]]]))


def test_what_is_no_table_or_no_game_is_refused_in_words():
    with pytest.raises(GameError, match=r"shape \(\) are no table"):
        StrategicGame(3)
    with pytest.raises(GameError, match=r"nash takes a StrategicGame, not numpy\.ndarray; write nash"):
        check_single(np.zeros((2, 2, 2)), "nash")


@pytest.mark.parametrize("cell", [(True, False), (0.7, 1), (0, np.float64(1)), (np.True_, 0)])
def test_a_flag_or_a_fraction_is_no_position_of_an_action(cell):
    with pytest.raises(GameError, match="neither the name nor the position of an action of"):
        pure_profile(StrategicGame(PD), cell)


def test_ties_are_all_best_replies():
    assert best_reply_cells(StrategicGame(np.zeros((2, 2, 2)))).all()
