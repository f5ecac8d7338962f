"""Which bundles of reforms reach a goal: every bundle is tried, because success is not inherited by larger bundles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.answers.avoidance import avoidance_of_model
from blamegame.concepts import Concept, Nash
from blamegame.deadline import Deadline
from blamegame.games.event_range import Bound, Range
from blamegame.games.strategic import Profile, StrategicGame
from blamegame.models.model import Model
from blamegame.reforms.bundles import Bundles, every_bundle
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.findings import Base
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.outcomes import Measure, Outcomes, road
from blamegame.reforms.plan import ReformPlan
from blamegame.reforms.reform import Reform


def search(
    model: Model,
    menu: Iterable[Reform] = CATALOGUE,
    goal: Goal | None = None,
    *,
    concept: Concept | None = None,
    measure: Measure | None = None,
    time_limit: float | Deadline | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ReformPlan:
    """Judge every bundle of ``menu`` on ``model`` by ``goal``.

    Parameters
    ----------
    model : one model whose parameters are numbers
        Floats are taken as the rationals they store.
    menu : at most 16 reforms, each name once; default the catalogue of the delegation model
    goal : default :func:`~blamegame.reforms.goal.removes`: mutual avoidance in no equilibrium
    concept : which equilibria; default the model's own, such as every Nash equilibrium, mixed ones included
    measure : function of one model giving a number, optional
        What the Shapley shares divide. Default the success probability in the worst Nash equilibrium; under other
        concepts, and for models without success table, the probability of *no* avoidance in the worst equilibrium.
    time_limit : seconds, optional
    progress : called as ``progress(done, total)``, optional

    Returns
    -------
    ReformPlan
        Where time ran out or Ctrl-C was pressed its ``complete`` is False: the successes found so far stand, and what
        needs every bundle (minimal, cheapest, robust, Shapley shares) is refused.

    Raises
    ------
    ReformError
        For more than 16 reforms, a duplicate name, an edit of an unknown parameter, a batch of models.

    Notes
    -----
    Nothing is pruned: a superset of a success may fail and a superset of a failure may succeed. Each bundle is solved
    in floating point in a batch, and exactly where a comparison of payoffs is near a tie; concepts and models without
    a batch solver are solved exactly, one bundle at a time.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.reforms.reform import choose
    >>> plan = search(Delegation(), choose(CATALOGUE, ["list", "tolerate", "escalation_rule"]))
    >>> plan.minimal, plan.broken_by_more()
    ((('list',),), ('adding escalation_rule to list brings avoidance back',))
    """
    asked = [removes() if goal is None else goal]
    return search_goals(model, menu, asked, concept=concept, measure=measure, time_limit=time_limit, progress=progress)[
        0
    ]


def search_goals(
    model: Model,
    menu: Iterable[Reform],
    goals: Sequence[Goal],
    *,
    concept: Concept | None = None,
    measure: Measure | None = None,
    time_limit: float | Deadline | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[ReformPlan, ...]:
    """Judge every bundle by several goals in one pass: a plan for each, whose values are those of the first.

    See :func:`search` for the settings.
    """
    began = monotonic()
    deadline = Deadline.of(time_limit)
    concept = model.default_concept() if concept is None else concept
    bundles = every_bundle(model, menu)
    events: list[Any] = []
    places = [_places(goal, bundles.model, events) for goal in goals]
    way = road(bundles, concept, events, measure)
    bases = [_base(bundles, concept, events[shown], deadline) for shown, _ in places]

    total, parts = len(bundles), list[Outcomes]()
    done = 0
    with deadline:
        while done < total:
            deadline.check()
            stop = min(done + way.step, total)
            found = way.outcomes(done, stop, deadline)
            deadline.check()  # an inner solver that was cut short has not examined these
            parts.append(found)
            done = stop
            if progress is not None:
                progress(done, total)

    joined = [_joined([part.ranges[k] for part in parts], total, done) for k in range(len(events))]
    values = np.concatenate([*(part.measure for part in parts), np.full(total - done, np.nan)])
    values.setflags(write=False)
    exactly = sum(part.exactly for part in parts)
    plans = []
    for goal, base, (shown, decisive) in zip(goals, bases, places):
        avoidance, judged = joined[shown], joined[decisive]
        status = avoidance.status
        status[done:] = ""
        success = np.asarray(goal.decide(judged) & (np.arange(total) < done), dtype=bool)
        ends = [end for side in (avoidance.low, avoidance.high) for end in (side.lower, side.upper)]
        for array in (success, status, *ends):
            array.setflags(write=False)
        undecided = int(np.sum(goal.leaves_open(judged)[:done]))
        plans.append(
            ReformPlan(
                model=model,
                menu=bundles.menu,
                goal=goal,
                concept=concept,
                base=base,
                success=success,
                range=avoidance,
                status=status,
                values=values,
                measure=way.measures,
                examined=done,
                complete=done == total and not undecided,
                note=_note(done, total, exactly, deadline.reason, undecided, way.name, judged.note),
                bundles=bundles,
                stats=MappingProxyType({"seconds": monotonic() - began, "decided_exactly": exactly, "road": way.name}),
            )
        )
    return tuple(plans)


def _places(goal: Goal, model: Model, events: list[Any]) -> tuple[int, int]:
    """Where in ``events``, which grows, the event whose range is shown stands, and the one that decides."""

    def place(event: Any) -> int:
        if event is None:
            for k, known in enumerate(events):
                if known is None:
                    return k
        events.append(event)
        return len(events) - 1

    decisive = goal.event(model)
    if not goal.outside:
        return (place(decisive),) * 2
    return place(None), place(decisive)


def _joined(ranges: list[Range], total: int, done: int) -> Range:
    """The ranges of consecutive runs as one, and [0, 1] for the bundles that were not examined."""
    rest = total - done

    def ends(side: str, end: str, otherwise: float) -> np.ndarray:
        found = [getattr(getattr(one, side), end) for one in ranges]
        return np.concatenate([*found, np.full(rest, otherwise)]).astype(np.float64)

    def flags(name: str, otherwise: bool) -> np.ndarray:
        found = [np.broadcast_to(getattr(one, name), np.shape(one.low.lower)) for one in ranges]
        return np.concatenate([*found, np.full(rest, otherwise)]).astype(bool)

    low, high = (Bound(ends(side, "lower", 0.0), ends(side, "upper", 1.0)) for side in ("low", "high"))
    return Range(
        low, high, flags("complete", False), next((r.note for r in ranges if r.note), ""), flags("exists", True)
    )


def _base(bundles: Bundles, concept: Concept, event: object, deadline: Deadline) -> Base:
    found = avoidance_of_model(bundles.model, concept, event=event, time_limit=deadline)
    game = bundles.model.question(concept).game
    equilibria: tuple[Profile, ...] = ()
    if isinstance(concept, Nash) and isinstance(game, StrategicGame) and game.n_players == 2:
        from blamegame.solvers.strategic.nash import nash

        equilibria = nash(game).equilibria
    return Base(found, equilibria)


def _note(done: int, total: int, exactly: int, why: str, partial: int, road: str, hint: str) -> str:
    if why:
        way_out = "" if why == "interrupted" else "; allow more time or search a smaller menu"
        return f"stopped after {done:,} of {total:,} bundles: {why}{way_out}"
    if partial:
        why = f": {hint}" if hint else ""
        return f"all {total:,} bundles examined, but {partial:,} could not be decided{why}"
    if exactly == total:
        return f"all {total:,} bundles examined, each in rational arithmetic"
    if road == "single" and not exactly:
        return f"all {total:,} bundles examined, each in floating point: the measure is no rational number"
    near = (
        f"{exactly:,} of them were near a tie and decided" if exactly else "none was near a tie, which would be decided"
    )
    return f"all {total:,} bundles examined; {near} in rational arithmetic"
