"""What is proved of a box holds at every sampled point of it; what does not hold is not proved."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import lower_works, no_push, removes, responsible
from blamegame.reforms.reform import apply, choose
from blamegame.regions.exclusion import exact_weights, exclude, holds, proves
from blamegame.regions.image import image
from blamegame.regions.proof import joined
from blamegame.regions.prover import AVOIDABLE, ENTRENCHED, FAILS, REMOVES, Prover, box_of, ends_of
from blamegame.regions.region import Region
from blamegame.regions.scheme import correlated_scheme, support_schemes
from blamegame.regions.setting import setting_of
from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities


def ground(model, names, width, goal=None):
    after = image(Region.around(model, width), choose(CATALOGUE, names.split()))
    setting = setting_of(after, goal)
    return after, setting, box_of(setting, after.intervals)


def exact_points(region, rng, n):
    """Corners, points of faces and of the interior, exact."""
    for _ in range(n):
        position = rng.choice([0, 1, None], size=len(region.intervals), p=[0.4, 0.4, 0.2])
        values = {}
        for x, (name, (low, high)) in zip(position, region.intervals.items()):
            share = Fraction(int(rng.integers(0, 65)), 64) if x is None else Fraction(int(x))
            values[name] = low + (high - low) * share
        yield region.model(values)


def test_weights_that_prove_a_box_are_rechecked_and_wrong_ones_are_not_accepted():
    _, setting, box = ground(Delegation(), "list answer", Fraction("0.2155"))
    scheme = correlated_scheme(setting)
    low, high = ends_of(box)
    found = exclude(setting, scheme, low, high).weights
    weights = exact_weights(setting, scheme, found, box)
    assert proves(setting, scheme, weights, box)
    for d in range(len(weights)):
        assert not proves(setting, scheme, [-1 if k == d else w for k, w in enumerate(weights)], box)
    assert not proves(setting, scheme, [Fraction(0)] * len(weights), box)
    wider = ground(Delegation(), "list answer", Fraction("0.2157"))[2]
    assert not proves(setting, scheme, weights, wider)
    assert not holds(setting, scheme, found, *ends_of(wider))


def test_no_vector_is_found_just_beyond_the_radius():
    _, setting, box = ground(Delegation(), "list answer", Fraction("0.2157"))
    assert exclude(setting, correlated_scheme(setting), *ends_of(box)).weights is None


def test_supports_prove_what_one_vector_cannot():
    model = Delegation(
        authority=Fraction("0.05"),
        responsibility=Fraction("0.6"),
        push_strength=Fraction("0.85"),
        assistance=Fraction("0.7"),
        answer_competence=Fraction("0.3"),
        accountability=Fraction("1.5"),
        tolerance=Fraction("0.2"),
        escalation_shield=Fraction("0.15"),
        diffusion=Fraction("0.65"),
        trace_shield=Fraction("0.8"),
        substantive_inspection=0,
        credit_lower=Fraction("0.4"),
        credit_upper=Fraction("0.35"),
        cost_work=Fraction("0.35"),
        cost_assist=Fraction("0.4"),
    )
    _, setting, box = ground(model, "tolerate inspect_substance", Fraction("0.138"))
    prover = Prover(setting)
    assert exclude(setting, prover.correlated, *ends_of(box)).weights is None
    proof = prover.prove(box)
    (leaf,) = proof.tree.values()
    assert len(leaf) == 12  # every pair of supports that meets {push} x {escalate, formalism}
    listed = {(rows, columns) for rows, columns, _, _ in leaf}
    assert len(listed) == 12 and all("push" in rows for rows, _ in listed)


def test_every_support_that_meets_the_event_is_listed_for_every_rung():
    counts = {removes: 12, no_push: 14, lower_works: 18, responsible: 20}
    for goal, expected in counts.items():
        setting = setting_of(Region.around(Delegation(), Fraction(1, 10)), goal())
        assert len(setting.supports(meeting=True)) == expected
        assert len(setting.supports(meeting=False)) == 21 - expected


def test_a_joint_scheme_has_both_directions_of_an_indifference():
    setting = setting_of(Region.around(Delegation(), Fraction(1, 10)))
    lower, _, joint = support_schemes(setting, ((0, 1), (0, 1)))
    assert len(lower.deviations) == 3 and sum(lower.free) == 1
    assert len(joint.deviations) == 6 and sum(joint.free) == 4


@pytest.mark.parametrize(
    ("regime", "width", "statement"),
    [
        ("h_county", "0.05", ENTRENCHED),
        ("h_county", "0.05", FAILS),
        ("collusion", "0.2", ENTRENCHED),
        ("trap", "0.05", FAILS),
        ("trap", "0.05", AVOIDABLE),
        ("chicken", "0.05", FAILS),
        ("chicken", "0.05", AVOIDABLE),
        ("responsible", "0.05", REMOVES),
        ("dumping", "0.2", REMOVES),
    ],
)
def test_statements_hold_at_every_sampled_point(scenario, touches, regime, width, statement):
    region, setting, box = ground(scenario(regime), "", Fraction(width))
    assert Prover(setting).prove(box, statement) is not None
    rng = np.random.default_rng(5)
    for model in exact_points(region, rng, 25):
        table = model.payoffs()
        least, most = event_probabilities(equilibria_batch([table.astype(float)]), setting.event)
        holds_here = {REMOVES: most == 0, FAILS: most > 0, ENTRENCHED: least > 0, AVOIDABLE: least == 0}
        assert holds_here[statement][0]
        if statement in (REMOVES, FAILS):
            assert touches(table, setting.event) == (statement == FAILS)


@pytest.mark.parametrize(("regime", "statement"), [("trap", ENTRENCHED), ("trap", REMOVES), ("h_county", AVOIDABLE)])
def test_what_is_false_at_the_middle_is_never_proved(scenario, regime, statement):
    _, setting, box = ground(scenario(regime), "", Fraction("0.02"))
    assert Prover(setting).prove(box, statement, pieces=6) is None


def test_cuts_join_vectors_without_repetition():
    _, setting, box = ground(Delegation(), "list", Fraction("0.05"))
    proof = Prover(setting).prove(box)
    both = joined(REMOVES, {"parameter": "authority", "at": Fraction(1, 3)}, {"below": proof, "above": proof})
    assert both.vectors == proof.vectors and both.pieces == 2
    assert both.to_dict()["tree"]["at"] == "1/3" and both.to_dict()["tree"]["above"] == {"correlated": 0}


@pytest.mark.slow
def test_proved_boxes_hold_no_failure(scenario, touches):
    """200 boxes of random regimes, bundles, goals and widths; 5,000 floats and 10 exact points in each."""
    rng = np.random.default_rng(20261129)
    goals = (removes, no_push, lower_works, responsible)
    names = ("h_county", "trap", "paper_trap", "collusion", "avoidance", "paper")
    proved = 0
    while proved < 200:
        model = scenario(str(rng.choice(names)))
        bundle = tuple(reform for reform in CATALOGUE if rng.random() < 0.4)
        before = Region.around(model, Fraction(int(rng.integers(1, 30)), 100))
        setting = setting_of(image(before, bundle), goals[int(rng.integers(4))]())
        after = image(before, bundle)
        if Prover(setting).prove(box_of(setting, after.intervals)) is None:
            continue
        proved += 1
        batch = apply(before.sample(rng, 5000), bundle)
        most = event_probabilities(equilibria_batch(batch.stage_game().payoffs), setting.event).high
        assert (most == 0).all()
        for county in exact_points(before, rng, 10):
            assert not touches(apply(county, bundle).payoffs(), setting.event)
