"""The models behind a run of cells: one batch in floats, and any of them in rational arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from blamegame.answers import batches
from blamegame.concepts import Nash
from blamegame.errors import GameError, ModelError, UnsupportedGame
from blamegame.games.batch import Batch
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.model import Model
from blamegame.reforms.reform import apply
from blamegame.solvers.strategic.batch import EquilibriumBatch, equilibria_batch
from blamegame.studies.grid import Bundles, Design, Points


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells ``start`` to ``stop - 1`` of a design around a model.

    Attributes
    ----------
    base : the model every cell starts from, in rational arithmetic
    design : which parameters each cell changes, and which bundle it adopts
    """

    base: Model
    design: Design
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    @cached_property
    def _where(self) -> tuple[Array, ...]:
        return self.design.positions(self.start, self.stop)

    def exact(self, index: int) -> Model:
        """The model of one cell, counted from ``start``, in rational arithmetic."""
        changes: dict[str, Any] = {}
        bundle: tuple[Any, ...] = ()
        for part, where in zip(self.design.parts, self._where):
            at = int(where[index])
            if isinstance(part, Points):
                changes |= {name: part.exact(name, at) for name in part.columns}
            else:
                bundle += part.bundles[at]
        model = self.base.replace(changes) if changes else self.base
        return apply(model, bundle) if bundle else model

    @cached_property
    def floats(self) -> Model:
        """All models as one batch of shape [cells]: each parameter the nearest float."""
        changes: dict[str, Any] = {}
        for part, where in zip(self.design.parts, self._where):
            if isinstance(part, Points):
                changes |= {name: part.floats(name, where) for name in part.columns}
        bundled = [(part, w) for part, w in zip(self.design.parts, self._where) if isinstance(part, Bundles)]
        edited = {e.parameter for part, _ in bundled for bundle in part.bundles for r in bundle for e in r.edits}
        if not changes and not edited:  # one cell, or bundles that edit nothing
            edited = {next(iter(self.base.parameters()))}
        for name in edited - changes.keys():
            changes[name] = np.full(len(self), float(getattr(self.base, name)))
        model = self.base.replace(changes)
        return self._after_bundles(model, bundled, edited) if bundled else model

    def _after_bundles(self, model: Model, bundled: list[tuple[Bundles, Array]], edited: set[str]) -> Model:
        sizes = tuple(len(part) for part, _ in bundled)
        which = np.ravel_multi_index(tuple(where for _, where in bundled), sizes)
        columns = {name: np.array(getattr(model, name)) for name in edited}
        for code in np.unique(which).tolist():
            members = np.flatnonzero(which == code)
            adopted = [
                r for (part, _), at in zip(bundled, np.unravel_index(code, sizes)) for r in part.bundles[int(at)]
            ]
            after = apply(model.replace({name: values[members] for name, values in self._arrays(model)}), adopted)
            for name in columns:
                columns[name][members] = getattr(after, name)
        return model.replace(columns)

    @staticmethod
    def _arrays(model: Model) -> list[tuple[str, Array]]:
        return [(n, v) for n in model.parameters() if isinstance(v := getattr(model, n), np.ndarray)]

    @cached_property
    def games(self) -> Batch:
        """The tables of all cells, floats with a way back to exact payoffs."""
        found = self.floats.batch(self.exact)
        assert found is not None  # asked for only where the model has one
        return found

    def exact_payoffs(self, index: int) -> Array:
        """Payoffs of one cell, counted from ``start``, in rational arithmetic, [2, m, n]."""
        return self.games.exact(index)

    @cached_property
    def equilibria(self) -> EquilibriumBatch:
        """Every extreme Nash equilibrium of every cell; cells too close to a tie are decided exactly."""
        return equilibria_batch(self.games)


def has_batch(model: Model) -> bool:
    """Whether the model plays a table of two players that can be solved many at once, and can hold a batch."""
    name = next(iter(model.parameters()), None)
    if name is None or model.event_moves:
        return False
    try:
        game = model.question(Nash()).game
        probe = model.replace({name: np.full(1, float(getattr(model, name)))})
    except (GameError, ModelError, UnsupportedGame, TypeError):  # whole-number parameters hold no batch
        return False
    return batches.lists_equilibria(game, Nash()) and probe.batch() is not None


def game_of(model: Model) -> StrategicGame:
    """The model's game of one period; UnsupportedGame where it has none in strategic form."""
    game = model.question(Nash()).game
    if not isinstance(game, StrategicGame):
        raise UnsupportedGame(f"{type(model).__name__} has no game in strategic form")
    return game
