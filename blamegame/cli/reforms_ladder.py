"""What ``blamegame reforms`` opens with: the ladder of goals, with radii, and what is played after the best bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from blamegame.concepts import Concept
    from blamegame.reforms.goal import Goal
    from blamegame.reforms.plan import ReformPlan
    from blamegame.regions.ladder import RadiusLadder
    from blamegame.regions.radius import Radius
    from blamegame.scenario import Scenario

_MOST_CELLS = 12


def search_with_ladder(
    scenario: Scenario,
    goal: Goal | None,
    concept: Concept,
    time_limit: float | None,
    report: Callable[[int, int], None] | None,
) -> tuple[ReformPlan, RadiusLadder]:
    """The plan of the goal, and the ladder, judged in one pass.

    Radii are sought for games of a few cells, where they take a moment; ``blamegame radius`` takes its time.
    """
    from blamegame.deadline import Deadline
    from blamegame.reforms.goal import removes
    from blamegame.reforms.ladder import ladder_of, rungs
    from blamegame.reforms.search import search_goals
    from blamegame.regions.ladder import RadiusLadder, Rung, with_radii

    wanted = removes() if goal is None else goal
    known = rungs(scenario.model)
    goals = list(dict.fromkeys([wanted, *known.values()]))
    deadline = Deadline.of(time_limit)
    plans = dict(
        zip(
            goals,
            search_goals(scenario.model, scenario.menu, goals, concept=concept, time_limit=deadline, progress=report),
        )
    )
    counts = ladder_of({name: plans[goal] for name, goal in known.items()})
    if _is_small(scenario):
        return plans[wanted], with_radii(counts, time_limit=deadline)
    bare = {name: Rung(name, plan, None, None) for name, plan in counts.plans.items()}
    note = f"for radii: blamegame radius {scenario.name} --bundle NAME,NAME"
    return plans[wanted], RadiusLadder(bare, counts, note)


def _is_small(scenario: Scenario) -> bool:
    from blamegame.models.forms import Table

    model = scenario.model
    if not isinstance(model, Table) or len(model.players) != 2:
        return False
    return len(model.actions[0]) * len(model.actions[1]) <= _MOST_CELLS


def show(screen: Console, found: RadiusLadder) -> None:
    """The ladder on the screen."""
    from blamegame.cli.screen import columns, heading, prose
    from blamegame.reforms.ladder import priced

    heading(screen, "The ladder: what must hold in every equilibrium")
    rows = []
    for rung in found.rungs.values():
        plan = rung.plan
        lines = [plan.goal.words(plan.model)]
        if plan.complete:
            lines.append(f"cheapest: {priced(plan.cheapest)}{_radius(rung.radius)}")
            lines.append(f"cheapest robust: {priced(plan.cheapest_robust)}{_radius(rung.robust_radius)}")
        else:
            lines.append("not complete")
        rows.append([f"{len(plan.successes):,}", "\n".join(lines)])
    columns(screen, [["bundles", "rung"], *rows], right=[0])
    if found.missing:
        prose(screen, f"{found.counts.without}.")
    if found.note:
        prose(screen, f"{found.note[:1].upper()}{found.note[1:]}.")
    elif any(rung.radius is not None for rung in found.rungs.values()):
        prose(
            screen,
            "Stands: proved while every number is within so many per cent of its value, all at once; beyond, a county "
            "is known where it fails.",
        )


def show_after(screen: Console, plan: ReformPlan) -> None:
    """What is played after each recommended bundle, a sentence each."""
    from blamegame.cli.screen import heading, prose
    from blamegame.reforms.report import afters, tells_play

    if not tells_play(plan) or not plan.recommended:
        return
    heading(screen, "What is played after it")
    for found in afters(plan):
        sentence = str(found)
        prose(screen, f"{sentence[:1].upper()}{sentence[1:]}.")


def _radius(found: Radius | None) -> str:
    if found is None or found.proved is None:
        return ""
    hundredths = int(found.proved * 10_000)  # rounded down: no more is said than is proved
    return f", stands {hundredths / 100:.2f} %"
