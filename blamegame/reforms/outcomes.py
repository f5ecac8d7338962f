"""What the equilibria of each bundle allow: one question, and two roads to the answer.

The search asks for a run of bundles, and gets the smallest and largest probability of each event and the measure. The
*batch* road solves a run of two-player games at once, in floating point where that is safe and exactly near a tie; the
*single* road takes any model and concept that :func:`blamegame.avoidance_range` takes, one exact model at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from blamegame.avoidance import avoidance_range
from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Nash, SubgamePerfect
from blamegame.errors import ModelError
from blamegame.games.event import event_of
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.batch import batch_of
from blamegame.models.model import Model
from blamegame.models.threshold import Threshold
from blamegame.reforms.bundles import Bundles

Measure: TypeAlias = Callable[[Model], Any]
"""A number for one model, such as the surplus of its worst equilibrium; gets each reformed model in turn."""

WORST_SUCCESS = "success probability in the worst equilibrium"
WORST_FREEDOM = "probability of no avoidance in the worst equilibrium"


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Of a run of n bundles and E events; NaN where the concept allows no equilibrium.

    Attributes
    ----------
    lowest, highest : arrays, shape [E, n]
    measure : array, shape [n]
    exactly : how many of the n were decided in rational arithmetic
    complete : boolean array, shape [n], whether every equilibrium was taken into account
    """

    lowest: Array
    highest: Array
    measure: Array
    exactly: int
    complete: Array


@dataclass(frozen=True)
class Road:
    """A way to get the outcomes of bundles ``start`` to ``stop - 1``, ``step`` at a time, and what it measures."""

    name: str
    step: int
    measures: str
    outcomes: Callable[[int, int], Outcomes]


def road(bundles: Bundles, concept: Concept, events: Sequence[Any], measure: Measure | None) -> Road:
    """The quickest road that answers exactly for this model and concept; ``events[0]`` is mutual avoidance."""
    named = getattr(measure, "__name__", "measure given") if measure else None
    freedom = WORST_FREEDOM.replace("avoidance", bundles.model.avoidance_word())
    if measure is None and isinstance(events[0], Threshold):
        name = events[0].measure
        named, measure = bundles.model.measures[name], lambda model: model.measure(name)
    private = hasattr(bundles.model, "bayesian_game") and not isinstance(concept, Nash)
    if isinstance(concept, Nash | Correlated | CoarseCorrelated) and not private and _has_batch_solver(bundles):
        step = 4096 if measure is None else 1  # a measure may take long: look at the clock after each model
        if isinstance(concept, Nash):
            default = freedom if getattr(bundles.model, "success", None) is None else WORST_SUCCESS
            return Road("batch", step, named or default, _nash(bundles, events, measure))
        found = _correlated(bundles, isinstance(concept, CoarseCorrelated), events, measure)
        return Road("batch", min(step, 512), named or freedom, found)
    other_form = any(hasattr(bundles.model, form) for form in ("avoiding_ends", "bayesian_game", "stochastic_game"))
    if isinstance(concept, SubgamePerfect) and not other_form and _has_batch_solver(bundles):
        step = 64 if measure is None else 1  # about a second
        return Road("batch", step, named or freedom, _subgame_perfect(bundles, concept, events, measure))
    return Road("single", 1, named or freedom, _single(bundles, concept, events, measure))


def _nash(bundles: Bundles, events: Sequence[Any], measure: Measure | None) -> Callable[[int, int], Outcomes]:
    from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities, expectation_range

    cells = [event_of(_game(bundles.model), event) for event in events]
    by_type = own_event(bundles.model, events[0]) is None
    chances = _plan_chances(bundles.model) if by_type else None

    def outcomes(start: int, stop: int) -> Outcomes:
        model = bundles.batch(start, stop)

        def exact(index: int) -> Array:
            return _game(bundles.exact(start + index)).payoffs

        solved = equilibria_batch(batch_of(model, exact))
        ends = [tuple(event_probabilities(solved, event)) for event in cells]
        if by_type:
            # what can happen under a plan happens with the probability of the types that do it
            least, most = expectation_range(solved, chances)
            ends[0] = np.where(ends[0][0] > 0, least, 0.0), np.where(ends[0][1] > 0, most, 0.0)
        success = getattr(model, "success", None)
        if measure is not None:
            values = _measured(bundles, start, stop, measure)
        elif success is not None:
            values = expectation_range(solved, np.broadcast_to(success(), (stop - start, *cells[0].shape)))[0]
        else:
            values = 1 - ends[0][1]
        lowest, highest = (np.array([end[side] for end in ends]) for side in (0, 1))
        return Outcomes(lowest, highest, values, int(np.sum(solved.decided_exactly)), np.ones(stop - start, dtype=bool))

    return outcomes


def _correlated(
    bundles: Bundles, coarse: bool, events: Sequence[Any], measure: Measure | None
) -> Callable[[int, int], Outcomes]:
    from blamegame.solvers.strategic.batch import equilibria_batch
    from blamegame.solvers.strategic.correlated_batch import event_bounds_batch

    cells = [event_of(_game(bundles.model), event) for event in events]

    def outcomes(start: int, stop: int) -> Outcomes:
        def exact(index: int) -> Array:
            return _game(bundles.exact(start + index)).payoffs

        batch = batch_of(bundles.batch(start, stop), exact)
        equilibria = equilibria_batch(batch)
        ends = [event_bounds_batch(batch, event, coarse=coarse, equilibria=equilibria) for event in cells]
        lowest, highest = (np.array([getattr(end, side) for end in ends]) for side in ("low", "high"))
        values = _measured(bundles, start, stop, measure) if measure else 1 - highest[0]
        exactly = int(np.any([end.exactly for end in ends], axis=0).sum())
        return Outcomes(lowest, highest, values, exactly, np.ones(stop - start, dtype=bool))

    return outcomes


def _subgame_perfect(
    bundles: Bundles, concept: SubgamePerfect, events: Sequence[Any], measure: Measure | None
) -> Callable[[int, int], Outcomes]:
    from blamegame.solvers.repeated.corridor_batch import corridor_batch

    cells = [event_of(_game(bundles.model), event) for event in events]

    def outcomes(start: int, stop: int) -> Outcomes:
        def exact(index: int) -> Array:
            return _game(bundles.exact(start + index)).payoffs

        model = bundles.batch(start, stop)
        found = corridor_batch(batch_of(model, exact), cells, concept.discount)
        values = _measured(bundles, start, stop, measure) if measure else 1 - found.worst[0]
        return Outcomes(found.best, found.worst, values, int(found.exactly.sum()), found.decided)

    return outcomes


def _single(
    bundles: Bundles, concept: Concept, events: Sequence[Any], measure: Measure | None
) -> Callable[[int, int], Outcomes]:
    asked = [own_event(bundles.model, event) for event in events]

    def outcomes(start: int, stop: int) -> Outcomes:
        found = [[avoidance_range(bundles.exact(b), concept, event=one) for b in range(start, stop)] for one in asked]
        lowest = np.array([[float(one.best) for one in run] for run in found])
        highest = np.array([[float(one.worst) for one in run] for run in found])
        values = _measured(bundles, start, stop, measure) if measure else 1 - highest[0]
        complete = np.all([[one.complete for one in run] for run in found], axis=0)
        rounded = isinstance(events[0], Threshold) and not _is_exact(bundles, events[0].measure)
        return Outcomes(lowest, highest, values, 0 if rounded else stop - start, np.asarray(complete))

    return outcomes


def _is_exact(bundles: Bundles, measure: str) -> bool:
    """Whether a measure of exact models is a rational number."""
    return isinstance(bundles.exact(0).measure(measure), int | Fraction)


def own_event(model: Model, event: Any) -> Any:
    """``event``, or None where it is the model's own and private types decide how probable it is."""
    own: Any = getattr(model, "avoidance", None)
    return None if hasattr(model, "bayesian_game") and np.array_equal(event, own) else event


def _plan_chances(model: Any) -> Array:
    from blamegame.games.beliefs import plan_chances

    return plan_chances(model.exact().bayesian_game(), model.avoiding_actions).astype(np.float64)


def _measured(bundles: Bundles, start: int, stop: int, measure: Measure) -> Array:
    return np.array([float(measure(bundles.exact(bundle))) for bundle in range(start, stop)])


def _has_batch_solver(bundles: Bundles) -> bool:
    """Whether the model plays a small two-player game and can hold a batch: whole-number parameters cannot."""
    from blamegame.solvers.strategic.batch import MOST_ACTIONS, MOST_OF_THE_SMALLER

    if getattr(bundles.model, "stage_game", None) is None:
        return False
    shape = _game(bundles.model).n_actions
    if len(shape) != 2 or min(shape) > MOST_OF_THE_SMALLER or max(shape) > MOST_ACTIONS:
        return False
    try:
        return _game(bundles.batch(0, 1)).batch_shape == (1,)
    except ModelError:
        return False


def _game(model: Model) -> StrategicGame:
    game: StrategicGame = model.stage_game()  # type: ignore[attr-defined]  # asked for only where the model has one
    return game
