"""``blamegame radius``: how wrong the numbers may be before a bundle of reforms stops reaching its goal."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from blamegame.cli.goal import FORMS
from blamegame.cli.screen import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from blamegame.regions.attack import Witness
    from blamegame.regions.radius import Radius
    from blamegame.scenario import Scenario


@click.command("radius", short_help="How wrong the numbers may be before a bundle fails, proved.")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--bundle", "bundle_text", metavar="NAME,NAME", required=True, help="Reforms of the scenario's menu.")
@click.option("--goal", "goal_text", metavar="GOAL", help=f"{FORMS}; default the scenario's own.")
@click.option("--robust", is_flag=True, help="It must also hold whatever else of the menu is added.")
@click.option("--each", is_flag=True, help="Also the radius of each number alone, the others as assumed.")
@click.option("--time-limit", type=click.FloatRange(min=0), metavar="SECONDS", help="Then the bracket may be wide.")
@as_json
def command(
    scenario: str,
    bundle_text: str,
    goal_text: str | None,
    robust: bool,
    each: bool,
    time_limit: float | None,
    json_wanted: bool,
) -> None:
    """Prove how far every number of a scenario may be off, all at once, and the bundle still reaches the goal.

    Prints the largest relative error at which that is proved for every county, the smallest at which a county is known
    where it fails, that county with its equilibrium, and which numbers decide: those to measure first. With --each also
    how far every number may be off alone.

    An empty --bundle "" asks how safe the verdict is without any reform.
    """
    from blamegame.cli.goal import goal_of
    from blamegame.reforms.goal import removes
    from blamegame.reforms.reform import choose
    from blamegame.regions.radius import radius, tolerances
    from blamegame.regions.setting import table_of
    from blamegame.scenario import load

    loaded = load(scenario)
    goal = (goal_of(goal_text, loaded) if goal_text is not None else loaded.goal) or removes()
    names = [name.strip() for name in bundle_text.split(",") if name.strip()]
    chosen = choose(loaded.menu, names)
    table_of(loaded.model)  # refused by its kind, before any number is moved
    found = radius(loaded.model, chosen, goal, robust=robust, menu=loaded.menu, time_limit=time_limit)
    alone = tolerances(loaded.model, chosen, goal, menu=loaded.menu) if each else None
    if json_wanted:
        _print_json(loaded, found, robust, alone)
    else:
        _print(loaded, found, robust, alone)


def _print_json(scenario: Scenario, found: Radius, robust: bool, alone: Mapping[str, Radius] | None) -> None:
    from blamegame.cli.model import identity
    from blamegame.cli.screen import print_json

    print_json(
        {
            "scenario": identity(scenario),
            "bundle": list(found.bundle),
            "goal": found.goal.words(scenario.model),
            "robust": robust,
            **_ends(found),
            "binding": list(found.binding),
            "witness": None if found.witness is None else _witness(found),
            "each": None if alone is None else {name: _ends(one) for name, one in alone.items()},
        }
    )


def _ends(found: Radius) -> dict[str, Any]:
    from blamegame.cli.screen import number

    proved, refuted = (None if end is None else number(end) for end in (found.proved, found.refuted))
    return {"radius": [None if e is None else float(e) for e in (found.proved, found.refuted)],
            "proved": proved, "refuted": refuted}  # fmt: skip


def _witness(found: Radius) -> dict[str, Any]:
    assert found.witness is not None
    return found.witness.to_dict(found.bundle)


def _print(scenario: Scenario, found: Radius, robust: bool, alone: Mapping[str, Radius] | None) -> None:
    from blamegame.cli.screen import columns, console, heading, prose

    screen = console()
    screen.print(scenario.title, style="bold")
    more = ", also with whatever else of the menu is added" if robust else ""
    rows = [
        ["bundle", " + ".join(found.bundle) or "nothing"],
        ["goal", f"{found.goal.words(scenario.model)} (Nash equilibria){more}"],
        ["proved", _proved(found)],
        ["refuted", _refuted(found)],
    ]
    if found.binding:
        rows.append(["decided by", ", ".join(found.binding[:5])])
    columns(screen, rows)
    if found.witness is not None:
        heading(screen, "A county where it fails")
        _show_county(screen, scenario, found.witness)
    if alone is not None:
        heading(screen, "How far each number may be off alone")
        columns(
            screen,
            [
                ["number", "proved", "refuted"],
                *([name, _share(one.proved), _share(one.refuted)] for name, one in alone.items()),
            ],
            right=[1],
        )
        prose(screen, "Numbers that are 0 have no relative error and are left out.")


def _show_county(screen: Console, scenario: Scenario, witness: Witness) -> None:
    from blamegame.cli.screen import columns, prose, short

    moved = [
        [name, short(getattr(scenario.model, name)), short(getattr(witness.model, name))]
        for name in scenario.model.parameters()
        if getattr(witness.model, name) != getattr(scenario.model.exact(), name)
    ]
    if moved:
        columns(screen, [["number", "as assumed", "there"], *moved], right=[1])
    text = str(witness).partition("\n")
    played = "; ".join(" ".join(line.split()) for line in text[2].splitlines())
    prose(screen, f"{text[0][:1].upper()}{text[0][1:]} {played}.")


def _proved(found: Radius) -> str:
    if found.proved is None:
        return "at no distance: the goal fails at these numbers" if found.refuted is not None else "not decided"
    return f"while every number is within {_share(found.proved)} of its value, all at once"


def _refuted(found: Radius) -> str:
    if found.refuted is None:
        return "no county is known where it fails"
    return f"some county within {_share(found.refuted)} fails"


def _share(value: Fraction | None) -> str:
    return "-" if value is None else f"{float(100 * value):g} %"
