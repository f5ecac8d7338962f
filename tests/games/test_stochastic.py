from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.stochastic import StochasticGame, check_single_stochastic, to_exact_stochastic
from blamegame.games.strategic import StrategicGame

MATCH = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
ALONE = StrategicGame([[[3]], [[4]]])
HALF = Fraction(1, 2)
FROM_MATCH = [[[HALF, HALF], [1, 0]], [[0, 1], [1, 0]]]
FROM_ALONE = [[[0, 1]]]


def game(discount=HALF, **changes):
    given = {"stages": [MATCH, ALONE], "transitions": [FROM_MATCH, FROM_ALONE], "states": ("m", "a"), **changes}
    return StochasticGame(given["stages"], given["transitions"], discount, given["states"])


def test_what_is_given_exactly_stays_exact():
    built = game()
    assert built.exact and built.transitions[0][0, 0].tolist() == [HALF, HALF]
    assert built.exact_discount == HALF and built.n_states == 2 and built.players == ("1", "2")


def test_states_may_have_different_actions():
    assert [stage.n_actions for stage in game().stages] == [(2, 2), (1, 1)]
    assert repr(game()) == "<StochasticGame of states m (2 x 2), a (1 x 1), players 1, 2, discount 1/2, exact>"


def test_a_float_discount_or_table_makes_the_game_float():
    assert not game(0.5).exact
    floats = [np.array(FROM_MATCH, dtype=np.float64), FROM_ALONE]
    assert not game(transitions=floats).exact


def test_float_rows_that_miss_one_by_rounding_are_divided_by_their_sum_and_made_exact_to_the_last_digit():
    third = [[[0.1, 0.2, 0.7 + 1e-12]]]
    stages = [ALONE] * 3
    built = StochasticGame(stages, [third] * 3, 0.9)
    exact = to_exact_stochastic(built)
    assert exact.exact and all(sum(row) == 1 for table in exact.transitions for row in table.reshape(-1, 3).tolist())
    assert to_exact_stochastic(exact) is exact


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"transitions": [[[[HALF, 0], [1, 0]], [[0, 1], [1, 0]]], FROM_ALONE]}, r"state 'm' at \(a, a\).*1/2, 0"),
        ({"transitions": [FROM_MATCH, [[[2, -1]]]]}, r"state 'a' at \(a, a\).*2, -1"),
        ({"transitions": [FROM_MATCH, [[[np.nan, 1.0]]]]}, "nan"),
        ({"transitions": [FROM_MATCH, [[[1]]]]}, r"shape \(1, 1, 1\); they need \(1, 1, 2\)"),
        ({"transitions": [FROM_MATCH]}, "given for 1 states, the game has 2"),
        ({"transitions": [FROM_MATCH, [[["x", "y"]]]]}, "must be numbers"),
        ({"transitions": [FROM_MATCH, [[[1, 0], [1]]]]}, "ragged"),
        ({"transitions": [FROM_MATCH, [[[Fraction(1), None]]]]}, "must be numbers"),
        ({"states": ("m", "m")}, "repeats a name"),
        ({"states": ("m",)}, "each of the 2 states"),
        ({"states": "ma"}, "each of the 2 states"),
        ({"discount": 1}, "discount=1 is not in"),
        ({"discount": -0.1}, "discount=-0.1"),
        ({"discount": "half"}, "discount=half"),
        ({"stages": []}, "at least one state"),
        ({"stages": [MATCH, "no"]}, r"stages\[1\] must be a StrategicGame, not str"),
        ({"stages": [MATCH, StrategicGame([[[3]], [[4]]], players=("x", "y"))]}, "must agree"),
        ({"stages": [MATCH, StrategicGame([[[[3]], [[4]]]], players=2)]}, r"batch of shape \(1,\)"),
    ],
)
def test_what_is_wrong_is_named(changes, words):
    with pytest.raises(GameError, match=words):
        game(**changes)


def test_fractions_among_floats_become_floats():
    built = game(transitions=[FROM_MATCH, np.array([[[0.25, Fraction(3, 4)]]], dtype=object)])
    assert built.transitions[1].dtype == np.float64


def test_a_state_is_found_by_name_or_position():
    assert game().state_index("a") == game().state_index(1) == 1
    for wrong, words in (("b", "'b' is not a state"), (2, r"not in 0\.\.1"), (True, "state True")):
        with pytest.raises(GameError, match=words):
            game().state_index(wrong)


def test_games_are_values():
    assert game() == game() and hash(game()) == hash(game())
    assert game() != game(Fraction(1, 3)) and game() != "game"
    assert game() != game(transitions=[FROM_MATCH, [[[1, 0]]]])
    again = pickle.loads(pickle.dumps(game()))
    assert again == game()
    with pytest.raises(ValueError, match="read-only"):
        again.transitions[0][0, 0, 0] = 3


def test_a_batch_holds_games_and_is_refused_where_one_is_needed():
    stage = StrategicGame(np.arange(12.0).reshape(3, 2, 2, 1), players=2)
    move = np.full((3, 2, 1, 1), 1.0)
    batch = StochasticGame([stage], [move], 0.5)
    assert batch.batch_shape == (3,) and "batch (3,) of states" in repr(batch)
    assert batch[1].stages[0] == stage[1]
    with pytest.raises(GameError, match=r"caller takes one game.*\(3,\)"):
        check_single_stochastic(batch, "caller")
    move[2, 1, 0, 0] = 0.5
    with pytest.raises(GameError, match=r"\(b, a\), game \[2\]"):
        StochasticGame([stage], [move], 0.5)
