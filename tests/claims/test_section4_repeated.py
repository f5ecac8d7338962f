"""model.md section 4: repeated delegation, each number and sentence of it."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from blamegame.certificates.certify import certify
from blamegame.certificates.claims import AutomatonAvoids, NeverPlayed
from blamegame.concepts import PublicPerfect, SubgamePerfect
from blamegame.games.automaton import grim_trigger
from blamegame.games.repeated import RepeatedGame
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.search import search
from blamegame.solvers.repeated.delta_windows import delta_windows
from blamegame.solvers.repeated.exclusion_chain import exclusion_chain
from blamegame.solvers.strategic.nash import nash
from blamegame.verbs import avoidance

MODEL = Delegation()
BUNDLES = {
    ("empower", "train", "reward"): 0.260,
    ("tolerate", "train", "reward"): 0.068,
    ("list",): 0.496,
}


def switch(model, profile):
    found = delta_windows(model.stage_game(), profile, tolerance=1e-5)
    return float(found.windows[0].included)


def test_at_the_defaults_assist_and_work_needs_patience_of_0_516():
    assert switch(MODEL, ("assist", "work")) == pytest.approx(0.516, abs=5e-4)
    assert switch(MODEL, ("push", "escalate")) == 0


@pytest.mark.parametrize(("bundle", "threshold"), BUNDLES.items())
def test_avoidance_that_a_reform_removed_becomes_playable_again(bundle, threshold):
    model = apply(MODEL, choose(CATALOGUE, bundle))
    assert switch(model, ("push", "escalate")) == pytest.approx(threshold, abs=5e-4)
    below, above = F(threshold).limit_denominator(1000) - F(1, 1000), F(threshold).limit_denominator(1000) + F(1, 1000)
    assert avoidance(model, SubgamePerfect(below, pure=True)).status == "free"
    assert avoidance(model, SubgamePerfect(above, pure=True)).status == "trap"
    assert avoidance(model, SubgamePerfect(above)).status == "trap"


def test_the_stage_game_after_empower_train_and_reward_has_assist_and_work_only():
    model = apply(MODEL, choose(CATALOGUE, ["empower", "train", "reward"]))
    (only,) = nash(model.stage_game()).equilibria
    assert [strategy.tolist().index(1) for strategy in only] == [0, 0]


def test_removed_is_said_with_its_discount_factor_and_proved():
    model = apply(MODEL, choose(CATALOGUE, ["list"]))
    game = RepeatedGame(model.stage_game(), F(495, 1000))
    proof = certify(NeverPlayed(game, MODEL.avoidance, exclusion_chain(game, MODEL.avoidance)))
    assert proof.holds and "discount factor 99/200" in str(proof)


def test_patient_offices_can_leave_avoidance_by_a_grim_trigger_that_is_certified():
    game = MODEL.repeated(F(9, 10))
    grim = grim_trigger(game.stage, ("assist", "work"), ("push", "escalate"))
    assert certify(AutomatonAvoids(game, grim, MODEL.avoidance, 0)).holds
    assert avoidance(MODEL, SubgamePerfect(F(9, 10))).status == "trap"


def test_where_only_success_is_seen_nothing_but_push_and_escalate_is_played():
    found = avoidance(MODEL, PublicPerfect(F(9, 10), pure=True))
    assert (found.low.lower, found.high.upper, found.status, found.complete) == (1, 1, "entrenched", True)


def test_a_search_says_worst_case_or_best_case_and_names_the_discount_factor():
    menu = choose(CATALOGUE, ["list", "tolerate", "train"])
    worst = search(MODEL, menu, removes(), concept=SubgamePerfect(F(1, 4), pure=True))
    assert worst.complete and ("list",) in worst.minimal
    assert "pure subgame-perfect equilibria at discount 0.25" in str(worst)
    patient = search(MODEL, menu, removes(), concept=SubgamePerfect(F(9, 10)))
    assert patient.complete and len(patient.successes) == 0, "every bundle leaves some equilibrium that avoids"
    assert set(patient.status.tolist()) == {"trap"}


@pytest.mark.slow
def test_no_bundle_of_the_catalogue_removes_avoidance_between_patient_offices():
    plan = search(MODEL, CATALOGUE, concept=SubgamePerfect(F(9, 10)))
    assert plan.complete and plan.examined == 4096
    assert len(plan.successes) == 0 and set(plan.status.tolist()) == {"trap"}
