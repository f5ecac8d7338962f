from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated, Correlated, Logit, SubgamePerfect
from blamegame.errors import GameError, StudyError, UnsupportedGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.forms import Table
from blamegame.studies.grid import grid
from blamegame.studies.measures import (
    Avoidance,
    Custom,
    Equilibria,
    Patience,
    Payoffs,
    Playable,
    Success,
    default_measures,
    support_pairs,
    support_words,
)
from blamegame.studies.study import study, task_of

TRAP = Delegation(
    authority=Fraction("0.05"), responsibility=Fraction("0.95"), push_strength=Fraction("0.75"),
    assistance=Fraction("0.95"), answer_competence=Fraction("0.05"), accountability=Fraction("1.25"),
    tolerance=Fraction("0.15"), escalation_shield=Fraction("0.8"), diffusion=Fraction("0.85"),
    trace_shield=Fraction("0.6"), substantive_inspection=Fraction("0.35"), credit_lower=Fraction("0.75"),
    credit_upper=Fraction("0.75"), cost_work=Fraction("0.2"), cost_assist=Fraction("0.15"),
)  # fmt: skip


def test_the_trap_has_its_three_equilibria_in_words():
    found = Equilibria().of_model(TRAP)
    words = support_words(found["equilibria"], Delegation.actions)
    assert words == "(assist, work) | (push, escalate) | (assist/push, work/escalate)"
    assert (found["equilibria_count"], found["pure_count"]) == (3, 2)
    assert support_words(-1, Delegation.actions) == "not computed"


def test_payoffs_and_success_span_the_equilibria_of_the_trap():
    success = Success().of_model(TRAP)
    payoffs = Payoffs().of_model(TRAP)
    assert success["success_best"] > 0.9 and success["success_worst"] == pytest.approx(0.1)
    assert (payoffs["payoff_best"] > payoffs["payoff_worst"]).all()


def test_bits_of_supports_are_the_flags_the_variable_declares():
    variable = Equilibria().variables(Delegation())[0]
    words = variable.attributes["flag_meanings"].split()
    assert len(words) == len(support_pairs(2, 3)) == 21
    assert words[int(np.log2(Equilibria().of_model(Delegation())["equilibria"]))] == "push:escalate"


def test_each_concept_has_variables_of_its_own():
    names = [v.name for c in (Correlated(), CoarseCorrelated()) for v in Avoidance(c).variables(Delegation())]
    assert "status_correlated" in names and "status_coarse_correlated" in names
    assert SubgamePerfect(Fraction(9, 10)).slug == "subgame_perfect_0.9"
    assert Logit(Fraction(1, 3)).slug == "logit_1over3"


def test_patience_is_the_switch_of_model_md():
    found = Patience(("assist", "work")).of_model(Delegation())
    assert found["patience_needed_assist_work"] == pytest.approx(0.516, abs=1e-3)
    assert 0 <= found["patience_needed_assist_work"] - found["patience_excluded_assist_work"] < 2e-6
    always = Patience(("push", "escalate")).of_model(Delegation())
    assert always["patience_needed_push_escalate"] == 0 and np.isnan(always["patience_excluded_push_escalate"])


def test_playable_agrees_with_its_exact_definition():
    for discount in (Fraction(1, 2), Fraction(9, 10)):
        measure = Playable(("assist", "work"), discount)
        batch = study(Delegation(), grid(authority="0, 0.3, 1"), measure)
        (name,) = batch.data_vars
        exact = [measure.of_model(Delegation(authority=a))[name] for a in (0, Fraction(3, 10), 1)]
        assert batch[name].values.tolist() == exact


def test_what_a_model_cannot_be_asked_is_refused_with_the_way_out():
    with pytest.raises(UnsupportedGame, match="use Custom"):
        Equilibria().variables(Chain())
    with pytest.raises(GameError):
        Playable(("assist", "nap"), Fraction(1, 2)).variables(Delegation())
    with pytest.raises(GameError, match="discount"):
        Playable(("assist", "work"), 1).variables(Delegation())
    with pytest.raises(StudyError, match="tolerance"):
        Patience(("assist", "work"), tolerance=0).variables(Delegation())
    for measure in (Patience(("assist", "work")), Custom("one", lambda model: 1)):
        with pytest.raises(UnsupportedGame, match="no batch"):
            measure.of_cells(None)


def test_a_game_with_too_many_supports_for_labels_is_refused():
    class Large(Table):
        players = ("1", "2")
        actions = (tuple("abcd"),) * 2
        avoidance = np.zeros((4, 4), dtype=bool)

        def payoffs(self):
            return np.zeros((2, 4, 4))

    with pytest.raises(UnsupportedGame, match="62 pairs of supports"):
        Equilibria().variables(Large())
    with pytest.raises(StudyError, match="no probability of success"):
        Success().variables(Large())


def test_a_model_without_success_is_studied_for_the_rest():
    assert [type(m).__name__ for m in default_measures(Delegation())] == ["Avoidance", "Equilibria", "Success"]


def test_measures_and_tasks_travel():
    task = task_of(
        Delegation(), grid(authority="0,1"), [Avoidance(), Equilibria(), Payoffs(), Patience(("push", "work"))]
    )
    assert task.variables
    again = pickle.loads(pickle.dumps(task))
    assert again.facts == task.facts and again.variables == task.variables


def test_a_function_that_changed_is_another_study():
    prints = [
        task_of(Delegation(), grid(authority="0,1"), Custom("f", f)).facts["measures"]
        for f in (lambda m: 1, lambda m: 2, lambda m: m.authority, lambda m: sum(m.diffusion for _ in (1, 2)), max)
    ]
    assert len(set(prints)) == len(prints)
