from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.set_operator.operator import (
    apply_operator,
    binding_continuations,
    can_continue,
    cells_of,
    check_two_players,
    least_promises,
)
from blamegame.solvers.repeated.set_operator.polygon import clip, contains, hull

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
points = st.tuples(st.integers(0, 6).map(F), st.integers(0, 6).map(F))


def test_a_cell_knows_its_best_replies_and_least_promises():
    cells = cells_of(RepeatedGame(DILEMMA, F(1, 2)))
    assert len(cells) == 4
    assert cells[0].payoff == (9, 9)
    assert cells[0].reply == (10, 10)
    assert cells[1].reply == (3, 10)
    assert least_promises(cells[0], (F(3), F(3))) == (4, 4)


def test_cells_of_floats_are_the_rationals_they_store():
    cells = cells_of(RepeatedGame(StrategicGame([[[0.1]], [[0.5]]]), 0.5))
    assert cells[0].payoff == (F(0.1), F(1, 2))


@given(st.lists(points, min_size=1, max_size=6), points)
def test_continuations_exist_exactly_where_the_clipped_set_is_not_empty(cloud, need):
    polygon = hull(cloud)
    clipped = clip(clip(polygon, (F(1), F(0)), need[0]), (F(0), F(1)), need[1])
    found = binding_continuations(polygon, need)
    assert bool(found) == bool(clipped)
    assert all(contains(clipped, w) for w in found)
    assert len(found) <= 4


@settings(max_examples=40)
@given(st.lists(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=2, max_size=2),
                min_size=2, max_size=2))  # fmt: skip
def test_one_step_from_the_feasible_set_covers_the_plain_operator_on_its_fixed_point(table):
    """From W0 = all feasible payoffs, iterating never loses a stage equilibrium."""
    game = RepeatedGame(StrategicGame(table), F(1, 2))
    cells = cells_of(game)
    stays = [cells[k].payoff for k in range(len(cells)) if cells[k].payoff == cells[k].reply]
    polygon, threats = hull(cells[k].payoff for k in range(len(cells))), (F(0), F(0))
    for _ in range(4):
        step = apply_operator(cells, range(len(cells)), polygon, threats)
        polygon, threats = hull(image.value for image in step.images), step.threats
        assert all(contains(polygon, stay) for stay in stays)
        assert all(stay[i] >= threats[i] for stay in stays for i in range(2))
        if not polygon:
            break


def test_threats_jump_to_the_pure_minmax_at_once():
    cells = cells_of(RepeatedGame(DILEMMA, F(999, 1000)))
    step = apply_operator(cells, range(4), hull(cells[k].payoff for k in range(4)), (F(1), F(1)))
    assert step.threats == (3, 3)


def test_a_profile_without_continuations_is_reported_dead():
    cells = cells_of(RepeatedGame(DILEMMA, F(1, 8)))
    step = apply_operator(cells, range(4), hull(cells[k].payoff for k in range(4)), (F(3), F(3)))
    assert 0 in step.dead
    assert not can_continue(cells[0], hull(cells[k].payoff for k in range(4)), (F(3), F(3)))
    nothing = apply_operator(cells, (), hull([(F(3), F(3))]), (F(3), F(3)))
    assert nothing.images == () and nothing.threats == (3, 3)


def test_batches_more_players_and_signals_are_refused_with_the_way_out():
    batch = StrategicGame([[[[1]], [[1]]]], players=2)
    with pytest.raises(GameError, match="takes one game"):
        check_two_players(RepeatedGame(batch, 0.5), "payoff_set")
    three = StrategicGame([[[[1]]], [[[1]]], [[[1]]]])
    with pytest.raises(UnsupportedGame, match="this game has 3"):
        check_two_players(RepeatedGame(three, 0.5), "payoff_set")
    seen = RepeatedGame(StrategicGame([[[1]], [[1]]]), 0.5, PublicSignals([[[1]]]))
    with pytest.raises(UnsupportedGame, match="perfect monitoring"):
        check_two_players(seen, "payoff_set")
