"""How much mutual avoidance a model's equilibria allow: the event's smallest and largest probability, and a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Logit, Nash, Rationalizable
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.event import event_of, event_probability
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.model import Model

FREE, TRAP, ENTRENCHED, EMPTY = "free", "trap", "entrenched", "no equilibrium"


@dataclass(frozen=True, eq=False)
class AvoidanceRange:
    """Probability of the event in the best and in the worst equilibrium.

    Attributes
    ----------
    best, worst : number, or array of shape [*batch]
        Fractions where the model is exact; NaN where the concept allows no equilibrium at all.
    status : str, or array of str
        *free* where worst = 0; *trap* where best = 0 < worst; *entrenched* where best > 0.
    complete : bool
        Whether every equilibrium of the concept was taken into account; never for :class:`~blamegame.Logit`, which
        follows the principal branch only.
    concept : the solution concept
    """

    best: Any
    worst: Any
    status: Any
    complete: bool
    concept: Concept

    def __str__(self) -> str:
        from blamegame.games.table import format_number

        if isinstance(self.best, np.ndarray):
            words, counts = np.unique(self.status, return_counts=True)
            tally = ", ".join(f"{count} {word}" for word, count in zip(words.tolist(), counts.tolist()))
            return f"{self.best.size} models under {self.concept}: {tally}"
        return f"{self.status}: avoidance {format_number(self.best)} at best, {format_number(self.worst)} at worst"


def avoidance_range(model: Model | StrategicGame, concept: Concept, *, event: Any = None) -> AvoidanceRange:
    """Smallest and largest probability of mutual avoidance over all equilibria of ``concept``.

    Parameters
    ----------
    model : a model, or a strategic game
        A batch of models or games gives arrays.
    concept : a value of :mod:`blamegame.concepts`
    event : optional
        The event, as a boolean array over action profiles or an iterable of cells; default the model's own
        ``avoidance``. A bare game needs it.

    Raises
    ------
    UnsupportedGame
        Where no complete solver exists for this game under this concept; the message names what to use instead.

    Notes
    -----
    The probability of an event is bilinear in the two strategies, and the Nash equilibria of a two-player game are a
    union of products of polytopes whose vertices are the extreme equilibria (Jansen 1981), so both ends of the range
    are attained at extreme equilibria.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> print(avoidance_range(Delegation(), Nash()))
    entrenched: avoidance 1 at best, 1 at worst
    """
    if not isinstance(model, Model | StrategicGame):
        raise GameError(f"avoidance_range takes a model or a game, not {type(model).__name__}")
    if isinstance(concept, Nash | Correlated | CoarseCorrelated | Rationalizable | Logit):
        return _in_one_period(model, concept, event)
    raise UnsupportedGame(f"avoidance_range has no solver for {concept!r} on {type(model).__name__}")


def status_of(best: Any, worst: Any) -> Any:
    """The verdict word for a range; arrays give arrays.

    >>> status_of(0, Fraction(1, 2)), status_of(0, 0), status_of(0.2, 1.0)
    ('trap', 'free', 'entrenched')
    """
    words = np.where(
        np.isnan(np.asarray(worst, dtype=np.float64)),
        EMPTY,
        np.where(np.equal(worst, 0), FREE, np.where(np.equal(best, 0), TRAP, ENTRENCHED)),
    )
    return words if isinstance(worst, np.ndarray) else str(words)


def _in_one_period(model: Model | StrategicGame, concept: Concept, event: Any) -> AvoidanceRange:
    if isinstance(model, StrategicGame):
        game, exact = model, None
        if event is None:
            raise GameError("a bare game does not say what avoidance is; pass event=[(action, action), ...]")
    else:
        game, exact = _stage_game(model), _exact_payoffs(model)
        event = getattr(model, "avoidance", None) if event is None else event
    cells = event_of(game, event)
    if game.batch_shape:
        best, worst = _batch_ends(game, concept, cells, exact)
    else:
        best, worst = _ends(game, concept, cells)
    return AvoidanceRange(best, worst, status_of(best, worst), not isinstance(concept, Logit), concept)


def _stage_game(model: Model) -> StrategicGame:
    stage_game = getattr(model, "stage_game", None)
    if stage_game is None:
        raise UnsupportedGame(f"{type(model).__name__} has no game in strategic form")
    game: StrategicGame = stage_game()
    return game


def _exact_payoffs(model: Model) -> Callable[[int], Array]:
    """Payoffs of one model of a batch, computed in rational arithmetic from the stored parameters."""
    return lambda index: _stage_game(model.item(index).exact()).payoffs


def _ends(game: StrategicGame, concept: Concept, event: Array) -> tuple[Any, Any]:
    if isinstance(concept, Nash):
        from blamegame.solvers.strategic.nash import nash

        solution = nash(game).require_complete("the range of an event")
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
