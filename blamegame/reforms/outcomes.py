"""What the equilibria of each bundle allow: one question, asked of a run of bundles at once or one by one.

Tables of two players are answered as a *batch*, in floating point where that is safe and exactly near a tie; everything
else is answered one exact model at a time, by whoever answers for its form of game.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from blamegame.answers import batches
from blamegame.answers.table import answer
from blamegame.concepts import Concept
from blamegame.deadline import Deadline
from blamegame.errors import IncompleteSolution, ModelError
from blamegame.games.event_range import Bound, Range, stacked
from blamegame.games.strategic import Array
from blamegame.models.forms import Measured, Table
from blamegame.models.model import Model
from blamegame.reforms.bundles import Bundles

Measure: TypeAlias = Callable[[Model], Any]
"""A number for one model, such as the surplus of its worst equilibrium; gets each reformed model in turn."""

WORST_SUCCESS = "success probability in the worst equilibrium"
WORST_FREEDOM = "probability of no avoidance in the worst equilibrium"
_AT_ONCE = 4096
_RUN = 256


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Of a run of n bundles: the range of each event as arrays of shape [n], the measure, and how many were exact."""

    ranges: tuple[Range, ...]
    measure: Array
    exactly: int


@dataclass(frozen=True)
class Road:
    """A way to get the outcomes of bundles ``start`` to ``stop - 1``, ``step`` at a time, and what it measures."""

    name: str
    step: int
    measures: str
    outcomes: Callable[[int, int, Deadline], Outcomes]


def road(bundles: Bundles, concept: Concept, events: Sequence[Any], measure: Measure | None) -> Road:
    """The quickest road that answers exactly for this model and concept.

    ``events`` are as ``model.question`` takes them, None for the model's own avoidance; the first decides the measure.
    """
    model = bundles.model
    named = getattr(measure, "__name__", "measure given") if measure else None
    freedom = WORST_FREEDOM.replace("avoidance", model.avoidance_word())
    if measure is None and isinstance(model, Measured):
        name = model.event(events[0]).measure
        named, measure = model.measures[name], lambda reformed: reformed.measure(name)
    if not _has_batch(bundles, concept):
        return Road("single", 1, named or freedom, _single(bundles, concept, events, measure))
    listed = batches.lists_equilibria(model.question(concept).game, concept)
    counts_success = listed and isinstance(model, Table) and model.success() is not None
    step = 1 if measure else _AT_ONCE if listed else _RUN  # a measure may take long: look at the clock after each
    default = WORST_SUCCESS if counts_success else freedom
    return Road("batch", step, named or default, _batch(bundles, concept, events, measure, counts_success))


def _has_batch(bundles: Bundles, concept: Concept) -> bool:
    if not batches.has_batch(bundles.model.question(concept).game, concept):
        return False
    try:
        return bundles.batch(0, 1).batch(bundles.exact) is not None
    except ModelError:  # whole-number parameters hold no batch
        return False


def _batch(
    bundles: Bundles, concept: Concept, events: Sequence[Any], measure: Measure | None, counts_success: bool
) -> Callable[[int, int, Deadline], Outcomes]:
    form = type(bundles.model.question(concept).game)
    fixed = [bundles.model.question(concept, event).event for event in events]
    moves = bundles.model.event_moves_with(bundles.position)

    def outcomes(start: int, stop: int, deadline: Deadline) -> Outcomes:
        models: Any = bundles.batch(start, stop)
        batch = models.batch(lambda index: bundles.exact(start + index))
        assert batch is not None
        asked = [
            _own_events(bundles, start, stop) if moves and event is None else cells
            for event, cells in zip(events, fixed)
        ]
        found = batches.answers(form, batch, asked, concept, deadline, verdicts_only=True)
        if measure is not None:
            values = _measured(bundles, start, stop, measure)
        else:
            values = _worst_success(models, found) if counts_success else _freedom(found.ranges[0])
        return Outcomes(tuple(found.ranges), values, found.exactly)

    return outcomes


def _own_events(bundles: Bundles, start: int, stop: int) -> Array:
    """What counts as avoidance after each bundle, each distinct model asked once; shape [n, *actions]."""
    decisive = [at[start:stop] for name, at in bundles.position.items() if bundles.model.event_moves_with([name])]
    _, first, which = np.unique(np.stack(decisive), axis=1, return_index=True, return_inverse=True)
    own: Array = np.array([bundles.exact(start + b).event() for b in first.tolist()])[which.reshape(-1)]
    return own


def _single(
    bundles: Bundles, concept: Concept, events: Sequence[Any], measure: Measure | None
) -> Callable[[int, int, Deadline], Outcomes]:
    def outcomes(start: int, stop: int, deadline: Deadline) -> Outcomes:
        models = [bundles.exact(bundle) for bundle in range(start, stop)]
        found = tuple(
            stacked([_answered(model, concept, event, deadline) for model in models], (len(models),))
            for event in events
        )
        values = _measured(bundles, start, stop, measure) if measure else _freedom(found[0])
        rounded = isinstance(bundles.model, Measured) and not _is_exact(bundles.model, events[0])
        return Outcomes(found, values, 0 if rounded else stop - start)

    return outcomes


def _worst_success(models: Any, found: batches.Answers) -> Array:
    """Smallest probability of success over the Nash equilibria of each model, shape [n]."""
    from blamegame.solvers.strategic.batch import expectation_range

    success = models.success()
    tables = np.broadcast_to(success, (*models.batch_shape, *success.shape[-2:]))
    return expectation_range(found.equilibria, tables)[0]


def _freedom(found: Range) -> Array:
    """Probability of no avoidance in the worst equilibrium, shape [n]; NaN where that is known within bounds only."""
    return np.where(np.equal(found.high.lower, found.high.upper), 1 - found.high.upper, np.nan)


def _answered(model: Model, concept: Concept, event: Any, deadline: Deadline) -> Range:
    """The range of one bundle; where a solver gives up, this bundle is undecided and the others are not."""
    try:
        return answer(model.question(concept, event), deadline)
    except IncompleteSolution as error:
        return Range(Bound(0, 1), Bound(0, 1), False, str(error))


def _is_exact(model: Measured, event: Any) -> bool:
    """Whether the measure of exact models is a rational number."""
    return isinstance(model.measure(model.event(event).measure), int | Fraction)


def _measured(bundles: Bundles, start: int, stop: int, measure: Measure) -> Array:
    return np.array([float(measure(bundles.exact(bundle))) for bundle in range(start, stop)])
