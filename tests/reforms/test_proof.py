"""Which claim a reform search can prove: the strongest that the checker knows, or a refusal."""

from dataclasses import replace
from fractions import Fraction

import pytest

from blamegame.certificates.certify import certify, verify
from blamegame.certificates.claims import (
    BundleBounds,
    BundleBoundsRobustly,
    BundleFreesMandates,
    BundleFreesMandatesRobustly,
    BundleRemoves,
    CorrelatedAtMost,
    IsNash,
    IsRobust,
    NoMarkovPerfectAvoids,
    NoNashAvoids,
    NoPlayAvoids,
)
from blamegame.concepts import Correlated, MarkovPerfect, Nash, Rationalizable, SubgamePerfect
from blamegame.errors import ReformError, UnsupportedGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.difficulty import Difficulty
from blamegame.models.hierarchy import Hierarchy
from blamegame.models.promotion import Promotion
from blamegame.models.scandal import Scandal
from blamegame.models.three_stage import ThreeStage
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes, unique, unlocks
from blamegame.reforms.proof import main_claim
from blamegame.reforms.reform import Reform, choose
from blamegame.reforms.search import search
from blamegame.scenario import load

BOTH = ["assist", "work"]
FOUR = ["list", "tolerate", "train", "escalation_rule"]  # the last undoes list alone
THREE = ["tolerate", "escalation_rule", "harsher"]  # the cheapest way to both in the catalogue


def claim(names, goal, concept=None, model=None):
    model = Delegation() if model is None else model
    return main_claim(search(model, choose(CATALOGUE, names), goal, concept=concept or Nash()))


def test_no_bundle_means_no_claim():
    with pytest.raises(ReformError, match="no bundle reaches the goal"):
        claim(["escalation_rule"], unique(BOTH))


def test_a_robust_bundle_is_claimed_to_be_robust():
    found, words = claim(["list", "tolerate"], removes())
    assert isinstance(found, IsRobust) and words.endswith("whatever else of this menu of 2 is added")


def test_an_event_that_is_not_avoidance_is_named():
    _, words = claim(["list", "tolerate"], removes([("push", "escalate")]))
    assert words.endswith("removes (push, escalate), whatever else of this menu of 2 is added")


def test_where_no_reform_is_needed_the_words_say_so():
    found, words = claim(["list"], removes(), model=Delegation(authority=1))
    assert found.bundle == () and words == (
        "avoidance is absent before any reform, whatever else of this menu of 1 is added"
    )


def test_of_several_robust_bundles_the_cheapest_is_claimed():
    menu = [replace(reform, cost=9 if reform.name == "list" else 1) for reform in choose(CATALOGUE, FOUR)]
    plan = search(Delegation(), menu)
    assert plan.robust_minimal[0] == ("list", "tolerate")
    found, words = main_claim(plan)
    assert found.bundle == ("tolerate", "train") and words == (
        "tolerate + train removes avoidance, whatever else of this menu of 4 is added"
    )


def test_without_a_robust_bundle_the_cheapest_is_claimed_to_work():
    found, words = claim(["list", "escalation_rule"], removes())
    assert isinstance(found, BundleRemoves) and words == "list removes avoidance"


@pytest.mark.parametrize(
    ("goal", "concept", "kind", "word"),
    [
        (unlocks(BOTH), Nash(), IsNash, "in the game after"),
        (unique(BOTH), Nash(), NoNashAvoids, "(Nash)"),
        (removes(), Correlated(), CorrelatedAtMost, "(correlated equilibria)"),
    ],
)
def test_other_goals_and_concepts_are_claims_about_the_game_of_the_cheapest_bundle(goal, concept, kind, word):
    found, words = claim([*THREE, "list"], goal, concept)
    assert isinstance(found, kind) and word in words


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("team", BundleBounds, "effort at least 0.1 after forgive + reward_more"),
        (
            "departments",
            BundleBoundsRobustly,
            "paperwork_share at most 0.5 after review_letters, whatever else of this menu of 3 is added",
        ),
        (
            "markup",
            BundleBoundsRobustly,
            "overload at most 1 after cap_markup, whatever else of this menu of 4 is added",
        ),
    ],
)
def test_a_goal_about_a_measure_is_a_claim_about_a_bound(name, kind, words):
    scenario = load(name)
    found, said = main_claim(search(scenario.model, scenario.menu, scenario.goal))
    assert type(found) is kind and said == words


def _hierarchy():
    nation = load("nation")
    values = {name: getattr(nation.model, name) for name in nation.model.parameters()}
    return Hierarchy(tree=(1, 2, 4, 8, 16), **values), nation.menu


@pytest.mark.parametrize("concept", [Nash(), Correlated(), Rationalizable()])
def test_a_goal_about_mandates_is_claimed_of_every_outcome(concept):
    model, menu = _hierarchy()
    found, words = main_claim(search(model, menu, removes(), concept=concept))
    assert isinstance(found, BundleFreesMandatesRobustly) and found.bundle == ("list",)
    assert words.startswith("list removes") and words.endswith(
        f"rationalizable outcome, whatever else of this menu of {len(menu)} is added"
    )


def test_a_success_that_another_reform_undoes_is_claimed_of_its_bundle_alone():
    model, menu = _hierarchy()
    undone = Reform("undo", {"authority": {"scale": 0}, "push_strength": {"add": 1}, "diffusion": {"add": 1}})
    found, words = main_claim(search(model, [*choose(menu, ["empower"]), undone], removes()))
    assert type(found) is BundleFreesMandates and words.startswith("empower removes avoidance in every Nash")
    assert not words.endswith("added")


def test_so_many_bundles_of_so_many_offices_that_checking_takes_too_long_are_claimed_one_by_one(monkeypatch):
    monkeypatch.setattr("blamegame.reforms.proof._MOST_OFFICES", 100)
    model, menu = _hierarchy()
    assert type(main_claim(search(model, menu, removes()))[0]) is BundleFreesMandates


def test_what_no_certificate_can_prove_is_refused():
    with pytest.raises(UnsupportedGame, match="no certificate proves"):
        claim(THREE, unlocks(BOTH), Rationalizable())


@pytest.mark.parametrize(
    ("model", "concept", "names", "kind", "words"),
    [
        (
            Chain(tiers=3),
            Nash(),
            ["empower", "reward"],
            IsRobust,
            "empower + reward removes avoidance, whatever else of this menu",
        ),
        (Chain(tiers=2), Nash(), ["list", "tolerate"], IsRobust, "whatever else of this menu"),
        (Difficulty(), Nash(), ["list", "tolerate"], IsRobust, "whatever else of this menu"),
        (Promotion(), Nash(), ["list", "tolerate"], IsRobust, "whatever else of this menu"),
        (ThreeStage(), SubgamePerfect(), ["list", "train"], NoPlayAvoids, "(subgame-perfect, played once in stages)"),
        (
            Scandal(),
            MarkovPerfect(Fraction(9, 10)),
            ["tolerate"],
            NoMarkovPerfectAvoids,
            "(pure stationary Markov-perfect at discount 0.9)",
        ),
    ],
)
def test_every_form_of_game_has_a_claim_that_is_proved(model, concept, names, kind, words, tmp_path):
    found, said = claim(names, removes(), concept, model)
    assert isinstance(found, kind) and words in said
    path = certify(found).save(tmp_path / "proof.json")
    assert verify(path, claim=found).holds


def test_uniqueness_in_the_long_run_is_the_claim_that_nothing_else_has_a_share():
    found, _ = claim(["empower", "train", "reward", "tolerate"], unique(BOTH), MarkovPerfect(Fraction(1, 2)), Scandal())
    assert len(dict(found.event)["calm"]) == 5
    assert certify(found).holds


def test_what_some_markov_perfect_equilibrium_does_is_not_certified():
    with pytest.raises(UnsupportedGame, match="no certificate proves"):
        claim(["empower", "train", "reward", "tolerate"], unlocks(BOTH), MarkovPerfect(Fraction(1, 2)), Scandal())
