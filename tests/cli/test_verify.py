"""``blamegame verify``: what holds is 0, what does not is 1, what is no certificate is 2."""

import json

import pytest


@pytest.fixture
def proof(run, small, tmp_path):
    path = tmp_path / "proof.json"
    assert run("reforms", small, "--certificate", path).code == 0
    return path


def test_a_certificate_that_holds_is_code_0(run, proof):
    shown = run("verify", proof)
    assert shown.code == 0 and shown.out.startswith("Proved\n")
    found = run("verify", proof, "--json").json
    assert found["holds"] is True and set(found) == {"file", "holds", "claim", "reason"}


def test_a_tampered_certificate_is_code_1_and_says_why(run, proof):
    """With every reform left out of the bundle the claim is plainly false."""
    document = json.loads(proof.read_text())
    assert document["claim"]["bundle"]
    document["claim"]["bundle"] = []
    proof.write_text(json.dumps(document))
    shown = run("verify", proof)
    assert shown.code == 1 and shown.out.startswith("NOT proved\n") and "push" in shown.out


def test_a_wrong_digest_is_code_1(run, proof):
    document = json.loads(proof.read_text())
    document["digest"] = "0" * 64
    proof.write_text(json.dumps(document))
    shown = run("verify", proof)
    assert shown.code == 1 and shown.out.startswith("NOT proved\n") and "changed after" in shown.out
    assert run("verify", proof, "--json").code == 1


def test_a_file_that_is_no_certificate_is_code_2(run, small):
    shown = run("verify", small)
    assert shown.code == 2 and "was not checked" in shown.err and shown.out == ""
