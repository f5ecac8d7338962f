"""The battery passes a right solver and catches each of several ways to be wrong, readably."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.responses import regret
from blamegame.games.strategic import Profile, StrategicGame, pure_profile, to_float
from blamegame.solvers.solution import Solution
from blamegame.solvers.strategic.nash import nash
from blamegame.testing import SolverFailure, check_solver
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force


def right(game: StrategicGame) -> Solution:
    if game.n_players != 2:
        raise UnsupportedGame("two players only")
    return Solution(game, "nash", "brute force", extreme_equilibria_by_brute_force(game), True, "complete")


def with_equilibria(game: StrategicGame, equilibria: list[Profile] | tuple[Profile, ...], **more) -> Solution:
    return dataclasses.replace(right(game), equilibria=tuple(equilibria), **more)


def is_mixed(profile: Profile) -> bool:
    return any(0 < p < 1 for strategy in profile for p in strategy.tolist())


def drops_a_mixed_equilibrium(game):
    found = list(right(game).equilibria)
    mixed = [k for k, profile in enumerate(found) if is_mixed(profile)]
    if mixed and len(found) > 1:
        del found[mixed[0]]
    return with_equilibria(game, found)


def drops_one_end_of_a_component(game):
    found = list(right(game).equilibria)
    rows = [tuple(x.tolist()) for x, _ in found]
    ends = [k for k, row in enumerate(rows) if rows.count(row) > 1]
    if ends:
        del found[ends[-1]]
    return with_equilibria(game, found)


def returns_a_profile_that_is_no_equilibrium(game):
    found = list(right(game).equilibria)
    corner = pure_profile(game, (0, 0))
    if game.n_actions == (2, 2) and all(is_mixed(profile) for profile in found):
        found.append(corner)
    return with_equilibria(game, found)


def returns_the_players_in_the_wrong_order(game):
    return with_equilibria(game, [(y, x) for x, y in right(game).equilibria])


def forgets_ties(game):
    """Support enumeration as for nondegenerate games: supports of equal size only."""
    found = [p for p in right(game).equilibria if np.count_nonzero(p[0]) == np.count_nonzero(p[1])]
    return with_equilibria(game, found)


def rounds_its_answer(game):
    found = [tuple(np.round(s.astype(float), 6) for s in profile) for profile in right(game).equilibria]
    return with_equilibria(game, found)


def loses_small_payoffs(game):
    """Absolute tolerance: payoffs are rounded to six decimals before solving."""
    rounded = [[[Fraction(round(v * 10**6), 10**6) for v in row] for row in table] for table in game.payoffs.tolist()]
    solved = right(StrategicGame(rounded)).equilibria
    return with_equilibria(game, solved)


def rounded_first(step):
    """Payoffs rounded to multiples of ``step``, absolutely, before solving."""

    def solver(game):
        if game.n_players != 2:
            raise UnsupportedGame("two players only")
        near = [[[round(v / step) * step for v in row] for row in table] for table in game.payoffs.tolist()]
        return with_equilibria(game, right(StrategicGame(near)).equilibria)

    return solver


def keeping_digits(digits):
    """Payoffs rounded to so many digits of the player's largest before solving."""

    def solver(game):
        if game.n_players != 2:
            raise UnsupportedGame("two players only")
        near = []
        for table in game.payoffs.tolist():
            step = max(abs(v) for row in table for v in row) / 10**digits or 1
            near.append([[round(v / step) * step for v in row] for row in table])
        return with_equilibria(game, right(StrategicGame(near)).equilibria)

    return solver


def one_subset_for_all(game):
    found = right(game).equilibria
    return with_equilibria(game, found, subsets=(tuple(range(len(found))),))


def every_equilibrium_a_subset(game):
    found = right(game).equilibria
    return with_equilibria(game, found, subsets=tuple((k,) for k in range(len(found))))


def subsets_that_are_not_there(game):
    return with_equilibria(game, right(game).equilibria, subsets=((0, 99),))


def never_says_complete(game):
    return dataclasses.replace(right(game), complete=False, status="gave up")


def lists_an_equilibrium_twice(game):
    found = right(game).equilibria
    return with_equilibria(game, [*found, found[0]])


def adds_a_point_between_two_ends(game):
    found = list(right(game).equilibria)
    for (x, y), (x2, y2) in product(found, found):
        middle = ((x + x2) / Fraction(2), y)
        if (y == y2).all() and (x != x2).any() and regret(game, middle).tolist() == [0, 0]:
            return with_equilibria(game, [*found, middle])
    return with_equilibria(game, found)


def joins_all_components(game):
    found = right(game).equilibria
    return with_equilibria(game, found, components=(tuple(range(len(found))),))


def crashes_on_a_row_vector(game):
    if 1 in game.n_actions:
        raise IndexError("index 1 is out of bounds")
    return right(game)


WRONG = {
    drops_a_mixed_equilibrium: "missing: ",
    drops_one_end_of_a_component: "missing: ",
    returns_a_profile_that_is_no_equilibrium: "gains 2 by playing b",
    returns_the_players_in_the_wrong_order: "not a profile of this game|not an equilibrium",
    forgets_ties: "missing: ",
    rounds_its_answer: "not an equilibrium",
    loses_small_payoffs: "not an equilibrium|missing",
    never_says_complete: "does not call its answer complete: gave up",
    lists_an_equilibrium_twice: "listed twice",
    adds_a_point_between_two_ends: "not extreme: ",
    joins_all_components: "components",
    one_subset_for_all: "subsets",
    every_equilibrium_a_subset: "subsets",
    subsets_that_are_not_there: "subsets",
    crashes_on_a_row_vector: "raised IndexError: index 1 is out of bounds",
}


def only_random_games(monkeypatch):
    monkeypatch.setattr("blamegame.testing.solver_checks.hard_games", dict)
    monkeypatch.setattr("blamegame.testing.solver_checks.near_ties", lambda smallest: {})


@pytest.mark.parametrize("solver", WRONG, ids=lambda solver: solver.__name__)
def test_a_wrong_solver_is_caught(solver):
    with pytest.raises(SolverFailure, match=WRONG[solver]):
        check_solver(solver)


@pytest.mark.parametrize(
    "solver", [drops_a_mixed_equilibrium, drops_one_end_of_a_component, forgets_ties], ids=lambda s: s.__name__
)
def test_random_games_alone_catch_it_too_and_shrink(solver, monkeypatch):
    only_random_games(monkeypatch)
    with pytest.raises(SolverFailure) as failure:
        check_solver(solver)
    game = eval(str(failure.value).splitlines()[-1], {"StrategicGame": StrategicGame, "Fraction": Fraction})
    assert game.payoffs.size <= 12 and max(map(abs, game.payoffs.ravel().tolist())) <= 2
    assert len(solver(game).equilibria) < len(right(game).equilibria)


def test_a_solver_that_breaks_only_under_other_units_is_caught_by_the_change():
    def solver(game):
        huge = max(map(abs, game.payoffs.ravel().tolist())) > 10**12
        return with_equilibria(game, right(game).equilibria[:-1]) if huge else right(game)

    with pytest.raises(SolverFailure, match="other units change nothing"):
        check_solver(solver, max_examples=300)


def test_a_solver_that_answers_differently_each_time_is_caught():
    calls = []

    def solver(game):
        calls.append(game)
        found = right(game).equilibria
        return with_equilibria(game, found if len(calls) % 2 else found[::-1])

    with pytest.raises(SolverFailure, match="the order of the equilibria changed"):
        check_solver(solver)


def test_a_solver_that_fails_now_and_then_is_caught(monkeypatch):
    only_random_games(monkeypatch)
    calls = []

    def solver(game):
        calls.append(game)
        return with_equilibria(game, right(game).equilibria[: 0 if len(calls) == 41 else None])

    with pytest.raises(SolverFailure, match=r"differently from one call|the order of the equilibria changed"):
        check_solver(solver)


def test_a_wrong_answer_for_three_players_is_caught_and_a_refusal_is_not():
    def first_cell(game):
        if game.n_players == 2:
            return right(game)
        return Solution(game, "nash", "guess", (pure_profile(game, (0,) * game.n_players),), False, "")

    with pytest.raises(SolverFailure, match="a game of 1 players"):
        check_solver(first_cell, max_examples=1)


def test_a_crash_on_one_player_is_caught():
    def solver(game):
        if game.n_players == 1:
            raise TypeError("oops")
        return right(game)

    with pytest.raises(SolverFailure, match="raised TypeError: oops"):
        check_solver(solver, max_examples=1)


def test_the_report_shows_table_and_a_game_to_paste():
    with pytest.raises(SolverFailure) as failure:
        check_solver(drops_a_mixed_equilibrium)
    report = str(failure.value)
    assert "battle of the sexes" in report
    assert "3 extreme equilibria exist, the solver returned 2 as complete" in report
    assert "missing: 1: 2/3 a + 1/3 b; 2: 1/3 a + 2/3 b: an equilibrium" in report
    assert "_best reply_   * pure equilibrium" in report
    assert report.endswith("StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])")


@pytest.mark.parametrize("power", [6, 8, 9, 10, 12, 14, 15, 16])
def test_a_solver_that_rounds_payoffs_first_is_caught_by_near_ties(power, monkeypatch):
    monkeypatch.setattr("blamegame.testing.solver_checks.hard_games", dict)
    for solver in (rounded_first(Fraction(1, 10**power)), keeping_digits(power)):
        with pytest.raises(SolverFailure, match="missed by"):
            check_solver(solver, max_examples=1)


def test_random_games_catch_a_solver_that_rounds_too(monkeypatch):
    only_random_games(monkeypatch)
    with pytest.raises(SolverFailure, match=r"a random game|after the change"):
        check_solver(keeping_digits(12))


def test_a_right_solver_passes():
    check_solver(right, max_examples=40)


def test_nash_passes():
    check_solver(nash, max_examples=60)


def test_an_incomplete_solver_is_held_to_what_it_says():
    def one(game):
        return with_equilibria(game, right(game).equilibria[:1], complete=False, status="one of them")

    check_solver(one, complete=False, max_examples=20)
    with pytest.raises(SolverFailure):
        check_solver(lambda game: dataclasses.replace(one(game), complete=True), complete=False)


def test_a_solver_in_floating_point_passes_within_a_tolerance_and_not_without():
    def floating(game):
        found = right(game).equilibria
        return Solution(
            to_float(game), "nash", "float", tuple(tuple(s.astype(float) for s in p) for p in found), True, ""
        )

    check_solver(floating, tolerance=1e-9, max_examples=40)
    with pytest.raises(SolverFailure):
        check_solver(floating)
