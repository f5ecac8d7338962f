"""``blamegame reforms``: which bundles of reforms reach the goal, which stay successful, and what each is worth."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import click

from blamegame.cli.completion import scenarios
from blamegame.cli.concept import check_asked, chosen_concept, concept_options
from blamegame.cli.goal import FORMS
from blamegame.cli.screen import as_json

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.reforms.plan import ReformPlan
    from blamegame.regions.ladder import RadiusLadder
    from blamegame.scenario import Scenario

MOST_LISTED = 40


@click.command("reforms", short_help="Which bundles of reforms end mutual avoidance, with a proof.")
@click.argument("scenario", metavar="SCENARIO", shell_complete=scenarios)
@click.option("--goal", "goal_text", metavar="GOAL", help=f"{FORMS}; default the scenario's own.")
@concept_options
@click.option("--within", metavar="SHARE", help="Judge every county whose numbers are within 10% (or: file) instead.")
@click.option("--certificate", metavar="FILE", help="Write a proof of the main result to this file.")
@click.option("--time-limit", type=click.FloatRange(min=0), metavar="SECONDS", help="Stop searching after this long.")
@as_json
def command(
    scenario: str,
    goal_text: str | None,
    word: str | None,
    discount: Fraction | None,
    rationality: Fraction | None,
    pure: bool,
    within: str | None,
    certificate: str | None,
    time_limit: float | None,
    json_wanted: bool,
) -> int:
    """Try every bundle of a scenario's reforms.

    Prints the ladder of goals, from no mutual avoidance up to (assist, work) alone, with the cheapest bundles of each
    and how wrong the numbers may be before they fail; then the cheapest and the minimal bundles that reach the goal,
    what is played after them, the robust ones, which stay successful whatever else of the menu is added to them, the
    bundles that another reform breaks, and each reform's share of the gain.

    With --within a bundle counts where it reaches the goal for every county whose numbers are within that share of the
    scenario's, all at once: proved, refuted by a county, or undecided.
    """
    from blamegame.cli import DOES_NOT_HOLD, DONE, INTERRUPTED
    from blamegame.cli.goal import goal_of
    from blamegame.cli.screen import progress
    from blamegame.errors import ScenarioError
    from blamegame.scenario import load

    loaded = load(scenario)
    if not loaded.menu:
        raise ScenarioError(f'{loaded.source} lists no reforms; add [reforms] with use = "all"')
    goal = goal_of(goal_text, loaded) if goal_text is not None else loaded.goal
    if within is not None:
        from blamegame.cli.reforms_region import check_nash, search_within

        check_nash(word is not None)
        done = search_within(loaded, goal, within, certificate, time_limit, json_wanted)
        return DONE if done else DOES_NOT_HOLD
    from blamegame.cli.reforms_ladder import search_with_ladder

    concept = chosen_concept(word, discount, rationality, pure) or loaded.concept or loaded.model.default_concept()
    check_asked(loaded.model, concept, loaded.name)
    with progress(f"{2 ** len(loaded.menu):,} bundles") as report:
        plan, ladder = search_with_ladder(loaded, goal, concept, time_limit, report)

    proved = _write_certificate(plan, certificate) if certificate is not None and plan.complete else None
    if json_wanted:
        _print_json(loaded, plan, ladder, certificate, proved)
    else:
        _print(loaded, plan, ladder)
        if proved is not None:
            click.echo(f"\nProved: {proved}.\nRecheck it without any solver: blamegame verify {certificate}")
    if "interrupted" in plan.note:
        return INTERRUPTED
    if certificate is not None and proved is None:
        reason = "no bundle reaches the goal" if plan.complete else "the search is not complete"
        click.echo(f"blamegame: {reason}, so there is nothing to certify; {certificate} was not written", err=True)
        return DOES_NOT_HOLD
    return DONE


def _write_certificate(plan: ReformPlan, path: str) -> str | None:
    from blamegame.certificates.certify import certify
    from blamegame.errors import UnsupportedGame
    from blamegame.reforms.proof import main_claim

    if plan.cheapest is None:
        return None
    try:
        claim, words = main_claim(plan)
    except UnsupportedGame as error:
        raise UnsupportedGame(f"{error}; run without --certificate") from None
    certify(claim).save(path)
    return words


def _print_json(
    scenario: Scenario, plan: ReformPlan, ladder: RadiusLadder, path: str | None, proved: str | None
) -> None:
    from blamegame.cli.model import identity
    from blamegame.cli.screen import number, print_json

    found = plan.to_dict()
    found["base"] |= {
        "best_exact": number(plan.base.range.low.lower),
        "worst_exact": number(plan.base.range.high.upper),
    }
    certificate = None if proved is None else {"file": path, "proves": proved}
    print_json({"scenario": identity(scenario), **found, "ladder": ladder.to_dict(), "certificate": certificate})


def _print(scenario: Scenario, plan: ReformPlan, ladder: RadiusLadder) -> None:
    from blamegame.cli.reforms_ladder import show, show_after
    from blamegame.cli.screen import columns, console, heading, prose, short
    from blamegame.games.table import format_number
    from blamegame.reforms.report import bundle

    screen = console()
    screen.print(scenario.title, style="bold")
    show(screen, ladder)
    screen.print()
    today = str(plan.base.range)
    if plan.model.measures:
        today = f"{plan.base.range.status}: {plan.measure} {short(plan.values[0])}"
    rows = [
        ["goal", f"{plan.goal.words(plan.model)} ({plan.concept})"],
        ["before any reform", today],
        ["bundles that succeed", f"{len(plan.successes):,} of {plan.examined:,}, made of {len(plan.menu)} reforms"],
    ]
    if plan.complete and plan.cheapest is not None:
        ties = " | ".join(bundle(names) for names in plan.cheapest.ties[:3])
        more = f" | {len(plan.cheapest.ties) - 3} more" if len(plan.cheapest.ties) > 3 else ""
        rows.append(["cheapest", f"{ties}{more}, at cost {format_number(plan.cheapest.cost)}"])
        rows.append(["cheapest robust", _cheapest_robust(plan)])
    columns(screen, rows)
    if not plan.complete:
        prose(
            screen, f"Not complete: {plan.note}. Which bundles are minimal, cheapest or robust is therefore not said."
        )
        return
    cheapest = plan.cheapest
    if cheapest is None:
        prose(screen, "No bundle of these reforms reaches the goal.")
    else:
        show_after(screen, plan)
        if len(cheapest.ties) > 1:
            heading(screen, f"Cheapest bundles: {len(cheapest.ties)}")
            _list_bundles(screen, plan, cheapest.ties)
        heading(screen, f"Minimal bundles: {len(plan.minimal)} (no part of one of them reaches the goal)")
        _list_bundles(screen, plan, plan.minimal)
        _print_robust(screen, plan)
    _print_shares(screen, plan)
    heading(screen, "The reforms")
    remedies = [[reform.name, format_number(reform.cost), reform.remedy] for reform in plan.menu]
    columns(screen, [["reform", "cost", "remedy"], *remedies], right=[1])
    screen.print()
    prose(screen, plan.note[:1].upper() + plan.note[1:] + ".", indent=0)


def _print_robust(screen: Console, plan: ReformPlan) -> None:
    from blamegame.cli.screen import heading, prose

    heading(
        screen,
        f"Robust bundles: {len(plan.robust):,} (they succeed whatever else of this menu of {len(plan.menu)} is added)",
    )
    if plan.robust_minimal:
        prose(screen, f"Those with nothing to spare: {len(plan.robust_minimal)}.")
        _list_bundles(screen, plan, plan.robust_minimal)
    violations = len(plan.closure_violations)
    heading(screen, f"More can be less: {violations:,} times one reform more undoes a success")
    for sentence in plan.broken_by_more(limit=5):
        prose(screen, sentence)
    if violations > 5:
        prose(screen, f"and {violations - 5:,} more")


def _cheapest_robust(plan: ReformPlan) -> str:
    from blamegame.games.table import format_number
    from blamegame.reforms.report import bundle

    found = plan.cheapest_robust
    if found is None:
        return "none: every success is undone by some further reform"
    return (
        f"{bundle(found.bundle)}, at cost {format_number(found.cost)}; it succeeds whatever else of this menu is added"
    )


def _cost(plan: ReformPlan, names: tuple[str, ...]) -> Fraction:
    return sum((reform.cost for reform in plan.menu if reform.name in names), Fraction(0))


def _list_bundles(screen: Console, plan: ReformPlan, bundles: tuple[tuple[str, ...], ...]) -> None:
    from blamegame.cli.screen import columns, prose
    from blamegame.games.table import format_number
    from blamegame.reforms.report import bundle

    robust = set(plan.robust.tolist())
    rows = [
        [format_number(_cost(plan, names)), "yes" if plan.number(names) in robust else "no", bundle(names)]
        for names in bundles[:MOST_LISTED]
    ]
    columns(screen, [["cost", "robust", "bundle"], *rows], right=[0])
    if len(bundles) > MOST_LISTED:
        prose(screen, f"and {len(bundles) - MOST_LISTED:,} more; --json lists them all")


def _print_shares(screen: Console, plan: ReformPlan) -> None:
    from blamegame.cli.screen import bar, columns, heading, is_plain, prose
    from blamegame.errors import ReformError

    heading(screen, f"What each reform is worth: Shapley shares, measured by the {plan.measure}")
    try:
        shares = sorted(plan.shapley.items(), key=lambda item: (-item[1], item[0]))
    except ReformError as error:
        prose(screen, f"None: {error}.")
        return
    largest = max(abs(share) for _, share in shares)
    plain = is_plain(screen)
    room = min(40, max(8, screen.width - 13 - max(len(name) for name in plan.shapley)))
    rows = [[name, f"{share:.4f}", bar(share, largest, width=room, plain=plain)] for name, share in shares]
    columns(screen, [*rows, ["all together", f"{sum(share for _, share in shares):.4f}", ""]], right=[1])
