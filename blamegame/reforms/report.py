"""A reform plan as text for people and as JSON values for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from blamegame.concepts import Concept, Nash
from blamegame.errors import ReformError
from blamegame.games.strategic import Array
from blamegame.games.table import align, format_number
from blamegame.models.forms import InStages, Private, Table
from blamegame.models.model import Model
from blamegame.reforms.after import After
from blamegame.reforms.bundles import Bundles, Names
from blamegame.reforms.findings import Base, Cheapest
from blamegame.reforms.goal import Goal
from blamegame.reforms.reform import Reform

_SHOWN = 6


class Searched(Protocol):
    """What is told: parts of a :class:`~blamegame.reforms.plan.ReformPlan`."""

    @property
    def model(self) -> Model: ...

    @property
    def menu(self) -> tuple[Reform, ...]: ...

    @property
    def goal(self) -> Goal: ...

    @property
    def concept(self) -> Concept: ...

    @property
    def bundles(self) -> Bundles: ...

    @property
    def base(self) -> Base: ...

    @property
    def status(self) -> Array: ...

    @property
    def values(self) -> Array: ...

    @property
    def measure(self) -> str: ...

    @property
    def examined(self) -> int: ...

    @property
    def complete(self) -> bool: ...

    @property
    def note(self) -> str: ...

    @property
    def bundles_total(self) -> int: ...

    @property
    def decided_exactly(self) -> int: ...

    @property
    def successes(self) -> Array: ...

    @property
    def minimal(self) -> tuple[Names, ...]: ...

    @property
    def robust(self) -> Array: ...

    @property
    def robust_minimal(self) -> tuple[Names, ...]: ...

    @property
    def cheapest(self) -> Cheapest | None: ...

    @property
    def cheapest_robust(self) -> Cheapest | None: ...

    @property
    def closure_violations(self) -> Array: ...

    @property
    def shapley(self) -> Mapping[str, float]: ...

    @property
    def recommended(self) -> tuple[Names, ...]: ...

    def broken_by_more(self) -> tuple[str, ...]: ...

    def after(self, bundle: Names) -> After: ...


def as_text(plan: Searched) -> str:
    """The plan in about fifteen lines."""
    rows = [
        ["goal", f"{plan.goal.words(plan.model)}, under {plan.concept}"],
        ["before any reform", str(plan.base.range)],
        ["successes", f"{len(plan.successes):,} of {plan.examined:,} bundles of {len(plan.menu)} reforms"],
        ["verdicts", _verdicts(plan)],
    ]
    if not plan.complete:
        return "\n".join(align([*rows, ["not complete", plan.note]]))
    cheapest = plan.cheapest
    if cheapest is not None:
        others = f"; as cheap: {listed(cheapest.ties[1:])}" if len(cheapest.ties) > 1 else ""
        rows.append(["cheapest", f"{bundle(cheapest.bundle)} (cost {format_number(cheapest.cost)}){others}"])
    rows.append([f"minimal ({len(plan.minimal)})", listed(plan.minimal)])
    rows.append([f"robust, minimal ({len(plan.robust_minimal)})", listed(plan.robust_minimal)])
    violations = plan.broken_by_more()
    if violations:
        rows.append(["more can be less", f"{len(plan.closure_violations):,} times, e.g. {'; '.join(violations)}"])
    return "\n".join([*align(rows), "", *played_after(plan), *_shares(plan), "", plan.note])


def as_json(plan: Searched) -> dict[str, Any]:
    """The plan as JSON values."""
    done = plan.complete
    return {
        "goal": plan.goal.words(plan.model),
        "concept": str(plan.concept),
        "complete": done,
        "note": plan.note,
        "base": {
            "best": _number(plan.base.range.low.lower),
            "worst": _number(plan.base.range.high.upper),
            "status": plan.base.range.status,
            "equilibria": [_equilibrium(plan, profile) for profile in plan.base.equilibria],
        },
        "reforms": {reform.name: _number(reform.cost) for reform in plan.menu},
        "bundles_total": plan.bundles_total,
        "bundles_examined": plan.examined,
        "decided_exactly": plan.decided_exactly,
        "successes": len(plan.successes),
        "verdicts": dict(tally(plan)),
        "minimal": _lists(plan.minimal) if done else None,
        "cheapest": _cheapest(plan.cheapest) if done else None,
        "cheapest_robust": _cheapest(plan.cheapest_robust) if done else None,
        "robust": len(plan.robust) if done else None,
        "robust_minimal": _lists(plan.robust_minimal) if done else None,
        "after": [plan.after(names).to_dict() for names in plan.recommended] if done and tells_play(plan) else None,
        "closure_violations": len(plan.closure_violations) if done else None,
        "closure_examples": list(plan.broken_by_more()) if done else None,
        "measure": plan.measure,
        "shapley": dict(plan.shapley) if done and not np.isnan(plan.values).any() else None,
    }


def tally(plan: Searched) -> list[tuple[str, int]]:
    """How many of the examined bundles have each verdict."""
    words, counts = np.unique(plan.status[: plan.examined], return_counts=True)
    return list(zip(words.tolist(), counts.tolist()))


def bundle(names: Names) -> str:
    """A bundle as people write it."""
    return " + ".join(names) or "nothing"


def listed(bundles: Sequence[Names]) -> str:
    """A few bundles, and how many more there are."""
    shown = ", ".join(bundle(names) for names in bundles[:_SHOWN])
    more = f" and {len(bundles) - _SHOWN} more" if len(bundles) > _SHOWN else ""
    return (shown or "none") + more


def tells_play(plan: Searched) -> bool:
    """Whether the equilibria after a bundle can be listed."""
    return isinstance(plan.concept, Nash) and isinstance(plan.bundles.model, Table | InStages | Private)


def played_after(plan: Searched) -> list[str]:
    """What is played after each recommended bundle, a sentence each, and an empty line; [] where it cannot be told."""
    if not tells_play(plan) or not plan.recommended:
        return []
    return [*(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in map(str, afters(plan))), ""]


def afters(plan: Searched) -> tuple[After, ...]:
    """What is played after each recommended bundle."""
    return tuple(plan.after(names) for names in plan.recommended)


def _verdicts(plan: Searched) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in tally(plan)) or "none examined"


def _shares(plan: Searched) -> list[str]:
    try:
        shares = sorted(plan.shapley.items(), key=lambda item: (-item[1], item[0]))
    except ReformError as error:
        return [f"No Shapley shares: {error}"]
    total = f"{sum(share for _, share in shares):.4f}"
    rows = [["  all together", total], *([f"  {name}", f"{share:.4f}"] for name, share in shares)]
    return [f"Shapley shares, measured by the {plan.measure}", *align(rows)]


def _cheapest(found: Cheapest | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"reforms": list(found.bundle), "cost": _number(found.cost), "ties": _lists(found.ties)}


def _lists(bundles: Sequence[Names]) -> list[list[str]]:
    return [list(names) for names in bundles]


def _equilibrium(plan: Searched, profile: Any) -> dict[str, dict[str, float]]:
    """Each player's actions with positive probability."""
    game = plan.bundles.model.stage_game()  # type: ignore[attr-defined]  # only strategic games list equilibria
    return {
        player: {action: _number(p) for action, p in zip(labels, strategy.tolist()) if p}
        for player, labels, strategy in zip(game.players, game.actions, profile)
    }


def _number(value: Any) -> Any:
    """A JSON number: whole numbers whole, others as the nearest float; None where there is no value."""
    number = float(value)
    if number != number:
        return None
    return int(number) if number.is_integer() else number
