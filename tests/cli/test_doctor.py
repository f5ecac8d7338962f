"""``blamegame doctor``: what it finds, and the way out that it gives."""

from importlib import metadata

from blamegame.cli import doctor


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
