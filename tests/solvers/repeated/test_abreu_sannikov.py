from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.set_operator.operator import cells_of
from blamegame.solvers.repeated.set_operator.polygon import affine, contains, contains_polygon, excess
from blamegame.solvers.repeated.set_operator.self_generation import is_self_generating

DILEMMA = [[[9, 1], [10, 3]], [[9, 10], [1, 3]]]
SOFT = [[[16, 3, 0], [21, 10, -1], [9, 5, -5]], [[9, 13, 3], [1, 4, 0], [0, -4, -15]]]
discounts = st.fractions(min_value=F(1, 20), max_value=F(49, 50), max_denominator=50)


def tables(size, high=6):
    row = st.lists(st.integers(0, high), min_size=size, max_size=size)
    table = st.lists(row, min_size=size, max_size=size)
    return st.tuples(table, table)


def solve(payoffs, discount, **settings_):
    return payoff_set(RepeatedGame(StrategicGame(payoffs), discount), **settings_)


@settings(max_examples=60, deadline=None)
@given(st.one_of(tables(2), tables(3)), discounts)
def test_the_inner_bound_lies_in_the_outer_and_generates_itself(payoffs, discount):
    found = solve(payoffs, discount)
    assert contains_polygon(found.outer_polygon, found.inner_polygon)
    if found.inner_polygon:
        assert is_self_generating(cells_of(found.game), found.inner_polygon, found.supports)


@settings(max_examples=60, deadline=None)
@given(st.one_of(tables(2), tables(3)), discounts, discounts)
def test_a_larger_discount_factor_never_shrinks_the_set(payoffs, one, other):
    low, high = sorted((one, other))
    smaller, larger = solve(payoffs, low), solve(payoffs, high)
    assert contains_polygon(larger.outer_polygon, smaller.inner_polygon)


@settings(max_examples=30, deadline=None)
@given(tables(2), discounts)
def test_stage_equilibria_are_payoffs_at_every_discount_factor(payoffs, discount):
    found = solve(payoffs, discount)
    cells = cells_of(found.game)
    stays = [cells[k].payoff for k in range(4) if cells[k].payoff == cells[k].reply]
    assert all(contains(found.outer_polygon, stay) and found.inner_polygon for stay in stays)


@settings(max_examples=30, deadline=None)
@given(tables(2), discounts, st.sampled_from([(F(10**12), F(-7)), (F(1, 10**9), F(3)), (F(5, 3), F(10**6))]))
def test_units_of_payoffs_do_not_matter(payoffs, discount, change):
    scale, shift = change
    plain = solve(payoffs, discount)
    moved = solve([[[scale * F(x) + shift for x in row] for row in table] for table in payoffs], discount)
    expected = affine(plain.outer_polygon, (scale, scale), (shift, shift))
    assert moved.dimension == plain.dimension
    if expected:
        assert excess(expected, moved.outer_polygon) <= scale * F(1, 10**9)
        assert excess(moved.outer_polygon, expected) <= scale * F(1, 10**9)


@settings(max_examples=30, deadline=None)
@given(tables(2), discounts)
def test_swapping_the_players_swaps_the_set(payoffs, discount):
    first, second = (np.array(table) for table in payoffs)
    plain, swapped = solve([first, second], discount), solve([second.T, first.T], discount)
    mirrored = type(plain.outer_polygon)(tuple((y, x) for x, y in plain.outer_polygon.vertices))
    assert swapped.dimension == plain.dimension
    for vertex in mirrored.vertices:
        assert min(max(abs(vertex[i] - v[i]) for i in range(2)) for v in swapped.outer_polygon.vertices) < F(1, 10**9)


@settings(max_examples=30, deadline=None)
@given(tables(2), discounts)
def test_duplicating_an_action_changes_nothing(payoffs, discount):
    doubled = [[*table, table[1]] for table in payoffs]
    plain, more = solve(payoffs, discount), solve(doubled, discount)
    assert more.dimension == plain.dimension
    if plain.outer_polygon:
        assert excess(more.outer_polygon, plain.outer_polygon) < F(1, 10**9)
        assert excess(plain.outer_polygon, more.outer_polygon) < F(1, 10**9)


def test_at_discount_zero_only_stage_equilibria_count():
    found = solve([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], 0)
    assert found.exact
    assert found.outer.tolist() == [[1, 2], [2, 1]]
    assert found.threats == (1, 1)
    nothing = solve([[[1, 0], [0, 1]], [[0, 1], [1, 0]]], 0)
    assert nothing.dimension == -1
    assert nothing.threats is None


def test_an_exact_tie_at_the_threshold_is_decided_exactly():
    assert solve(DILEMMA, F(1, 7)).dimension == 1
    assert solve(DILEMMA, F(1, 7) - F(1, 10**15)).dimension == 0
    assert solve(DILEMMA, F(1, 7) - F(1, 10**30)).dimension == 0


def test_the_rational_that_a_float_stores_is_what_counts():
    assert solve(DILEMMA, 1 / 7).dimension == (1 if F(1 / 7) >= F(1, 7) else 0)


def test_the_bounds_meet_to_the_tolerance_where_the_set_is_irrational():
    found = solve(SOFT, F(3, 10))
    assert not found.exact
    assert found.converged
    assert excess(found.outer_polygon, found.inner_polygon) < F(1, 10**9) * 26
    assert found.status.startswith("converged")


def test_without_time_the_outer_bound_is_still_valid_and_says_so():
    full = solve(SOFT, F(3, 10))
    found = solve(SOFT, F(3, 10), time_limit=0)
    assert not found.converged
    assert found.status.startswith("not converged: the outer bound was still shrinking")
    assert contains_polygon(found.outer_polygon, full.inner_polygon)
    assert found.inner_polygon and contains_polygon(full.outer_polygon, found.inner_polygon)


def test_few_steps_give_a_valid_outer_bound():
    full = solve(SOFT, F(3, 10))
    found = solve(SOFT, F(3, 10), most_steps=2)
    assert not found.converged
    assert contains_polygon(found.outer_polygon, full.inner_polygon)


def test_a_tolerance_that_cannot_be_met_is_reported():
    found = solve(SOFT, F(3, 10), tolerance=1e-16)
    assert not found.converged
    assert "of the payoff range apart" in found.status
    with pytest.raises(GameError, match="tolerance=0"):
        solve(SOFT, F(3, 10), tolerance=0)


def test_extreme_discount_factors_are_answered():
    assert solve(DILEMMA, F(1, 10**9)).outer.tolist() == [[3, 3]]
    assert solve(DILEMMA, F(1, 10**400)).outer.tolist() == [[3, 3]]
    assert solve(DILEMMA, 1e-320).outer.tolist() == [[3, 3]]
    assert solve(DILEMMA, 1 - F(1, 10**400)).converged
    patient = solve(DILEMMA, 1 - F(1, 10**6))
    assert patient.exact
    assert patient.dimension == 2


def test_payoffs_beyond_floats_are_solved_and_read_as_polygons():
    found = solve([[[10**400 * x for x in row] for row in table] for table in DILEMMA], F(1, 8))
    assert found.outer_polygon.vertices == ((3 * 10**400, 3 * 10**400),)
    with pytest.raises(GameError, match="beyond the range of float64"):
        _ = found.outer


def test_all_numbers_of_the_delegation_game_are_bounded():
    found = payoff_set(Delegation().repeated(F(9, 10)))
    assert found.converged
    assert found.dimension == 2
    assert found.stats["steps"] > 0


@pytest.mark.parametrize("n", [4, 5, 8])
def test_many_equal_cells_are_one_point_however_many_there_are(n):
    """A crowd of identical points once vanished from the hull altogether."""
    for constant in (0, 1):
        game = RepeatedGame(StrategicGame(np.full((2, n, n), constant)), F(1, 2))
        assert payoff_set(game).outer.tolist() == [[constant, constant]]
    line = np.zeros((2, n, n), dtype=int)
    line[:, 0, 0] = 1
    assert payoff_set(RepeatedGame(StrategicGame(line), F(1, 2))).dimension == 1
