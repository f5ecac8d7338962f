"""Claims about bundles of reforms: what is written of the model, its event and its menu."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from blamegame.certificates.certify import certify
from blamegame.certificates.claims import BundleRemoves, IsRobust, NoNashAvoids
from blamegame.errors import CertificateError
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.difficulty import Difficulty
from blamegame.models.promotion import Promotion
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import unique
from blamegame.reforms.reform import Reform, choose


def test_a_bundle_is_a_set_given_by_name_or_by_reform() -> None:
    one = IsRobust(Delegation(), CATALOGUE, ["train", "tolerate"])
    assert one.bundle == ("tolerate", "train")
    assert one == IsRobust(Delegation(), CATALOGUE, choose(CATALOGUE, ["tolerate", "train"]))


def test_floats_count_as_the_rationals_they_store() -> None:
    parameters = BundleRemoves(Delegation(authority=0.1), CATALOGUE, []).statement()["model"]["parameters"]
    assert parameters["authority"][0] == "3602879701896397/36028797018963968"
    assert parameters["accountability"] == ["1", "0", None]


def test_a_batch_and_what_is_no_bundle_of_the_menu_are_refused() -> None:
    reforms = list(CATALOGUE)
    with pytest.raises(CertificateError, match=r"take model.item\(i\)"):
        IsRobust(Delegation(authority=np.array([0.1, 0.2])), reforms, ["list"])
    with pytest.raises(CertificateError, match=r"write \['list'\] for this one alone"):
        IsRobust(Delegation(), reforms, "list")
    with pytest.raises(CertificateError, match=r"the bundle \['lists'\] must be among"):
        IsRobust(Delegation(), reforms, ["lists"])
    with pytest.raises(CertificateError, match="must be among differently named reforms"):
        IsRobust(Delegation(), [*reforms, reforms[0]], ["list"])


def test_uniqueness_is_the_claim_that_nothing_else_is_played() -> None:
    """`unique(profile)` is "no equilibrium puts probability elsewhere", so the same certificate carries it."""
    event = unique(("assist", "work")).event(Delegation())
    bundle = choose(CATALOGUE, ["empower", "train", "reward"])
    assert certify(BundleRemoves(Delegation(), CATALOGUE, bundle, event)).holds
    with pytest.raises(CertificateError, match="this claim is false"):
        certify(BundleRemoves(Delegation(), CATALOGUE, ["list"], event))


def test_a_reform_that_changes_nothing_is_written_as_no_edit() -> None:
    edit = SimpleNamespace(parameter="authority", scale=1, add=0, floor=None)
    idle = SimpleNamespace(name="idle", edits=[edit])
    assert BundleRemoves(Delegation(), [idle], ["idle"]).statement()["reforms"] == {"idle": []}


def test_the_event_is_all_that_counts_as_avoidance_after_some_bundle() -> None:
    """With no authority no task is easy, so that escalating easy ones is no avoidance; after empower it is."""
    powerless = Difficulty(authority=0)
    more = Reform("empower", {"authority": {"add": Fraction(1, 5)}})
    before = BundleRemoves(powerless, [more], []).event
    after = BundleRemoves(powerless, [more], ["empower"]).event
    assert ("push", "escalate, work, work") in after and ("push", "escalate, work, work") not in before
    assert set(after) == set(IsRobust(powerless, [more], []).event) > set(before)


def test_an_event_that_does_not_depend_on_the_bundle_is_the_model_s_own() -> None:
    certain = Promotion(prospects=1)
    assert set(IsRobust(certain, CATALOGUE, ["list"]).event) == set(
        NoNashAvoids(certain.stage_game(), certain.avoidance).event
    )
    closed = Reform("closed posts", {"prospects": {"scale": Fraction(1, 2)}})
    assert len(BundleRemoves(certain, [closed], ["closed posts"]).event) == 8


def test_a_reform_of_a_parameter_that_the_model_keeps_is_refused_by_name() -> None:
    cause = Reform("causes", {"causal_weight": {"add": Fraction(1, 2)}})
    claim = BundleRemoves(Chain(), [cause], [], Chain().avoidance)
    with pytest.raises(
        CertificateError, match="causes edits causal_weight, which Chain keeps at 0; leave that reform out"
    ):
        claim.statement()


def test_too_many_bundles_are_refused_when_the_claim_is_made() -> None:
    many = [Reform(f"r{k}", {"authority": {"add": Fraction(1, 100)}}) for k in range(20)]
    with pytest.raises(CertificateError, match="too large: 20 other reforms make more than 65536 bundles"):
        IsRobust(Delegation(), many, [])


@pytest.mark.parametrize("model", [Chain(tiers=2), Chain(tiers=4), Difficulty(), Promotion()])
def test_models_with_settings_and_parameters_of_one_value_are_recorded(model: Any) -> None:
    statement = BundleRemoves(model, choose(CATALOGUE, ["list"]), ["list"]).statement()["model"]
    assert len(statement["players"]) == getattr(model, "tiers", 2)
    assert ("causal_weight" in statement["parameters"]) == isinstance(model, Promotion)
