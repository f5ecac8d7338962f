"""How likely avoidance is over the equilibria of a model or a game."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from blamegame.answers.bare_game import Game, exact_game, is_exact, question_of
from blamegame.answers.batches import answers, has_batch
from blamegame.answers.table import answer
from blamegame.concepts import Concept
from blamegame.deadline import Deadline
from blamegame.games.batch import as_batch
from blamegame.games.closed_form import ClosedForm
from blamegame.games.event_range import Bound, Range, as_float, stacked
from blamegame.games.strategic import StrategicGame
from blamegame.models.model import Model


def avoidance_of_model(
    model: Model, concept: Concept, *, event: Any = None, time_limit: float | Deadline | None = None
) -> Range:
    """The range of a model's avoidance, or of an event of one's own; a batch of models gives arrays.

    Computed in rational arithmetic, whatever the parameters are given in; a model with a float parameter gets floats.
    """
    deadline = Deadline.of(time_limit)
    if model.batch_shape:
        found = _of_batch(model, concept, event, deadline)
    else:
        found = answer(model.exact().question(concept, event), deadline)
        if any(isinstance(value, float) for value in model.values().values()):
            found = rounded(found)
    return replace(found, event=model.avoidance_word() if event is None else "the event")


def avoidance_of_game(game: Game, concept: Concept, event: Any, *, time_limit: float | Deadline | None = None) -> Range:
    """The range of an event over the equilibria of a game; a batch of strategic games gives arrays."""
    deadline = Deadline.of(time_limit)
    if isinstance(game, StrategicGame) and game.batch_shape:
        asked = question_of(game, concept, event)
        if has_batch(asked.game, concept):
            batch = as_batch(game, players=game.n_players)
            found = answers(type(asked.game), batch, [asked.event], concept, deadline).ranges[0]
            return replace(_shaped(found, game.batch_shape), concept=concept, about=asked.about)
        each = [
            avoidance_of_game(game[index], concept, event, time_limit=deadline)
            for index in np.ndindex(game.batch_shape)
        ]
        return replace(stacked(each, game.batch_shape), concept=concept, about=asked.about)
    found_one = replace(answer(question_of(exact_game(game), concept, event), deadline), event="the event")
    return found_one if is_exact(game) else rounded(found_one)


def _of_batch(model: Model, concept: Concept, event: Any, deadline: Deadline) -> Range:
    shape = model.batch_shape
    first = model.item(0).exact().question(concept, event)
    batch = model.batch()
    varied = [name for name in model.parameters() if isinstance(getattr(model, name), np.ndarray)]
    moves = event is None and model.event_moves_with(varied)
    items = (model.item(k).exact() for k in range(prod(shape)))
    if batch is not None and not moves and has_batch(first.game, concept):
        one = _shaped(answers(type(first.game), batch, [first.event], concept, deadline).ranges[0], shape)
    elif isinstance(first.game, ClosedForm):
        one = _shaped(answer(model.question(concept, event), deadline), shape)
    else:
        one = stacked([answer(item.question(concept, event), deadline) for item in items], shape)
    return replace(one, concept=concept, about=first.about)


def _shaped(found: Range, shape: tuple[int, ...]) -> Range:
    ends = [Bound(np.reshape(end.lower, shape), np.reshape(end.upper, shape)) for end in (found.low, found.high)]
    flags = [
        np.broadcast_to(np.asarray(flag), (prod(shape),)).reshape(shape) for flag in (found.complete, found.exists)
    ]
    return replace(found, low=ends[0], high=ends[1], complete=flags[0], exists=flags[1])


def rounded(found: Range) -> Range:
    """The same range with floats for ends, zero only where the exact end is."""
    if isinstance(found.low.lower, np.ndarray):
        return found
    low, high = (Bound(as_float(end.lower), as_float(end.upper), end.witness) for end in (found.low, found.high))
    return replace(found, low=low, high=high)
