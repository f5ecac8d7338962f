"""``blamegame check``: read a scenario file and say what it holds, or everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from blamegame.cli.screen import as_json

if TYPE_CHECKING:
    from blamegame.scenario import Scenario


@click.command("check", short_help="Check a scenario file; lists every error at once.")
@click.argument("file", metavar="FILE")
@as_json
def command(file: str, json_wanted: bool) -> int:
    """Check a scenario file.

    Lists every problem with its line, or says what the file holds: parameters, reforms, goal, sources and assumptions.
    """
    from blamegame.cli import BAD_INPUT, DONE
    from blamegame.cli.screen import print_json
    from blamegame.errors import ScenarioError
    from blamegame.scenario import load

    try:
        scenario = load(file)
    except ScenarioError as error:
        if not json_wanted:
            raise
        print_json({"valid": False, "message": str(error), "problems": [vars(problem) for problem in error.problems]})
        return BAD_INPUT
    if json_wanted:
        print_json({"valid": True, "problems": [], "scenario": _contents(scenario)})
    else:
        _print(scenario)
    return DONE


def _contents(scenario: Scenario) -> dict[str, Any]:
    from blamegame.cli.model import identity
    from blamegame.cli.screen import number
    from blamegame.scenario.kinds import kind_of

    return {
        **identity(scenario),
        "kind": kind_of(scenario.model),
        "settings": {name: _plain(getattr(scenario.model, name)) for name in _settings(scenario)},
        "parameters": {name: number(getattr(scenario.model, name)) for name in scenario.model.parameters()},
        "intervals": None
        if scenario.region is None
        else {name: [number(end) for end in scenario.region.intervals[name]] for name in scenario.region.uncertain},
        "reforms": {reform.name: number(reform.cost) for reform in scenario.menu},
        "goal": None if scenario.goal is None else scenario.goal.words(scenario.model),
        "concept": None if scenario.concept is None else scenario.concept.word,
        "sources": list(scenario.sources),
        "assumptions": list(scenario.assumptions),
    }


def _settings(scenario: Scenario) -> dict[str, Any]:
    """What the file says besides parameters, with the defaults."""
    from blamegame.scenario.kinds import KINDS, kind_of

    return dict(KINDS[kind_of(scenario.model)].settings())


def _plain(value: Any) -> Any:
    """A setting as JSON: a whole number, or a list of them."""
    sizes = getattr(value, "sizes", value)
    return list(sizes) if isinstance(sizes, tuple) else sizes


def _print(scenario: Scenario) -> None:
    from blamegame.cli.screen import columns, console, heading, prose
    from blamegame.games.table import format_number

    screen = console()
    screen.print(f"{scenario.source} is a valid scenario", style="bold")
    prose(screen, scenario.title)
    heading(screen, "Parameters (* where it differs from the default)")
    specs = scenario.model.parameters().values()
    defaults = _settings(scenario)
    rows = []
    for name, default in defaults.items():
        value = _plain(getattr(scenario.model, name))
        mark = "*" if value != _plain(default) else ""
        rows.append(
            [f"{name}{mark}", str(value), "whole", "numbers of offices, tier by tier" if name == "tree" else ""]
        )
    for spec in specs:
        value = getattr(scenario.model, spec.name)
        mark = "*" if value != spec.default else ""
        low, high = (value, value) if scenario.region is None else scenario.region.intervals[spec.name]
        ends = f", {format_number(low)} to {format_number(high)}" if low < high else ""
        rows.append([f"{spec.name}{mark}", f"{format_number(value)}{ends}", spec.range_text(), spec.meaning])
    columns(screen, [["parameter", "value", "range", "meaning"], *rows])
    if scenario.menu:
        heading(screen, f"Reforms: {len(scenario.menu)}")
        columns(screen, [[reform.name, str(reform).partition(": ")[2]] for reform in scenario.menu])
    if scenario.goal is not None:
        heading(screen, f"Goal: {scenario.goal.words(scenario.model)} ({scenario.concept})")
    for title, texts in (("Sources", scenario.sources), ("Assumptions", scenario.assumptions)):
        if texts:
            heading(screen, title)
            columns(screen, [["-", text] for text in texts])
