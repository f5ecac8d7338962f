from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.delta_windows import delta_windows, simplest_between
from blamegame.solvers.repeated.playability import playable

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
PENNIES = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
fractions = st.fractions(min_value=0, max_value=5, max_denominator=50)


def test_a_rational_switch_comes_out_as_that_rational():
    found = delta_windows(DILEMMA, ("a", "a"))
    assert found.complete
    assert len(found) == 1
    assert [window.included for window in found] == [F(1, 7)]
    assert found.excluded < F(1, 7)
    assert str(found).startswith("(a, a): [0.1428571429, 1)")


def test_a_stage_equilibrium_is_playable_throughout():
    (window,) = delta_windows(DILEMMA, ("b", "b")).windows
    assert window.width == 0
    assert str(window) == "[0, 1)"


def test_a_game_without_individually_rational_payoffs_has_no_windows():
    found = delta_windows(PENNIES, (0, 0))
    assert found.complete
    assert found.windows == ()
    assert "nowhere" in str(found)


def test_a_profile_that_never_pays_has_no_window_up_to_near_one():
    """Player 2's second action gives player 1 less than its only action is worth otherwise, and gains nothing."""
    stage = StrategicGame([[[1, 1]], [[1, 0]]])
    found = delta_windows(stage, (0, 1))
    assert found.windows == ()
    assert found.excluded > F(99, 100)
    assert "not found playable" in found.status


def test_windows_agree_with_verdicts_on_a_grid():
    stage = Delegation().stage_game()
    (window,) = delta_windows(stage, ("push", "formalism"), tolerance=1e-6).windows
    for k in range(1, 20):
        discount = F(k, 20)
        verdict = playable(RepeatedGame(stage, discount))["push", "formalism"]
        assert verdict == ("playable" if discount >= window.included else "not playable")


def test_a_coarse_tolerance_encloses_the_same_switch():
    fine = delta_windows(DILEMMA, ("a", "a")).windows[0]
    coarse = delta_windows(DILEMMA, ("a", "a"), tolerance=0.01).windows[0]
    assert coarse.excluded <= fine.included <= coarse.included


def test_without_time_only_play_for_ever_is_claimed_and_it_encloses_the_switch():
    found = delta_windows(Delegation().stage_game(), ("assist", "work"), time_limit=0)
    (rough,) = found.windows
    fine = delta_windows(Delegation().stage_game(), ("assist", "work")).windows[0]
    assert not found.complete and found.excluded == 0
    assert rough.excluded <= fine.excluded < fine.included <= rough.included < 1


def test_a_tolerance_must_be_positive():
    with pytest.raises(GameError, match="tolerance=0"):
        delta_windows(DILEMMA, (0, 0), tolerance=0)


@settings(max_examples=200)
@given(fractions, fractions)
def test_the_simplest_rational_in_an_interval_is_the_first_by_denominator(one, other):
    low, high = sorted((one, other))
    if low == high:
        return
    found = simplest_between(low, high)
    assert low < found <= high
    for denominator in range(1, found.denominator):
        assert F(int(high * denominator), denominator) <= low
