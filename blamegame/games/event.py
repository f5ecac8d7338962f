"""Events: sets of action profiles, such as mutual avoidance, as boolean arrays over the cells of a game."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, Profile, StrategicGame, cell_index


def event_of(game: StrategicGame, event: Any) -> Array:
    """``event`` as a boolean array, shape [*n_actions].

    Accepts such an array, or an iterable of cells, each one action per player by name or position.

    >>> game = StrategicGame([[[1, 0]], [[0, 1]]])
    >>> event_of(game, [("a", "b")]).tolist()
    [[False, True]]
    """
    if isinstance(event, np.ndarray) and event.dtype == bool:
        if event.shape != game.n_actions:
            raise GameError(f"an event over this game needs shape {game.n_actions}, this one has {event.shape}")
        return event
    return _from_cells(game, event)


def _from_cells(game: StrategicGame, cells: Iterable[Sequence[int | str]]) -> Array:
    out = np.zeros(game.n_actions, dtype=bool)
    for cell in cells:
        out[cell_index(game, cell)] = True
    return out


def event_probability(profile: Profile, event: Array) -> Any:
    """Probability that independent play of ``profile`` falls in ``event``; exact where the profile is."""
    table: Any = event.astype(object if any(s.dtype == object for s in profile) else np.float64)
    if table.dtype == object:
        table = np.where(event, 1, 0).astype(object)
    for strategy in reversed(profile):
        table = table @ strategy
    return table
