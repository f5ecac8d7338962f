from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.event import event_of, event_probability
from blamegame.games.strategic import StrategicGame

GAME = StrategicGame(np.zeros((2, 2, 3)))


def test_an_event_is_an_array_or_cells_by_name_or_position():
    by_name = event_of(GAME, [("b", "c"), ("a", 0)])
    assert np.argwhere(by_name).tolist() == [[0, 0], [1, 2]]
    assert event_of(GAME, by_name) is by_name


def test_an_event_of_the_wrong_shape_or_with_an_unknown_action_is_refused():
    with pytest.raises(GameError, match=r"needs shape \(2, 3\)"):
        event_of(GAME, np.zeros((3, 2), dtype=bool))
    with pytest.raises(GameError, match="'d' is not an action"):
        event_of(GAME, [("a", "d")])


def test_its_probability_is_exact_where_the_profile_is():
    event = event_of(GAME, [("b", "b"), ("b", "c")])
    third = np.array([Fraction(1, 3)] * 3, dtype=object)
    half = np.array([Fraction(1, 2)] * 2, dtype=object)
    assert event_probability((half, third), event) == Fraction(1, 3)
    assert event_probability((np.array([0.5, 0.5]), np.array([0.2, 0.3, 0.5])), event) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (np.array([[1, 1], [0, 0]]), "must be boolean"),
        ([[True, True], [False, False]], "True is neither the name nor the position"),
        (None, "None is not an event"),
    ],
)
def test_a_table_of_numbers_is_not_taken_for_a_list_of_cells(event, message):
    with pytest.raises(GameError, match=message):
        event_of(StrategicGame(np.zeros((2, 2, 2))), event)


def test_its_probability_is_zero_only_where_no_cell_can_happen():
    tiny = (np.array([1.0, 1e-200]), np.array([1.0, 0.0, 1e-200]))
    assert event_probability(tiny, event_of(GAME, [("b", "c")])) > 0
    assert event_probability(tiny, event_of(GAME, [("b", "b")])) == 0
