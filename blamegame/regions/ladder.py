"""The ladder of goals with radii: how far wrong the numbers may be before a rung's cheapest bundles fail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from blamegame.concepts import Concept, Nash
from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.models.model import Model
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.findings import Cheapest
from blamegame.reforms.ladder import RUNGS, Ladder
from blamegame.reforms.ladder import ladder as count
from blamegame.reforms.plan import ReformPlan
from blamegame.reforms.reform import Reform
from blamegame.regions.radius import Radius, radius
from blamegame.regions.setting import table_of


@dataclass(frozen=True, eq=False)
class Rung:
    """One rung: the plan of its goal, and the radius of its cheapest and of its cheapest robust bundle.

    A radius is None where there is no such bundle, or where nothing can be proved over a region of this model.
    """

    name: str
    plan: ReformPlan
    radius: Radius | None
    robust_radius: Radius | None

    def to_dict(self) -> dict[str, Any]:
        """JSON values: counts, bundles, and radii as [proved, refuted], relative; None for what is not known."""
        plan = self.plan
        if not plan.complete:
            return {"goal": plan.goal.words(plan.model), "successes": len(plan.successes), "complete": False}
        return {
            "goal": plan.goal.words(plan.model),
            "successes": len(plan.successes),
            "minimal": len(plan.minimal),
            "cheapest": _bundle(plan.cheapest),
            "robust_minimal": [list(names) for names in plan.robust_minimal],
            "cheapest_robust": _bundle(plan.cheapest_robust),
            "radius": bracket(self.radius),
            "cheapest_robust_radius": bracket(self.robust_radius),
            "complete": True,
        }


@dataclass(frozen=True, eq=False)
class RadiusLadder:
    """The rungs that a model has, the lowest first, and the names of those it has not.

    ``note`` says why there are no radii where there are none.
    """

    rungs: Mapping[str, Rung]
    counts: Ladder
    note: str

    @property
    def missing(self) -> tuple[str, ...]:
        return self.counts.missing

    def __getitem__(self, name: str) -> Rung:
        return self.rungs[name]

    def __str__(self) -> str:
        lines = [str(self.counts)]
        for rung in self.rungs.values():
            lines += [str(found) for found in (rung.radius, rung.robust_radius) if found is not None]
        return "\n".join([*lines, *([self.note] if self.note else [])])

    def to_dict(self) -> dict[str, Any]:
        """JSON values by rung; None for a rung that has no meaning for the model."""
        return {name: self.rungs[name].to_dict() if name in self.rungs else None for name in RUNGS}

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "rungs": dict(self.rungs)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, rungs=MappingProxyType(state["rungs"]))


def ladder(
    model: Model,
    menu: Iterable[Reform] = CATALOGUE,
    *,
    concept: Concept | None = None,
    only: Collection[str] | None = None,
    except_: Collection[str] = (),
    time_limit: float | Deadline | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> RadiusLadder:
    """The rungs that a model has: how many bundles reach each, the cheapest, and how wrong the numbers may be.

    Parameters
    ----------
    menu : at most 16 reforms
    concept : which equilibria; default the model's own. Radii are about Nash equilibria.
    only, except_ : the parameters that are uncertain, or are not; default all
    time_limit : seconds for all of it
    progress : called as ``progress(done, total)`` while bundles are counted

    Examples
    --------
    >>> from blamegame import Delegation
    >>> found = ladder(Delegation())
    >>> [(len(rung.plan.successes), float(rung.radius.proved)) for rung in found.rungs.values()]
    [(3410, 0.0975), (3102, 0.0975), (1419, 0.01132), (1111, 0.01132)]
    """
    deadline = Deadline.of(time_limit)
    counts = count(model, menu, concept=concept, time_limit=deadline, progress=progress)
    return with_radii(counts, only=only, except_=except_, time_limit=deadline)


def with_radii(
    counts: Ladder,
    *,
    only: Collection[str] | None = None,
    except_: Collection[str] = (),
    time_limit: float | Deadline | None = None,
) -> RadiusLadder:
    """A ladder that is counted, with the radii of its cheapest and cheapest robust bundles."""
    deadline = Deadline.of(time_limit)
    rungs: dict[str, Rung] = {}
    note = _no_table(next(iter(counts.plans.values())).model)
    for name, plan in counts.plans.items():
        radii: list[Radius | None] = [None, None]
        if plan.complete and isinstance(plan.concept, Nash) and not note:
            try:
                radii = [
                    _radius(plan, found, only, except_, deadline) for found in (plan.cheapest, plan.cheapest_robust)
                ]
            except UnsupportedGame as error:
                note = f"no radii: {error}"
        elif not isinstance(plan.concept, Nash) and not note:
            note = f"no radii: they are about Nash equilibria, not {plan.concept}"
        rungs[name] = Rung(name, plan, *radii)
    return RadiusLadder(MappingProxyType(rungs), counts, note)


def _no_table(model: Model) -> str:
    """Why no region of this kind of model can be proved anything about; "" where it can."""
    try:
        table_of(model)
    except UnsupportedGame as error:
        return f"no radii: {error}"
    return ""


def bracket(found: Radius | None) -> list[float | None] | None:
    """A radius as JSON values: the largest relative error proved and the smallest refuted."""
    if found is None:
        return None
    return [None if end is None else float(end) for end in (found.proved, found.refuted)]


def _radius(
    plan: ReformPlan, found: Cheapest | None, only: Collection[str] | None, except_: Collection[str], deadline: Deadline
) -> Radius | None:
    if found is None or deadline.over:
        return None
    left = None if deadline.left == float("inf") else deadline.left
    return radius(
        plan.bundles.model, found.bundle, plan.goal, menu=plan.menu, only=only, except_=except_, time_limit=left
    )


def _bundle(found: Cheapest | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"reforms": list(found.bundle), "cost": float(found.cost), "ties": [list(names) for names in found.ties]}
