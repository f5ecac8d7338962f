"""Events: sets of action profiles, such as mutual avoidance, as boolean arrays over the cells of a game."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, Profile, StrategicGame, cell_index

_SMALLEST = np.nextafter(np.float64(0), 1)


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
    if isinstance(event, np.ndarray) and event.ndim and event.shape == game.n_actions and event.dtype.kind in "iuf":
        raise GameError("an event given as an array must be boolean; write event.astype(bool), or a list of cells")
    if not isinstance(event, Iterable):
        raise GameError(f"{event!r} is not an event: give cells, as [(action, action), ...], or a boolean array")
    return _from_cells(game, event)


def _from_cells(game: StrategicGame, cells: Iterable[Sequence[int | str]]) -> Array:
    out = np.zeros(game.n_actions, dtype=bool)
    for cell in cells:
        out[cell_index(game, cell)] = True
    return out


def event_probability(profile: Profile, event: Array) -> Any:
    """Probability that independent play of ``profile`` falls in ``event``; exact where the profile is.

    Zero only where no cell of the event can happen: a float product too small for ``float64`` is its smallest number.
    """
    table: Any = event.astype(object if any(s.dtype == object for s in profile) else np.float64)
    if table.dtype == object:
        table = np.where(event, 1, 0).astype(object)
    for strategy in reversed(profile):
        table = table @ strategy
    if not table and np.asarray(event, dtype=bool)[np.ix_(*(strategy > 0 for strategy in profile))].any():
        return _SMALLEST
    return table


def expectation(profile: Profile, table: Array) -> Any:
    """Expectation of a table over the cells under independent play of ``profile``; exact where both are.

    >>> float(expectation((np.array([0.5, 0.5]), np.array([1.0, 0.0])), np.array([[1, 2], [3, 4]])))
    2.0
    """
    value: Any = table
    for strategy in reversed(profile):
        value = value @ strategy
    return value
