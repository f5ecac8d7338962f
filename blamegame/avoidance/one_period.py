"""Ranges over the equilibria of a table of payoffs, played once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.avoidance.verdict import AvoidanceRange, status_of
from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Logit, Nash, Rationalizable
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.batch import as_batch
from blamegame.games.event import event_of, event_probability
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.batch import batch_of
from blamegame.models.model import Model
from blamegame.solvers.strategic.batch import MOST_ACTIONS, MOST_OF_THE_SMALLER
from blamegame.solvers.strategic.batches.event_ends import EventEnds, rounded_inside
from blamegame.solvers.strategic.event_ranges import (
    coarse_correlated_range,
    correlated_range,
    nash_range,
    rationalizable_range,
)

if TYPE_CHECKING:
    from blamegame.solvers.solution import Solution


def in_one_period(model: Model | StrategicGame, concept: Concept, event: Any) -> AvoidanceRange:
    if isinstance(model, StrategicGame):
        game, rounded = model, False
        if event is None:
            raise GameError("a bare game does not say what avoidance is; pass event=[(action, action), ...]")
    else:
        event = getattr(model, "avoidance", None) if event is None else event
        game = stage_game_of(model)
        rounded = not model.batch_shape and not game.exact
        game = stage_game_of(model.exact()) if rounded else game
    cells = event_of(game, event)
    best, worst = _batch_ends(model, game, concept, cells) if game.batch_shape else _ends(game, concept, cells)
    status = status_of(best, worst)
    if rounded:
        best, worst = rounded_inside(best), rounded_inside(worst)
    return AvoidanceRange(best, worst, status, not isinstance(concept, Logit), concept)


def _ends(game: StrategicGame, concept: Concept, event: Array) -> tuple[Any, Any]:
    if isinstance(concept, Nash):
        solution = _every_nash(game).require_complete("the range of an event")
        values = [event_probability(profile, event) for profile in solution.equilibria]
        return min(values), max(values)
    if isinstance(concept, Correlated | CoarseCorrelated):
        from blamegame.solvers.strategic.correlated import correlated_bounds

        bounds = correlated_bounds(game, event, coarse=isinstance(concept, CoarseCorrelated))
        return bounds.lowest.value, bounds.highest.value
    if isinstance(concept, Logit):
        from blamegame.solvers.strategic.logit import logit

        profiles = logit(game, most_rationality=float(concept.rationality)).at(float(concept.rationality))
        values = [event_probability(profile, event) for profile in profiles]
        return min(values), max(values)
    from blamegame.solvers.strategic.rationalizable import rationalizable

    surviving = event[np.ix_(*rationalizable(game))]
    return Fraction(int(surviving.all())), Fraction(int(surviving.any()))


def _every_nash(game: StrategicGame) -> Solution:
    if game.n_players <= 2:
        from blamegame.solvers.strategic.nash import nash

        return nash(game)
    from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria

    return isolated_equilibria(game)


def _batch_ends(
    model: Model | StrategicGame, game: StrategicGame, concept: Concept, event: Array
) -> tuple[Array, Array]:
    batch = as_batch(game, players=game.n_players) if isinstance(model, StrategicGame) else batch_of(model)
    over = _RANGES.get(type(concept))
    if over is not None and not game.exact and game.n_players == 2 and _small(game):
        lowest, highest = over(batch, event)
        return lowest.reshape(game.batch_shape), highest.reshape(game.batch_shape)
    singles = [StrategicGame(batch.exact(k), game.players, game.actions) for k in range(len(batch))]
    ends = [_ends(single, concept, event) for single in singles]
    if not game.exact:
        ends = [(rounded_inside(low), rounded_inside(high)) for low, high in ends]
    kind: Any = object if game.exact else np.float64
    best, worst = (np.array([end[side] for end in ends], dtype=kind).reshape(game.batch_shape) for side in (0, 1))
    return best, worst


_RANGES: Mapping[type[Concept], Callable[[Any, Array], EventEnds]] = MappingProxyType(
    {
        Nash: nash_range,
        Correlated: correlated_range,
        CoarseCorrelated: coarse_correlated_range,
        Rationalizable: rationalizable_range,
    }
)


def _small(game: StrategicGame) -> bool:
    return max(game.n_actions) <= MOST_ACTIONS and min(game.n_actions) <= MOST_OF_THE_SMALLER


def stage_game_of(model: Model) -> StrategicGame:
    stage_game = getattr(model, "stage_game", None)
    if stage_game is None:
        raise UnsupportedGame(f"{type(model).__name__} has no game in strategic form")
    game: StrategicGame = stage_game()
    return game
