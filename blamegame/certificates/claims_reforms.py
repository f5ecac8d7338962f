"""Claims about a model after a bundle of reforms, every parameter and every edit of it included."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from blamegame.certificates.checker import Refused, Work
from blamegame.certificates.checker.bundles import after, larger_bundles
from blamegame.certificates.claim_parts import Document, cells_of, exact, text_of
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
        ranges = {name: self._range(name) for name in self.model.parameters() if name not in formula.held}
        model = {
            "players": list(self.model.players),
            "actions": [list(labels) for labels in self.model.actions],
            "parameters": {name: [None if x is None else text_of(x) for x in ends] for name, ends in ranges.items()},
            "program": [[text_of(x) if isinstance(x, Fraction) else x for x in step] for step in formula.program],
            "payoffs": formula.outputs,
        }
        reforms = {name: [[*edit[:2], text_of(edit[2])] for edit in edits] for name, edits in self._edits().items()}
        event = [list(cell) for cell in self.event]
        return {"kind": self.kind, "model": model, "reforms": reforms, "bundle": list(self.bundle), "event": event}

    def proof(self) -> Document:
        return {}

    def _range(self, name: str) -> tuple[Fraction, Fraction, Fraction | None]:
        spec = self.model.parameters()[name]
        return exact(getattr(self.model, name)), spec.low, spec.high

    def _edits(self) -> dict[str, list[tuple[str, str, Fraction]]]:
        """By reform: (parameter, step, number), only those that do something (of one parameter's at least one)."""
        return {reform.name: [part for edit in reform.edits for part in _parts(edit)] for reform in self.menu}

    def _own_event(self) -> Any:
        """What the model itself calls avoidance after some bundle that the claim is about."""
        edits, work = self._edits(), Work()
        edited = {name for parts in edits.values() for name, _, _ in parts} & set(self.model.parameters())
        ranges = {name: self._range(name) for name in edited}
        try:
            every = larger_bundles(self.bundle, edits if self.kind == "bundle_is_robust" else ())
        except Refused as error:
            raise CertificateError(f"this claim cannot be certified: {error}") from None
        event: Any = False
        for chosen in every:
            changes = after([part for name in chosen for part in edits[name] if part[0] in edited], ranges, work)
            event = event | np.asarray(self.model.replace(changes).avoidance)
        return event


@dataclass(frozen=True)
class IsRobust(BundleRemoves):
    """After this bundle, *and after every larger bundle of the menu*, no Nash equilibrium touches the event.

    Arguments as for :class:`BundleRemoves`; ``2 ** (number of other reforms)`` games are checked one by one.
    """

    kind: ClassVar[str] = "bundle_is_robust"


def _parts(edit: Any) -> list[tuple[str, str, Fraction]]:
    parts = [(edit.parameter, "scale", exact(edit.scale))] if edit.scale != 1 else []
    parts += [(edit.parameter, "add", exact(edit.add))] if edit.add else []
    return parts + ([(edit.parameter, "floor", exact(edit.floor))] if edit.floor is not None else [])
