"""The proof that no sequence of reforms is cheaper, checked without searching."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np

from blamegame.models.model import Model
from blamegame.reforms.goal import Goal
from blamegame.reforms.paths import Reformed
from blamegame.reforms.reform import Reform
from blamegame.reforms.sequence import ReformSequence, State, end_cost, steps


def is_cheapest(
    found: ReformSequence,
    model: Model,
    menu: Iterable[Reform],
    goal: Goal | None = None,
    *,
    keep: int | None = None,
    longest: int | None = None,
    first: int | str = 0,
) -> bool:
    """Check, without searching, that ``found`` reaches the goal at its cost and that no sequence costs less.

    1. Its periods are replayed and their prices added up.
    2. The labels prove the bound: the status quo has label 0; from a label below the bound each step leads to a label
       that is no higher than the price of getting there, or to a price of the bound or more; and wherever the goal is
       reached the price is the bound or more. So, step by step, no sequence undercuts its labels.
    """
    world = Reformed(model, menu, goal, first)
    costs, denominator = world.bundles.costs()
    limit = inf if found.bound is None else found.bound * found.denominator
    if denominator != found.denominator or found.labels.get((0, (found.start,), 0)) != 0:
        return False
    cells = set(np.ndindex(world.game.n_actions))
    for state, label in found.labels.items():
        if not 0 <= state[0] < len(world.bundles) or not cells.issuperset(state[1]):
            return False
        if label >= limit:
            continue
        end = end_cost(world, state, costs, keep)
        if end is not None and label + end < limit:
            return False
        for there in steps(world, state, longest):
            price = label + int(costs[there[0]])
            if price < limit and not found.labels.get(there, inf) <= price:
                return False
    return found.cost is None or (found.cost == found.bound and _replayed(found, world, costs, keep, longest))


def _replayed(found: ReformSequence, world: Reformed, costs: Any, keep: int | None, longest: int | None) -> bool:
    """Whether the periods of ``found`` are steps, lead to what it says is played, and cost what it says."""
    numbers = {names: bundle for bundle in range(len(world.bundles)) if (names := world.bundles.names(bundle))}
    state: State = (0, (found.start,), 0)
    cost = 0
    for names, plays in zip(found.bundles, found.plays, strict=True):
        bundle = numbers.get(names, 0 if not names else -1)
        onward = [there for there in steps(world, state, longest) if there[0] == bundle]
        if len(onward) != 1 or onward[0][1] != plays:
            return False
        state = onward[0]
        cost += int(costs[bundle])
    end = end_cost(world, state, costs, keep)
    return end is not None and found.cost == Fraction(cost + end, found.denominator)
