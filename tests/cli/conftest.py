"""Running commands in this process, and the shape of what they leave."""

import json
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from blamegame.cli import main


@dataclass
class Run:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch):
    """run("solve", "trap") -> Run"""
    monkeypatch.setenv("COLUMNS", "80")

    def invoke(*arguments):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        return Run(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def small(tmp_path):
    """A scenario with three reforms of the catalogue: list works, list + escalation_rule does not."""
    path = tmp_path / "small.toml"
    path.write_text(
        'title = "Small [bold]county[/bold]"\n[model]\nkind = "delegation"\n'
        '[reforms]\nuse = ["list", "tolerate", "escalation_rule"]\n[goal]\nremoves = "avoidance"\n'
    )
    return path
