"""Certificates under tampering: what an edit may change, and what must happen then.

Three honest statements, each tested over edits of *every* leaf, list and key of certificates of each kind.

1. An edit that leaves the digest alone is rejected, whatever it does: the digest covers format, claim and proof.
2. An edit whose author also renews the digest is decided on its merits: the verdict says that the claim holds only if
   an independent oracle (Gambit's rational enummixed, matrix algebra, recursion on the formula) finds the edited
   statement true, and that it does not hold only if the oracle finds it false. So no false claim passes.
3. An edited claim that happens to be true is a true sentence about *another* game. ``verify(..., claim=mine)`` rejects
   it, digest renewed or not; only edits of the proof that still prove the same claim pass.
"""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.certificates import checker
from blamegame.certificates.certify import Certificate, verify
from blamegame.certificates.checker.check import CLAIMS
from blamegame.certificates.claims import IsRobust
from blamegame.errors import CertificateError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE

Oracle = Callable[[Any, Any], bool]
Certificates = dict[str, Certificate]
OPERATIONS = ("+", "-", "*", "/", "max", "ratio", "scale", "add", "floor", "number", "parameter")
KIND_NAMES = tuple(CLAIMS)
RELATIONS = ("<=", "<", ">=", ">")
MEASURES = ("paperwork_share", "letters", "overload", "target_factor", "layer_markup")
REGIONS = tuple(kind for kind in CLAIMS if kind.startswith("region_") and kind != "region_refuted")
REFORMED = ("bundle_removes", "bundle_is_robust", "bundle_frees_mandates", "bundle_frees_mandates_robustly")


def edits(node: Any) -> list[Any]:
    """Other values that a node could be changed to: near ones, meaningful ones and nonsense."""
    if isinstance(node, dict):
        fewer = [{k: v for k, v in node.items() if k != gone} for gone in node]
        return [*fewer, {**node, "extra": "1"}]
    if isinstance(node, list):
        fewer = [node[:k] + node[k + 1 :] for k in range(len(node))]
        swapped = [[*node[:k], node[k + 1], node[k], *node[k + 2 :]] for k in range(len(node) - 1)]
        return [*fewer, *swapped, [*node, *node[-1:]]]
    if node is None or isinstance(node, int):
        return ["1", 0, 1] if node is None else [node + 1, node - 1, 0, str(node)]
    try:
        number = Fraction(node)
    except ValueError:
        labels = ("assist", "push", "work", "escalate", "formalism", "tolerate", "harsher", "authority", "other")
        families = (OPERATIONS, KIND_NAMES, RELATIONS, MEASURES)
        choices = next((family for family in families if node in family), labels)
        return [*choices, node + " "]
    return [str(x) for x in (number + 1, -number, number / 2, number + Fraction(1, 10**6), Fraction(0))] + [None]


def places(node: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield where
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in items:
        yield from places(child, (*where, key))


def at(node: Any, where: tuple[Any, ...]) -> Any:
    for key in where:
        node = node[key]
    return node


def edited(document: Any, where: tuple[Any, ...], value: Any) -> Any:
    if not where:
        return value
    out = copy.deepcopy(document)
    at(out, where[:-1])[where[-1]] = value
    return out


def same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def single_edits(document: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for where in places(document):
        for value in edits(at(document, where)):
            if not same(value, at(document, where)):
                yield where, edited(document, where, value)


def resealed(document: Any) -> Any:
    if isinstance(document, dict) and {"format", "claim", "proof"} <= set(document):
        return {**document, "digest": checker.digest_of(document)}
    return document


def rejected(document: Any, **options: Any) -> bool:
    try:
        return not verify(document, **options).holds
    except CertificateError:
        return True


def check_one(certificate: Certificate, where: tuple[Any, ...], document: Any, is_true: Oracle) -> None:
    assert rejected(document), f"changed at {where}, old digest"
    renewed = resealed(document)
    try:
        verdict = verify(renewed)
    except CertificateError:
        return
    truth = is_true(renewed["claim"], renewed["proof"])
    if renewed["claim"]["kind"] in REGIONS and not verdict.holds:  # true, perhaps, but this is no proof of it
        return
    assert verdict.holds == truth, f"changed at {where}, digest renewed: {verdict}"
    ours = same(renewed["claim"], certificate.to_json()["claim"]) and truth
    assert rejected(renewed, claim=certificate.claim) != ours, f"changed at {where}, compared with the claim"


ABOUT_GAMES = (
    "is_nash", "is_nash_mixed", "all_extreme_equilibria", "correlated_at_most", "correlated_between",
    "correlated_at_least", "no_nash_avoids", "no_nash_avoids_of_three", "no_play_avoids", "no_markov_perfect_avoids",
    "bundle_bounds_team", "bundle_bounds_departments", "bundle_bounds_markup", "no_mandate_avoids",
)  # fmt: skip


@pytest.mark.parametrize("kind", ABOUT_GAMES)
def test_single_edits_of_a_certificate_about_a_game_are_judged_rightly(
    kind: str, certificates: Certificates, is_true: Oracle
) -> None:
    certificate = certificates[kind]
    for where, document in list(single_edits(certificate.to_json()))[::7]:
        check_one(certificate, where, document, is_true)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ABOUT_GAMES)
def test_every_single_edit_of_a_certificate_about_a_game_is_judged_rightly(
    kind: str, certificates: Certificates, is_true: Oracle
) -> None:
    certificate = certificates[kind]
    count = 0
    for where, document in single_edits(certificate.to_json()):
        check_one(certificate, where, document, is_true)
        count += 1
    assert count > 150


REGION_CERTIFICATES = (
    "region_removes", "region_removes_by_supports", "region_removes_robustly", "region_fails", "region_fails_purely",
    "region_entrenched", "region_avoidable", "region_refuted", "region_bounds", "region_bounds_a_payoff",
)  # fmt: skip


@pytest.mark.parametrize("kind", REFORMED + REGION_CERTIFICATES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_single_edits_of_a_certificate_about_reforms_are_judged_rightly(
    kind: str, certificates: Certificates, is_true: Oracle, data: st.DataObject
) -> None:
    document = certificates[kind].to_json()
    where = data.draw(st.sampled_from(list(places(document))[1:]), label="where")
    options = [value for value in edits(at(document, where)) if not same(value, at(document, where))]
    if options:
        check_one(certificates[kind], where, edited(document, where, data.draw(st.sampled_from(options))), is_true)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bundle_removes", "bundle_is_robust"])
def test_every_single_edit_of_a_certificate_about_reforms_is_judged_rightly(
    kind: str, certificates: Certificates, is_true: Oracle
) -> None:
    certificate = certificates[kind]
    count = 0
    for where, document in single_edits(certificate.to_json()):
        check_one(certificate, where, document, is_true)
        count += 1
    assert count > 3_000


def test_edits_of_the_proof_that_still_prove_the_claim_pass(certificates: Certificates) -> None:
    """Larger multipliers leave slack: the proof changes, what is proved does not."""
    certificate = certificates["correlated_at_most"]
    document = certificate.to_json()
    table = document["proof"]["multipliers"]
    table[:] = [[[str(2 * Fraction(y)) for y in row] for row in player] for player in table]
    assert verify(resealed(document), claim=certificate.claim).holds
    assert not verify(document).holds


def test_reordering_keys_and_spaces_changes_nothing(certificate: Certificate) -> None:
    document = certificate.to_json()
    shuffled = json.loads(json.dumps(dict(reversed(document.items())), sort_keys=True, indent=3))
    assert verify(shuffled, claim=certificate.claim).holds


@pytest.mark.slow
def test_a_bundle_that_is_not_robust_is_caught_in_the_whole_catalogue(certificates: Certificates) -> None:
    certificate = certificates["bundle_is_robust"]
    whole = IsRobust(Delegation(), CATALOGUE, ["tolerate", "train"])
    document = {"format": checker.FORMAT, "claim": whole.statement(), "proof": {}}
    assert verify(resealed(document), claim=whole).holds
    assert rejected(resealed(document), claim=certificate.claim), "the menu differs"
    for bundle in (["tolerate"], ["train"], ["list"], ["answer"]):
        document["claim"]["bundle"] = bundle
        assert not verify(resealed(document)).holds


@pytest.mark.slow
def test_of_ten_thousand_altered_certificates_no_false_one_is_accepted(
    certificates: Certificates, is_true: Oracle, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two or three edits at once, digest renewed, over all kinds of claims; the oracle decides what is accepted."""
    figures = altered_certificates(certificates, is_true, count=10_000, seed=20)
    regions = {name: certificate for name, certificate in certificates.items() if name.startswith("region_")}
    figures += ["Regions alone:", *altered_certificates(regions, is_true, count=5_000, seed=21)]
    with capsys.disabled():
        print("\n".join(figures))


def altered_certificates(certificates: Certificates, is_true: Oracle, *, count: int, seed: int) -> list[str]:
    """How many of ``count`` altered certificates were accepted, all of them true, by kind."""
    rng, tried, accepted = random.Random(seed), Counter[str](), Counter[str]()
    names = sorted(certificates)
    while sum(tried.values()) < count:
        name = names[sum(tried.values()) % len(names)]
        document = certificates[name].to_json()
        part = rng.choice(("claim", "claim", "proof"))
        for _ in range(rng.choice((1, 1, 2, 3))):
            where = (part, *rng.choice(list(places(document[part]))))
            options = edits(at(document, where))
            if options:
                document = edited(document, where, rng.choice(options))
        if same(document, certificates[name].to_json()):
            continue
        tried[name] += 1
        try:
            verdict = checker.check(checker.parse(json.dumps(resealed(document)).encode()))
        except checker.Refused:
            continue
        if verdict.holds:
            accepted[name] += 1
            assert is_true(document["claim"], document["proof"]), f"{name}: {verdict}"
    rows = [f"{name}: {tried[name]} altered, {accepted[name]} accepted, all true" for name in names]
    return [*rows, f"{sum(tried.values())} altered, {sum(accepted.values())} accepted, 0 false"]


def test_of_some_altered_certificates_no_false_one_is_accepted(certificates: Certificates, is_true: Oracle) -> None:
    assert altered_certificates(certificates, is_true, count=150, seed=1)[-1].endswith("accepted, 0 false")
