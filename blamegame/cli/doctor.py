"""``blamegame doctor``: what is installed, and what would keep the library from working here."""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from blamegame.cli.screen import as_json

DISTRIBUTION = "blamegame-solver"
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_NOT_FOR_USERS = ("dev",)


@click.command("doctor", short_help="Versions, name clashes, caches, optional extras.")
@click.option("--answers", is_flag=True, help="Instead: who answers what under which solution concept.")
@as_json
def command(answers: bool, json_wanted: bool) -> int:
    """Look for what would keep blamegame from working on this machine; exits with 1 where something must be fixed.

    With --answers it prints which forms of game are answered under which solution concepts.
    """
    from blamegame.cli import DOES_NOT_HOLD, DONE
    from blamegame.cli.screen import print_json

    if answers:
        _answers(json_wanted)
        return DONE
    found = examine()
    if json_wanted:
        print_json(found)
    else:
        _print(found)
    return DOES_NOT_HOLD if found["to_fix"] else DONE


def _answers(json_wanted: bool) -> None:
    from blamegame.answers.overview import who_answers
    from blamegame.cli.screen import columns, console, heading, print_json

    rows = who_answers()
    if json_wanted:
        names = ("game", "concept", "answer", "in_batches")
        print_json([dict(zip(names, row)) for row in rows])
        return
    screen = console()
    for form in dict.fromkeys(row[0] for row in rows):
        heading(screen, f"{form[0].upper()}{form[1:]}")
        columns(
            screen,
            [[concept, answer, "many at once" if batch else ""] for f, concept, answer, batch in rows if f == form],
        )
    screen.print()


def examine() -> dict[str, Any]:
    """Everything the command prints, as JSON values."""
    extras = requirements_by_extra()
    core = {name: _version(name) for name in extras.pop("", [])}
    rivals = other_owners(metadata.distributions())
    cache, writable = numba_cache()
    to_fix = []
    if rivals:
        to_fix.append(
            {
                "problem": f"{', '.join(rivals)} installs into the same folder `blamegame`; each overwrites the other",
                "commands": [
                    f"{_python()} -m pip uninstall -y {' '.join(rivals)}",
                    f"{_python()} -m pip install --force-reinstall --no-deps {DISTRIBUTION}",
                ],
            }
        )
    missing = [name for name, version in core.items() if version is None]
    if missing:
        commands = [f"{_python()} -m pip install {' '.join(missing)}"]
        to_fix.append({"problem": f"{', '.join(missing)} not installed, and needed", "commands": commands})
    if not writable:
        to_fix.append(
            {
                "problem": f"compiled kernels cannot be kept in {cache}: every start compiles them again",
                "commands": ["export NUMBA_CACHE_DIR=/a/folder/you/can/write/to"],
            }
        )
    return {
        "blamegame": _version(DISTRIBUTION),
        "folder": str(_folder()),
        "python": platform.python_version(),
        "system": platform.platform(),
        "core": core,
        "extras": {extra: {name: _version(name) for name in names} for extra, names in extras.items()},
        "numba_cache": {"folder": str(cache), "writable": writable},
        "to_fix": to_fix,
    }


def other_owners(distributions: Iterable[metadata.Distribution]) -> list[str]:
    """Names of distributions other than ours that install files into a top-level folder ``blamegame``."""
    found = set()
    for distribution in distributions:
        name = distribution.metadata["Name"] or ""
        if _canonical(name) == DISTRIBUTION:
            continue
        if _canonical(name) == "blamegame" or any(
            file.parts[:1] == ("blamegame",) for file in distribution.files or ()
        ):
            found.add(name)
    return sorted(found)


def requirements_by_extra() -> dict[str, list[str]]:
    """Names of the required distributions under "", and of the optional ones under their extra."""
    found: dict[str, list[str]] = {"": []}
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return found
    for line in required:
        match, extra = _REQUIREMENT.match(line), _EXTRA.search(line)
        name, group = match.group(1) if match else line, extra.group(1) if extra else ""
        if group not in _NOT_FOR_USERS and _canonical(name) != DISTRIBUTION:
            found.setdefault(group, []).append(name)
    return found


def numba_cache() -> tuple[Path, bool]:
    """Where compiled kernels are kept, and whether they can be: NUMBA_CACHE_DIR, else the package, else at home."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    candidates = [Path(chosen)] if chosen else [_folder() / "__pycache__", Path.home() / ".cache" / "numba"]
    for candidate in candidates:
        if _writable(candidate):
            return candidate, True
    return candidates[-1], False


def _writable(folder: Path) -> bool:
    """Whether a file can be made in the folder, or in the nearest ancestor that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _folder() -> Path:
    return Path(__file__).resolve().parent.parent


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _python() -> str:
    return Path(sys.executable).name or "python"


def _print(found: dict[str, Any]) -> None:
    from blamegame.cli.screen import columns, console, heading, prose

    screen = console()
    columns(
        screen,
        [
            ["blamegame", f"{found['blamegame'] or 'not installed as a distribution'} in {found['folder']}"],
            ["Python", f"{found['python']} on {found['system']}"],
            ["compiled kernels", f"kept in {found['numba_cache']['folder']}"],
        ],
    )
    for extra, packages in {"core": found["core"], **found["extras"]}.items():
        heading(screen, "Required" if extra == "core" else f"Extra `{extra}`")
        columns(screen, [[name, version or "not installed"] for name, version in packages.items()] or [["nothing"]])
        if extra != "core" and None in packages.values():
            prose(screen, f'To use it: {_python()} -m pip install "{DISTRIBUTION}[{extra}]"')
    if not found["to_fix"]:
        screen.print("\nNothing needs fixing.", style="bold")
    for fault in found["to_fix"]:
        heading(screen, f"To fix: {fault['problem']}")
        for line in fault["commands"]:
            screen.print(f"  {line}", soft_wrap=True)
