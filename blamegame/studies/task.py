"""A study as a value that a worker can compute any range of: the model, the design and the measures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from blamegame.errors import IncompleteSolution, StudyError, UnsupportedGame
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.studies.cells import Cells, has_batch
from blamegame.studies.fingerprint import identity, model_facts
from blamegame.studies.grid import Design
from blamegame.studies.measures import Measure, measures_by_variable
from blamegame.studies.schema import Variable, declared
from blamegame.studies.words import number_text

MOST_CELLS_AT_ONCE = 65_536
"""Cells of one batch: a few tens of megabytes of payoffs and equilibria."""


@dataclass(frozen=True)
class Failure:
    """One cell whose computation failed: its position in the design and the reason."""

    cell: int
    reason: str


@dataclass(frozen=True, eq=False)
class Result:
    """The values of cells ``start`` to ``stop - 1``.

    Attributes
    ----------
    arrays : for each variable its values, [stop - start, ...], in the variable's type
    failures : the cells that failed, which hold what stands for "not computed"
    seconds : time it took
    version : of the library that computed it
    """

    start: int
    stop: int
    arrays: dict[str, Array]
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    version: str = ""


@dataclass(frozen=True, eq=False)
class Task:
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
        measures_by_variable(self.measures, self.base)
        return self

    def restricted(self, start: int, stop: int) -> Task:
        """A task that holds no more of a long sample than cells ``start`` to ``stop - 1``."""
        part = self.design.restricted(start, stop)
        return self if part is self.design else Task(self.base, part, self.measures, self.offset + start)

    def compute(self, start: int, stop: int) -> Result:
        """The values of cells ``start`` to ``stop - 1`` of the whole study, however cells are grouped."""
        import time

        from blamegame.version import __version__

        began = time.perf_counter()
        cells = Cells(self.base, self.design, start - self.offset, stop - self.offset)
        arrays = {variable.name: variable.empty(len(cells)) for variable in self.variables}
        for measure in self.measures:
            if measure not in self.slow:
                for name, values in measure.of_cells(cells).items():
                    arrays[name][:] = values
        failures = self._one_by_one(cells, arrays, start) if self.slow else ()
        return Result(start, stop, arrays, failures, time.perf_counter() - began, __version__)

    def _one_by_one(self, cells: Cells, arrays: dict[str, Array], start: int) -> tuple[Failure, ...]:
        failures = []
        for index in range(len(cells)):
            try:
                model = cells.exact(index)
                found = {n: v for measure in self.slow for n, v in measure.of_model(model).items()}
            except (UnsupportedGame, StudyError):  # no cell will do better
                raise
            except (Exception, IncompleteSolution) as error:  # this cell's own trouble: reported, the rest goes on
                failures.append(Failure(start + index, f"{type(error).__name__}: {error}"))
                arrays["failed"][index] = 1
                continue
            for name, value in found.items():
                arrays[name][index] = value
        return tuple(failures)

    def failed(self, start: int, stop: int, reason: str) -> Result:
        """A result in which every cell failed for the same reason."""
        arrays = {variable.name: variable.empty(stop - start) for variable in self.variables}
        if "failed" in arrays:
            arrays["failed"][:] = 1
        from blamegame.version import __version__

        return Result(start, stop, arrays, tuple(Failure(c, reason) for c in range(start, stop)), 0.0, __version__)

    def parameters(self, cell: int) -> dict[str, str]:
        """What one cell changes, in words: parameter to exact value, dimension to bundle."""
        from blamegame.studies.grid import Points

        out: dict[str, str] = {}
        for part, where in zip(self.design.parts, self.design.positions(cell, cell + 1)):
            at = int(where[0])
            if isinstance(part, Points):
                out |= {name: number_text(part.exact(name, at)) for name in part.columns}
            else:
                out[part.dim] = part.labels[at]
        return out

    def fingerprint(self) -> dict[str, str]:
        """Everything the results depend on, as named facts: model, design, measures, versions."""
        from blamegame.studies.schema import SCHEMA_VERSION
        from blamegame.version import __version__

        facts = {"version": __version__, "schema": str(SCHEMA_VERSION), "model": type(self.base).__name__}
        facts |= {f"model {name}": text for name, text in model_facts(self.base).items()}
        facts |= self.design.fingerprint()
        facts["measures"] = "; ".join(identity(measure) for measure in self.measures)
        return facts
