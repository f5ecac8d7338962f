"""verify, scenarios, new, check and doctor."""

import json
from importlib import metadata

import pytest

from blamegame.cli import doctor
from blamegame.scenario import shipped_names


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


def test_the_scenarios_are_listed_one_line_each(run):
    shown = run("scenarios")
    assert all(any(line.startswith(f"  {name} ") for line in shown.out.split("\n")) for name in shipped_names())
    assert [item["name"] for item in run("scenarios", "--json").json] == list(shipped_names())


def test_a_new_file_is_valid_and_is_never_overwritten(run, tmp_path):
    path = tmp_path / "mine.toml"
    assert run("new", path).code == 0
    text = path.read_text()
    assert run("check", path).code == 0
    shown = run("new", path, "--from", "trap")
    assert shown.code == 2 and "is not overwritten" in shown.err
    assert path.read_text() == text


def test_a_new_file_can_be_a_copy(run, tmp_path):
    path = tmp_path / "mine.toml"
    assert run("new", path, "--from", "trap").code == 0
    assert "The trap" in path.read_text()
    shown = run("new", tmp_path / "other.toml", "--from", "tarp")
    assert shown.code == 2 and "did you mean 'trap'" in shown.err
    assert run("new", tmp_path / "no" / "mine.toml").code == 2


def test_check_says_what_a_file_holds(run):
    out = run("check", "trap").out
    assert "trap (shipped) is a valid scenario" in out
    assert "authority* " in out and "cost_push " in out and "cost_push*" not in out
    assert "Goal: mutual avoidance in no equilibrium (nash)" in out and "Assumptions" in out
    found = run("check", "trap", "--json").json
    assert found["valid"] is True and found["problems"] == []
    assert found["scenario"]["parameters"]["authority"] == {"exact": "1/20", "decimal": 0.05}


def test_check_of_a_bare_scenario_prints_no_empty_headings(run, tmp_path):
    path = tmp_path / "bare.toml"
    path.write_text('title = "t"\n[model]\nkind = "delegation"\n')
    out = run("check", path).out
    assert "Reforms" not in out and "Goal" not in out and "Sources" not in out
    assert run("check", path, "--json").json["scenario"]["goal"] is None


def test_check_lists_every_problem_with_its_line(run, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text('title = "t"\n[model]\nkind = "delegation"\nauthorty = 1\ntolerance = 2\n')
    shown = run("check", path)
    assert shown.code == 2 and shown.out == ""
    assert "line 4" in shown.err and "line 5" in shown.err
    found = run("check", path, "--json")
    assert found.code == 2 and found.err == ""
    assert found.json["valid"] is False
    assert [problem["line"] for problem in found.json["problems"]] == [4, 5]
    assert found.json["problems"][0]["suggestion"] == "authority"


class Package:
    """As much of a distribution as the doctor looks at."""

    def __init__(self, name, files):
        self.metadata = {"Name": name}
        self.files = files and [metadata.PackagePath(file) for file in files]


def test_doctor_finds_a_healthy_installation(run):
    shown = run("doctor")
    assert shown.code == 0 and "Nothing needs fixing." in shown.out
    found = run("doctor", "--json").json
    assert found["to_fix"] == [] and found["core"]["numpy"] and "plots" in found["extras"]
    assert "dev" not in found["extras"]


def test_doctor_finds_the_other_package_of_this_name(run, monkeypatch):
    others = [
        Package("numpy", ["numpy/__init__.py"]),
        Package("BlameGame", None),
        Package("blamegame_solver", ["blamegame/__init__.py"]),
        Package("intruder", ["blamegame/x.py"]),
    ]
    assert doctor.other_owners(others) == ["BlameGame", "intruder"]
    monkeypatch.setattr(doctor.metadata, "distributions", lambda: [Package("blamegame", ["blamegame/__init__.py"])])
    shown = run("doctor")
    assert shown.code == 1
    assert "-m pip uninstall -y blamegame\n" in shown.out
    assert "-m pip install --force-reinstall --no-deps blamegame-solver\n" in shown.out
    assert len(run("doctor", "--json").json["to_fix"][0]["commands"]) == 2


def test_doctor_names_what_is_missing(run, monkeypatch):
    def version(name):
        if name in ("networkx", "matplotlib"):
            raise metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(doctor.metadata, "version", version)
    shown = run("doctor")
    assert shown.code == 1
    assert "networkx not installed, and needed" in shown.out
    assert '"blamegame-solver[plots]"' in shown.out


def test_doctor_works_where_the_package_is_not_installed(run, monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.metadata, "requires", missing)
    monkeypatch.setattr(doctor.metadata, "version", missing)
    shown = run("doctor")
    assert shown.code == 0 and "not installed as a distribution" in shown.out


def test_doctor_finds_a_cache_that_cannot_be_written(run, monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    assert doctor.numba_cache() == (tmp_path / "cache", True)
    blocker = tmp_path / "file"
    blocker.write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(blocker / "cache"))
    shown = run("doctor")
    assert shown.code == 1 and "export NUMBA_CACHE_DIR=" in shown.out
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert doctor.numba_cache()[1]
