"""Every variable of a study's dataset, declared once: name, type, unit, meaning, and what stands for "not computed"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.games.event_range import STATUSES
from blamegame.games.strategic import Array

SCHEMA_VERSION = 2
"""Raised whenever a stored dataset or checkpoint would read differently."""

NOT_COMPUTED = -1
"""Stands in integer variables for a cell that was not reached or failed; floats hold NaN."""

STATUS_WORDS = STATUSES
"""The verdict of each value 0, 1, 2, 3, 4 of a ``status`` variable."""


@dataclass(frozen=True)
class Variable:
    """One variable of a dataset.

    Attributes
    ----------
    name : how it is called in the dataset
    dtype : NumPy type code
    unit, meaning : for readers and axes of figures
    dims : dimensions after those of the design, as (name, labels) pairs
    attributes : further attributes, by the Climate and Forecast conventions where they have one
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    dims: tuple[tuple[str, tuple[str, ...]], ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def fill(self) -> Any:
        """What a cell holds before it is computed."""
        return np.nan if self.dtype.startswith("f") else 0 if self.dtype == "u1" else NOT_COMPUTED

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of one cell's value; () for a number."""
        return tuple(len(labels) for _, labels in self.dims)

    def empty(self, cells: int) -> Array:
        """Values of ``cells`` cells, none computed, shape [cells, *shape]."""
        return np.full((cells, *self.shape), self.fill, dtype=self.dtype)

    @property
    def bytes_per_cell(self) -> int:
        return int(np.dtype(self.dtype).itemsize * np.prod(self.shape, dtype=np.int64))

    def attrs(self) -> dict[str, Any]:
        """The attributes the variable carries in the dataset."""
        return {"units": self.unit, "long_name": self.meaning, **self.attributes}


def _flags(words: tuple[str, ...], *, first: int) -> dict[str, Any]:
    values = np.arange(first, first + len(words), dtype=np.int8)
    return {"flag_values": values, "flag_meanings": " ".join(w.replace(" ", "_") for w in words)}


_PLAYABLE = ("not_computed_or_undecided", "not_playable", "playable")

_DECLARED = (
    Variable("avoidance_best", "f8", "probability", "probability of mutual avoidance in the best equilibrium"),
    Variable("avoidance_worst", "f8", "probability", "probability of mutual avoidance in the worst equilibrium"),
    Variable(
        "status", "i1", "1", "verdict on mutual avoidance",
        attributes=_flags(("not_computed", *STATUS_WORDS), first=NOT_COMPUTED),
    ),
    Variable("complete", "i1", "1", "whether every equilibrium of the concept was taken into account",
             attributes=_flags(("not_computed", "no", "yes"), first=NOT_COMPUTED)),
    Variable("equilibria", "i8", "1", "supports of the Nash equilibria, one bit for each pair of supports"),
    Variable("equilibria_count", "i4", "1", "number of extreme Nash equilibria"),
    Variable("pure_count", "i4", "1", "number of pure Nash equilibria"),
    Variable("success_best", "f8", "probability", "largest probability of success in a Nash equilibrium"),
    Variable("success_worst", "f8", "probability", "smallest probability of success in a Nash equilibrium"),
    Variable("payoff_best", "f8", "value of success", "largest payoff in a Nash equilibrium"),
    Variable("payoff_worst", "f8", "value of success", "smallest payoff in a Nash equilibrium"),
    Variable("playable", "i1", "1", "whether the profile can be played in a subgame-perfect equilibrium",
             attributes=_flags(_PLAYABLE, first=NOT_COMPUTED)),
    Variable("patience_needed", "f8", "discount factor",
             "smallest discount factor proved to make the profile playable; NaN where none was found"),
    Variable("patience_excluded", "f8", "discount factor",
             "largest discount factor proved not to make the profile playable; NaN where it always is"),
    Variable("custom", "f8", "1", "value of a function of the model"),
    Variable("failed", "u1", "1", "1 where the cell's computation failed or killed its worker; see attribute failures"),
)  # fmt: skip

VARIABLES = MappingProxyType({variable.name: variable for variable in _DECLARED})
"""Every variable a study may hold, by name; measures add a suffix where they have settings of their own."""


_OF_EQUILIBRIA = (
    "status",
    *(f"{what}_{end}" for what in ("avoidance", "success", "payoff") for end in ("best", "worst")),
)


def declared(name: str, suffix: str = "", **changes: Any) -> Variable:
    """The variable ``name`` of the schema, its name extended by ``suffix``.

    >>> declared("status", "correlated").name, declared("status").fill
    ('status_correlated', -1)
    """
    variable = VARIABLES[name]
    return replace(variable, name=f"{name}_{suffix}" if suffix else name, **changes)


def named_after(name: str, variables: Iterable[Any]) -> str:
    """The variable called ``name``, or the first whose suffix says of which concept or event it is.

    >>> named_after("status", ["status_correlated", "equilibria"])
    'status_correlated'

    Raises
    ------
    StudyError
        Where there is none.
    """
    known = [str(variable) for variable in variables]
    found = [variable for variable in known if variable == name or variable.startswith(f"{name}_")]
    if not found:
        raise StudyError(f"the dataset has no variable {name!r}; it has {', '.join(known)}")
    return name if name in found else found[0]


def concept_in(variable: str) -> str:
    """The concept that a variable of equilibria is about, as its name says it; "" where it is no such variable.

    >>> concept_in("avoidance_best_coarse_correlated"), concept_in("status"), concept_in("custom")
    ('coarse_correlated', 'nash', '')
    """
    base = next((name for name in _OF_EQUILIBRIA if variable == name or variable.startswith(f"{name}_")), None)
    if base is None:
        return ""
    suffix = f"_{variable.removeprefix(base).lstrip('_')}"
    return suffix.partition("_of_")[0].strip("_") or "nash"


def status_codes(words: Any) -> Array:
    """Verdict words as the integers a dataset stores."""
    array = np.asarray(words)
    codes = np.full(array.shape, NOT_COMPUTED, dtype=np.int8)
    for code, word in enumerate(STATUS_WORDS):
        codes[array == word] = code
    return codes


def status_words(codes: Any) -> Array:
    """The verdict words of stored integers; "not computed" for cells without one.

    >>> status_words([0, 2, -1]).tolist()
    ['free', 'entrenched', 'not computed']
    """
    words: Array = np.array([*STATUS_WORDS, "not computed"])[np.asarray(codes, dtype=np.int64)]
    return words
