"""How games, events, profiles and numbers are written in a certificate."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import CertificateError, GameError
from blamegame.games.event import event_of
from blamegame.games.strategic import StrategicGame, check_profile, check_single, to_exact

Document = dict[str, Any]
_LONGEST = 13_000  # bits of a numerator or denominator; the checker reads 4,000 digits


def profile_of(game: StrategicGame, profile: Any) -> Any:
    exact = nested(check_profile(game, profile))
    for player, strategy in zip(game.players, exact):
        if sum(strategy) != 1:
            raise CertificateError(
                f"the strategy of {player} was rounded and does not sum to 1 exactly; solve to_exact(game) instead"
            )
    return exact


def exact(value: Any) -> Fraction:
    try:
        return value if isinstance(value, Fraction) else Fraction(value)
    except (TypeError, ValueError, OverflowError):
        raise CertificateError(f"{value!r} is not a number that can be certified") from None


def nested(values: Any) -> Any:
    """Arrays or nested sequences of numbers as nested tuples of Fractions."""
    values = values.tolist() if isinstance(values, np.ndarray) else values
    return tuple(map(nested, values)) if isinstance(values, list | tuple) else exact(values)


def text_of(values: Any) -> Any:
    """Nested tuples of Fractions as nested lists of text."""
    if isinstance(values, tuple):
        return [text_of(value) for value in values]
    if max(values.numerator.bit_length(), values.denominator.bit_length()) > _LONGEST:
        raise CertificateError("a number is too long to certify: more than 3,900 digits")
    return str(values)


def game_document(game: StrategicGame) -> Document:
    check_single(game, "a certificate")
    payoffs = text_of(nested(to_exact(game).payoffs))
    return {"players": list(game.players), "actions": [list(labels) for labels in game.actions], "payoffs": payoffs}


def cells_of(game: StrategicGame, event: Any) -> tuple[tuple[str, ...], ...]:
    check_single(game, "a certificate")
    inside: Iterable[Any] = np.argwhere(event_of(game, event)).tolist()
    cells = tuple(tuple(labels[action] for labels, action in zip(game.actions, cell)) for cell in inside)
    if not cells:
        raise GameError("the event has no cell, so nothing would be proved")
    return cells
