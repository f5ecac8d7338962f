"""avoidance_range under SubgamePerfect and PublicPerfect."""

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.avoidance import AvoidanceRange, avoidance_range
from blamegame.avoidance.over_time import _frequency_note
from blamegame.concepts import PublicPerfect, SubgamePerfect
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.corridor import Corridor

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])


def test_a_batch_of_models_equals_its_items():
    models = Delegation(authority=np.array([0.1, 0.5, 0.9]))
    found = avoidance_range(models, SubgamePerfect(F(1, 2)))
    items = [avoidance_range(models.item(k), SubgamePerfect(F(1, 2))) for k in range(3)]
    assert found.status.tolist() == [one.status for one in items]
    assert found.worst.tolist() == [float(one.worst) for one in items]
    assert found.complete and "3 models under SubgamePerfect" in str(found)


def test_a_bare_game_needs_an_event_and_takes_one():
    with pytest.raises(GameError, match="pass event="):
        avoidance_range(DILEMMA, SubgamePerfect(F(1, 2)))
    found = avoidance_range(DILEMMA, SubgamePerfect(F(1, 2)), event=[("b", "b")])
    assert (found.best, found.worst, found.status) == (0, 1, "trap")
    batch = StrategicGame(np.stack([DILEMMA.payoffs.astype(float)] * 2), players=2)
    assert avoidance_range(batch, SubgamePerfect(F(1, 2)), event=[("b", "b")]).status.tolist() == ["trap", "trap"]


def test_a_game_that_does_not_say_what_the_public_sees_is_refused():
    with pytest.raises(UnsupportedGame, match="does not say what the public sees"):
        avoidance_range(DILEMMA, PublicPerfect(F(1, 2)), event=[("b", "b")])


def test_bounds_that_do_not_meet_are_said_and_the_answer_is_not_complete():
    assert _frequency_note(Corridor(0, 0, 0.25, 0.5, "trap")).startswith(
        "proved: between 0 and 0 at best, between 0.25"
    )
    assert "further from a switch" in _frequency_note(Corridor(0, 1, 0, 1, "undecided"))
    assert _frequency_note(Corridor(0, 0, 1, 1, "trap")) == ""
    shown = AvoidanceRange(0, 0.25, "trap", False, SubgamePerfect(F(1, 2)), "proved: so much")
    assert str(shown) == "trap: avoidance 0 at best, 0.25 at worst (proved: so much)"


def test_the_worst_end_is_zero_only_where_that_is_proved():
    assert Corridor(0, 0, 0.0, 1e-9, "trap").worst == 1e-9
    assert Corridor(0, 0, 0, 0, "free").worst == 0
