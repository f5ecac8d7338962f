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
    scenario: Scenario,
    goal: Goal | None,
    within: str,
    certificate: str | None,
    time_limit: float | None,
    json_wanted: bool,
) -> bool:
    """Search over the region that ``within`` names, print what was found, and write a proof of its cheapest bundle.

    Returns whether everything asked for was written.
    """
    from blamegame.cli.model import identity
    from blamegame.cli.screen import print_json, progress
    from blamegame.cli.within import region_within
    from blamegame.regions.search import search_region
    from blamegame.verbs import prove

    region = region_within(within, scenario)
    with progress(f"{2 ** len(scenario.menu):,} bundles") as report:
        plan = search_region(region, scenario.menu, goal, time_limit=time_limit, progress=report)
    written = certificate is not None and plan.cheapest is not None
    if written and certificate is not None:
        prove(plan).save(certificate)
    if json_wanted:
        ends = {name: [str(end) for end in region.intervals[name]] for name in region.uncertain}
        print_json(
            {
                "scenario": identity(scenario),
                "within": within,
                "region": ends,
                **plan.to_dict(),
                "certificate": certificate if written else None,
            }
        )
    else:
        _print(scenario, within, plan)
        if written and plan.cheapest is not None:
            what = f"{' + '.join(plan.cheapest.bundle) or 'nothing'}, for every county of the region"
            click.echo(f"\nProved: {what}.\nRecheck it without any solver: blamegame verify {certificate}")
    if certificate is not None and not written:
        click.echo(f"blamegame: no bundle is proved, so {certificate} was not written", err=True)
        return False
    return True


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


def check_nash(concept_given: bool) -> None:
    """Refuse a concept: over a region there are answers about Nash equilibria only."""
    if concept_given:
        raise click.UsageError("--within judges Nash equilibria; leave --concept out")
