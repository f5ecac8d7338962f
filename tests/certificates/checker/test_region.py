"""Statements about every model of a box: what is proved, in which words, and that proofs do not reach further."""

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from forging.forgery import seal
from forging.region_claims import CATALOGUE, PROOFS, around, bound_claim, region_claim
from forging.region_oracle import is_refuted
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame import verbs
from blamegame.certificates import checker
from blamegame.certificates.certify import certify, verify
from blamegame.certificates.checker import Work
from blamegame.certificates.claims import RegionFails, RegionRemoves
from blamegame.errors import CertificateError
from blamegame.models.chain import Chain
from blamegame.scenario import load

COUNTY = load("h_county").model.exact()
BOTH = '("push", "escalate"), ("push", "formalism")'


@pytest.mark.parametrize("name", PROOFS)
def test_a_proof_found_by_linear_programming_is_accepted(name: str) -> None:
    certificate = certify(region_claim(name))
    assert certificate.holds and verify(certificate, claim=certificate.claim).holds
    assert verbs.verify(certificate, scenario=PROOFS[name]["scenario"]).holds


def test_the_sentence_says_box_bundle_menu_and_event() -> None:
    start = "At every point of the box of parameter values, after "
    verdict = verify(certify(region_claim("list_answer_10")))
    assert verdict.claim == f'{start}{{"list", "answer"}}, no Nash equilibrium puts any probability on {BOTH}'
    assert '"authority" from 27/100 to 33/100 (0 to 1)' in verdict.about[0]
    assert '"causal_weight" = 0 (0 to 1)' in verdict.about[0]
    robust = verify(certify(region_claim("robust_17"))).claim
    assert robust == (
        f'{start}{{"list", "tolerate", "train", "voice"}}, whatever else of this menu of 12 is added '
        f"(256 bundles in all), no Nash equilibrium puts any probability on {BOTH}"
    )
    assert "some Nash equilibrium puts probability on" in verify(certify(region_claim("trap_fails"))).claim
    assert "every Nash equilibrium puts probability on" in verify(certify(region_claim("entrenched"))).claim
    assert "some Nash equilibrium puts no probability on" in verify(certify(region_claim("trap_avoidable"))).claim


def test_a_refutation_gives_the_point_and_the_equilibrium() -> None:
    verdict = verify(certify(region_claim("refuted_tt")))
    assert verdict.claim.startswith(
        'At some point of the box of parameter values, after {"tolerate", "train"} some Nash'
    )
    assert ': at "authority" = ' in verdict.claim and verdict.claim.endswith("is one")
    robust = verify(certify(region_claim("refuted_robust_list"))).claim
    assert 'after {"list", "tolerate"}, or after this and more of this menu of 12, some Nash' in robust
    assert 'after {"list", "tolerate", "empower", ' in robust


def test_bounds_on_probabilities_and_payoffs_are_proved_over_a_box() -> None:
    likely = certify(bound_claim(relation=">=", player=None, bound=Fraction(9, 10), within=Fraction(1, 100)))
    assert verify(likely).claim.endswith(f"every correlated equilibrium puts probability at least 9/10 on {BOTH}")
    payoff = certify(bound_claim(relation=">=", player="lower", bound=Fraction(-1, 2), within=Fraction(1, 100)))
    assert verify(payoff).claim.endswith('every correlated equilibrium gives "lower" at least -1/2')
    document = payoff.to_json()
    document["claim"]["bound"] = "0"
    assert "the inequality fails at" in checker.check(seal(document["claim"], document["proof"])).reason


@pytest.mark.parametrize(
    ("name", "within"), [("list_answer_20", "1/4"), ("list_harsher_15", "1/5"), ("robust_17", "1/5")]
)
def test_a_proof_does_not_reach_beyond_the_box_that_it_is_for(name: str, within: str) -> None:
    """The radius of each lies in between, so that the wider statement is false."""
    claim = region_claim(name)
    wide = RegionRemoves(
        claim.model,
        around(COUNTY, Fraction(within)),
        CATALOGUE,
        claim.bundle,
        claim.event,
        claim.evidence,
        claim.robust,
    )
    with pytest.raises(CertificateError, match="In the whole box it is not shown"):
        certify(wide)


def test_the_oracle_refutes_what_is_false_by_a_little(is_true: Any) -> None:
    """List and answer hold up to 21.55 per cent; a search over corners finds that they fail at 22."""
    claim = region_claim("list_answer_20")
    for within, expected in ((Fraction(21, 100), True), (Fraction(22, 100), False)):
        box = around(COUNTY, within)
        assert is_true(replace(claim, box=box).statement(), {}) == expected


def test_a_tree_that_forgets_a_piece_is_caught() -> None:
    document = certify(region_claim("robust_2")).to_json()
    tree = document["proof"]["tree"]
    assert "reform" in tree
    for side in ("with", "without"):
        broken = copy.deepcopy(document["proof"])
        broken["tree"] = tree[side]
        try:
            verdict = checker.check(seal(document["claim"], broken))
            assert not verdict.holds
        except checker.Refused as error:
            assert "is not undecided" in str(error)  # noqa: PT017


def test_what_cannot_be_claimed_about_a_box_is_refused_when_it_is_written() -> None:
    claim = region_claim("list_answer_10")
    for box, message in (
        ({"autority": (0, 1)}, "'autority' is no parameter of Delegation"),
        ({"authority": (Fraction(2, 5), Fraction(1, 5))}, "authority from 2/5 to 1/5 is no interval"),
        ({"authority": (0, 2)}, "is no interval within its range"),
    ):
        with pytest.raises(CertificateError, match=message):
            RegionRemoves(claim.model, box, CATALOGUE, ["list"], claim.event, claim.evidence)
    chain = Chain(tiers=2)
    causal = RegionRemoves(chain, {"causal_weight": (0, 0)}, [], [], chain.avoidance, {"vectors": [], "tree": {}})
    with pytest.raises(CertificateError, match="Chain keeps causal_weight at one number"):
        causal.statement()
    with pytest.raises(CertificateError, match="region_fails is not claimed robustly"):
        certify(RegionFails(claim.model, {}, CATALOGUE, [], claim.event, claim.evidence, True))


def test_a_region_claim_is_a_value() -> None:
    assert region_claim("list_answer_10") == region_claim("list_answer_10") != region_claim("list_answer_20")
    assert hash(region_claim("list_answer_10")) == hash(region_claim("list_answer_10"))


# ---- the mathematics -------------------------------------------------------------------------------------------------

SMALL = st.integers(-4, 4).map(lambda n: Fraction(n, 2))


@st.composite
def multiaffine(draw: st.DrawFn) -> tuple[Any, Any]:
    n = draw(st.integers(1, 4))
    monomials = [tuple(i for i in range(n) if s >> i & 1) for s in range(1 << n)]
    p = {m: c for m in monomials if (c := draw(SMALL))}
    ends = [draw(st.tuples(SMALL, SMALL).map(sorted)) for _ in range(n)]
    return p, [tuple(pair) for pair in ends]


@settings(max_examples=200, deadline=None)
@given(multiaffine())
def test_the_sign_of_the_largest_value_is_that_of_the_largest_at_a_corner(drawn: Any) -> None:
    p, box = drawn
    largest = max(
        sum((c * _product(box[i][s >> i & 1] for i in m) for m, c in p.items()), Fraction(0))
        for s in range(1 << len(box))
    )
    affine = checker.polynomials.centred({"": p}, box, Work())[""]
    assert checker.polynomials.is_below_zero(affine, Work()) == (largest <= 0)
    assert checker.polynomials.is_below_zero(affine, Work(), strictly=True) == (largest < 0)


def _product(numbers: Any) -> Fraction:
    out = Fraction(1)
    for x in numbers:
        out *= x
    return out


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("x"), st.just("scale"), st.integers(0, 6).map(lambda n: Fraction(n, 2))),
        st.tuples(st.just("x"), st.sampled_from(["add", "floor"]), SMALL),
    ),
    max_size=3,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=4), st.integers(0, 2), st.tuples(SMALL, SMALL).map(sorted), st.booleans())
def test_the_box_after_undecided_reforms_holds_every_choice(reforms: Any, firm: int, ends: Any, bounded: bool) -> None:
    low, high = ends
    most = Fraction(3) if bounded else None
    names = [f"r{k}" for k in range(len(reforms))]
    claim = {"model": {"parameters": {"x": (low, high, Fraction(-2), most)}}, "reforms": dict(zip(names, reforms))}
    decided, undecided = names[:firm], names[firm:]
    below, above = checker.boxes.after_reforms(claim, decided, undecided, Work())["x"]
    reached = []
    for mask in range(1 << len(undecided)):
        bundle = [*decided, *(name for k, name in enumerate(undecided) if mask >> k & 1)]
        edits = [edit for name in bundle for edit in claim["reforms"][name]]
        for start in (low, (low + high) / 2, high):
            reached.append(checker.reforms.after(edits, {"x": (start, Fraction(-2), most)}, Work())["x"])
    assert below <= min(reached) and max(reached) <= above
    if not undecided:
        assert (below, above) == (min(reached), max(reached))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_supports_that_are_excluded_have_no_equilibrium(data: st.DataObject) -> None:
    """Payoffs 0 to 2, full of ties; the equilibria by Gambit."""
    from conftest import gambit_equilibria

    numbers = st.lists(st.lists(st.integers(0, 2).map(Fraction), min_size=2, max_size=2), min_size=2, max_size=2)
    tables = (data.draw(numbers), data.draw(numbers))
    game = checker.game.Game(["A", "B"], [["c", "d"]] * 2, {})
    payoffs = {
        (p, i, j): {0: int(tables[p][i][j])} if tables[p][i][j] else {} for p in (0, 1) for i in (0, 1) for j in (0, 1)
    }
    supports = tuple(frozenset(data.draw(st.sampled_from([(0,), (1,), (0, 1)]))) for _ in (0, 1))
    how = data.draw(st.sampled_from(["A", "B", "joint"]))
    parts = data.draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(-2, 2)), max_size=4))
    weights = [checker.weights.Weight(p, a, 1 - a, w) for p, a, w in parts]
    failure = checker.weights.no_supports(checker.weights.Vector(weights, 1), how, supports, game, payoffs, Work())
    if not failure:
        upper, lower = (tuple(map(tuple, table)) for table in tables)
        for x, y in gambit_equilibria(upper, lower):
            used = tuple(frozenset(k for k in (0, 1) if strategy[k]) for strategy in (x, y))
            assert used != supports


def test_is_refuted_needs_no_event_for_bounds() -> None:
    claim = bound_claim(relation="<=", player="upper", bound=Fraction(-1, 10), within=Fraction(1, 100)).statement()
    assert not is_refuted(claim, None, points=3)
    assert is_refuted({**claim, "bound": "-1/2"}, None, points=3)
