"""Ranges over the equilibria of a table of payoffs, played once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.avoidance.verdict import AvoidanceRange, status_of
from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Logit, Nash
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.event import event_of, event_probability
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.model import Model
from blamegame.models.rounded_payoffs import rounded_payoffs

if TYPE_CHECKING:
    from blamegame.solvers.solution import Solution


def in_one_period(model: Model | StrategicGame, concept: Concept, event: Any) -> AvoidanceRange:
    if isinstance(model, StrategicGame):
        game, exact, rounded = model, None, False
        if event is None:
            raise GameError("a bare game does not say what avoidance is; pass event=[(action, action), ...]")
    else:
        event = getattr(model, "avoidance", None) if event is None else event
        rounded = not model.batch_shape and not stage_game_of(model).exact
        game = stage_game_of(model.exact()) if rounded else _well_conditioned(model)
        exact = _exact_payoffs(model)
    cells = event_of(game, event)
    best, worst = _batch_ends(game, concept, cells, exact) if game.batch_shape else _ends(game, concept, cells)
    status = status_of(best, worst)
    if rounded:
        best, worst = float(best), float(worst)
    return AvoidanceRange(best, worst, status, not isinstance(concept, Logit), concept)


def _well_conditioned(model: Model) -> StrategicGame:
    """The stage games of a model or batch, with float payoffs that can be trusted."""
    game = stage_game_of(model)
    if game.exact or not game.batch_shape or game.n_players != 2:
        return game
    return StrategicGame(rounded_payoffs(model, _exact_payoffs(model)), game.players, game.actions)


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
    game: StrategicGame, concept: Concept, event: Array, exact: Callable[[int], Array] | None
) -> tuple[Array, Array]:
    if not game.exact and game.n_players == 2 and isinstance(concept, Nash):
        from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities

        lowest, highest = event_probabilities(equilibria_batch(game.payoffs, exact=exact), event)
        return lowest.reshape(game.batch_shape), highest.reshape(game.batch_shape)
    if not game.exact and game.n_players == 2 and isinstance(concept, Correlated | CoarseCorrelated):
        from blamegame.solvers.strategic.correlated_batch import event_bounds_batch

        flat = game.payoffs.reshape((-1, *game.payoffs.shape[-3:]))
        lowest, highest = event_bounds_batch(flat, event, coarse=isinstance(concept, CoarseCorrelated))
        return lowest.reshape(game.batch_shape), highest.reshape(game.batch_shape)
    ends = [_ends(game[index], concept, event) for index in np.ndindex(game.batch_shape)]
    kind: Any = object if game.exact else np.float64
    best, worst = (np.array([end[side] for end in ends], dtype=kind).reshape(game.batch_shape) for side in (0, 1))
    return best, worst


def stage_game_of(model: Model) -> StrategicGame:
    stage_game = getattr(model, "stage_game", None)
    if stage_game is None:
        raise UnsupportedGame(f"{type(model).__name__} has no game in strategic form")
    game: StrategicGame = stage_game()
    return game


def _exact_payoffs(model: Model) -> Callable[[int], Array]:
    """Payoffs of one model of a batch, computed in rational arithmetic from the stored parameters."""
    return lambda index: stage_game_of(model.item(index).exact()).payoffs
