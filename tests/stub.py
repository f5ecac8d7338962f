"""Prints the type stub of the package's public names: ``python tests/stub.py > blamegame/__init__.pyi`` (make stub)."""

from __future__ import annotations

import sys

import blamegame


def stub() -> str:
    """Every public name imported from its home, as type checkers need to see it."""
    lines = ["# The public names, for type checkers. Written by `make stub`; checked by tests/test_init.py."]
    for module, names in sorted(blamegame._HOME.items()):
        listed = ", ".join(f"{name} as {name}" for name in sorted(names))
        line = f"from {module} import {listed}"
        if len(line) > 120:
            listed = "".join(f"    {name} as {name},\n" for name in sorted(names))
            line = f"from {module} import (\n{listed})"
        lines.append(line)
    names = "".join(f'    "{name}",\n' for name in blamegame.__all__)
    return "\n".join([*lines, "", "__version__: str", f"__all__ = [\n{names}]", ""])


if __name__ == "__main__":
    sys.stdout.write(stub())
