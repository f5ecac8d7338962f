"""The ladder of goals: no mutual avoidance is its first rung, and (assist, work) alone the top one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from blamegame.concepts import Concept
from blamegame.deadline import Deadline
from blamegame.errors import GameError, ReformError, UnsupportedGame
from blamegame.games.table import align, format_number
from blamegame.models.forms import Private
from blamegame.models.model import Model
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.findings import Cheapest
from blamegame.reforms.goal import Cell, Goal, lower_works, no_push, removes, responsible
from blamegame.reforms.plan import ReformPlan
from blamegame.reforms.reform import Reform
from blamegame.reforms.report import bundle
from blamegame.reforms.search import search_goals

RUNGS = ("removes", "no_push", "lower_works", "responsible")
"""The rungs by name, the lowest first (model.md section 3b)."""


@dataclass(frozen=True)
class Ladder:
    """The plans of the rungs that a model has, each judged over every bundle of one menu.

    Attributes
    ----------
    plans : by the name of the rung, the lowest first
    missing : names of the rungs that have no meaning for the model
    """

    plans: Mapping[str, ReformPlan]
    missing: tuple[str, ...]

    def __str__(self) -> str:
        rows = [["rung", "bundles", "minimal", "cheapest", "cheapest robust"]]
        for plan in self.plans.values():
            counts = [f"{len(plan.successes):,} of {plan.examined:,}"]
            if not plan.complete:
                rows.append([plan.goal.words(plan.model), *counts, "not complete", "", ""])
                continue
            ends = [priced(found) for found in (plan.cheapest, plan.cheapest_robust)]
            rows.append([plan.goal.words(plan.model), *counts, str(len(plan.minimal)), *ends])
        return "\n".join([*align(rows), *([self.without] if self.missing else [])])

    @property
    def without(self) -> str:
        """Which rungs the model has and which not, in a sentence."""
        model = type(next(iter(self.plans.values())).model).__name__
        return f"{model} has {', '.join(self.plans)} of the four rungs, not {', '.join(self.missing)}"

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "plans": dict(self.plans)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, plans=MappingProxyType(state["plans"]))


def ladder(
    model: Model,
    menu: Iterable[Reform] = CATALOGUE,
    *,
    concept: Concept | None = None,
    time_limit: float | Deadline | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Ladder:
    """Judge every bundle of ``menu`` by each rung that ``model`` has, in one pass.

    Parameters
    ----------
    concept : which equilibria; default the model's own
    time_limit : seconds; where it ran out the plans are not complete and say so
    progress : called as ``progress(done, total)``

    Examples
    --------
    >>> from blamegame import Delegation
    >>> found = ladder(Delegation())
    >>> [(name, len(plan.successes)) for name, plan in found.plans.items()]
    [('removes', 3410), ('no_push', 3102), ('lower_works', 1419), ('responsible', 1111)]
    """
    goals = rungs(model)
    plans = search_goals(model, menu, tuple(goals.values()), concept=concept, time_limit=time_limit, progress=progress)
    return ladder_of(dict(zip(goals, plans)))


def ladder_of(plans: Mapping[str, ReformPlan]) -> Ladder:
    """The ladder made of the plans of a model's rungs."""
    return Ladder(MappingProxyType(dict(plans)), tuple(name for name in RUNGS if name not in plans))


def rungs(model: Model) -> Mapping[str, Goal]:
    """The rungs that have a meaning for a model, by name, the lowest first.

    Of more than two tiers the second is that nobody pushes, the third that the last tier works, and the top that all
    the others assist as well.

    >>> from blamegame.models import Chain, Inspection
    >>> tuple(rungs(Inspection())), str(rungs(Chain())["no_push"])
    (('removes',), 'no tier pushes in any equilibrium')
    """
    found = {"removes": removes()}
    actions = _actions_of(model)
    if len(actions) >= 2 and all("push" in labels and "assist" in labels for labels in actions[:-1]):
        for name, goal in zip(RUNGS[1:], _rungs_of(len(actions))):
            if _has(model, goal):
                found[name] = goal
    return MappingProxyType(found)


def priced(found: Cheapest | None) -> str:
    """A bundle with its cost, and how many are as cheap."""
    if found is None:
        return "none"
    ties = len(found.ties) - 1
    return f"{bundle(found.bundle)} ({format_number(found.cost)})" + (f", {ties} as cheap" if ties else "")


def _rungs_of(tiers: int) -> tuple[Goal, Goal, Goal]:
    if tiers == 2:
        return no_push(), lower_works(), responsible()
    above = tiers - 1
    pushed: list[Cell] = [tuple("push" if k == tier else None for k in range(tiers)) for tier in range(above)]
    works: Cell = (*[None] * above, "work")
    return (
        Goal(tuple(pushed), phrase="no tier pushes in any equilibrium"),
        Goal((works,), outside=True, phrase="the last tier works in every equilibrium"),
        Goal(((*["assist"] * above, "work"),), outside=True),
    )


def _actions_of(model: Model) -> Sequence[tuple[str, ...]]:
    if isinstance(model, Private):
        return model.bayesian_game().actions
    found: Sequence[tuple[str, ...]] = getattr(model, "actions", ())
    return found


def _has(model: Model, goal: Goal) -> bool:
    try:
        model.event(goal.event(model))
    except (GameError, ReformError, UnsupportedGame):
        return False
    return True
