from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import IncompleteSolution
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.playability import playable

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
tables = st.lists(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2),
                  min_size=2, max_size=2)  # fmt: skip
discounts = st.fractions(min_value=0, max_value=F(49, 50), max_denominator=50)


def test_below_the_threshold_only_the_stage_equilibrium_is_playable():
    found = playable(RepeatedGame(DILEMMA, F(1, 8)))
    assert found.verdicts.tolist() == [["not playable", "not playable"], ["not playable", "playable"]]
    assert found.complete
    assert found.require_complete("a test") is found
    assert repr(found) == "<Playability: 1 playable, 3 not, 0 undecided>"


def test_patient_players_can_play_anything():
    assert playable(RepeatedGame(DILEMMA, F(9, 10))).yes.all()


def test_nothing_is_playable_without_equilibria():
    assert playable(RepeatedGame(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]), F(9, 10))).no.all()


def test_at_discount_zero_the_stage_equilibria_are_what_is_playable():
    found = playable(RepeatedGame(StrategicGame([[[2.0, 0], [0, 1]], [[1, 0], [0, 2]]]), 0))
    assert found.yes.tolist() == [[True, False], [False, True]]
    assert found.complete


def test_without_time_open_verdicts_stay_undecided():
    patient = playable(RepeatedGame(Delegation().stage_game(), F(9, 10)), time_limit=0)
    assert patient.complete and patient.yes.all(), "each profile can be played for ever, which takes no time to see"
    found = playable(RepeatedGame(Delegation().stage_game(), F(3, 5)), time_limit=0)
    assert found["assist", "work"] == "undecided" and found["push", "escalate"] == "playable"
    with pytest.raises(IncompleteSolution, match="a census needs every verdict"):
        found.require_complete("a census")


def test_the_defaults_of_delegation_at_one_half_cannot_sustain_work():
    found = playable(Delegation().repeated(F(1, 2)))
    assert found["push", "escalate"] == "playable"
    assert found["assist", "work"] == "not playable"


@settings(max_examples=50, deadline=None)
@given(tables, discounts, discounts)
def test_patience_never_makes_a_playable_profile_unplayable(payoffs, one, other):
    low, high = sorted((one, other))
    stage = StrategicGame(payoffs)
    before, after = playable(RepeatedGame(stage, low)), playable(RepeatedGame(stage, high))
    assert not np.any(before.yes & after.no)
    assert not np.any(before.yes & before.no)
