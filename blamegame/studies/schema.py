"""Every variable of a study's dataset, declared once: name, type, unit, meaning, and what stands for "not computed"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.games.event_range import STATUSES
from blamegame.games.strategic import Array

SCHEMA_VERSION = 3
"""Raised whenever a stored dataset or checkpoint would read differently."""

NOT_COMPUTED = -1
"""Stands in codes (verdicts, sets of equilibria) for a cell that was not reached or failed; quantities hold NaN."""

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
    kind : "quantity", whose mean has a meaning; "verdict" or "set", codes of which only equality has one
    role : which variable of this schema it is, whatever its name
    concept, event : what it is about, in words; "" where it is about no concept, or the model's own event
    dims : dimensions after those of the design, as (name, labels) pairs
    attributes : further attributes, by the Climate and Forecast conventions where they have one
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    dims: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: str = "quantity"
    role: str = "custom"
    concept: str = ""
    event: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def fill(self) -> Any:
        """What a cell holds before it is computed."""
        return np.nan if self.dtype.startswith("f") else 0 if self.dtype == "u1" else NOT_COMPUTED

    @property
    def stored(self) -> np.dtype[Any]:
        """The type in files, the same on every machine."""
        return np.dtype(self.dtype).newbyteorder("<")

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
        about = {"role": self.role, "kind": self.kind, "concept": self.concept, "event": self.event}
        told = {name: words for name, words in about.items() if words}
        return {"units": self.unit, "long_name": self.meaning, **told, **self.attributes}


def _flags(words: tuple[str, ...], *, first: int) -> dict[str, Any]:
    values = np.arange(first, first + len(words), dtype=np.int8)
    return {"flag_values": values, "flag_meanings": " ".join(w.replace(" ", "_") for w in words)}


_MISSING = {"comment": "NaN where it was not computed, or is not known"}

_DECLARED = (
    Variable("avoidance_best", "f8", "probability", "probability of mutual avoidance in the best equilibrium"),
    Variable("avoidance_worst", "f8", "probability", "probability of mutual avoidance in the worst equilibrium"),
    Variable(
        "status", "i1", "1", "verdict on mutual avoidance", kind="verdict",
        attributes=_flags(("not_computed", *STATUS_WORDS), first=NOT_COMPUTED),
    ),
    Variable("complete", "f8", "1", "1 where every equilibrium of the concept was taken into account, else 0"),
    Variable("equilibria", "i8", "1", "supports of the Nash equilibria, one bit for each pair of supports", kind="set"),
    Variable("equilibria_count", "f8", "1", "number of extreme Nash equilibria"),
    Variable("pure_count", "f8", "1", "number of pure Nash equilibria"),
    Variable("success_best", "f8", "probability", "largest probability of success in a Nash equilibrium"),
    Variable("success_worst", "f8", "probability", "smallest probability of success in a Nash equilibrium"),
    Variable("payoff_best", "f8", "value of success", "largest payoff in a Nash equilibrium"),
    Variable("payoff_worst", "f8", "value of success", "smallest payoff in a Nash equilibrium"),
    Variable("playable", "f8", "1", "1 where the profile can be played in a subgame-perfect equilibrium, else 0",
             attributes=_MISSING),
    Variable("patience_needed", "f8", "discount factor",
             "smallest discount factor proved to make the profile playable; NaN where none was found"),
    Variable("patience_excluded", "f8", "discount factor",
             "largest discount factor proved not to make the profile playable; NaN where it always is"),
    Variable("custom", "f8", "1", "value of a function of the model"),
    Variable("failed", "u1", "1", "1 where the cell's computation failed or killed its worker; see attribute failures"),
)  # fmt: skip

VARIABLES = MappingProxyType({variable.name: replace(variable, role=variable.name) for variable in _DECLARED})
"""Every variable a study may hold, by name; measures add a suffix where they have settings of their own."""


def declared(name: str, suffix: str = "", **changes: Any) -> Variable:
    """The variable ``name`` of the schema, its name extended by ``suffix``.

    >>> declared("status", "correlated").name, declared("status").fill
    ('status_correlated', -1)
    """
    variable = VARIABLES[name]
    word = re.sub(r"[^\w.]", "_", suffix)  # names of actions may hold anything, names of variables may not
    return replace(variable, name=f"{name}_{word}" if word else name, **changes)


def variable_in(dataset: Any, role: str, *, like: Any = None) -> str:
    """The name of the variable of a dataset that plays a role of this schema, as its attributes say; or of the measure
    of one's own that is called so.

    Of several the one about Nash equilibria, else the first; with ``like``, another variable of the dataset, the one of
    the same concept and event.

    Raises
    ------
    StudyError
        Where there is none.
    """
    found = {
        str(name): variable.attrs
        for name, variable in dataset.data_vars.items()
        if variable.attrs.get("role", "custom") in (role, "custom" if name == role else role)
    }
    if like is not None:
        about = [like.attrs.get("concept"), like.attrs.get("event")]
        found = {name: a for name, a in found.items() if [a.get("concept"), a.get("event")] == about}
    if not found:
        raise StudyError(f"the dataset has no variable {role!r}; it has {', '.join(map(str, dataset.data_vars))}")
    nash = [name for name, a in found.items() if a.get("concept", "nash") == "nash" and not a.get("event")]
    return next(iter(nash or found))


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
