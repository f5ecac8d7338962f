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
    assert found["holds"] is True and set(found) == {"file", "scenario", "holds", "claim", "about", "reason"}
    assert found["scenario"] is None


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


def test_a_certificate_is_bound_to_its_scenario_and_to_no_other(run, proof, small):
    """What differs is named, with both numbers."""
    shown = run("verify", proof, "--scenario", small)
    assert shown.code == 0 and "It is about" in shown.out and "The event is what" in shown.out
    other = run("verify", proof, "--scenario", "trap")
    said = " ".join(other.out.split())
    assert other.code == 1 and "but not about trap" in said and 'parameter "authority" is' in said
    assert run("verify", proof, "--scenario", "nowhere").code == 2


def test_the_numbers_that_a_certificate_is_about_are_printed(run, proof):
    said = " ".join(run("verify", proof).out.split())
    assert '"authority" = ' in said and "The bundle is" in said and "The menu is of" in said
