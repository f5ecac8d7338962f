"""Which claim a reform search can prove: the strongest that the checker knows, or a refusal."""

import pytest

from blamegame.certificates.claims import BundleRemoves, CorrelatedAtMost, IsNash, IsRobust, NoNashAvoids
from blamegame.cli.certificate import main_claim
from blamegame.concepts import Correlated, Nash, Rationalizable
from blamegame.errors import UnsupportedGame
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes, unique, unlocks
from blamegame.reforms.reform import choose
from blamegame.reforms.search import search

BOTH = ["assist", "work"]
THREE = ["tolerate", "escalation_rule", "harsher"]  # the cheapest way to both in the catalogue


def claim(names, goal, concept=None):
    return main_claim(search(Delegation(), choose(CATALOGUE, names), goal, concept=concept or Nash()))


def test_no_bundle_means_no_claim():
    assert claim(["escalation_rule"], unique(BOTH)) is None


def test_a_robust_bundle_is_claimed_to_be_robust():
    found, words = claim(["list", "tolerate"], removes())
    assert isinstance(found, IsRobust) and words.endswith("whatever is added")


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


def test_what_no_certificate_can_prove_is_refused():
    with pytest.raises(UnsupportedGame, match="use --concept nash"):
        claim(THREE, unlocks(BOTH), Rationalizable())
