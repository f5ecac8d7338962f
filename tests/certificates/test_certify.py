"""Writing certificates and checking them again."""

from __future__ import annotations

import json
import pickle
import stat
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from blamegame.certificates import certify as module
from blamegame.certificates.certify import Certificate, certify, verify
from blamegame.certificates.claims import AllExtremeEquilibria, IsNash, IsRobust, NoNashAvoids
from blamegame.errors import CertificateError
from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE

GAME = Delegation().stage_game()
CURED = Delegation(authority=1).stage_game()


def test_a_certificate_is_verified_as_a_value_a_document_and_a_file(certificate: Certificate, tmp_path: Path) -> None:
    path = certificate.save(tmp_path / "proof.json")
    assert certificate.holds
    assert verify(certificate) == verify(certificate.to_json()) == verify(path) == verify(str(path))
    assert verify(path, claim=certificate.claim).holds
    assert json.loads(path.read_text(encoding="utf-8")) == certificate.to_json()
    assert str(certificate) == str(verify(path))


def test_a_certificate_is_a_value(certificate: Certificate) -> None:
    assert pickle.loads(pickle.dumps(certificate)) == certificate
    assert certify(certificate.claim) == certificate
    assert hash(certificate) == hash(certify(certificate.claim))


def test_the_fixture_payoff_is_written_exactly() -> None:
    document = certify(NoNashAvoids(CURED, Delegation().avoidance)).to_json()
    assert document["claim"]["game"]["actions"] == [["assist", "push"], ["work", "escalate", "formalism"]]
    assert IsNash(GAME, pure_profile(GAME, ("push", "escalate"))).statement()["game"]["payoffs"][0][0][0] == "427/5000"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (IsNash(GAME, pure_profile(GAME, ("assist", "work"))), '"lower" gains 373/2000 by playing "escalate" instead'),
        (AllExtremeEquilibria(GAME, []), "cannot be certified: equilibria is empty"),
        (NoNashAvoids(GAME, Delegation().avoidance), r'puts probability 1 on \("push", "escalate"\)'),
        (IsRobust(Delegation(), CATALOGUE, ["list"]), r'After \{"list", "escalation_rule"\}'),
    ],
)
def test_a_false_claim_gets_no_certificate(claim: Any, message: str) -> None:
    with pytest.raises(CertificateError, match=message):
        certify(claim)


def test_only_claims_are_certified_and_only_certificates_verified() -> None:
    with pytest.raises(CertificateError, match=r"certify takes a claim .* not StrategicGame"):
        certify(GAME)  # type: ignore[arg-type]
    for nothing in (7, None, [1], GAME, b"proof.json"):
        with pytest.raises(CertificateError, match="verify takes a certificate, a dict or a path"):
            verify(nothing)  # type: ignore[arg-type]


def test_labels_that_cannot_be_written_are_refused() -> None:
    game = StrategicGame([[[0]], [[0]]], ("one", "\ud800"), (("x",), ("y",)))
    with pytest.raises(CertificateError, match="cannot be certified"):
        certify(IsNash(game, [[1], [1]]))


def test_labels_in_any_script_are_written_as_they_are(tmp_path: Path) -> None:
    game = StrategicGame([[[0]], [[0]]], ("上级", "下级"), (("担当",), ("落实",)))
    path = certify(IsNash(game, [[1], [1]])).save(tmp_path / "证书.json")
    assert "下级" in path.read_text(encoding="utf-8")
    assert str(verify(path)).startswith('Proved: In this game, ("上级": "担当"; "下级": "落实") is a Nash equilibrium.')


def test_a_dict_that_is_not_json_is_refused() -> None:
    circle: dict[str, Any] = {}
    circle["self"] = circle
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for document in (circle, {"format": {1, 2}}, {"format": float("nan")}, {"format": 10**5000}, {"format": deep}):
        with pytest.raises(CertificateError, match="this certificate was not checked"):
            verify(document)


def test_a_true_certificate_about_another_game_is_not_mistaken_for_ours(tmp_path: Path) -> None:
    theirs = certify(NoNashAvoids(CURED, Delegation().avoidance))
    assert verify(theirs).holds
    verdict = verify(theirs, claim=NoNashAvoids(GAME, Delegation().avoidance))
    assert not verdict.holds
    assert verdict.reason == (
        "That is proved, but it is not the claim asked about: claim.game.payoffs[0][0][0] is "
        '"7/20" there and "427/5000" in the claim asked about'
    )
    other_kind = verify(theirs, claim=IsNash(CURED, pure_profile(CURED, (0, 0))))
    assert "claim is {" in other_kind.reason and "..." in other_kind.reason


def test_saving_replaces_the_whole_file_or_leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certify(NoNashAvoids(CURED, Delegation().avoidance))
    path = tmp_path / "proof.json"
    path.write_text("before")

    def fail(*args: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "fsync", fail)
        with pytest.raises(OSError, match="disk full"):
            certificate.save(path)
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["proof.json"]
    certificate.save(path)
    assert verify(path).holds
    assert [file.name for file in tmp_path.iterdir()] == ["proof.json"]
    assert stat.S_IMODE(path.stat().st_mode) & 0o400


def test_robustness_of_tolerate_and_train_in_the_whole_catalogue() -> None:
    certificate = certify(IsRobust(Delegation(), CATALOGUE, ["tolerate", "train"]))
    verdict = verify(certificate, claim=certificate.claim)
    assert verdict.holds and verdict.facts["kind"] == "bundle_is_robust"
    assert "whatever else of this menu of 12 is added (1024 bundles in all)" in verdict.claim
    assert len(certificate.text) < 20_000
    assert Fraction(certificate.to_json()["claim"]["model"]["parameters"]["authority"][0]) == Fraction(3, 10)


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "'' is a folder"), (".", "'.' is a folder"), ("none/proof.json", "there is no folder 'none'")],
)
def test_a_path_that_cannot_be_written_is_named_as_it_was_given(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CertificateError, match=message):
        certify(IsNash(GAME, pure_profile(GAME, ("push", "escalate")))).save(name)
    assert not list(tmp_path.iterdir())
