"""How games, events, profiles, numbers, models and reforms are written in a certificate."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.certificates.formula import Formula
from blamegame.errors import CertificateError, GameError
from blamegame.games.event import event_of
from blamegame.games.monitoring import Perfect
from blamegame.games.repeated import RepeatedGame
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


def check_perfect_monitoring(game: RepeatedGame, claim: str) -> None:
    if not isinstance(game.monitoring, Perfect):
        raise CertificateError(f"{claim} is about perfect monitoring; this game has {game.monitoring!r}")


def repeated_document(game: RepeatedGame, event: tuple[tuple[str, ...], ...]) -> Document:
    cells = [list(cell) for cell in event]
    return {"game": game_document(game.stage), "discount": text_of(game.exact_discount), "event": cells}


def cells_of(game: StrategicGame, event: Any) -> tuple[tuple[str, ...], ...]:
    check_single(game, "a certificate")
    inside: Iterable[Any] = np.argwhere(event_of(game, event)).tolist()
    cells = tuple(tuple(labels[action] for labels, action in zip(game.actions, cell)) for cell in inside)
    if not cells:
        raise GameError("the event has no cell, so nothing would be proved")
    return cells


def bundle_of(model: Any, menu: Any, bundle: Any) -> tuple[str, ...]:
    """The names of a bundle's reforms, in the order of the menu, for a claim about one model."""
    if getattr(model, "batch_shape", ()):
        raise CertificateError("a certificate is about one model, this is a batch; take model.item(i)")
    known = [reform.name for reform in menu]
    if isinstance(bundle, str):
        raise CertificateError(f"a bundle is a collection of reforms; write [{bundle!r}] for this one alone")
    wanted = {reform if isinstance(reform, str) else reform.name for reform in bundle}
    if len(set(known)) < len(known) or not wanted <= set(known):
        raise CertificateError(f"the bundle {sorted(wanted)} must be among differently named reforms, {known}")
    return tuple(name for name in known if name in wanted)


def range_of(model: Any, name: str) -> tuple[Fraction, Fraction, Fraction | None]:
    """A parameter as (value, least, most), where no most is None."""
    spec = model.parameters()[name]
    return exact(getattr(model, name)), spec.low, spec.high


def parameters_of(model: Any, *, held: Collection[str] = ()) -> Document:
    """The range of every parameter except those held."""
    ranges = {name: range_of(model, name) for name in model.parameters() if name not in held}
    return {name: [None if x is None else text_of(x) for x in ends] for name, ends in ranges.items()}


def program_of(formula: Formula) -> list[list[Any]]:
    """The steps of a formula."""
    return [[text_of(x) if isinstance(x, Fraction) else x for x in step] for step in formula.program]


def edits_of(reform: Any) -> list[tuple[str, str, Fraction]]:
    """A reform's edits as (parameter, step, number), only those that do something (of one parameter's at least one)."""
    parts: list[tuple[str, str, Fraction]] = []
    for edit in reform.edits:
        parts += [(edit.parameter, "scale", exact(edit.scale))] if edit.scale != 1 else []
        parts += [(edit.parameter, "add", exact(edit.add))] if edit.add else []
        parts += [(edit.parameter, "floor", exact(edit.floor))] if edit.floor is not None else []
    return parts


def reforms_of(menu: Any) -> Document:
    """The edits of every reform of a menu, by its name."""
    return {reform.name: [[*edit[:2], text_of(edit[2])] for edit in edits_of(reform)] for reform in menu}
