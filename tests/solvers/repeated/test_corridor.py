from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.games.automaton import Automaton
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.automaton_equilibrium import automaton_frequency, is_automaton_equilibrium
from blamegame.solvers.repeated.corridor import avoidance_corridor, corridor_curve, corridor_of
from blamegame.solvers.strategic.pure import pure_cells

AVOIDANCE = Delegation().avoidance
DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])


def tables(m=2, n=2):
    row = st.lists(st.integers(0, 9), min_size=n, max_size=n)
    return st.lists(st.lists(row, min_size=m, max_size=m), min_size=2, max_size=2)


def events(m=2, n=2):
    return st.lists(st.booleans(), min_size=m * n, max_size=m * n).filter(any).map(lambda e: np.reshape(e, (m, n)))


def test_impatient_offices_only_avoid_and_patient_ones_need_not():
    curve = corridor_curve(Delegation().stage_game(), AVOIDANCE, [0, F(1, 2), F(52, 100), F(9, 10)])
    assert [one.status for one in curve] == ["entrenched", "entrenched", "trap", "trap"]
    assert [(one.best, one.worst) for one in curve] == [(1, 1), (1, 1), (0, 1), (0, 1)]
    assert str(curve[-1]) == "trap: frequency 0 at best, 1 at worst"


def test_frequencies_between_zero_and_one_match_a_folk_theorem_by_hand():
    """To keep 3 each, (a, b) may be played half the time at most: (10 + 1) / 2 against... the LP says 7/9 of the rest.

    With (a, b) of payoffs (1, 10) as event, player 1 must get 3 on average: 1 f + 10 (1 - f) >= 3, so f = 7/9.
    """
    found = avoidance_corridor(RepeatedGame(DILEMMA, F(999, 1000)), [("a", "b")])
    assert found.status == "trap"
    assert found.worst == pytest.approx(7 / 9, abs=2e-3)
    assert found.gap < 1e-6


def test_without_equilibrium_there_is_no_frequency():
    pennies = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
    found = avoidance_corridor(RepeatedGame(pennies, F(9, 10)), [("a", "a")])
    assert found.status == "no equilibrium"
    assert np.isnan(found.best)


def test_a_payoff_set_without_time_proves_what_can_be_played_for_ever_and_leaves_the_rest_undecided():
    found = payoff_set(Delegation().repeated(F(3, 5)), time_limit=0)
    corridor = corridor_of(found, AVOIDANCE)
    assert corridor.status == "undecided"
    assert (corridor.best_low, corridor.worst_high) == (0, 1)
    assert str(corridor) == "undecided: frequency 0 to 1 at best, 1 at worst"


@settings(max_examples=60, deadline=None)
@given(tables(2, 3), events(2, 3), st.sampled_from([F(1, 5), F(1, 2), F(4, 5), F(9, 10)]))
def test_bounds_are_ordered_and_complements_mirror_each_other(payoffs, event, discount):
    game = RepeatedGame(StrategicGame(payoffs), discount)
    found = avoidance_corridor(game, event)
    if found.status == "no equilibrium":
        return
    assert 0 <= found.best_low <= found.best_high <= found.worst_high <= 1
    assert found.best_low <= found.worst_low <= found.worst_high
    assert found.gap < 1e-6
    if not event.all():
        other = avoidance_corridor(game, ~event)
        assert float(other.worst_high) == pytest.approx(1 - float(found.best_low), abs=1e-6)
        assert float(other.best_low) == pytest.approx(1 - float(found.worst_high), abs=1e-6)
        assert (other.worst == 1) == (found.best == 0)


@settings(max_examples=60, deadline=None)
@given(tables(), events())
def test_impatience_leaves_lotteries_over_stage_equilibria(payoffs, event):
    stage = StrategicGame(payoffs)
    stays = [bool(event[cell]) for cell in pure_cells(stage)]
    for discount in (0, F(1, 10**6)):
        found = avoidance_corridor(RepeatedGame(stage, discount), event)
        if not stays:
            assert found.status == "no equilibrium"
        else:
            assert (found.best, found.worst) == (int(all(stays)), int(any(stays)))


@settings(max_examples=40, deadline=None)
@given(tables(), events())
def test_patience_leaves_the_folk_theorem_programme(payoffs, event):
    """Where some feasible payoff is well above both pure minmaxes, they alone limit what very patient players do.

    The limit may be approached no faster than by the square root of 1 - discount: see the test after this one.
    """
    from scipy.optimize import linprog

    u = np.array(payoffs, dtype=float)
    minmax = np.array([u[0].max(0).min(), u[1].max(1).min()])
    flat = u.reshape(2, -1)
    total = {"A_eq": np.ones((1, 4)), "b_eq": [1.0]}
    room = linprog([0] * 4 + [-1], A_ub=np.column_stack([-flat, np.ones(2)]), b_ub=-minmax,
                   A_eq=[[1] * 4 + [0]], b_eq=[1], bounds=[(0, None)] * 4 + [(None, None)])  # fmt: skip
    spread = np.linalg.matrix_rank(flat - flat.mean(1, keepdims=True))
    if -room.fun < 0.5 or spread < 2:
        return
    found = avoidance_corridor(RepeatedGame(StrategicGame(payoffs), F(9999, 10_000)), event)
    most = -linprog(-event.ravel().astype(float), A_ub=-flat, b_ub=-minmax, **total).fun
    least = linprog(event.ravel().astype(float), A_ub=-flat, b_ub=-minmax, **total).fun
    # The proved ends are one value where the frequency is settled; where it is not they still hold the limit.
    assert float(found.worst_low) - 0.02 <= most <= float(found.worst_high) + 0.02
    assert float(found.best_low) - 0.02 <= least <= float(found.best_high) + 0.02
    assert float(found.worst_low) <= most + 1e-6, "promises are feasible and individually rational"


@pytest.mark.parametrize("impatience", [F(1, 100), F(1, 1000), F(1, 10_000)])
def test_a_limit_may_be_approached_by_the_square_root_of_impatience(impatience):
    """The second action of both is the limit; at discount 1 - x it can be played 1 - sqrt(x) of the time."""
    stage = StrategicGame([[[0, 1], [0, 0]], [[0, 2], [0, 1]]])
    found = avoidance_corridor(RepeatedGame(stage, 1 - impatience), [("b", "b")])
    assert float(found.worst) == pytest.approx(1 - float(impatience) ** 0.5, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(tables(), events(), st.sampled_from([F(3, 10), F(3, 5), F(9, 10)]), st.randoms(use_true_random=False))
def test_no_automaton_of_two_states_leaves_the_bounds(payoffs, event, discount, random):
    stage = StrategicGame(payoffs)
    game = RepeatedGame(stage, discount)
    found, points = avoidance_corridor(game, event), payoff_set(game)
    cells = list(np.ndindex(2, 2))
    for _ in range(60):
        plays = (random.choice(cells), random.choice(cells))
        table = np.array([random.randrange(2) for _ in range(8)]).reshape(2, 2, 2)
        machine = Automaton(stage, ("one", "other"), plays, table)
        if is_automaton_equilibrium(machine, discount):
            often = float(automaton_frequency(machine, event, discount))
            assert float(found.best_low) - 1e-9 <= often <= float(found.worst_high) + 1e-9
            assert not points.outer_polygon.dimension < 0


def test_huge_and_tiny_payoffs_change_nothing():
    for scale in (F(10) ** 12, F(1, 10**9)):
        scaled = StrategicGame([[[scale * x for x in row] for row in player] for player in DILEMMA.payoffs.tolist()])
        found = avoidance_corridor(RepeatedGame(scaled, F(9, 10)), [("a", "b")])
        plain = avoidance_corridor(RepeatedGame(DILEMMA, F(9, 10)), [("a", "b")])
        assert float(found.worst) == pytest.approx(float(plain.worst), abs=1e-7)
        assert found.status == plain.status
