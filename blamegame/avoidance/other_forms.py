"""Ranges where a table of payoffs is not the whole game: measures, stages, networks, private types."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.avoidance.verdict import AvoidanceRange, proved_status, status_of
from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Logit, Nash, Rationalizable, SubgamePerfect
from blamegame.errors import UnsupportedGame
from blamegame.games.event import event_of, expectation
from blamegame.games.strategic import Array, StrategicGame
from blamegame.games.table import format_number
from blamegame.models.model import Model
from blamegame.models.threshold import Threshold


def by_measure(model: Model, concept: Concept, event: Threshold) -> AvoidanceRange:
    """0 or 1: a model with measures has one equilibrium, and the event is a fact about it."""
    if not isinstance(concept, Nash):
        raise UnsupportedGame(f"{type(model).__name__} is solved for its Nash equilibrium; use Nash(), not {concept}")
    happens = event.happens(model)
    share = happens.astype(np.float64) if isinstance(happens, np.ndarray) else Fraction(int(happens))
    return AvoidanceRange(share, share, status_of(share, share), True, concept)


def in_sequence(model: Any, concept: SubgamePerfect, event: Any) -> AvoidanceRange:
    """Probabilities over pure subgame-perfect equilibria of a game of several stages, played once."""
    from blamegame.solvers.extensive.outcome_range import outcome_range

    if concept.discount != 0:
        raise UnsupportedGame(f"{type(model).__name__} is played once in stages; use SubgamePerfect(0), not {concept}")
    if event is not None and not np.array_equal(event, model.avoidance):
        raise UnsupportedGame(f"{type(model).__name__} in stages knows no event but its own mutual avoidance")
    shape = model.batch_shape
    items = [model.item(index) for index in range(int(np.prod(shape)))] if shape else [model]
    trees = [item.tree(nature=False) for item in items]
    ends = [outcome_range(tree, item.avoiding_ends(tree)) for item, tree in zip(items, trees)]
    words = [proved_status(one.lowest, one.highest, one.complete) for one in ends]
    complete = all(one.complete for one in ends)
    note = "" if complete else "at a tie a player may mix, and mixed play was not searched"
    if not shape:
        return AvoidanceRange(ends[0].lowest, ends[0].highest, words[0], complete, concept, note)
    best, worst = (
        np.array([float(v) for v in side]).reshape(shape) for side in zip(*((e.lowest, e.highest) for e in ends))
    )
    return AvoidanceRange(best, worst, np.array(words).reshape(shape), complete, concept, note)


def on_a_network(model: Any, concept: Concept, event: Any) -> AvoidanceRange:
    """Shares of mandates. Complements or elimination bound Nash, correlated and rationalizable outcomes at once."""
    from blamegame.solvers.network.network_equilibria import network_equilibria
    from blamegame.solvers.network.share_range import share_range

    if not isinstance(concept, Nash | Correlated | Rationalizable):
        raise UnsupportedGame(f"a network of offices is solved under Nash, Correlated or Rationalizable, not {concept}")
    solution = network_equilibria(model.network_game())
    found = share_range(solution, model.avoidance if event is None else event)
    status = proved_status(found.lowest, found.highest, found.complete)
    bounds = format_number(found.surely), format_number(found.possibly)
    note = "" if found.complete else f"proved: between {bounds[0]} and {bounds[1]} in every outcome"
    return AvoidanceRange(found.lowest, found.highest, status, found.complete, concept, note)


def before_types_are_drawn(model: Any, concept: Nash, event: Any) -> AvoidanceRange:
    """Probabilities over Bayes-Nash equilibria; a batch one by one, since types may vanish within it."""
    from blamegame.solvers.bayesian.event_range import bayes_event_range

    items = _items(model)
    cells = items[0].avoiding_actions if event is None else event_of(items[0].stage_game(), event)
    return _of_items(model, [bayes_event_range(item.bayesian_game(), cells) for item in items], concept, True)


def over_plans(model: Any, concept: Concept) -> AvoidanceRange:
    """Probabilities before types are drawn over equilibria of the induced game: linear in plans, a chance per cell."""
    from blamegame.games.beliefs import plan_chances

    ends = []
    for item in _items(model):
        exact = item.exact()
        chances = plan_chances(exact.bayesian_game(), exact.avoiding_actions)
        best, worst = _expected_ends(exact.stage_game(), concept, chances)
        ends.append((best, worst) if item.stage_game().exact else (float(best), float(worst)))
    return _of_items(model, ends, concept, not isinstance(concept, Logit))


def _expected_ends(game: StrategicGame, concept: Concept, chances: Array) -> tuple[Any, Any]:
    """Smallest and largest expectation of a table over the equilibria of one exact game."""
    if isinstance(concept, Correlated | CoarseCorrelated):
        from blamegame.solvers.strategic.correlated import expectation_bounds

        bounds = expectation_bounds(game, chances, coarse=isinstance(concept, CoarseCorrelated))
        return bounds.lowest.value, bounds.highest.value
    if isinstance(concept, Logit):
        from blamegame.solvers.strategic.logit import logit

        profiles = logit(game, most_rationality=float(concept.rationality)).at(float(concept.rationality))
        values = [expectation(profile, chances.astype(np.float64)) for profile in profiles]
        return min(values), max(values)
    from blamegame.solvers.strategic.rationalizable import rationalizable

    surviving = chances[np.ix_(*rationalizable(game))]
    return surviving.min(), surviving.max()


def _items(model: Any) -> list[Any]:
    shape = model.batch_shape
    return [model.item(index) for index in range(int(np.prod(shape)))] if shape else [model]


def _of_items(model: Any, ends: list[tuple[Any, Any]], concept: Concept, complete: bool) -> AvoidanceRange:
    if not model.batch_shape:
        return AvoidanceRange(*ends[0], status_of(*ends[0]), complete, concept)
    best, worst = (np.array([float(end[side]) for end in ends]).reshape(model.batch_shape) for side in (0, 1))
    return AvoidanceRange(best, worst, status_of(best, worst), complete, concept)
