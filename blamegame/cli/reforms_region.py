"""What ``blamegame reforms --within`` shows: which bundles reach the goal for every county of a region."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.reforms.goal import Goal
    from blamegame.regions.plan import RegionPlan
    from blamegame.scenario import Scenario

_MOST_LISTED = 20


def search_within(
    scenario: Scenario, goal: Goal | None, within: str, time_limit: float | None, json_wanted: bool
) -> RegionPlan:
    """Search over the region that ``within`` names, and print what was found."""
    from blamegame.cli.model import identity
    from blamegame.cli.screen import print_json, progress
    from blamegame.cli.within import region_within
    from blamegame.regions.search import search_region

    region = region_within(within, scenario)
    with progress(f"{2 ** len(scenario.menu):,} bundles") as report:
        plan = search_region(region, scenario.menu, goal, time_limit=time_limit, progress=report)
    if json_wanted:
        ends = {name: [str(end) for end in region.intervals[name]] for name in region.uncertain}
        print_json({"scenario": identity(scenario), "within": within, "region": ends, **plan.to_dict()})
    else:
        _print(scenario, within, plan)
    return plan


def _print(scenario: Scenario, within: str, plan: RegionPlan) -> None:
    from blamegame.cli.screen import columns, console, heading, prose
    from blamegame.cli.within import region_words
    from blamegame.reforms.ladder import priced

    screen = console()
    screen.print(scenario.title, style="bold")
    proved, refuted, undecided = plan.counts
    rows = [
        ["goal", f"{plan.goal.words(scenario.model)} (Nash equilibria)"],
        ["region", region_words(within, plan.region)],
        ["proved", f"{proved:,} of {len(plan.verdict):,} bundles reach the goal for every county of it"],
        ["refuted", f"{refuted:,} fail for some county of it, which is known exactly"],
        ["undecided", f"{undecided:,}"],
        ["cheapest", priced(plan.cheapest)],
        ["cheapest robust", priced(plan.cheapest_robust)],
    ]
    columns(screen, rows)
    _list(screen, plan, f"Minimal bundles: {len(plan.minimal)}", plan.minimal)
    _list(screen, plan, f"Smallest robust bundles: {len(plan.robust_minimal)}", plan.robust_minimal)
    if not proved:
        heading(screen, "No bundle is proved")
        prose(screen, f"Which bundles stand how much: blamegame radius {scenario.name} --bundle NAME,NAME")
    screen.print()
    prose(screen, f"{plan.note[:1].upper()}{plan.note[1:]}.", indent=0)


def _list(screen: Console, plan: RegionPlan, title: str, bundles: tuple[tuple[str, ...], ...]) -> None:
    from blamegame.cli.screen import columns, heading, prose
    from blamegame.games.table import format_number
    from blamegame.reforms.report import bundle

    if not bundles:
        return
    heading(screen, title)
    costs = {reform.name: reform.cost for reform in plan.menu}
    rows: list[list[Any]] = [
        [format_number(sum((costs[name] for name in names), Fraction(0))), bundle(names)]
        for names in bundles[:_MOST_LISTED]
    ]
    columns(screen, [["cost", "bundle"], *rows], right=[0])
    if len(bundles) > _MOST_LISTED:
        prose(screen, f"and {len(bundles) - _MOST_LISTED:,} more; --json lists them all")


def check_plain(certificate: str | None, concept_given: bool) -> None:
    """Refuse options that have no meaning over a region."""
    if concept_given:
        raise click.UsageError("--within judges Nash equilibria; leave --concept out")
    if certificate is not None:
        raise click.UsageError("--certificate is about one county; leave --within out")
