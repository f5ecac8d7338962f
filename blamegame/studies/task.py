"""A study as a value that a worker can compute any range of: the model, the design and the measures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from blamegame.errors import StudyError, UnsupportedGame
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.studies.cells import Cells, has_batch
from blamegame.studies.grid import Design, Points
from blamegame.studies.identity import (
    check_identified,
    code_of,
    identity_of,
    library_version,
    measure_words,
    model_facts,
    versions,
)
from blamegame.studies.measures import Measure, Stochastic, variables_of
from blamegame.studies.schema import Variable, declared
from blamegame.studies.value import Value
from blamegame.studies.words import number_text

MOST_CELLS_AT_ONCE = 65_536
"""Cells of one batch: a few tens of megabytes of payoffs and equilibria."""

_LONGEST_REASON = 1000


@dataclass(frozen=True)
class Failure:
    """One cell whose computation failed: its position in the design and the reason."""

    cell: int
    reason: str


@dataclass(frozen=True, eq=False)
class Result(Value):
    """The values of cells ``start`` to ``stop - 1``.

    Attributes
    ----------
    arrays : for each variable its values, [stop - start, ...], in the variable's type
    failures : the cells that failed, which hold what stands for "not computed"
    seconds : time it took
    version : of the library that computed it, its source included
    """

    start: int
    stop: int
    arrays: dict[str, Array]
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    version: str = ""


@dataclass(frozen=True, eq=False)
class Task(Value):
    """What is computed in every cell.

    Attributes
    ----------
    base : the model in rational arithmetic
    design : which cells there are
    measures : what is computed in each
    offset : where this design's first cell lies in the whole study, for a restricted design
    """

    base: Model
    design: Design
    measures: tuple[Measure, ...]
    offset: int = 0

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable in the order of the measures, and ``failed`` where cells are computed one by one."""
        found = [variable for measure in self.measures for variable in measure.variables(self.base)]
        return (*found, declared("failed")) if self.slow else tuple(found)

    @cached_property
    def _batch(self) -> bool:
        return has_batch(self.base)

    @cached_property
    def slow(self) -> tuple[Measure, ...]:
        """The measures that are computed cell by cell."""
        return tuple(m for m in self.measures if not (self._batch and m.batched(self.base)))

    @property
    def bytes_per_cell(self) -> int:
        return sum(variable.bytes_per_cell for variable in self.variables)

    def check(self) -> Task:
        """This task, or an error that names what does not fit: parameters, ranges, measures."""
        if self.base.batch_shape:
            raise StudyError(f"a study starts from one model, this is a batch of shape {self.base.batch_shape}")
        self.design.check(self.base)
        if not self.measures:
            raise StudyError("a study needs at least one measure, such as Avoidance()")
        variables_of(self.measures, self.base)
        self._check_names()
        return self

    def _check_names(self) -> None:
        """Refuse names that a file or a dataset could not keep apart."""
        taken: dict[str, str] = {}
        for part in self.design.parts:
            names = list(part.columns) if isinstance(part, Points) else []
            taken |= {part.dim: f"dimension {part.dim!r}"} | {name: f"parameter {name!r}" for name in names}
            known = self.base.parameters()
            if part.dim in known and part.dim not in names:
                raise StudyError(f"dimension {part.dim!r} has the name of another parameter; name it dim='point'")
        of_players = {dim for variable in self.variables for dim, _ in variable.dims}
        for what, new in (("dimension", of_players), ("variable", {v.name for v in self.variables})):
            for name in sorted(new):
                if name in taken:
                    raise StudyError(f"{what} {name!r} of a measure has the name of {taken[name]}; rename one of them")
        for name in taken.keys() | of_players:
            if not name.isidentifier():
                raise StudyError(f"{name!r} cannot name a dimension: it is not a plain word, such as sample_2")

    def restricted(self, start: int, stop: int) -> Task:
        """A task that holds no more of a long sample than cells ``start`` to ``stop - 1``."""
        part = self.design.restricted(start, stop)
        return self if part is self.design else Task(self.base, part, self.measures, self.offset + start)

    def compute(self, start: int, stop: int) -> Result:
        """The values of cells ``start`` to ``stop - 1`` of the whole study, however cells are grouped."""
        import time

        began = time.perf_counter()
        cells = Cells(self.base, self.design, start - self.offset, stop - self.offset)
        arrays = {variable.name: variable.empty(len(cells)) for variable in self.variables}
        for measure in self.measures:
            if measure not in self.slow:
                try:
                    found = measure.of_cells(cells)
                except SystemExit as error:  # of many cells at once: no telling which
                    raise StudyError(f"{measure!r} ends the interpreter (SystemExit: {error})") from None
                for name, values in found.items():
                    arrays[name][:] = values
        failures = self._one_by_one(cells, arrays, start) if self.slow else ()
        return Result(start, stop, arrays, failures, time.perf_counter() - began, library_version())

    def _one_by_one(self, cells: Cells, arrays: dict[str, Array], start: int) -> tuple[Failure, ...]:
        failures = []
        for index in range(len(cells)):
            try:
                found = self.measured(self.slow, cells.exact(index), start + index)
            except (UnsupportedGame, StudyError):  # no cell will do better
                raise
            except (Exception, SystemExit) as error:  # this cell's own trouble: reported, the rest goes on
                failures.append(Failure(start + index, f"{type(error).__name__}: {error}"[:_LONGEST_REASON]))
                arrays["failed"][index] = 1
                continue
            for name, value in found.items():
                arrays[name][index] = value
        return tuple(failures)

    @staticmethod
    def measured(measures: tuple[Measure, ...], model: Model, cell: int) -> dict[str, Any]:
        """The values of one exact model, which is cell ``cell`` of the whole study."""
        found: dict[str, Any] = {}
        for one in measures:
            found |= one.of_model(model, cell) if isinstance(one, Stochastic) else one.of_model(model)
        return found

    def failed(self, start: int, stop: int, reason: str) -> Result:
        """A result in which every cell failed for the same reason."""
        arrays = {variable.name: variable.empty(stop - start) for variable in self.variables}
        if "failed" in arrays:
            arrays["failed"][:] = 1
        failures = tuple(Failure(c, reason) for c in range(start, stop))
        return Result(start, stop, arrays, failures, 0.0, library_version())

    def parameters(self, cell: int) -> dict[str, str]:
        """What one cell changes, in words: parameter to exact value, dimension to bundle."""
        out: dict[str, str] = {}
        for part, where in zip(self.design.parts, self.design.positions(cell, cell + 1)):
            at = int(where[0])
            if isinstance(part, Points):
                out |= {name: number_text(part.exact(name, at)) for name in part.columns}
            else:
                out[part.dim] = part.labels[at]
        return out

    @cached_property
    def facts(self) -> dict[str, str]:
        """Everything the results depend on, by name: model, design, measures, code, versions."""
        from blamegame.studies.schema import SCHEMA_VERSION

        kind = type(self.base)
        facts = {"schema": str(SCHEMA_VERSION), "model": kind.__name__, "model code": code_of(kind)}
        facts |= {f"model {name}": text for name, text in model_facts(self.base).items()}
        facts |= self.design.fingerprint()
        facts["measures"] = "; ".join(map(measure_words, self.measures))
        return facts | versions()

    @property
    def identity(self) -> str:
        """The digest of the facts, which everything that was computed carries."""
        return identity_of(self.facts)

    def check_identified(self) -> None:
        """Refuse a study of which a checkpoint could not tell whether it changed."""
        check_identified(self.base, *self.measures)
