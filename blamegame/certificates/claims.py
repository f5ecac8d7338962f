"""What can be certified: each claim is a frozen value that knows how it is written in a certificate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from blamegame.certificates.formula import payoff_formula
from blamegame.errors import CertificateError, GameError
from blamegame.games.automaton import Automaton
from blamegame.games.event import event_of
from blamegame.games.monitoring import Perfect
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame, check_profile, check_single, to_exact

Document = dict[str, Any]
_LONGEST = 13_000  # bits of a numerator or denominator; the checker reads 4,000 digits


@dataclass(frozen=True)
class IsNash:
    """This profile is a Nash equilibrium of the game, of any number of players.

    Floats in the game or the profile count as the rationals they store, so a rounded mixed strategy is not one.

    >>> from blamegame import Delegation, pure_profile
    >>> game = Delegation().stage_game()
    >>> IsNash(game, pure_profile(game, ("push", "escalate"))).profile
    ((Fraction(0, 1), Fraction(1, 1)), (Fraction(0, 1), Fraction(1, 1), Fraction(0, 1)))
    """

    game: StrategicGame
    profile: Any

    def __post_init__(self) -> None:
        check_single(self.game, "IsNash")
        object.__setattr__(self, "profile", _profile(self.game, self.profile))

    def statement(self) -> Document:
        return {"kind": "is_nash", "game": _game(self.game), "profile": _text(self.profile)}

    def proof(self) -> Document:
        return {}


@dataclass(frozen=True)
class AllExtremeEquilibria:
    """These profiles are all extreme Nash equilibria of the two-player game, each listed once."""

    game: StrategicGame
    equilibria: Any

    def __post_init__(self) -> None:
        check_single(self.game, "AllExtremeEquilibria")
        profiles = tuple(_profile(self.game, profile) for profile in self.equilibria)
        object.__setattr__(self, "equilibria", profiles)

    def statement(self) -> Document:
        return {"kind": "all_extreme_equilibria", "game": _game(self.game), "equilibria": _text(self.equilibria)}

    def proof(self) -> Document:
        return {}


@dataclass(frozen=True)
class CorrelatedAtMost:
    """Every correlated equilibrium, hence every Nash equilibrium, puts probability at most ``value`` on the event.

    Parameters
    ----------
    event : boolean array over the cells, or an iterable of cells
    value : number
    multipliers : one array [n_i, n_i] per player, entries >= 0
        Entry [a, b] prices player i's incentive to obey a rather than play b, as ``correlated_bounds`` returns them:
        in every cell, 1[event] <= value + sum of multipliers x gains from deviating.
    """

    game: StrategicGame
    event: Any
    value: Any
    multipliers: Any
    kind: ClassVar[str] = "correlated_at_most"

    def __post_init__(self) -> None:
        object.__setattr__(self, "event", _cells(self.game, self.event))
        object.__setattr__(self, "value", _exact(self.value))
        object.__setattr__(self, "multipliers", _nested(self.multipliers))

    def statement(self) -> Document:
        game, event = _game(self.game), [list(cell) for cell in self.event]
        return {"kind": self.kind, "game": game, "event": event, "value": _text(self.value)}

    def proof(self) -> Document:
        return {"multipliers": _text(self.multipliers)}


@dataclass(frozen=True)
class CorrelatedAtLeast(CorrelatedAtMost):
    """Every correlated equilibrium, hence every Nash equilibrium, puts probability at least ``value`` on the event.

    In every cell, 1[event] >= value - sum of multipliers x gains from deviating.
    """

    kind: ClassVar[str] = "correlated_at_least"


def NoCorrelatedAvoids(game: StrategicGame, event: Any, multipliers: Any) -> CorrelatedAtMost:
    """No correlated equilibrium puts any probability on the event: the bound with value 0."""
    return CorrelatedAtMost(game, event, 0, multipliers)


@dataclass(frozen=True)
class NoNashAvoids:
    """No Nash equilibrium of the two-player game, pure or mixed, puts any probability on the event.

    Weaker than :func:`NoCorrelatedAvoids`, and so true of more games.
    """

    game: StrategicGame
    event: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "event", _cells(self.game, self.event))

    def statement(self) -> Document:
        return {"kind": "no_nash_avoids", "game": _game(self.game), "event": [list(cell) for cell in self.event]}

    def proof(self) -> Document:
        return {}


@dataclass(frozen=True)
class BundleRemoves:
    """After this bundle of reforms no Nash equilibrium of the model puts any probability on the event.

    Parameters
    ----------
    model : a single model of two players
        Any object with ``players``, ``actions``, ``parameters()``, ``replace()`` and ``payoffs()``; its numbers count
        as the rationals they store.
    menu : reforms, each with ``name`` and ``edits`` (each with ``parameter``, ``scale``, ``add``, ``floor``)
    bundle : reforms of the menu, or their names
    event : boolean array over the cells, or an iterable of cells; default the model's own ``avoidance``
    """

    model: Any
    menu: Any
    bundle: Any
    event: Any = None
    kind: ClassVar[str] = "bundle_removes"

    def __post_init__(self) -> None:
        object.__setattr__(self, "menu", tuple(self.menu))
        object.__setattr__(self, "bundle", bundle_of(self.model, self.menu, self.bundle))
        event = self.model.avoidance if self.event is None else self.event
        shape = tuple(map(len, self.model.actions))
        blank = StrategicGame(np.zeros((len(shape), *shape)), self.model.players, self.model.actions)
        object.__setattr__(self, "event", _cells(blank, event))

    def statement(self) -> Document:
        formula = payoff_formula(self.model)
        model = {
            "players": list(self.model.players),
            "actions": [list(labels) for labels in self.model.actions],
            "parameters": parameters_of(self.model),
            "program": [[_text(x) if isinstance(x, Fraction) else x for x in step] for step in formula.program],
            "payoffs": formula.outputs,
        }
        reforms, event = reforms_of(self.menu), [list(cell) for cell in self.event]
        return {"kind": self.kind, "model": model, "reforms": reforms, "bundle": list(self.bundle), "event": event}

    def proof(self) -> Document:
        return {}


@dataclass(frozen=True)
class IsRobust(BundleRemoves):
    """After this bundle, *and after every larger bundle of the menu*, no Nash equilibrium touches the event.

    Arguments as for :class:`BundleRemoves`; ``2 ** (number of other reforms)`` games are checked one by one.
    """

    kind: ClassVar[str] = "bundle_is_robust"


@dataclass(frozen=True)
class NeverPlayed:
    """No pure-strategy subgame-perfect equilibrium of the two-player repeated game ever plays the event.

    With public lotteries or without, at any history.

    Parameters
    ----------
    game : RepeatedGame with perfect monitoring
    event : boolean array over the cells, or an iterable of cells
    chain : steps (polygon, threats), as ``exclusion_chain(game, event)`` finds them
        Each polygon, a sequence of points, holds what the set operator makes of the one before (the first: all stage
        payoffs); no equilibrium payoff is below the threats. The last step leaves no promise that enforces the event.
    """

    game: RepeatedGame
    event: Any
    chain: Any

    def __post_init__(self) -> None:
        _check_repeated(self.game, "NeverPlayed")
        object.__setattr__(self, "event", _cells(self.game.stage, self.event))
        object.__setattr__(self, "chain", _nested(tuple(self.chain)))

    def statement(self) -> Document:
        return {"kind": "never_played", **_repeated(self.game, self.event)}

    def proof(self) -> Document:
        return {"chain": [{"polygon": _text(polygon), "threats": _text(threats)} for polygon, threats in self.chain]}


@dataclass(frozen=True)
class AutomatonAvoids:
    """This automaton is a subgame-perfect equilibrium, and avoids with this discounted frequency on its path.

    Any number of players; perfect monitoring. ``frequency`` must be exact.
    """

    game: RepeatedGame
    automaton: Automaton
    event: Any
    frequency: Any

    def __post_init__(self) -> None:
        _check_repeated(self.game, "AutomatonAvoids")
        if self.automaton.stage != self.game.stage:
            raise CertificateError("the automaton plays another stage game than the one that is repeated")
        object.__setattr__(self, "event", _cells(self.game.stage, self.event))
        object.__setattr__(self, "frequency", _exact(self.frequency))

    def statement(self) -> Document:
        stage, machine = self.game.stage, self.automaton
        plays = [[labels[k] for labels, k in zip(stage.actions, cell)] for cell in machine.plays]
        automaton = {"states": list(machine.states), "plays": plays, "next": machine.next_state.tolist()}
        frequency = _text(self.frequency)
        return {
            "kind": "automaton_avoids",
            **_repeated(self.game, self.event),
            "automaton": automaton,
            "frequency": frequency,
        }

    def proof(self) -> Document:
        return {}


Claim = IsNash | AllExtremeEquilibria | CorrelatedAtMost | NoNashAvoids | BundleRemoves | NeverPlayed | AutomatonAvoids


def _check_repeated(game: RepeatedGame, claim: str) -> None:
    if not isinstance(game.monitoring, Perfect):
        raise CertificateError(f"{claim} is about perfect monitoring; this game has {game.monitoring!r}")


def _repeated(game: RepeatedGame, event: tuple[tuple[str, ...], ...]) -> Document:
    cells = [list(cell) for cell in event]
    return {"game": _game(game.stage), "discount": _text(game.exact_discount), "event": cells}


def _profile(game: StrategicGame, profile: Any) -> Any:
    exact = _nested(check_profile(game, profile))
    for player, strategy in zip(game.players, exact):
        if sum(strategy) != 1:
            raise CertificateError(
                f"the strategy of {player} was rounded and does not sum to 1 exactly; solve to_exact(game) instead"
            )
    return exact


def _exact(value: Any) -> Fraction:
    try:
        return value if isinstance(value, Fraction) else Fraction(value)
    except (TypeError, ValueError, OverflowError):
        raise CertificateError(f"{value!r} is not a number that can be certified") from None


def _nested(values: Any) -> Any:
    """Arrays or nested sequences of numbers as nested tuples of Fractions."""
    values = values.tolist() if isinstance(values, np.ndarray) else values
    return tuple(map(_nested, values)) if isinstance(values, list | tuple) else _exact(values)


def _text(values: Any) -> Any:
    """Nested tuples of Fractions as nested lists of text."""
    if isinstance(values, tuple):
        return [_text(value) for value in values]
    if max(values.numerator.bit_length(), values.denominator.bit_length()) > _LONGEST:
        raise CertificateError("a number is too long to certify: more than 3,900 digits")
    return str(values)


def _game(game: StrategicGame) -> Document:
    check_single(game, "a certificate")
    payoffs = _text(_nested(to_exact(game).payoffs))
    return {"players": list(game.players), "actions": [list(labels) for labels in game.actions], "payoffs": payoffs}


def _cells(game: StrategicGame, event: Any) -> tuple[tuple[str, ...], ...]:
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


def parameters_of(model: Any) -> Document:
    """Every parameter as [value, least, most], where no most is None."""
    ends = {name: (spec.low, spec.high) for name, spec in model.parameters().items()}
    return {
        name: [_text(_exact(getattr(model, name))), _text(low), None if high is None else _text(high)]
        for name, (low, high) in ends.items()
    }


def reforms_of(menu: Any) -> Document:
    """The edits of every reform of a menu, by its name."""
    return {reform.name: [part for edit in reform.edits for part in _edit(edit)] for reform in menu}


def _edit(edit: Any) -> list[list[str]]:
    """One parameter's edits as [parameter, step, number], only those that do something (at least one)."""
    parts = [[edit.parameter, "scale", _text(_exact(edit.scale))]] if edit.scale != 1 else []
    parts += [[edit.parameter, "add", _text(_exact(edit.add))]] if edit.add else []
    return parts + ([[edit.parameter, "floor", _text(_exact(edit.floor))]] if edit.floor is not None else [])
