"""Claims about measures: values, refused when malformed, and certified only where the model's formula is the game's."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.certificates.certify import certify, verify
from blamegame.certificates.claims import BundleBounds, BundleBoundsRobustly
from blamegame.errors import CertificateError
from blamegame.models.delegation import Delegation
from blamegame.models.departments import Departments
from blamegame.models.markup import Markup
from blamegame.models.team import Team
from blamegame.models.threshold import Threshold
from blamegame.reforms.reform import Reform

PRICED = Reform("priced", {"letter_cost": {"add": 1}})
CAPPED = Reform("capped", {"cap": {"scale": Fraction(1, 100)}})


def test_the_event_is_the_models_own_avoidance_unless_another_is_named() -> None:
    claim = BundleBounds(Departments(), [PRICED], [PRICED])
    assert claim == BundleBounds(
        Departments(), (PRICED,), ["priced"], Threshold("paperwork_share", ">", Fraction(1, 2))
    )
    assert claim != BundleBoundsRobustly(Departments(), [PRICED], ["priced"])
    assert (claim.statement()["relation"], claim.statement()["bound"]) == ("<=", "1/2")


def test_floats_count_as_the_rationals_they_store() -> None:
    claim = BundleBounds(Departments(letter_cost=0.1), [PRICED], ["priced"], Threshold("letters", ">=", 0.5))
    assert claim.statement()["model"]["parameters"]["letter_cost"][0] == "3602879701896397/36028797018963968"
    assert claim.statement()["bound"] == "1/2" and certify(claim).holds


def test_a_certificate_is_about_the_claim_it_was_made_for() -> None:
    certificate = certify(BundleBounds(Markup(), [CAPPED], ["capped"]))
    assert verify(certificate, claim=BundleBounds(Markup(), [CAPPED], ["capped"])).holds
    other = verify(certificate, claim=BundleBounds(Markup(layers=3), [CAPPED], ["capped"]))
    assert not other.holds and "claim.model.size is 4 there and 3" in other.reason


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (BundleBounds(Departments(), [PRICED], []), "this claim is false: .* After {} paperwork_share is above 1/2"),
        (BundleBounds(Team(), [], [], Threshold("effort", ">", 0)), "After {} effort is above 0"),
        (BundleBounds(Departments(departments=1), [], []), "cannot be certified: one department alone"),
    ],
)
def test_a_false_claim_gets_no_certificate(claim: Any, message: str) -> None:
    with pytest.raises(CertificateError, match=message):
        certify(claim)


class Eager(Team):
    """A team whose formula is not what its mechanism's payoffs give."""

    def effort(self) -> Any:
        return super().effort() + 1


class Hasty(Markup):
    """Float arithmetic that is off in the sixth digit."""

    def target_factor(self) -> Any:
        return super().target_factor() * 1.000001


class Boundless(Markup):
    def target_factor(self) -> float:
        return float("inf")


@pytest.mark.parametrize(
    ("model", "event", "message"),
    [
        (
            Eager(),
            Threshold("effort", "<", Fraction(1, 100)),
            "Eager says effort = .* not what follows from the payoffs",
        ),
        (Hasty(), Threshold("target_factor", ">", 100), "Hasty says target_factor = "),
        (Boundless(), Threshold("target_factor", ">", 100), "is inf, which cannot be compared"),
    ],
)
def test_a_model_whose_formula_is_not_the_game_of_its_mechanism_is_not_certified(
    model: Any, event: Threshold, message: str
) -> None:
    with pytest.raises(CertificateError, match=message):
        certify(BundleBounds(model, [], [], event))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: BundleBounds(Delegation(), [], []),
            "knows the payoffs of team, departments, markup, not those of Deleg",
        ),
        (lambda: BundleBounds(Team(), [], [], [("a", "b")]), "is not a measure beyond a bound"),
        (lambda: BundleBounds(Team(), [], ["unheard"]), "must be among differently named reforms"),
        (lambda: BundleBounds(Team(), [], "priced"), "write \\['priced'\\]"),
        (lambda: BundleBounds(Team(reward=np.array([1.0, 2.0])), [], []), "this is a batch"),
    ],
)
def test_a_malformed_claim_is_refused_when_it_is_made(make: Any, message: str) -> None:
    with pytest.raises(CertificateError, match=message):
        make()
