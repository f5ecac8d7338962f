from __future__ import annotations

from fractions import Fraction as F

import numpy as np
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.set_operator.lasting_play import can_last, sustains_itself
from blamegame.solvers.repeated.set_operator.operator import Cells
from blamegame.solvers.repeated.set_operator.polygon import EMPTY, hull
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame


def lasts(payoffs, discount, chosen, threats):
    scaled = ScaledGame(RepeatedGame(StrategicGame(payoffs), discount))
    point = (fmpq(*F(threats[0]).as_integer_ratio()), fmpq(*F(threats[1]).as_integer_ratio()))
    return can_last(scaled.cells, chosen, point, point, scaled.rational)


DILEMMA = [[[2, 0], [3, 1]], [[2, 3], [0, 1]]]


def test_cooperation_for_ever_needs_exactly_its_threshold():
    """Payoffs in thirds: grim trigger with threat 1/3 holds from discount (3 - 2) / (3 - 1) = 1/2 on."""
    third = (F(1, 3), F(1, 3))
    assert lasts(DILEMMA, F(1, 2), [0], third) is True
    assert lasts(DILEMMA, F(1, 2) - F(1, 10**9), [0], third) is False


def test_nothing_lasts_without_profiles():
    assert lasts(DILEMMA, F(1, 2), [], (0, 0)) is False


def test_taking_turns_can_last_where_neither_turn_alone_does():
    """(a, b) and (b, a) pay (0, 6) and (6, 0), threats are 1: each alone is worth 0 to somebody, turns are worth 3."""
    turns = [[[4, 0], [6, 1]], [[4, 6], [0, 1]]]
    sixth = (F(1, 6), F(1, 6))
    assert lasts(turns, F(9, 10), [1], sixth) is False
    assert lasts(turns, F(9, 10), [1, 2], sixth) is True
    assert lasts(turns, F(1, 10), [1, 2], sixth) is False


def test_no_set_without_corners_sustains_itself():
    scaled = ScaledGame(RepeatedGame(StrategicGame(DILEMMA), F(1, 2)))
    assert not sustains_itself(scaled.cells, [0], EMPTY, (fmpq(0), fmpq(0)))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=8, max_size=8), st.sets(st.integers(0, 3), min_size=1),
       st.sampled_from([F(1, 4), F(1, 2), F(3, 4)]))  # fmt: skip
def test_the_answer_agrees_with_a_plain_iteration_in_fractions(numbers, chosen, discount):
    """The plain one keeps every continuation by clipping, without extreme-point shortcuts, for 60 steps."""
    from blamegame.solvers.repeated.set_operator.polygon import clip

    payoffs = np.reshape(numbers, (2, 2, 2)).tolist()
    low = [F(min(map(min, p))) for p in payoffs]
    span = [F(max(map(max, p))) - lo or F(1) for p, lo in zip(payoffs, low)]
    scaled = [[[(F(x) - lo) / s for x in row] for row in p] for p, lo, s in zip(payoffs, low, span)]
    cells = Cells(scaled, discount)
    threats = (F(1, 7), F(1, 5))
    answer = lasts(payoffs, discount, sorted(chosen), threats)
    polygon = hull(cells[k].payoff for k in chosen)
    for _ in range(60):
        points = []
        for k in chosen:
            part = clip(polygon, (F(1), F(0)), threats[0] + cells[k].gain[0]) if polygon else EMPTY
            part = clip(part, (F(0), F(1)), threats[1] + cells[k].gain[1]) if part else EMPTY
            points += [cells.image(k, w).value for w in part.vertices]
        # outward rounding to keep fractions short
        polygon = hull((-(-x * 10**9 // 1) / F(10**9), -(-y * 10**9 // 1) / F(10**9)) for x, y in points)
        if not polygon:
            break
    if answer is True:
        assert polygon
    if not polygon:
        assert answer is False


def test_sets_with_endlessly_many_corners_are_decided_with_a_little_room():
    """Exact iteration only creeps towards these sets; a set with room to spare shows that play can last."""
    assert lasts([[[3, 5], [1, 8]], [[7, 6], [5, 2]]], F(3, 4), [0, 1, 3], (F(7, 10), F(1, 10))) is True


def test_a_set_that_is_only_just_not_empty_is_left_open():
    payoffs = [[[8, 1, 5], [1, 7, 4], [6, 3, 1]], [[3, 5, 7], [8, 5, 1], [8, 3, 2]]]
    assert lasts(payoffs, F(1, 2), [1, 2, 4, 6], (F(3, 5), F(2, 5))) is None
    assert lasts(payoffs, F(51, 100), [1, 2, 4, 6], (F(3, 5), F(2, 5))) is True


def test_close_to_a_switch_both_sides_are_decided():
    payoffs, chosen, threats = [[[3, 5], [1, 8]], [[7, 6], [5, 2]]], [0, 1, 3], (F(7, 10), F(1, 10))
    low, high = F(0), F(3, 4)
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if lasts(payoffs, middle, chosen, threats) else (middle, high)
    assert lasts(payoffs, low - F(1, 10**6), chosen, threats) is False
    assert lasts(payoffs, high + F(1, 10**6), chosen, threats) is True
