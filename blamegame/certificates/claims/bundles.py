"""Claims about a model after a bundle of reforms, every parameter and every edit of it included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from blamegame.certificates.checker import Refused, Work, bundles, programs, reforms
from blamegame.certificates.checker.reading import take
from blamegame.certificates.claims.parts import (
    Document,
    bundle_of,
    cells_of,
    edits_of,
    parameters_of,
    program_of,
    range_of,
    reforms_of,
)
from blamegame.certificates.formula import payoff_formula
from blamegame.errors import CertificateError
from blamegame.games.strategic import StrategicGame


@dataclass(frozen=True)
class BundleRemoves:
    """After this bundle of reforms no Nash equilibrium of the model puts any probability on the event.

    Parameters
    ----------
    model : a single model, of any number of players
        Any object with ``players``, ``actions``, ``parameters()``, ``replace()`` and ``payoffs()``; its numbers count
        as the rationals they store.
    menu : reforms, each with ``name`` and ``edits`` (each with ``parameter``, ``scale``, ``add``, ``floor``)
    bundle : reforms of the menu, or their names
    event : boolean array over the cells, or an iterable of cells; default the model's own ``avoidance``
        Where that depends on the parameters, the event claimed is everything that counts as avoidance after any bundle
        the claim is about: a claim about more cells than count after one of them proves more, never less.
    """

    model: Any
    menu: Any
    bundle: Any
    event: Any = None
    kind: ClassVar[str] = "bundle_removes"

    def __post_init__(self) -> None:
        object.__setattr__(self, "menu", tuple(self.menu))
        object.__setattr__(self, "bundle", bundle_of(self.model, self.menu, self.bundle))
        event = self._own_event() if self.event is None else self.event
        shape = tuple(map(len, self.model.actions))
        blank = StrategicGame(np.zeros((len(shape), *shape)), self.model.players, self.model.actions)
        object.__setattr__(self, "event", cells_of(blank, event))

    def statement(self) -> Document:
        formula = payoff_formula(self.model)
        for reform in self.menu:
            for name in sorted({edit.parameter for edit in reform.edits} & set(formula.held)):
                kept = f"{type(self.model).__name__} keeps at {getattr(self.model, name)}"
                raise CertificateError(f"{reform.name} edits {name}, which {kept}; leave that reform out of the menu")
        model = {
            "players": list(self.model.players),
            "actions": [list(labels) for labels in self.model.actions],
            "parameters": parameters_of(self.model, held=formula.held),
            "program": program_of(formula),
            "payoffs": formula.outputs,
        }
        return {
            "kind": self.kind,
            "model": model,
            "reforms": reforms_of(self.menu),
            "bundle": list(self.bundle),
            "event": [list(cell) for cell in self.event],
        }

    def proof(self) -> Document:
        return {}

    def compare(self, statement: Document) -> None:
        """Make sure that the recorded formula gives the model's own payoffs after every bundle.

        A payoff definition that tests a parameter for equality takes one branch when recorded and may take another
        later.
        """
        work, claim = Work(), take(statement, {"kind": str, **bundles.REFORMED}, "claim")
        model = claim["model"]
        program = programs.program_of(model["program"], model["parameters"])
        shape = (len(self.model.players), *map(len, self.model.actions))
        outputs = programs.outputs_of(model["payoffs"], shape, program)
        for when, values in reforms.bundles_of(claim, work, robust=isinstance(self, IsRobust))[1]:
            registers, payoffs = programs.run(program, values, work), self.model.replace(values).payoffs()
            if any(registers[k] != payoffs[cell] for cell, k in outputs.items()):
                raise CertificateError(
                    f"the payoffs of {type(self.model).__name__} are not one rational formula: {when} they are others"
                )

    def _own_event(self) -> Any:
        """What the model itself calls avoidance after some bundle that the claim is about."""
        edits, work = {reform.name: edits_of(reform) for reform in self.menu}, Work()
        edited = {name for parts in edits.values() for name, _, _ in parts} & set(self.model.parameters())
        ranges = {name: range_of(self.model, name) for name in edited}
        try:
            every = reforms.larger_bundles(self.bundle, edits if self.kind == "bundle_is_robust" else ())
        except Refused as error:
            raise CertificateError(f"this claim cannot be certified: {error}") from None
        event: Any = False
        for chosen in every:
            parts = [part for name in chosen for part in edits[name] if part[0] in edited]
            changes = reforms.after(parts, ranges, work)
            event = event | np.asarray(self.model.replace(changes).avoidance)
        return event


@dataclass(frozen=True)
class IsRobust(BundleRemoves):
    """After this bundle, *and after every larger bundle of the menu*, no Nash equilibrium touches the event.

    Arguments as for :class:`BundleRemoves`; ``2 ** (number of other reforms)`` games are checked one by one.
    """

    kind: ClassVar[str] = "bundle_is_robust"
