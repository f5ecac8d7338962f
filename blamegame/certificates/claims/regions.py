"""Claims about a model at every point of a box of parameter values, after a bundle of reforms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from blamegame.certificates.checker import Work, box_model, programs, reforms
from blamegame.certificates.checker.reading import take
from blamegame.certificates.claims.parts import (
    Document,
    bundle_of,
    cells_of,
    exact,
    nested,
    program_of,
    range_of,
    reforms_of,
    text_of,
)
from blamegame.certificates.formula import payoff_formula
from blamegame.errors import CertificateError
from blamegame.games.strategic import StrategicGame


@dataclass(frozen=True)
class RegionRemoves:
    """At every point of a box, after this bundle, no Nash equilibrium puts any probability on the event.

    Parameters
    ----------
    model : a single model in strategic form
        Parameters that the box leaves out keep the model's number.
    box : mapping of parameter name to (low, high), before the reforms
        The ends count as the rationals they store.
    menu : reforms, each with ``name`` and ``edits``
    bundle : reforms of the menu, or their names
    event : boolean array over the cells, or an iterable of cells
    evidence : mapping with ``vectors`` and ``tree``, numbers exact or as text, names as in the model
        ``vectors``: lists of (player, action, action instead, weight). ``tree``: a leaf ``{"correlated": k}`` or
        ``{"supports": [(I, J, player or "joint", k), ...]}``, or a cut ``{"parameter", "at", "below", "above"}`` or
        ``{"reform", "with", "without"}``; see ``checker.region``.
    robust : whether the claim is also about every larger bundle of the menu
    """

    model: Any
    box: Any
    menu: Any
    bundle: Any
    event: Any
    evidence: Any
    robust: bool = False
    kind: ClassVar[str] = "region_removes"

    def __post_init__(self) -> None:
        object.__setattr__(self, "menu", tuple(self.menu))
        object.__setattr__(self, "bundle", bundle_of(self.model, self.menu, self.bundle))
        object.__setattr__(self, "box", _box(self.model, self.box))
        object.__setattr__(self, "event", self._cells(self.event))

    def statement(self) -> Document:
        return {**self._region(), "event": [list(cell) for cell in self.event]}

    def proof(self) -> Document:
        proof: Document = _plain(dict(self.evidence))
        return proof

    def compare(self, statement: Document) -> None:
        """Make sure that the recorded formula gives the model's own payoffs at the ends and the middle of the box.

        A payoff definition that tests a parameter for equality takes one branch when recorded and may take another
        later.
        """
        work, model = Work(), take(statement["model"], box_model.BOX_MODEL, "model")
        program = programs.program_of(model["program"], model["parameters"])
        shape = (len(self.model.players), *map(len, self.model.actions))
        outputs = programs.outputs_of(model["payoffs"], shape, program)
        edits = [edit for name, edits in reforms_of(self.menu).items() if name in self.bundle for edit in edits]
        parts = [(parameter, how, Fraction(amount)) for parameter, how, amount in edits]
        for share in (Fraction(0), Fraction(1, 2), Fraction(1)):
            ends = model["parameters"].items()
            start = {name: (low + share * (high - low), least, most) for name, (low, high, least, most) in ends}
            values = reforms.after(parts, start, work)
            registers, payoffs = programs.run(program, values, work), self.model.replace(values).payoffs()
            if any(registers[k] != payoffs[cell] for cell, k in outputs.items()):
                raise CertificateError(f"the payoffs of {type(self.model).__name__} are not one rational formula")

    def __hash__(self) -> int:
        return hash((self.kind, self.bundle, self.robust))

    def _cells(self, event: Any) -> tuple[tuple[str, ...], ...]:
        shape = tuple(map(len, self.model.actions))
        return cells_of(StrategicGame(np.zeros((len(shape), *shape)), self.model.players, self.model.actions), event)

    def _region(self) -> Document:
        formula = payoff_formula(self.model)
        intervals = dict(self.box)
        held = sorted(
            {*intervals, *(edit.parameter for reform in self.menu for edit in reform.edits)} & set(formula.held)
        )
        if held:
            raise CertificateError(
                f"{type(self.model).__name__} keeps {', '.join(held)} at one number; leave it out of box and menu"
            )
        parameters = {}
        for name in self.model.parameters():
            if name not in formula.held:
                value, least, most = range_of(self.model, name)
                low, high = intervals.get(name, (value, value))
                parameters[name] = [None if x is None else text_of(x) for x in (low, high, least, most)]
        model = {
            "players": list(self.model.players),
            "actions": [list(labels) for labels in self.model.actions],
            "parameters": parameters,
            "program": program_of(formula),
            "payoffs": formula.outputs,
        }
        menu, bundle = reforms_of(self.menu), list(self.bundle)
        return {"kind": self.kind, "model": model, "reforms": menu, "bundle": bundle, "robust": self.robust}


@dataclass(frozen=True)
class RegionFails(RegionRemoves):
    """At every point of a box, after this bundle, some Nash equilibrium puts probability on the event.

    Arguments as for :class:`RegionRemoves`, not robust. Leaves: ``{"pure": cell}`` on the event, or ``{"others":
    [...]}``: every pair of supports off the event is excluded.
    """

    kind: ClassVar[str] = "region_fails"
    __hash__ = RegionRemoves.__hash__


@dataclass(frozen=True)
class RegionEntrenched(RegionRemoves):
    """At every point of a box, after this bundle, every Nash equilibrium puts probability on the event.

    Arguments as for :class:`RegionRemoves`, not robust. Leaves: ``{"others": [...]}``.
    """

    kind: ClassVar[str] = "region_entrenched"
    __hash__ = RegionRemoves.__hash__


@dataclass(frozen=True)
class RegionAvoidable(RegionRemoves):
    """At every point of a box, after this bundle, some Nash equilibrium puts no probability on the event.

    Arguments as for :class:`RegionRemoves`, not robust. Leaves as there, and ``{"pure": cell}`` off the event.
    """

    kind: ClassVar[str] = "region_avoidable"
    __hash__ = RegionRemoves.__hash__


@dataclass(frozen=True)
class RegionRefuted(RegionRemoves):
    """At some point of a box, after this bundle (robust: or more), a Nash equilibrium puts probability on the event.

    Arguments as for :class:`RegionRemoves`. ``evidence`` is a mapping with ``parameters`` (by name, before the reforms;
    those left out are the model's), ``added`` (reforms beyond the bundle, where robust) and ``profile``.
    """

    kind: ClassVar[str] = "region_refuted"
    __hash__ = RegionRemoves.__hash__

    def proof(self) -> Document:
        point = {name: ends[0] for name, ends in self._region()["model"]["parameters"].items()}
        point |= _plain({name: exact(x) for name, x in self.evidence["parameters"].items() if name in point})
        profile = text_of(nested(tuple(self.evidence["profile"])))
        return {"parameters": point, "added": list(self.evidence.get("added", ())), "profile": profile}


@dataclass(frozen=True)
class RegionBounds(RegionRemoves):
    """At every point of a box, after this bundle, every correlated equilibrium obeys a bound.

    Arguments as for :class:`RegionRemoves`, with leaves ``{"correlated": k}``, and

    bound : number
    relation : "<=" or ">="
    player : whose payoff is bounded; default None: the probability of the event is
    """

    bound: Any = 0
    relation: str = "<="
    player: str | None = None
    kind: ClassVar[str] = "region_bounds"
    __hash__ = RegionRemoves.__hash__

    def statement(self) -> Document:
        event = {"event": [list(cell) for cell in self.event]}
        measure = event if self.player is None else {"payoff": self.player}
        return {**self._region(), "measure": measure, "relation": self.relation, "bound": text_of(exact(self.bound))}


def _box(model: Any, box: Mapping[str, Any]) -> tuple[tuple[str, tuple[Fraction, Fraction]], ...]:
    """Intervals by parameter, within their ranges."""
    out = []
    for name, (low, high) in sorted(dict(box).items()):
        if name not in model.parameters():
            raise CertificateError(f"{name!r} is no parameter of {type(model).__name__}")
        _, least, most = range_of(model, name)
        low, high = exact(low), exact(high)
        if not least <= low <= high or (most is not None and high > most):
            raise CertificateError(f"{name} from {low} to {high} is no interval within its range")
        out.append((name, (low, high)))
    return tuple(out)


def _plain(value: Any) -> Any:
    """Nested mappings and sequences as JSON values, numbers as text."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return text_of(value) if isinstance(value, Fraction) else value
