"""Search over a region: which bundles reach the goal at every point, and what more distance costs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from fractions import Fraction
from time import monotonic
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.reforms.bundles import every_bundle
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.reform import Reform
from blamegame.regions.plan import RegionPlan
from blamegame.regions.radius import STEP, Radius, radius
from blamegame.regions.region import Region
from blamegame.regions.sweep import OPEN, PROVED, Sweeper


def search_region(
    region: Region,
    menu: Iterable[Reform] = CATALOGUE,
    goal: Goal | None = None,
    *,
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> RegionPlan:
    """Judge every bundle of ``menu`` over ``region``: proved for every county of it, refuted by one, or undecided.

    Parameters
    ----------
    region : the counties
    menu : at most 16 reforms; default the catalogue
    goal : about every Nash equilibrium; default :func:`~blamegame.reforms.goal.removes`
    time_limit : seconds, optional; what was not looked at stays undecided, and ``complete`` is False
    progress : called as ``progress(decided, total)``, optional

    Raises
    ------
    UnsupportedGame
        Where payoffs are no polynomials of degree one over the region, or the game has not two players.

    Notes
    -----
    Nothing is pruned. A vector of weights that proves one bundle is tried on all others, and so is a county that
    refutes one: a few dozen of each decide thousands of bundles. A refutation is decided exactly at its county; a
    proof is made in floating point with a bound on the rounding, and again in rational arithmetic for every bundle
    that the plan names (minimal, cheapest, robust).

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.reforms.reform import choose
    >>> region = Region.around(Delegation(), Fraction(1, 10))
    >>> plan = search_region(region, choose(CATALOGUE, ["list", "answer", "harsher"]))
    >>> plan.minimal, plan.counts
    ((('list', 'answer'), ('list', 'harsher')), (3, 5, 0))
    """
    began = monotonic()
    goal = removes() if goal is None else goal
    sweeper = Sweeper(region, menu, goal)
    stop = None if time_limit is None else began + time_limit
    sweep = sweeper.sweep(region, stop=stop, progress=progress)
    plan = RegionPlan(
        region=region,
        menu=sweeper.menu,
        goal=goal,
        verdict=sweep.verdict,
        sweep=sweep,
        bundles=every_bundle(region.low, sweeper.menu),
        rechecked=frozenset(),
        complete=sweep.complete,
        note="",
        stats={},
    )
    plan = _rechecked(plan)
    plan.verdict.setflags(write=False)
    stats = {"seconds": monotonic() - began, "counties": len(sweep.counties)}
    return replace(plan, note=_note(plan, time_limit), stats=MappingProxyType(stats))


def frontier(
    model: Model,
    menu: Iterable[Reform] = CATALOGUE,
    goal: Goal | None = None,
    *,
    only: Collection[str] | None = None,
    except_: Collection[str] = (),
    most: Any = 1,
) -> tuple[tuple[Fraction, Radius], ...]:
    """What more distance costs: the bundles with a larger proved radius than every cheaper one, as (cost, radius).

    Of equally good bundles of one cost the first in the order of bundle numbers is given.

    Notes
    -----
    Costs are taken in ascending order. At each, all bundles of that cost are asked at the best radius so far plus one
    step; where any is proved there, the largest radius at which one of them is proved is found by bisection.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.reforms.reform import choose
    >>> line = frontier(Delegation(), choose(CATALOGUE, ["list", "answer", "harsher"]))
    >>> [(str(cost), "+".join(found.bundle), float(found.proved)) for cost, found in line]
    [('2', 'list', 0.0975), ('3', 'list+harsher', 0.1511), ('4', 'list+answer', 0.21552)]
    """
    goal = removes() if goal is None else goal
    exact, top = model.exact(), int(Fraction(most) / STEP)
    if top < 1:
        raise ModelError(f"most={most} is no distance; look up to some radius above 0")

    def around(steps: int) -> Region:
        return Region.around(exact, steps * STEP, only=only, except_=except_)

    sweeper = Sweeper(around(top), menu, goal)
    costs, denominator = every_bundle(exact, sweeper.menu).costs()
    counties: list[Model] = []
    line = []
    best = -1

    def proved(steps: int, among: Array) -> Array:
        found = sweeper.sweep(around(steps), among, counties=counties[-60:], pieces=1)
        counties.extend(county for county in found.counties if county not in counties)
        return np.asarray(among[found.verdict[among] == PROVED])

    for cost in sorted(set(costs.tolist())):
        if best >= top:
            break
        among = proved(best + 1, np.flatnonzero(costs == cost))
        if not len(among):
            continue
        low, high = best + 1, top + 1
        while high - low > 1:
            middle = (low + high) // 2
            kept = proved(middle, among)
            if len(kept):
                low, among = middle, kept
            else:
                high = middle
        names = sweeper.bundle(int(among[0]))
        best = low
        found = radius(exact, names, goal, menu=sweeper.menu, only=only, except_=except_, most=most)
        line.append((Fraction(cost, denominator), found))
    return tuple(line)


def _rechecked(plan: RegionPlan) -> RegionPlan:
    """The plan with the proof of every bundle that it names repeated exactly; what fails is left open."""
    done: set[int] = set()
    while True:
        named = {*plan.minimal, *plan.robust_minimal}
        for cheapest in (plan.cheapest, plan.cheapest_robust):
            named |= set(cheapest.ties) if cheapest is not None else set()
        numbers = {plan.number(names) for names in named} - done
        wrong = [
            b for b in sorted(numbers) if plan.sweep.exact(plan.region, plan.sweep.reforms(plan.menu, b), b) is None
        ]
        done |= numbers
        if not wrong:
            return replace(plan, rechecked=frozenset(done))
        verdict = plan.verdict.copy()
        verdict[wrong] = OPEN
        plan = replace(plan, verdict=verdict, rechecked=frozenset(done - set(wrong)))


def _note(plan: RegionPlan, time_limit: float | None) -> str:
    if not plan.complete:
        return (
            f"the time limit of {time_limit:g} s was reached: {plan.counts[2]:,} bundles are undecided; allow more time"
        )
    named = f"the {len(plan.rechecked):,} named here are proved in rational arithmetic, " if plan.rechecked else ""
    return (
        f"all {len(plan.verdict):,} bundles examined; {named}refutations hold exactly at their counties, the other "
        "proofs are in floating point with bounded rounding"
    )
