"""What can be certified: each claim is a frozen value that knows how it is written in a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from blamegame.certificates.claim_parts import (
    Document,
    cells_of,
    exact,
    game_document,
    nested,
    profile_of,
    text_of,
)
from blamegame.certificates.claims_repeated import AutomatonAvoids as AutomatonAvoids
from blamegame.certificates.claims_repeated import NeverPlayed as NeverPlayed
from blamegame.certificates.formula import payoff_formula
from blamegame.errors import CertificateError
from blamegame.games.strategic import StrategicGame, check_single


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
        object.__setattr__(self, "profile", profile_of(self.game, self.profile))

    def statement(self) -> Document:
        return {"kind": "is_nash", "game": game_document(self.game), "profile": text_of(self.profile)}

    def proof(self) -> Document:
        return {}


@dataclass(frozen=True)
class AllExtremeEquilibria:
    """These profiles are all extreme Nash equilibria of the two-player game, each listed once."""

    game: StrategicGame
    equilibria: Any

    def __post_init__(self) -> None:
        check_single(self.game, "AllExtremeEquilibria")
        profiles = tuple(profile_of(self.game, profile) for profile in self.equilibria)
        object.__setattr__(self, "equilibria", profiles)

    def statement(self) -> Document:
        return {
            "kind": "all_extreme_equilibria",
            "game": game_document(self.game),
            "equilibria": text_of(self.equilibria),
        }

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
        object.__setattr__(self, "event", cells_of(self.game, self.event))
        object.__setattr__(self, "value", exact(self.value))
        object.__setattr__(self, "multipliers", nested(self.multipliers))

    def statement(self) -> Document:
        game, event = game_document(self.game), [list(cell) for cell in self.event]
        return {"kind": self.kind, "game": game, "event": event, "value": text_of(self.value)}

    def proof(self) -> Document:
        return {"multipliers": text_of(self.multipliers)}


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
        object.__setattr__(self, "event", cells_of(self.game, self.event))

    def statement(self) -> Document:
        return {
            "kind": "no_nash_avoids",
            "game": game_document(self.game),
            "event": [list(cell) for cell in self.event],
        }

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
        if getattr(self.model, "batch_shape", ()):
            raise CertificateError("a certificate is about one model, this is a batch; take model.item(i)")
        object.__setattr__(self, "menu", tuple(self.menu))
        known = [reform.name for reform in self.menu]
        if isinstance(self.bundle, str):
            raise CertificateError(f"a bundle is a collection of reforms; write [{self.bundle!r}] for this one alone")
        wanted = {reform if isinstance(reform, str) else reform.name for reform in self.bundle}
        if len(set(known)) < len(known) or not wanted <= set(known):
            raise CertificateError(f"the bundle {sorted(wanted)} must be among differently named reforms, {known}")
        object.__setattr__(self, "bundle", tuple(name for name in known if name in wanted))
        event = self.model.avoidance if self.event is None else self.event
        shape = tuple(map(len, self.model.actions))
        blank = StrategicGame(np.zeros((len(shape), *shape)), self.model.players, self.model.actions)
        object.__setattr__(self, "event", cells_of(blank, event))

    def statement(self) -> Document:
        formula = payoff_formula(self.model)
        model = {
            "players": list(self.model.players),
            "actions": [list(labels) for labels in self.model.actions],
            "parameters": {name: self._range(name) for name in self.model.parameters()},
            "program": [[text_of(x) if isinstance(x, Fraction) else x for x in step] for step in formula.program],
            "payoffs": formula.outputs,
        }
        reforms = {reform.name: [part for edit in reform.edits for part in _edit(edit)] for reform in self.menu}
        event = [list(cell) for cell in self.event]
        return {"kind": self.kind, "model": model, "reforms": reforms, "bundle": list(self.bundle), "event": event}

    def proof(self) -> Document:
        return {}

    def _range(self, name: str) -> list[str | None]:
        spec = self.model.parameters()[name]
        high = None if spec.high is None else text_of(spec.high)
        return [text_of(exact(getattr(self.model, name))), text_of(spec.low), high]


@dataclass(frozen=True)
class IsRobust(BundleRemoves):
    """After this bundle, *and after every larger bundle of the menu*, no Nash equilibrium touches the event.

    Arguments as for :class:`BundleRemoves`; ``2 ** (number of other reforms)`` games are checked one by one.
    """

    kind: ClassVar[str] = "bundle_is_robust"


Claim = IsNash | AllExtremeEquilibria | CorrelatedAtMost | NoNashAvoids | BundleRemoves | NeverPlayed | AutomatonAvoids


def _edit(edit: Any) -> list[list[str]]:
    """One parameter's edits as [parameter, step, number], only those that do something (at least one)."""
    parts = [[edit.parameter, "scale", text_of(exact(edit.scale))]] if edit.scale != 1 else []
    parts += [[edit.parameter, "add", text_of(exact(edit.add))]] if edit.add else []
    return parts + ([[edit.parameter, "floor", text_of(exact(edit.floor))]] if edit.floor is not None else [])
