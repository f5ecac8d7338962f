from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import Nash, PublicPerfect, SubgamePerfect
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.formats.efg import read_efg
from blamegame.formats.efg_writer import write_efg
from blamegame.models.delegation import Delegation
from blamegame.models.three_stage import ThreeStage, is_avoidance, settled_as
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.solvers.extensive.outcome_range import outcome_range, subgame_perfect_outcomes
from blamegame.solvers.extensive.reduced_form import plan_chances, reduced_strategic_form
from blamegame.solvers.strategic.nash import nash
from blamegame.verbs import avoidance

CELLS = {
    ("assist", "work"): (0, 0),
    ("assist", "escalate", "answer"): (0, 1),
    ("assist", "formalism"): (0, 2),
    ("push", "work"): (1, 0),
    ("push", "escalate", "bounce"): (1, 1),
    ("push", "formalism"): (1, 2),
}


def paths(model, **settings):
    tree = model.tree(**settings)
    return {tuple(action for _, action in tree.path(end)): tree.totals[end] for end in tree.terminals}


def drawn(rng):
    """A model from the uniform box: shares in 0..1, amounts in 0..1, accountability in 0..2; exact."""
    values = {}
    for name, spec in Delegation.parameters().items():
        top = 1 if spec.high is not None or name != "accountability" else 2
        values[name] = Fraction(rng.random()) * top
    return ThreeStage(**{**values, "causal_weight": 0})


def test_paths_that_the_simultaneous_game_has_pay_what_it_pays():
    rng = random.Random(1)
    for model in (ThreeStage(), *(drawn(rng) for _ in range(20))):
        table = model.payoffs()
        found = paths(model, nature=False)
        for path, (i, j) in CELLS.items():
            assert found[path] == (table[0, i, j], table[1, i, j])


def test_an_answer_takes_the_mandate_back_and_a_bounce_is_a_late_push():
    found = paths(ThreeStage(), nature=False)
    assert found["push", "escalate", "answer"] == found["assist", "escalate", "answer"]
    upper, lower = found["push", "escalate", "bounce"]
    assert found["assist", "escalate", "bounce"] == (upper - ThreeStage().cost_assist, lower)
    assert settled_as((0, 1, "bounce")) == (1, 1) and settled_as((1, 1, "answer")) == (0, 1)


def test_nature_averages_to_the_same_payoffs_and_changes_nothing_else():
    model = ThreeStage(causal_weight=Fraction(1, 3), tolerance=Fraction(1, 4))
    with_nature, expected = paths(model), paths(model, nature=False)
    success = dict(zip(CELLS, (model.success()[cell] for cell in CELLS.values())))
    for path, q in success.items():
        won, lost = with_nature[(*path, "success")], with_nature[(*path, "failure")]
        assert tuple(q * w + (1 - q) * s for w, s in zip(won, lost)) == expected[path]
        assert won[0] - lost[0] >= model.credit_upper
    assert backward_induction(model.tree()).payoffs == backward_induction(model.tree(nature=False)).payoffs


def test_success_pays_credit_less_costs_and_failure_pays_liability_less_costs():
    found = paths(ThreeStage())
    assert found["push", "work", "success"] == (Fraction("0.58"), Fraction("0.05"))
    # upper keeps 0.15 of the liability after a push of 0.7, lower bears 0.85 less tolerance
    assert found["push", "work", "failure"] == (
        Fraction("-0.17"),
        Fraction("-0.25") - Fraction("0.85") * Fraction("0.9"),
    )


def test_at_the_defaults_upper_pushes_lower_escalates_and_the_case_bounces():
    model = ThreeStage()
    tree = model.tree(nature=False)
    ((end,),) = subgame_perfect_outcomes(tree)
    assert tree.path(end) == (("upper", "push"), ("lower", "escalate"), ("upper", "bounce"))
    event = model.avoiding_ends(tree)
    assert len(event) == 3 and outcome_range(tree, event).lowest == 1
    chance = outcome_range(model.tree(), model.avoiding_ends(model.tree()))
    assert (chance.lowest, chance.highest) == (1, 1)


def test_seeing_the_layout_springs_a_trap():
    names = (
        "authority responsibility push_strength assistance answer_competence accountability tolerance escalation_shield"
    )
    names += " diffusion trace_shield substantive_inspection credit_lower credit_upper cost_work cost_assist"
    numbers = "0.05 0.95 0.75 0.95 0.05 1.25 0.15 0.8 0.85 0.6 0.35 0.75 0.75 0.2 0.15"
    trap = ThreeStage(**dict(zip(names.split(), map(Fraction, numbers.split()))))
    assert avoidance(trap, Nash()).status == "trap"
    tree = trap.tree(nature=False)
    ((end,),) = subgame_perfect_outcomes(tree)
    assert tree.path(end) == (("upper", "assist"), ("lower", "work"))


def avoiding_draws(seed, count):
    """Of ``count`` uniform draws: those avoiding here, those avoiding in the simultaneous game, and violations."""
    rng = random.Random(seed)
    here = there = violations = 0
    for _ in range(count):
        model = drawn(rng)
        tree = model.tree(nature=False)
        sequential = outcome_range(tree, model.avoiding_ends(tree)).highest > 0
        table = model.payoffs()
        upper, lower = (table[0, 1] >= table[0, 0]), (table[1, 1] == table[1, 1].max())
        simultaneous = bool((upper & lower)[1:].any()) or avoidance(model, Nash()).high.upper > 0
        here, there, violations = here + sequential, there + simultaneous, violations + (sequential > simultaneous)
    return here, there, violations


def test_no_draw_avoids_here_without_an_avoiding_equilibrium_of_the_simultaneous_game():
    here, there, violations = avoiding_draws(seed=2, count=400)
    assert violations == 0 and 40 < here < there


@pytest.mark.slow
def test_no_draw_of_ten_thousand_avoids_here_without_an_avoiding_equilibrium_of_the_simultaneous_game():
    here, there, violations = avoiding_draws(seed=3, count=10_000)
    assert violations == 0 and 1_000 < here < there


def test_what_avoidance_is_on_a_path():
    assert is_avoidance(["push", "formalism"]) and is_avoidance(["assist", "escalate", "bounce"])
    assert not is_avoidance(["assist", "formalism"]) and not is_avoidance(["push", "escalate", "answer"])


def test_bouncing_after_assisting_is_never_better_than_pushing_at_once():
    rng = random.Random(4)
    for _ in range(100):
        found = paths(drawn(rng), nature=False)
        assert found["assist", "escalate", "bounce"][0] <= found["push", "escalate", "bounce"][0]


def test_floats_become_the_rationals_they_store_and_batches_and_symbols_are_refused():
    from sympy import Symbol

    tree = ThreeStage(authority=0.3).tree(nature=False)
    assert tree.totals[tree.terminals[0]][0] == Delegation(authority=Fraction(0.3)).payoffs()[0, 0, 0]
    with pytest.raises(ModelError, match=r"this is a batch of shape \(3,\); take item"):
        ThreeStage(authority=np.array([0.1, 0.2, 0.3])).tree()
    with pytest.raises(ModelError, match="authority=a is a symbol; a tree needs numbers"):
        ThreeStage(authority=Symbol("a")).tree()


def test_the_tree_survives_a_file():
    tree = ThreeStage().tree()
    assert read_efg(write_efg(tree)) == tree


def test_every_concept_is_asked_of_the_game_in_stages():
    """Under Nash lower may threaten what it would not do, so more is possible than in subgame-perfect play."""
    assert avoidance(ThreeStage()).status == "entrenched"
    found = avoidance(ThreeStage(), Nash())
    assert found.about == "the game in stages" and found.high.upper == 1
    game = reduced_strategic_form(ThreeStage().tree(nature=False))
    chances = plan_chances(ThreeStage().tree(nature=False), ThreeStage().event())
    values = [x @ chances @ y for x, y in nash(game).equilibria]
    assert (found.low.lower, found.high.upper) == (min(values), max(values))


def test_a_discount_factor_is_refused_where_play_is_once():
    with pytest.raises(UnsupportedGame, match=r"played once, in stages, so leave the discount factor out"):
        avoidance(ThreeStage(), SubgamePerfect(Fraction(9, 10)))
    with pytest.raises(UnsupportedGame, match="has no public-perfect"):
        avoidance(ThreeStage(), PublicPerfect(Fraction(9, 10)))
