"""A model is a frozen record of documented parameters; this file says what a parameter is and what it may hold."""

from __future__ import annotations

import dataclasses
import math
import numbers
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from blamegame.concepts import KINDS, Concept
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.strategic import object_array
from blamegame.models.described import described, documented, table_of
from blamegame.models.parameter import Parameter
from blamegame.numbers import number_meant

if TYPE_CHECKING:
    from blamegame.games.batch import Batch
    from blamegame.games.question import Question
    from blamegame.games.strategic import Array

_LARGEST_WHOLE_FLOAT = 2**53


def parameter(
    symbol: str,
    meaning: str,
    default: str,
    *,
    high: str | None = "1",
    low: str = "0",
    unit: str = "share",
    source: str = "",
) -> Any:
    """A dataclass field that documents itself; ``default``, ``low`` and ``high`` are exact decimals as text.

    Without ``source`` it is the ``parameter_source`` of the class that declares the field.
    """
    facts = {
        "symbol": symbol,
        "meaning": meaning,
        "low": Fraction(low),
        "high": None if high is None else Fraction(high),
        "default": Fraction(default),
        "unit": unit,
        "source": source,
    }
    return dataclasses.field(default=facts["default"], metadata={"parameter": facts})


@dataclass(frozen=True, eq=False)
class Model(ABC):
    """Base of every model: checks its fields against their documented ranges and says which name was meant.

    A field may be int or Fraction (exact), float, an array (a batch: axes broadcast), or a SymPy expression.

    ``measures`` names, in words, the numbers of the model's equilibrium that :meth:`measure` gives, each the method of
    that name; models with a table of payoffs may have none.
    """

    concepts: ClassVar[tuple[type[Concept], ...]] = ()
    """The solution concepts that may be asked of the model; the first is the default."""
    event_moves: ClassVar[bool] = False
    """Whether parameters decide what counts as avoidance, so that the event differs between models."""
    measures: ClassVar[Mapping[str, str]] = MappingProxyType({})
    avoidance_name: ClassVar[str] = "mutual avoidance"
    """What the model's event is called, as in "mutual avoidance in no equilibrium"."""
    avoidance_in_words: ClassVar[str] = ""
    """The event in words, for a game with too many cells of it to be listed."""
    plans: ClassVar[str] = ""
    """How to read labels of actions that are plans, as a sentence without a full stop; "" where they are actions."""
    parameter_source: ClassVar[str] = "assumption"
    """Where the parameters that a class declares come from, unless one names its own source."""

    def __new__(cls, *values: Any, **named: Any) -> Self:
        for name in named.keys() - cls.__dataclass_fields__.keys():
            raise ModelError(_not_of(cls.__name__, name, [field.name for field in dataclasses.fields(cls)]))
        return super().__new__(cls)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.__doc__ = described(cls)
        cls.__hash__ = Model.__hash__  # type: ignore[method-assign]

    def __post_init__(self) -> None:
        for name, spec in self.parameters().items():
            object.__setattr__(self, name, _checked(spec, getattr(self, name)))
        if self.batch_shape:
            for name in self.parameters():
                value = getattr(self, name)
                if isinstance(value, np.ndarray):
                    value.setflags(write=False)

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """Every parameter of the model by name, in the order of the documentation."""
        model: Any = cls  # a plain class: mypy would ask its instances' __hash__ of it
        return dict(_parameters_of(model))

    @property
    def batch_shape(self) -> tuple[int, ...]:
        """Common shape of the array parameters; () for a single model."""
        arrays = {n: v.shape for n in self.parameters() if isinstance(v := getattr(self, n), np.ndarray)}
        try:
            return np.broadcast_shapes(*arrays.values())
        except ValueError:
            raise ModelError(f"array parameters do not broadcast to one batch: {arrays}") from None

    def replace(self, changes: Mapping[str, Any] | None = None, **more: Any) -> Self:
        """The same model with some parameters changed; an unknown name is refused with the nearest known one."""
        edits = {**(changes or {}), **more}
        for name in edits:
            self.check_name(name)
        return dataclasses.replace(self, **edits)

    @classmethod
    def check_name(cls, name: str) -> None:
        """Refuse a name that is not a parameter of this model."""
        known = cls.parameters()
        if name not in known:
            raise ModelError(_not_of(cls.__name__, name, known))

    def measure(self, name: str) -> Any:
        """One number of the model's equilibrium, by name; a batch gives an array."""
        if name not in self.measures:
            near = get_close_matches(name, self.measures, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(self.measures) or 'none'}"
            raise ModelError(f"{name!r} is not a measure of {type(self).__name__}; {hint}")
        return getattr(self, name)()

    @classmethod
    def avoidance_word(cls) -> str:
        """The event's name where it stands beside numbers: plain "avoidance" for mutual avoidance."""
        return cls.avoidance_name.removeprefix("mutual ")

    def event_moves_with(self, names: Collection[str]) -> bool:
        """Whether changing these parameters may change what counts as avoidance; a model may know this better."""
        return self.event_moves and bool(names)

    @abstractmethod
    def event(self, event: Any = None) -> Any:
        """An event as the model's form of game has it, default the model's own avoidance."""

    @abstractmethod
    def question(self, concept: Concept, event: Any = None) -> Question[Any]:
        """The model's game, the event and the concept: what solvers answer.

        Raises
        ------
        UnsupportedGame
            For a concept or an event that has no meaning for this form of game; the message names what has.
        """

    def batch(self, exact: Callable[[int], Model] | None = None) -> Batch | None:
        """The models of a batch as tables that can be solved at once; None where each is solved by itself."""
        return None

    def ill_conditioned(self) -> Array:
        """Where float payoffs may be off by more than rounding, boolean, shape [*batch]; nowhere by default."""
        return np.zeros(self.batch_shape, dtype=bool)

    @classmethod
    def default_concept(cls) -> Concept:
        """The concept that is meant where none is named.

        Raises
        ------
        UnsupportedGame
            Where that needs a setting, such as a discount factor.
        """
        try:
            return cls.concepts[0]()
        except TypeError:
            kind = cls.concepts[0]
            raise UnsupportedGame(
                f"{cls.__name__} is asked for {kind.__name__}, which needs its setting; write "
                f"{kind.__name__}(Fraction(9, 10))"
            ) from None

    @classmethod
    def check_concept(cls, concept: Concept) -> None:
        """Refuse a concept, or a setting of it, that has no meaning for this form of game, naming those that have."""
        cls._check_asked(concept)

    @classmethod
    def _check_asked(cls, concept: Concept) -> None:
        if not isinstance(concept, cls.concepts):
            known = ", ".join(kind.__name__ for kind in KINDS if kind in cls.concepts)
            raise UnsupportedGame(f"{cls.__name__} has no {concept}; it is asked for {known}")

    def facts(self, profile: tuple[Any, ...]) -> dict[str, Any]:
        """Further numbers of one equilibrium of the game of one period, by what they are in words; {} by default."""
        return {}

    def item(self, index: int) -> Self:
        """One model of a batch, by its position in the flattened batch."""
        shape = self.batch_shape
        where = np.unravel_index(index, shape)
        arrays = {n: v for n in self.parameters() if isinstance(v := getattr(self, n), np.ndarray)}
        return dataclasses.replace(self, **{n: np.broadcast_to(v, shape)[where] for n, v in arrays.items()})

    def exact(self) -> Self:
        """The same model in rational arithmetic: each float becomes the rational it stores."""
        floats = {n: Fraction(v) for n in self.parameters() if isinstance(v := getattr(self, n), float)}
        return dataclasses.replace(self, **floats)

    def values(self) -> dict[str, Any]:
        """Every parameter in one arithmetic: all exact, or all float as soon as one is a float or a float array."""
        raw = {name: getattr(self, name) for name in self.parameters()}
        if any(_is_float(value) for value in raw.values()):
            return {name: _to_float(value) for name, value in raw.items()}
        return raw

    def __str__(self) -> str:
        fields = {field.name: (getattr(self, field.name), field.default) for field in dataclasses.fields(self)}
        return table_of(type(self).__name__, fields, self.parameters())

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            if isinstance(value, np.ndarray):  # pickle and deepcopy forget that an array is read-only
                value.setflags(write=False)
            object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        mine, theirs = self.__dict__, other.__dict__
        return mine.keys() == theirs.keys() and all(np.array_equal(mine[k], theirs[k]) for k in mine)

    def __hash__(self) -> int:
        return hash(
            (type(self), *(v if not isinstance(v, np.ndarray) else v.tobytes() for v in self.__dict__.values()))
        )


def _not_of(model: str, name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; its parameters are {', '.join(known)}"
    return f"{name!r} is not a parameter of {model}{hint}"


@cache
def _parameters_of(model: type[Any]) -> dict[str, Parameter]:
    found = {}
    for field in dataclasses.fields(model):
        if "parameter" in field.metadata:
            found[field.name] = documented(model, field.name, field.metadata["parameter"])
    return found


def _checked(spec: Parameter, value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return _checked_array(spec, value)
    if isinstance(value, bool) or value is None or isinstance(value, str | complex):
        meant = number_meant(value) if isinstance(value, str) else None
        hint = "" if meant is None else f"; write Fraction({meant!r}) for an exact number"
        raise ModelError(f"{spec.name}={value!r} is not a number{hint}")
    if isinstance(value, int | np.integer):
        value = Fraction(int(value))
    if isinstance(value, Decimal) and value.is_finite():
        value = Fraction(value)
    if isinstance(value, np.floating):
        value = float(value)
    if not isinstance(value, numbers.Real):  # a SymPy expression or another symbolic value: its range is unknown
        if hasattr(value, "__sub__") and hasattr(value, "__truediv__"):
            return value
        hint = "; write numpy.array(...) for a batch" if isinstance(value, list | tuple) else ""
        raise ModelError(f"{spec.name}={value!r} is not a number{hint}")
    if value != value or value in (math.inf, -math.inf):
        raise ModelError(f"{spec.name}={value} is not a finite number; it must be {spec.range_text()}")
    if value < spec.low or (spec.high is not None and value > spec.high):
        raise ModelError(out_of_range(spec, value))
    return value


def out_of_range(spec: Parameter, value: Any) -> str:
    """The message for a value outside a parameter's range."""
    shown = str(float(value)) if isinstance(value, Fraction) and float(value) == value else str(value)
    kind = f"is not a {spec.unit}" if spec.unit in ("share", "probability") else "is out of range"
    return f"{spec.name}={shown} {kind} ({spec.range_text()})"


def _checked_array(spec: Parameter, value: Any) -> Any:
    if value.size == 0:
        raise ModelError(f"{spec.name} is an empty array; a batch needs at least one value")
    whole = value.dtype.kind in "iu" and (value.max() > _LARGEST_WHOLE_FLOAT or value.min() < -_LARGEST_WHOLE_FLOAT)
    array = np.array(value, dtype=object if value.dtype == object or whole else np.float64)
    if array.dtype == object:
        items = [_checked(spec, item) for item in array.ravel().tolist()]
        if any(isinstance(item, Fraction) for item in items):  # among them floats are the rationals they store
            items = [Fraction(item) if isinstance(item, float) else item for item in items]
        array = object_array(items).reshape(array.shape)
        return array if array.ndim else array.item()
    bad = ~np.isfinite(array) | (array < float(spec.low))
    if spec.high is not None:
        bad |= array > float(spec.high)
    if bad.any():
        where = tuple(int(i) for i in np.argwhere(bad)[0])
        raise ModelError(
            f"{spec.name}[{', '.join(map(str, where))}]={array[where]} is out of range ({spec.range_text()})"
        )
    return array if array.ndim else float(array)


def _is_float(value: Any) -> bool:
    return isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype != object)


def _to_float(value: Any) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, np.ndarray) and value.dtype == object:
        return value.astype(np.float64)
    return value
