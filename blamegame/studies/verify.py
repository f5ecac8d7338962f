"""Recomputing a study's result: a random sample of its cells, each from its exact model, one at a time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.models.model import Model
from blamegame.studies.cells import Cells
from blamegame.studies.dataset import read_dataset
from blamegame.studies.grid import check_generator
from blamegame.studies.identity import difference
from blamegame.studies.measures import Measure
from blamegame.studies.recipe import task_in
from blamegame.studies.schema import NOT_COMPUTED, Variable

_CLOSE = 1e-9
"""How far a float of a batch may be from the exact definition, relative to 1 or to its size if that is larger."""
_MOST_TOLD = 10


@dataclass(frozen=True)
class Difference:
    """One value that a study does not have as its model gives it: cell, variable, what is held, what was computed."""

    cell: int
    variable: str
    held: str
    computed: str

    def __str__(self) -> str:
        return f"{self.variable} of cell {self.cell:,} is {self.held} there, {self.computed} computed now"


@dataclass(frozen=True)
class Verification:
    """How a sample of a study's cells compares with computing them again.

    Attributes
    ----------
    cells, checked, agree : cells in all, recomputed, and found as they are held
    uncomputed : sampled cells that hold no values (not reached, or failed), which are not in ``checked``
    differences : the first values that differ
    changed : what differs today from what the study was computed with, in words; "" where nothing does
    """

    cells: int
    checked: int
    agree: int
    uncomputed: int
    differences: tuple[Difference, ...]
    changed: str

    @property
    def holds(self) -> bool:
        """Whether cells were recomputed and every one agrees."""
        return self.checked == self.agree > 0

    def __str__(self) -> str:
        lines = [f"{self.agree:,} of {self.checked:,} cells recomputed exactly agree, of {self.cells:,} in all"]
        lines += [f"{self.uncomputed:,} sampled cells hold no values"] if self.uncomputed else []
        return "\n".join(
            [*lines, *map(str, self.differences), *([f"since then: {self.changed}"] if self.changed else [])]
        )


def verify_dataset(
    dataset_or_path: Any,
    *,
    sample: Any = Fraction(1, 1000),
    rng: np.random.Generator,
    model: Model | None = None,
    measures: tuple[Measure, ...] | None = None,
) -> Verification:
    """Recompute a random sample of a study's cells, each by the exact definition of its measures.

    Parameters
    ----------
    dataset_or_path : what :func:`blamegame.study` returned, or its netCDF-4 file
    sample : share of the cells, at least one of them; 1 is all
    rng : which cells
    model, measures : of your own, where the study has such; the library's are built from the file

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> from blamegame.studies.study import study
    >>> found = study(Delegation(), {"authority": "0:1:21"})
    >>> print(verify_dataset(found, sample=1, rng=np.random.default_rng(0)))
    21 of 21 cells recomputed exactly agree, of 21 in all
    >>> found.status[3] = 1
    >>> print(verify_dataset(found, sample=1, rng=np.random.default_rng(0)).differences[0])
    status of cell 3 is 1 there, 2 computed now
    """
    check_generator(rng)
    if isinstance(sample, bool) or not 0 < sample <= 1:
        raise StudyError(f"sample={sample} is not a share of the cells, above 0 and at most 1")
    if isinstance(dataset_or_path, str | os.PathLike):
        with read_dataset(dataset_or_path, whole=False) as dataset:
            return _verified(dataset, sample, rng, model, measures)
    return _verified(dataset_or_path, sample, rng, model, measures)


def _verified(dataset: Any, sample: Any, rng: np.random.Generator, model: Any, measures: Any) -> Verification:
    task = task_in(dataset, model=model, measures=measures).check()
    size = task.design.size
    chosen = np.sort(rng.choice(size, max(1, round(float(sample) * size)), replace=False)).tolist()
    _check_variables(dataset, task.variables)
    differences: list[Difference] = []
    checked = agree = uncomputed = 0
    for cell in chosen:
        where = dict(zip(task.design.dims, (int(p[0]) for p in task.design.positions(cell, cell + 1))))
        held = dataset.isel(where)
        if ("failed" in held and int(held["failed"])) or _empty(held, task.variables):
            uncomputed += 1
            continue
        checked += 1
        computed = task.measured(task.measures, Cells(task.base, task.design, cell, cell + 1).exact(0), cell)
        wrong = [
            Difference(cell, v.name, _shown(held[v.name].values), _shown(computed[v.name]))
            for v in task.variables
            if v.name in computed and not _close(held[v.name].values, computed[v.name])
        ]
        agree += not wrong
        differences += wrong[: _MOST_TOLD - len(differences)]
    changed = difference(_provenance(dataset), task.facts)
    return Verification(size, checked, agree, uncomputed, tuple(differences), changed)


def _check_variables(dataset: Any, variables: tuple[Variable, ...]) -> None:
    for v in variables:
        if v.name != "failed" and v.name not in dataset.data_vars:
            raise StudyError(f"the dataset has no variable {v.name!r}, which its measures fill")


def _provenance(dataset: Any) -> dict[str, str]:
    import json

    try:
        held = json.loads(dataset.attrs["provenance"])
        return {str(name): str(value) for name, value in held.items()}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise StudyError(f"this dataset does not say what it was computed with ({type(error).__name__})") from None


def _empty(held: Any, variables: tuple[Variable, ...]) -> bool:
    """Whether nothing of a cell was computed; a quantity may be missing although it was."""
    codes = [held[v.name].values for v in variables if v.kind != "quantity"]
    if codes:
        return all(np.all(code == NOT_COMPUTED) for code in codes)
    return all(np.isnan(held[v.name].values).all() for v in variables if v.name != "failed")


def _close(held: Any, computed: Any) -> bool:
    if np.asarray(held).dtype.kind in "iu":  # codes: 62 bits are more than a float holds
        return bool(np.array_equal(held, computed))
    one, other = np.asarray(held, dtype=np.float64), np.asarray(computed, dtype=np.float64)
    return one.shape == other.shape and np.allclose(one, other, rtol=_CLOSE, atol=_CLOSE, equal_nan=True)


def _shown(value: Any) -> str:
    return ", ".join(f"{x:.12g}" for x in np.ravel(np.asarray(value, dtype=np.float64)).tolist())
