"""The radius of a bundle: both ends exact, published values inside their brackets."""

from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ReformError, UnsupportedGame
from blamegame.models.delegation import Delegation
from blamegame.models.inspection import Inspection
from blamegame.models.promotion import Promotion
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import lower_works, no_push, removes, responsible, unlocks
from blamegame.reforms.reform import Reform, apply, choose
from blamegame.regions.image import image
from blamegame.regions.radius import radius, tolerances
from blamegame.regions.region import Region

FIVE = "list tolerate train voice answer"
ALL = " ".join(reform.name for reform in CATALOGUE)
GOALS = {"removes": removes, "no_push": no_push, "lower_works": lower_works, "responsible": responsible}
EVENTS = {
    "removes": [[0, 0, 0], [0, 1, 1]],
    "no_push": [[0, 0, 0], [1, 1, 1]],
    "lower_works": [[0, 1, 1], [0, 1, 1]],
    "responsible": [[0, 1, 1], [1, 1, 1]],
}

PUBLISHED = [
    ("h_county", "removes", "tolerate train", 2.14, 2.15),
    ("h_county", "removes", "answer", 8.38, 8.39),
    ("h_county", "removes", "list", 9.75, 9.76),
    ("h_county", "removes", "tolerate answer", 12.95, 12.96),
    ("h_county", "removes", "list harsher", 15.11, 15.12),
    ("h_county", "removes", "list answer", 21.55, 21.56),
    ("h_county", "removes", "list tolerate train", 21.55, 21.56),
    ("h_county", "removes", "list inspect_substance answer", 26.51, 26.57),
    ("h_county", "removes", "list tolerate train voice", 28.24, 28.25),
    ("h_county", "removes", "list tolerate train answer empower", 16.72, 16.73),
    ("h_county", "removes", "list train answer voice", 33.39, 33.40),
    ("h_county", "removes", FIVE, 33.39, 33.40),
    ("h_county", "removes", FIVE + " inspect_substance", 41.11, 41.12),
    ("h_county", "removes", ALL, 23.04, 23.05),
    ("trap", "removes", "tolerate escalation_rule", 11.29, 11.30),
    ("trap", "removes", "list tolerate train", 8.90, 8.91),
    ("trap", "removes", FIVE, 41.37, 41.38),
    ("trap", "removes", ALL, 49.60, 49.61),
    ("paper_trap", "removes", "tolerate voice", 6.10, 6.11),
    ("paper_trap", "removes", "empower", 0.35, 0.36),
    ("paper_trap", "removes", FIVE, 7.31, 7.32),
    ("paper_trap", "removes", FIVE + " inspect_substance", 50.73, 50.74),
    ("collusion", "removes", "list tolerate harsher", 8.57, 8.58),
    ("collusion", "removes", FIVE, 26.04, 26.05),
    ("avoidance", "removes", "list answer", 15.46, 15.47),
    ("avoidance", "removes", FIVE, 53.27, 53.28),
    ("paper", "removes", "tolerate inspect_substance", 13.88, 13.89),
    ("paper", "removes", ALL, 24.99, 25.00),
    ("h_county", "no_push", "list tolerate", 14.59, 14.60),
    ("h_county", "no_push", "tolerate trace_upward", 6.33, 6.34),
    ("h_county", "lower_works", "tolerate escalation_rule harsher", 1.13, 1.14),
    ("h_county", "lower_works", "empower escalation_rule", 10.56, 10.57),
    ("h_county", "responsible", "tolerate train escalation_rule", 4.55, 4.56),
    ("h_county", "responsible", "tolerate train escalation_rule harsher", 9.17, 9.18),
    ("h_county", "responsible", "tolerate train reward escalation_rule", 10.90, 10.91),
    ("h_county", "responsible", "tolerate train reward escalation_rule harsher", 14.02, 14.03),
    ("h_county", "responsible", "empower list train reward voice escalation_rule harsher", 18.23, 18.24),
    ("h_county", "responsible", ALL, 1.10, 1.11),
]
ROBUST = [
    ("tolerate train", 0.79, 0.80),
    ("tolerate train harsher", 2.08, 2.09),
    ("tolerate train voice", 5.54, 5.55),
    ("list tolerate train voice", 17.40, 17.41),
]


def per_cent(value: float) -> Fraction:
    return Fraction(str(value)) / 100


@pytest.mark.parametrize(("name", "goal", "bundle", "least", "most"), PUBLISHED)
def test_published_radii(scenario, name, goal, bundle, least, most):
    found = radius(scenario(name), bundle.split(), GOALS[goal]())
    assert per_cent(least) <= found.proved <= found.refuted <= per_cent(most)
    assert found.refuted - found.proved <= Fraction(1, 10_000)
    check_witness(scenario(name), found)


@pytest.mark.slow
@pytest.mark.parametrize(("bundle", "least", "most"), ROBUST)
def test_published_robust_radii(scenario, bundle, least, most):
    found = radius(scenario("h_county"), bundle.split(), robust=True)
    assert per_cent(least) <= found.proved <= found.refuted <= per_cent(most)
    assert set(bundle.split()) <= set(found.witness.bundle)
    check_witness(scenario("h_county"), found)


def check_witness(model, found):
    """The county lies in the box, before the reforms, and its profile is an equilibrium that fails the goal."""
    county = found.witness.model
    assert county in Region.around(model, found.refuted)
    reformed = apply(county, choose(CATALOGUE, found.witness.bundle))
    assert reformed == found.witness.reformed
    (x, y), (upper, lower) = found.witness.profile, reformed.payoffs()
    assert sum(x) == sum(y) == 1 and min(*x, *y) >= 0
    assert max(upper @ y) == x @ upper @ y and max(x @ lower) == x @ lower @ y  # no deviation gains
    cells = next(np.array(cells) for name, cells in EVENTS.items() if GOALS[name]() == found.goal)
    assert (np.outer(x, y) * cells).sum() == found.witness.probability > 0


def test_a_goal_that_fails_at_the_point_has_no_radius():
    found = radius(Delegation(), [])
    assert found.proved is None and found.refuted == 0 and found.proof is None
    assert found.witness.probability == 1
    assert "fails at the point itself" in str(found)


def test_one_parameter_at_a_time():
    free = ("authority", "answer_competence", "cost_assist")
    found = {name: radius(Delegation(), ["list"], only=[name]) for name in free}
    assert found["answer_competence"].binding == ("answer_competence",)
    # alone, a number may be off by at least as much as all together
    assert all(one.proved >= Fraction("0.0975") for one in found.values())


def test_the_radius_of_one_number_is_where_its_comparison_turns():
    """After `answer` upper pushes against escalation below a critical competence, linear in it."""
    found = radius(Delegation(), ["answer"], only=["answer_competence"])
    bundle = choose(CATALOGUE, ["answer"])
    at_none, at_all = (apply(Delegation(answer_competence=n), bundle).payoffs()[0] for n in (0, 1))
    start, end = (table[0][1] - table[1][1] for table in (at_none, at_all))  # competence 1/4, and 1 where it is clipped
    critical = Fraction(1, 4) - start * Fraction(3, 4) / (end - start)

    def after(rho):
        return (1 - rho) / 2 + Fraction(1, 4)

    assert after(found.refuted) <= critical < after(found.proved)


def test_tolerances_put_the_least_tolerant_first():
    found = tolerances(Delegation(), ["list"], most=Fraction(1, 2))
    ends = [one.refuted for one in found.values() if one.refuted is not None]
    assert ends == sorted(ends)
    assert "upward_tracing" not in found and "authority" in found


def test_nothing_fails_where_nothing_is_uncertain():
    found = radius(Delegation(), ["list"], only=["upward_tracing"])
    assert found.proved == 1 and found.refuted is None and found.witness is None
    assert "no county is known" in str(found)


def test_the_box_of_the_proof_and_its_leaves_are_said():
    found = radius(Delegation(), ["list"])
    assert found.region == Region.around(Delegation(), found.proved)
    assert found.proof.pieces == 1 and list(found.proof.tree) == ["correlated"]
    document = found.proof.to_dict()
    assert all(isinstance(entry[3], str) for vector in document["vectors"] for entry in vector)
    assert pickle.loads(pickle.dumps(found)) == found


def test_one_vector_proves_many_larger_bundles_at_once():
    found = radius(Delegation(), ["tolerate", "train", "voice"], robust=True, most=Fraction(1, 18))
    assert found.proved >= Fraction("0.0554")


def test_other_models_have_radii_too():
    stricter = Reform("stricter", {"catch_value": {"scale": Fraction(1, 2)}})
    kept = radius(Inspection(), [stricter], removes([("trust", "fake")]), most=Fraction(1, 10))
    assert kept.proved is None and kept.witness.probability > 0  # inspection mixes whatever a catch is worth
    small = choose(CATALOGUE, ["list", "tolerate", "train", "voice", "answer"])
    promoted = radius(Promotion(), small, only=["authority", "tolerance", "prospects"], most=Fraction(1, 10))
    assert promoted.proved is not None and promoted.proved > 0


def test_goals_about_some_equilibrium_are_refused():
    with pytest.raises(UnsupportedGame, match="not about every equilibrium"):
        radius(Delegation(), ["list"], unlocks(("assist", "work")))
    with pytest.raises(ReformError, match="no distance"):
        radius(Delegation(), ["list"], most=0)
    with pytest.raises(ReformError, match="did you mean 'list'"):
        radius(Delegation(), ["lists"])


def test_the_answer_is_nested():
    """Half the proved radius is proved, and its image lies in that of the whole."""
    found = radius(Delegation(), ["list", "answer"])
    bundle = choose(CATALOGUE, ["list", "answer"])
    small = image(Region.around(Delegation(), found.proved / 2), bundle)
    large = image(Region.around(Delegation(), found.proved), bundle)
    for name, (low, high) in small.intervals.items():
        assert large.intervals[name][0] <= low <= high <= large.intervals[name][1]


def test_time_that_runs_out_leaves_a_wide_bracket():
    found = radius(Delegation(), ["list"], time_limit=0.0)
    assert found.proved is None and found.refuted is None and found.witness is None


def test_a_county_as_evidence_says_what_was_added_to_the_bundle():
    menu = choose(CATALOGUE, ["tolerate", "train", "inspect_substance", "escalation_rule", "lighten"])
    found = radius(Delegation(), ["tolerate", "train"], robust=True, most=Fraction(1, 50), menu=menu)
    evidence = found.witness.to_dict(["tolerate", "train"])
    assert set(evidence) == {"parameters", "added", "profile"}
    assert set(evidence["added"]) == set(found.witness.bundle) - {"tolerate", "train"}
    assert found.witness.to_dict()["added"] == []
