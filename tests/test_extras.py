"""What a newcomer with the required packages alone meets: an answer, or the line that installs what is missing."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import blamegame
from blamegame.errors import BlamegameError, MissingExtra
from blamegame.extras import EXTRA_OF, need

PACKAGE = Path(blamegame.__file__).parent
TREE = PACKAGE.parent

WITHOUT_EXTRAS = f"""
import importlib.abc, pkgutil, sys
class Nowhere(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in {sorted(EXTRA_OF)!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Nowhere())
"""


def _alone(code: str) -> subprocess.CompletedProcess[str]:
    """Run code where no optional package can be imported."""
    return subprocess.run([sys.executable, "-c", WITHOUT_EXTRAS + code], capture_output=True, text=True, timeout=300)


def test_no_file_imports_an_optional_package_but_by_need():
    found = []
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        typing = [n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)]
        for_types = {id(node) for block in typing for node in ast.walk(block)}
        for node in ast.walk(tree):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )  # fmt: skip
            found += [(path.name, n) for n in names if n.partition(".")[0] in EXTRA_OF and id(node) not in for_types]
    assert found == []


def test_every_optional_package_is_in_the_extra_that_the_message_names():
    optional = tomllib.loads((TREE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    extras = ("plots", "studies", "symbolic")
    brought = {re.match(r"[A-Za-z0-9]+", line)[0]: extra for extra in extras for line in optional[extra]}
    assert brought | {"distributed": "studies"} == dict(EXTRA_OF)


def test_a_missing_package_is_one_error_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(MissingExtra, match=re.escape('pip install "blamegame-solver[studies]"')) as refused:
        need("xarray")
    assert isinstance(refused.value, BlamegameError) and isinstance(refused.value, ImportError)
    assert refused.value.name == "xarray"


def test_what_an_optional_package_needs_itself_is_named(tmp_path, monkeypatch):
    (tmp_path / "SALib").mkdir()
    (tmp_path / "SALib" / "__init__.py").write_text("import no_such_thing")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "SALib"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtra, match="no_such_thing, which SALib needs, is not installed"):
        need("SALib")


def test_every_module_can_be_imported_without_extras():
    done = _alone(
        "import blamegame\n"
        "for module in pkgutil.walk_packages(blamegame.__path__, 'blamegame.'):\n"
        "    if not module.name.endswith('__main__'): __import__(module.name)\n"
        "from blamegame.plots import *\n"
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("call", "extra"),
    [
        ("bg.study(bg.Delegation(), {'authority': '0:1:3'})", "studies"),
        ("bg.study(bg.Delegation(), {'authority': '0:1:3'}, output='out.nc')", "studies"),
        ("bg.studies.read_dataset('out.nc')", "studies"),
        ("bg.studies.morris(bg.Delegation(), {'authority': (0, 1)}, lambda m: m.authority, rng=r)", "studies"),
        ("bg.formats.to_dataframe(bg.Delegation().stage_game())", "studies"),
        ("bg.conditions(bg.Delegation(), ('push', 'work'), solve_for='authority')", "symbolic"),
        ("bg.plots.plot_shapley(bg.search(bg.Delegation(), bg.CATALOGUE[:2]))", "plots"),
        ("bg.plots.plot_best_response_graph(bg.Delegation().stage_game())", "plots"),
        ("bg.plots.plot_equilibrium_correspondence(bg.critical_values(bg.Delegation(), 'authority'))", "plots"),
    ],
)
def test_a_call_without_its_extra_says_what_to_install(call, extra):
    done = _alone(
        "import blamegame as bg, numpy as np\nr = np.random.default_rng(0)\n"
        f"try: {call}\nexcept bg.errors.MissingExtra as error: print(error)\n"
    )
    assert done.stdout.rstrip().endswith(f'is not installed; write: pip install "blamegame-solver[{extra}]"'), (
        done.stderr
    )


@pytest.mark.slow
def test_every_command_of_the_readme_works_after_a_plain_install_or_says_what_to_install(tmp_path):
    """A fresh environment with the required packages alone, the package installed without its tree."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("needs uv")
    copy, home = tmp_path / "copy", tmp_path / "empty"
    home.mkdir()
    shutil.copytree(PACKAGE, copy / "blamegame", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(TREE / name, copy)
    scripts = tmp_path / "fresh" / "bin"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, scripts.parent], check=True)
    subprocess.run([uv, "pip", "install", "-q", "--python", scripts / "python", copy], check=True)
    readme = (TREE / "README.md").read_text(encoding="utf-8")
    (home / "game.nfg").write_text('NFG 1 R "a" { "x" "y" } { 2 2 } 3 3 4 0 0 4 1 1')
    commands = re.findall(r"^blamegame [^#\n]+", readme, re.MULTILINE)
    assert len(commands) >= 9
    for command in commands:
        _, *words = command.split()
        done = subprocess.run(
            [scripts / "blamegame", *words], cwd=home, capture_output=True, text=True, env={"HOME": str(home)}
        )
        said = done.returncode == 0 or re.search(
            r'^blamegame: \w+ is not installed; write: pip install "blamegame-solver\[\w+\]"$', done.stderr
        )
        assert said, (command, done.returncode, done.stderr)
