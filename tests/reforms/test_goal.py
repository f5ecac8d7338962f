"""Goals are statements about zero probability, under any concept, for one model or a batch."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated, Correlated, Nash, Rationalizable
from blamegame.errors import GameError, ReformError, UnsupportedGame
from blamegame.games.event_range import Range, stacked
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.departments import Departments
from blamegame.models.forms import Table
from blamegame.models.inspection import Inspection
from blamegame.models.model import parameter
from blamegame.models.promotion import Promotion
from blamegame.models.scandal import Scandal
from blamegame.models.team import Team
from blamegame.models.three_stage import ThreeStage
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, lower_works, no_push, removes, responsible, unique, unlocks
from blamegame.reforms.reform import apply, choose

TRAP = Delegation(
    authority=Fraction("0.05"), responsibility=Fraction("0.95"), push_strength=Fraction("0.75"),
    assistance=Fraction("0.95"), answer_competence=Fraction("0.05"), accountability=Fraction("1.25"),
    tolerance=Fraction("0.15"), escalation_shield=Fraction("0.8"), diffusion=Fraction("0.85"),
    trace_shield=Fraction("0.6"), substantive_inspection=Fraction("0.35"), credit_lower=Fraction("0.75"),
    credit_upper=Fraction("0.75"), cost_work=Fraction("0.2"), cost_assist=Fraction("0.15"),
)  # fmt: skip
RESPONSIBLE = Delegation(
    authority=Fraction("0.1"), responsibility=Fraction("0.65"), push_strength=Fraction("0.05"), assistance=1,
    answer_competence=Fraction("0.1"), accountability=Fraction("1.25"), tolerance=Fraction("0.3"),
    escalation_shield=Fraction("0.15"), diffusion=Fraction("0.1"), trace_shield=Fraction("0.2"),
    substantive_inspection=Fraction("0.2"), credit_lower=Fraction("0.6"), credit_upper=Fraction("0.8"),
    cost_work=Fraction("0.15"), cost_assist=Fraction("0.1"),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Matching(Table):
    """Two offices that want to match; ``gain`` is what matching on the first action is worth."""

    players = ("1", "2")
    actions = (("a", "b"),) * 2
    avoidance = (("a", "b"),)

    gain: Any = parameter("g", "what matching on the first action is worth", "1", high=None, low="-5", unit="value")

    def payoffs(self):
        gain = self.gain
        if isinstance(gain, np.ndarray):
            zero, one = np.zeros_like(gain), np.ones_like(gain)
            table = np.stack([np.stack([gain, zero], axis=-1), np.stack([zero, one], axis=-1)], axis=-2)
            return np.stack([table, table], axis=-3)
        return [[[gain, 0], [0, 1]]] * 2


@pytest.mark.parametrize("concept", [Nash(), Correlated(), CoarseCorrelated(), Rationalizable()], ids=repr)
def test_the_verdicts_of_three_regimes(concept):
    entrenched = Delegation()
    assert not removes().reached(entrenched, concept)
    assert removes().reached(RESPONSIBLE, concept)
    assert unique(("assist", "work")).reached(RESPONSIBLE, concept)
    assert unlocks(("assist", "work")).reached(TRAP, concept)
    assert not unique(("assist", "work")).reached(TRAP, concept)
    assert not removes().reached(TRAP, concept)
    assert not unlocks(("assist", "formalism")).reached(entrenched, concept)
    assert unique(("push", "escalate")).reached(entrenched, Nash())


def test_an_event_may_be_named_by_cells_positions_or_an_array():
    goals = [removes(), removes([("push", "escalate"), ("push", "formalism")]), removes(Delegation().avoidance)]
    assert [goal.reached(RESPONSIBLE) for goal in goals] == [True] * 3
    assert [goal.reached(Delegation()) for goal in goals] == [False] * 3
    assert removes([("push", "formalism")]).reached(Delegation())
    assert unlocks((1, 1)) != unlocks(("push", "escalate")) and unlocks((1, 1)).reached(Delegation())


def test_a_batch_is_judged_item_by_item():
    batch = Delegation(authority=np.linspace(0, 1, 21), tolerance=0.5)
    for goal in (removes(), unlocks(("assist", "work")), unique(("push", "work"))):
        answers = goal.reached(batch)
        assert answers.dtype == bool and answers.shape == (21,)
        assert answers.tolist() == [goal.reached(batch.item(i).exact()) for i in range(21)]


def test_a_tie_is_decided_exactly():
    """At gain 0 the first action is weakly dominated but matching on it stays an equilibrium; below 0 it is not."""
    goal = unlocks(("a", "a"))
    gains = [Fraction(-1, 10**15), Fraction(0), Fraction(1, 10**15)]
    assert [goal.reached(Matching(gain)) for gain in gains] == [False, True, True]
    assert goal.reached(Matching(np.array([-1e-15, 0.0, 1e-15]))).tolist() == [False, True, True]
    assert [unique(("b", "b")).reached(Matching(gain)) for gain in gains] == [True, False, False]


def test_other_goals_can_be_put_together():
    way_out = Goal(everywhere=False)
    assert str(way_out) == "an equilibrium without mutual avoidance"
    assert way_out.reached(TRAP) and not way_out.reached(Delegation())
    either = Goal((("assist", "work"), ("push", "escalate")), outside=True, everywhere=False)
    assert either.reached(TRAP)
    only_avoidance = Goal(outside=True)
    assert only_avoidance.reached(Delegation()) and not only_avoidance.reached(TRAP)


def test_goals_are_values_that_say_what_they_ask():
    assert removes() == removes(None) and hash(unique(["a", "b"])) == hash(unique(("a", "b")))
    assert str(removes([("push", "escalate"), (1, 2)])) == "(push, escalate) or (1, 2) in no equilibrium"
    assert str(unlocks(("assist", "work"))) == "(assist, work) is an equilibrium"
    assert str(unique(("assist", "work"))) == "(assist, work) is the only equilibrium"
    assert removes().broken == "brings avoidance back"
    assert Goal(everywhere=False).broken == "makes avoidance inevitable again"
    assert unique(("assist", "work")).broken == "undoes the goal"


def test_where_there_is_no_equilibrium_no_goal_is_reached():
    found = stacked([Range.empty(), Range.between(0, 0)], (2,))
    assert removes().decide(found).tolist() == [False, True]
    assert unlocks((0, 0)).decide(found).tolist() == [False, True]


def test_a_model_without_profiles_is_told_why():
    with pytest.raises(UnsupportedGame, match="Team has measures and no table of payoffs"):
        unlocks(("a", "a")).event(Team())
    assert removes([("a", "b")]).event(Matching()) == (("a", "b"),)
    assert removes().event(Matching()) is None


def test_rungs_are_events_over_named_actions():
    table = Delegation()
    expected = {
        no_push: [[0, 0, 0], [1, 1, 1]],
        lower_works: [[0, 1, 1], [0, 1, 1]],
        responsible: [[0, 1, 1], [1, 1, 1]],
    }
    for rung, cells in expected.items():
        assert table.event(rung().event(table)).astype(int).tolist() == cells
    assert responsible() == unique(("assist", "work"))


def test_rungs_are_reached_in_order():
    ladder = [removes(), no_push(), lower_works(), responsible()]
    after = [[goal.reached(apply(Delegation(), choose(CATALOGUE, names))) for goal in ladder] for names in RUNG_BUNDLES]
    assert after == [[False] * 4, [True, True, False, False], [True] * 4]


RUNG_BUNDLES = ([], ["list"], ["tolerate", "escalation_rule", "harsher"])


def test_rungs_say_where_they_do_not_fit():
    with pytest.raises(ReformError, match=r"\(push, any\) has 2 actions; this game has 3 players"):
        no_push().event(Chain(tiers=3))
    with pytest.raises(ReformError, match="Departments has no profiles of actions"):
        lower_works().event(Departments())
    with pytest.raises(UnsupportedGame, match="only event it knows is its own avoidance"):
        lower_works().event(ThreeStage())
    with pytest.raises(GameError, match="push"):
        no_push().reached(Inspection())


def test_rungs_of_private_types_and_states_are_over_actions():
    assert not no_push().reached(Promotion())
    assert ("push", 2) in no_push().event(Scandal())
