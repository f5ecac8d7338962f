"""How much mutual avoidance a model's equilibria allow: the event's smallest and largest probability, and a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.concepts import (
    CoarseCorrelated,
    Concept,
    Correlated,
    Logit,
    MarkovPerfect,
    Nash,
    PublicPerfect,
    Rationalizable,
    SubgamePerfect,
)
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.event import event_of, event_probability, expectation
from blamegame.games.strategic import Array, StrategicGame
from blamegame.games.table import format_number
from blamegame.models.model import Model
from blamegame.models.rounded_payoffs import rounded_payoffs
from blamegame.models.threshold import Threshold

if TYPE_CHECKING:
    from blamegame.solvers.repeated.corridor import Corridor
    from blamegame.solvers.solution import Solution
    from blamegame.solvers.stochastic.frequency_range import FrequencyRange

FREE, TRAP, ENTRENCHED, EMPTY = "free", "trap", "entrenched", "no equilibrium"
UNDECIDED = "undecided"
_CLOSE = 1e-6  # bounds of a frequency that are this close are one value


@dataclass(frozen=True, eq=False)
class AvoidanceRange:
    """Probability of the event in the best and in the worst equilibrium.

    Under MarkovPerfect it is the long-run frequency over stationary equilibria, under SubgamePerfect and PublicPerfect
    the discounted one.

    Attributes
    ----------
    best, worst : number, or array of shape [*batch]
        Fractions where the model is exact; NaN where the concept allows no equilibrium at all.
    status : str, or array of str
        *free* where worst = 0; *trap* where best = 0 < worst; *entrenched* where best > 0; *no equilibrium*; and
        *undecided* where equilibria may be missing and those found do not show a trap.
    complete : bool
        Whether every equilibrium of the concept was taken into account; never for :class:`~blamegame.Logit`, which
        follows the principal branch only.
    concept : the solution concept
    note : why the answer is not complete, and how far it goes; "" where it is
    event : what the model calls its event, where it stands beside numbers
    """

    best: Any
    worst: Any
    status: Any
    complete: bool
    concept: Concept
    note: str = ""
    event: str = "avoidance"

    def __str__(self) -> str:
        if isinstance(self.best, np.ndarray):
            words, counts = np.unique(self.status, return_counts=True)
            tally = ", ".join(f"{count} {word}" for word, count in zip(words.tolist(), counts.tolist()))
            return f"{self.best.size} models under {self.concept}: {tally}"
        ends = f"{self.status}: {self.event} {format_number(self.best)} at best, {format_number(self.worst)} at worst"
        return f"{ends} ({self.note})" if self.note else ends


def avoidance_range(model: Model | StrategicGame, concept: Concept, *, event: Any = None) -> AvoidanceRange:
    """Smallest and largest probability of mutual avoidance over all equilibria of ``concept``.

    Parameters
    ----------
    model : a model, or a strategic game
        A batch of models or games gives arrays.
    concept : a value of :mod:`blamegame.concepts`
    event : optional
        The event, as a boolean array over action profiles or an iterable of cells; default the model's own
        ``avoidance``. A bare game needs it. In a game with private types the default is the probability, before types
        are drawn, that what is done is avoidance; an event given is one over plans for all types.

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
    found = _range(model, concept, event)
    return replace(found, event=model.avoidance_word()) if isinstance(model, Model) and event is None else found


def _range(model: Model | StrategicGame, concept: Concept, event: Any) -> AvoidanceRange:
    if not isinstance(model, Model | StrategicGame):
        raise GameError(f"avoidance_range takes a model or a game, not {type(model).__name__}")
    decisive = getattr(model, "avoidance", None) if event is None else event
    if isinstance(decisive, Threshold) and isinstance(model, Model):
        return _by_measure(model, concept, decisive)
    if getattr(model, "network_game", None) is not None:
        return _on_a_network(model, concept, event)
    if isinstance(concept, SubgamePerfect) and getattr(model, "avoiding_ends", None) is not None:
        return _in_sequence(model, concept, event)
    if getattr(model, "bayesian_game", None) is not None:
        if isinstance(concept, Nash):
            return _before_types_are_drawn(model, concept, event)
        if event is None and isinstance(concept, Correlated | CoarseCorrelated | Rationalizable | Logit):
            return _over_plans(model, concept)
    if isinstance(concept, Nash | Correlated | CoarseCorrelated | Rationalizable | Logit):
        return _in_one_period(model, concept, event)
    if isinstance(concept, MarkovPerfect) and getattr(model, "stochastic_game", None) is not None:
        return _in_the_long_run(model, concept, event)
    if isinstance(concept, SubgamePerfect | PublicPerfect):
        return _in_repeated_play(model, concept, event)
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


def proved_status(best: Any, worst: Any, complete: bool) -> str:
    """The verdict that the equilibria found prove: where some may be missing, only a trap is proved by what was found.

    >>> proved_status(0, 0, True), proved_status(0, 0, False), proved_status(0, 1, False)
    ('free', 'undecided', 'trap')
    """
    verdict = str(status_of(best, worst))
    return verdict if complete or verdict == TRAP else UNDECIDED


def _in_one_period(model: Model | StrategicGame, concept: Concept, event: Any) -> AvoidanceRange:
    if isinstance(model, StrategicGame):
        game, exact, rounded = model, None, False
        if event is None:
            raise GameError("a bare game does not say what avoidance is; pass event=[(action, action), ...]")
    else:
        event = getattr(model, "avoidance", None) if event is None else event
        rounded = not model.batch_shape and not _stage_game(model).exact
        game = _stage_game(model.exact()) if rounded else _well_conditioned(model)
        exact = _exact_payoffs(model)
    cells = event_of(game, event)
    best, worst = _batch_ends(game, concept, cells, exact) if game.batch_shape else _ends(game, concept, cells)
    status = status_of(best, worst)
    if rounded:
        best, worst = float(best), float(worst)
    return AvoidanceRange(best, worst, status, not isinstance(concept, Logit), concept)


def _well_conditioned(model: Model) -> StrategicGame:
    """The stage games of a model or batch, with float payoffs that can be trusted."""
    game = _stage_game(model)
    if game.exact or not game.batch_shape or game.n_players != 2:
        return game
    return StrategicGame(rounded_payoffs(model, _exact_payoffs(model)), game.players, game.actions)


def _by_measure(model: Model, concept: Concept, event: Threshold) -> AvoidanceRange:
    """0 or 1: a model with measures has one equilibrium, and the event is a fact about it."""
    if not isinstance(concept, Nash):
        raise UnsupportedGame(f"{type(model).__name__} is solved for its Nash equilibrium; use Nash(), not {concept}")
    happens = event.happens(model)
    share = happens.astype(np.float64) if isinstance(happens, np.ndarray) else Fraction(int(happens))
    return AvoidanceRange(share, share, status_of(share, share), True, concept)


def _in_sequence(model: Any, concept: SubgamePerfect, event: Any) -> AvoidanceRange:
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


def _on_a_network(model: Any, concept: Concept, event: Any) -> AvoidanceRange:
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


def _before_types_are_drawn(model: Any, concept: Nash, event: Any) -> AvoidanceRange:
    """Probabilities over Bayes-Nash equilibria; a batch one by one, since types may vanish within it."""
    from blamegame.solvers.bayesian.event_range import bayes_event_range

    items = _items(model)
    cells = items[0].avoiding_actions if event is None else event_of(items[0].stage_game(), event)
    return _of_items(model, [bayes_event_range(item.bayesian_game(), cells) for item in items], concept, True)


def _over_plans(model: Any, concept: Concept) -> AvoidanceRange:
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


def _in_repeated_play(
    model: Model | StrategicGame, concept: SubgamePerfect | PublicPerfect, event: Any
) -> AvoidanceRange:
    """Discounted frequencies when the game of one period is played in every period."""
    for form, instead in (("stochastic_game", "MarkovPerfect(discount)"), ("bayesian_game", "Nash()")):
        if getattr(model, form, None) is not None:
            raise UnsupportedGame(f"{type(model).__name__} is no repeated game of one table; use {instead}")
    if isinstance(model, StrategicGame):
        if event is None:
            raise GameError("a bare game does not say what avoidance is; pass event=[(action, action), ...]")
        shape = model.batch_shape
        items: list[Any] = [model[index] for index in np.ndindex(shape)] if shape else [model]
    else:
        event = getattr(model, "avoidance", None) if event is None else event
        if event is None:
            raise UnsupportedGame(f"{type(model).__name__} does not say what avoidance is; pass event=")
        shape = model.batch_shape
        items = [model.item(index).exact() for index in range(int(np.prod(shape)))] if shape else [model.exact()]
    corridors = [_corridor(item, concept, event) for item in items]
    notes = [_frequency_note(one) for one in corridors]
    if not shape:
        found = corridors[0]
        return AvoidanceRange(found.best, found.worst, found.status, not notes[0], concept, notes[0])
    best = np.array([float(one.best) for one in corridors]).reshape(shape)
    worst = np.array([float(one.worst) for one in corridors]).reshape(shape)
    status = np.array([one.status for one in corridors]).reshape(shape)
    return AvoidanceRange(best, worst, status, not any(notes), concept, next(filter(None, notes), ""))


def _corridor(item: Any, concept: SubgamePerfect | PublicPerfect, event: Any) -> Corridor:
    from blamegame.games.repeated import RepeatedGame

    game = item if isinstance(item, StrategicGame) else _stage_game(item)
    if isinstance(concept, SubgamePerfect):
        from blamegame.solvers.repeated.corridor import avoidance_corridor

        return avoidance_corridor(RepeatedGame(game, concept.discount), event)
    from blamegame.solvers.repeated.public_corridor import public_corridor

    signals = getattr(item, "outcome_signals", None)
    if signals is None:
        raise UnsupportedGame(
            f"{type(item).__name__} does not say what the public sees; use SubgamePerfect, or public_corridor(...) "
            "with a RepeatedGame that has PublicSignals"
        )
    return public_corridor(RepeatedGame(game, concept.discount, signals()), event)


def _frequency_note(found: Corridor) -> str:
    if found.status == UNDECIDED:
        return f"{_between(found)}; a discount factor a little further from a switch is usually easier"
    return _between(found) if found.status != EMPTY and found.gap > _CLOSE else ""


def _between(found: Corridor) -> str:
    ends = (found.best_low, found.best_high, found.worst_low, found.worst_high)
    low, least, most, high = (f"{float(end):.6g}" for end in ends)
    return f"proved: between {low} and {least} at best, between {most} and {high} at worst"


def _in_the_long_run(model: Any, concept: MarkovPerfect, event: Any) -> AvoidanceRange:
    """Long-run frequencies over stationary equilibria, those of a batch one by one."""
    from blamegame.solvers.stochastic.stationary_range import stationary_range

    shape = model.batch_shape
    items = [model.item(index).exact() for index in range(int(np.prod(shape)))] if shape else [model]
    cells = model.avoidance if event is None else event
    found = [stationary_range(item.stochastic_game(concept.discount), cells) for item in items]
    words = [proved_status(one.best, one.worst, one.complete) for one in found]
    if not shape:
        return AvoidanceRange(found[0].best, found[0].worst, words[0], found[0].complete, concept, _left_open(found))
    best, worst = (np.array([float(getattr(one, end)) for one in found]).reshape(shape) for end in ("best", "worst"))
    complete = all(one.complete for one in found)
    return AvoidanceRange(best, worst, np.array(words).reshape(shape), complete, concept, _left_open(found))


def _left_open(found: list[FrequencyRange]) -> str:
    return "" if all(one.complete for one in found) else "not every mixed stationary equilibrium could be found"


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
