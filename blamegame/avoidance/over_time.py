"""Ranges of play that lasts: the table repeated for ever, and games with states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.avoidance.one_period import stage_game_of
from blamegame.avoidance.verdict import EMPTY, UNDECIDED, AvoidanceRange, proved_status
from blamegame.concepts import MarkovPerfect, PublicPerfect, SubgamePerfect
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.model import Model

if TYPE_CHECKING:
    from blamegame.solvers.repeated.corridor import Corridor
    from blamegame.solvers.stochastic.frequency_range import FrequencyRange

_CLOSE = 1e-6  # bounds of a frequency that are this close are one value


def in_repeated_play(
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

    game = item if isinstance(item, StrategicGame) else stage_game_of(item)
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


def in_the_long_run(model: Any, concept: MarkovPerfect, event: Any) -> AvoidanceRange:
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
