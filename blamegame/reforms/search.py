"""Which bundles of reforms reach a goal: every bundle is tried, because success is not inherited by larger bundles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.avoidance import TRAP, avoidance_range, status_of
from blamegame.concepts import Concept, Nash
from blamegame.errors import ReformError
from blamegame.games.strategic import Array, Profile
from blamegame.models.delegation import Delegation
from blamegame.models.model import Model
from blamegame.reforms.bundles import Bundles, every_bundle
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, own_avoidance, removes
from blamegame.reforms.outcomes import Measure, own_event, road
from blamegame.reforms.plan import Base, ReformPlan
from blamegame.reforms.reform import Reform


def search(
    model: Model,
    menu: Iterable[Reform] = CATALOGUE,
    goal: Goal | None = None,
    *,
    concept: Concept | None = None,
    measure: Measure | None = None,
    time_limit: float | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ReformPlan:
    """Judge every bundle of ``menu`` on ``model`` by ``goal``.

    Parameters
    ----------
    model : one model whose parameters are numbers
        Floats are taken as the rationals they store.
    menu : at most 16 reforms, each name once; default the catalogue of the delegation model
    goal : default :func:`~blamegame.reforms.goal.removes`: mutual avoidance in no equilibrium
    concept : which equilibria; default every Nash equilibrium, mixed ones included
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
    began = monotonic()
    goal = removes() if goal is None else goal
    concept = Nash() if concept is None else concept
    bundles = every_bundle(model, menu)
    decisive = goal.event(bundles.model)
    avoided = own_avoidance(bundles.model) if goal.outside else decisive
    if goal.cells is None and isinstance(avoided, np.ndarray):
        _check_one_event(bundles, avoided)
    same = avoided is decisive
    way = road(bundles, concept, [avoided] if same else [avoided, decisive], measure)
    base = _base(bundles, concept, avoided)

    total = len(bundles)
    ends = np.full((2, 1 if same else 2, total), np.nan)
    values = np.full(total, np.nan)
    every_equilibrium = np.zeros(total, dtype=bool)
    done, exactly, why = 0, 0, ""
    try:
        while done < total:
            if time_limit is not None and monotonic() - began > time_limit:
                why = f"the time limit of {time_limit:g} s was reached; allow more time or search a smaller menu"
                break
            stop = min(done + way.step, total)
            found = way.outcomes(done, stop)
            ends[0, :, done:stop], ends[1, :, done:stop] = found.lowest, found.highest
            values[done:stop] = found.measure
            exactly += found.exactly
            every_equilibrium[done:stop] = found.complete
            done = stop
            if progress is not None:
                progress(done, total)
    except KeyboardInterrupt:
        why = "it was interrupted"

    (lowest, highest), (low, high) = ends[:, 0], ends[:, -1]
    proved = every_equilibrium | (not goal.everywhere)  # one equilibrium can show "some", only all can show "every"
    status = status_of(lowest, highest)
    status[~every_equilibrium & (status != TRAP)] = "undecided"  # one equilibrium of each kind does show a trap
    status[done:] = ""
    success = np.asarray(goal.decide(low, high) & proved, dtype=bool)
    for array in (success, lowest, highest, values, status):
        array.setflags(write=False)
    return ReformPlan(
        model=model,
        menu=bundles.menu,
        goal=goal,
        concept=concept,
        base=base,
        success=success,
        lowest=lowest,
        highest=highest,
        status=status,
        values=values,
        measure=way.measures,
        examined=done,
        complete=bool(every_equilibrium.all()),
        note=_note(done, total, exactly, why, int(np.sum(~every_equilibrium[:done])), way.name),
        bundles=bundles,
        stats=MappingProxyType({"seconds": monotonic() - began, "decided_exactly": exactly, "road": way.name}),
    )


def _check_one_event(bundles: Bundles, event: Array) -> None:
    """Refuse a menu under which other cells count as avoidance than before: their probabilities cannot be compared."""
    model = bundles.model
    fixed = getattr(type(model), "avoidance", None) is Delegation.avoidance
    if fixed or not hasattr(model, "stage_game"):
        return
    for bundle in range(1, len(bundles)):
        if not np.array_equal(own_avoidance(bundles.exact(bundle)), event):
            names = " + ".join(bundles.names(bundle))
            raise ReformError(
                f"what counts as avoidance of {type(model).__name__} changes with {names}; name the event in the goal, "
                "as in removes([(action, action), ...]), or start from parameters at which every case can occur"
            )


def _base(bundles: Bundles, concept: Concept, event: Any) -> Base:
    model = bundles.model
    found = avoidance_range(model, concept, event=own_event(model, event))
    equilibria: tuple[Profile, ...] = ()
    stage_game = getattr(model, "stage_game", None)
    if isinstance(concept, Nash) and stage_game is not None and stage_game().n_players == 2:
        from blamegame.solvers.strategic.nash import nash

        equilibria = nash(stage_game()).equilibria
    return Base(found.best, found.worst, found.status, equilibria)


def _note(done: int, total: int, exactly: int, why: str, partial: int, road: str) -> str:
    if why:
        return f"stopped after {done:,} of {total:,} bundles because {why}"
    if partial:
        return f"all {total:,} bundles examined, but for {partial:,} the solver could not find every equilibrium"
    if exactly == total:
        return f"all {total:,} bundles examined, each in rational arithmetic"
    if road == "single" and not exactly:
        return f"all {total:,} bundles examined, each in floating point: the measure is no rational number"
    near = (
        f"{exactly:,} of them were near a tie and decided" if exactly else "none was near a tie, which would be decided"
    )
    return f"all {total:,} bundles examined; {near} in rational arithmetic"
