"""What each change is said to do to the equilibria is what brute force finds on the changed game."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.games.strategic import StrategicGame
from blamegame.testing import assert_same_equilibria, degenerate_games, strategic_games
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force
from blamegame.testing.invariances import (
    changes,
    other_order,
    other_units,
    swapped_players,
    with_bonus,
    with_copied_action,
    with_dominated_action,
)

GAMES = degenerate_games(max_actions=3) | strategic_games(max_actions=3)
KINDS = [other_units, other_order, swapped_players, with_dominated_action, with_copied_action, with_bonus]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_equilibria_after_a_change_are_as_said(kind, data):
    game = data.draw(GAMES)
    changed = kind(data.draw, game, extreme_equilibria_by_brute_force(game))
    assert_same_equilibria(extreme_equilibria_by_brute_force(changed.game), changed.equilibria)
    assert len(set(map(str, changed.equilibria))) == len(changed.equilibria)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_mild_changes_keep_payoffs_within_what_floats_resolve(data):
    game = StrategicGame([[[1, 0]], [[0, 1]]])
    changed = data.draw(changes(game, extreme_equilibria_by_brute_force(game), mild=True))
    assert all(abs(v) <= 100 and v.denominator <= 2 for v in changed.game.payoffs.ravel())


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_labels_stay_distinct_when_an_action_is_added_to_one_called_new(data):
    game = StrategicGame([[[1], [2]], [[1], [2]]], actions=(("new", "new1"), ("new",)))
    changed = with_dominated_action(data.draw, game, extreme_equilibria_by_brute_force(game))
    assert changed.game.actions in [(("new", "new1", "new2"), ("new",)), (("new", "new1"), ("new", "new1"))]
