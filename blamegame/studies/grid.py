"""Designs: which points of parameter space a study visits, as frozen values; grid points keep their exact numbers."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.errors import ModelError, StudyError
from blamegame.formats.number import problem_with_number
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.reforms.reform import Reform, as_menu, edits_by_parameter
from blamegame.scenario.numbers import BOUNDS, MOST_DIGITS, in_bounds
from blamegame.studies.parameter_box import Box, in_box
from blamegame.studies.value import Value

MOST_POINTS = 10**7
"""The longest axis or sample a design may have."""

_MOST_SEED_TEXT = 1_000
_LONG_TEXT = 20_000


@dataclass(frozen=True, eq=False)
class Points(Value):
    """Values of one or more parameters along one dimension.

    Attributes
    ----------
    dim : name of the dimension; where it is a parameter's name the values are the dimension's coordinate
    columns : for each parameter its values, either a float array or an object array of Fractions, all of one length
    seed : where the points are a sample, the generator they were drawn from and its state then, as JSON
    """

    dim: str
    columns: Mapping[str, Any]
    seed: str = ""

    def __post_init__(self) -> None:
        kept = {name: _column(name, values) for name, values in self.columns.items()}
        lengths = {name: len(values) for name, values in kept.items()}
        if not kept or len(set(lengths.values())) > 1:
            raise StudyError(f"dimension {self.dim!r} needs columns of one length; these have {lengths}")
        object.__setattr__(self, "columns", kept)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def floats(self, name: str, where: Array) -> Array:
        """The nearest floats of one column at the given positions."""
        values: Array = self.columns[name][where]
        return values.astype(np.float64)

    def exact(self, name: str, where: int) -> Fraction:
        """One value as the rational it is; a float is the rational it stores."""
        return Fraction(self.columns[name][where])

    def exact_text(self, name: str) -> str:
        """The values of one column exactly, as :func:`exact_values` reads them; "" where they are floats."""
        values = self.columns[name]
        if values.dtype != object:
            return ""
        listed = values.tolist()
        text = " ".join(map(str, listed))
        if len(text) > _LONG_TEXT and all(b - a == listed[1] - listed[0] for a, b in pairwise(listed)):
            return f"{listed[0]}:{listed[-1]}:{len(listed)}"
        return text

    def check(self, model: Model) -> None:
        """Refuse a parameter the model does not have or a value outside its range."""
        for name, values in self.columns.items():
            if values.dtype == object:  # the ends decide, and a million exact checks would take a while
                for end in (min(values.tolist()), max(values.tolist())):
                    model.replace({name: end})
            else:
                model.replace({name: values})

    def fingerprint(self) -> dict[str, str]:
        """What identifies the values, for checkpoints."""
        return {f"vary {self.dim}: {name}": _digest(values) for name, values in self.columns.items()}


@dataclass(frozen=True)
class Bundles:
    """Bundles of reforms along one dimension, each applied after the other parameters are set."""

    bundles: tuple[tuple[Reform, ...], ...]
    dim: str = "bundle"

    def __post_init__(self) -> None:
        if not self.bundles:
            raise StudyError(f"dimension {self.dim!r} needs at least one bundle; () is the bundle without reforms")
        object.__setattr__(self, "bundles", tuple(as_menu(bundle) for bundle in self.bundles))
        if len(set(self.labels)) < len(self.labels):
            raise StudyError(f"dimension {self.dim!r} has the same bundle, or names, twice: {', '.join(self.labels)}")

    def __len__(self) -> int:
        return len(self.bundles)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the reforms of each bundle; "as it is" without reforms."""
        return tuple(" + ".join(sorted(r.name for r in bundle)) or "as it is" for bundle in self.bundles)

    def check(self, model: Model) -> None:
        """Refuse an edit of a parameter the model does not have."""
        for bundle in self.bundles:
            edits_by_parameter(model, bundle)

    def fingerprint(self) -> dict[str, str]:
        """What identifies the bundles, for checkpoints."""
        text = repr([sorted(map(repr, bundle)) for bundle in self.bundles])
        return {f"vary {self.dim}": hashlib.sha256(text.encode()).hexdigest()[:16]}


Part = Points | Bundles


@dataclass(frozen=True)
class Design:
    """The product of its parts, one dimension each; the last dimension runs fastest."""

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        names = [n for part in self.parts if isinstance(part, Points) for n in part.columns]
        for kind, found in (("parameter", names), ("dimension", list(self.dims))):
            twice = sorted({name for name in found if found.count(name) > 1})
            if twice:
                raise StudyError(f"{kind} {twice[0]!r} varies twice; name it once")

    @property
    def dims(self) -> tuple[str, ...]:
        return tuple(part.dim for part in self.parts)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(part) for part in self.parts)

    @property
    def size(self) -> int:
        """The number of cells; 1 for a design without parts."""
        return math.prod(self.shape)

    def positions(self, start: int, stop: int) -> tuple[Array, ...]:
        """For each part, where along its dimension the cells ``start`` to ``stop - 1`` lie."""
        if not self.parts:
            return ()
        return tuple(np.unravel_index(np.arange(start, stop), self.shape))

    def check(self, model: Model) -> None:
        """Refuse what does not fit the model, naming it."""
        for part in self.parts:
            part.check(model)

    def restricted(self, start: int, stop: int) -> Design:
        """A design whose cells are this one's ``start`` to ``stop - 1``, for one long sample; else the design itself.

        Sending a worker a chunk of a long sample must not send all of it.
        """
        if len(self.parts) != 1 or not isinstance(self.parts[0], Points):
            return self
        only = self.parts[0]
        return Design((Points(only.dim, {name: values[start:stop] for name, values in only.columns.items()}),))

    def fingerprint(self) -> dict[str, str]:
        """What identifies the design, for checkpoints."""
        facts = {"dimensions": " x ".join(f"{dim} ({size})" for dim, size in zip(self.dims, self.shape))}
        for part in self.parts:
            facts |= part.fingerprint()
        return facts


def grid(axes: Mapping[str, Any] | None = None, **more: Any) -> Design:
    """Every combination of the given values, one dimension for each parameter, in the order named.

    Values are a text as on the command line (see :func:`axis`), or a sequence or array: int and Fraction are exact.

    >>> design = grid(authority="0:1:201", accountability=[Fraction(1, 2), 1])
    >>> design.dims, design.shape, design.parts[0].exact("authority", 1)
    (('authority', 'accountability'), (201, 2), Fraction(1, 200))
    """
    return Design(tuple(axis(name, values) for name, values in {**(axes or {}), **more}.items()))


def axis(name: str, values: Any) -> Points:
    """One parameter along its own dimension.

    ``values`` may be text: ``"0:1:201"`` is 201 evenly spaced values from 0 to 1, both included and all exact, and
    ``"0.1, 1/3, 0.5"`` are these three.

    >>> axis("authority", "0.1, 1/3").columns["authority"].tolist()
    [Fraction(1, 10), Fraction(1, 3)]
    """
    return Points(name, {name: _from_text(name, values) if isinstance(values, str) else values})


def parse_axes(texts: Iterable[str]) -> Design:
    """The grid that ``NAME=VALUES`` texts describe, as the command line gives them.

    >>> parse_axes(["authority=0:1:3", "accountability=0.5,1"]).shape
    (3, 2)
    """
    parts = []
    for text in texts:
        name, equals, values = text.partition("=")
        if not equals or not name.strip() or not values.strip():
            raise StudyError(f"{text!r} does not say what varies; write authority=0:1:201 or authority=0.1,0.2")
        parts.append(axis(name.strip(), values))
    return Design(tuple(parts))


def points(rows: Sequence[Mapping[str, Any]] | Mapping[str, Any], *, dim: str = "point") -> Design:
    """An explicit list of points: a mapping of parameter to values, or one mapping for each point.

    >>> points([{"authority": Fraction(1, 10)}, {"authority": Fraction(2, 5)}]).shape
    (2,)
    """
    if not isinstance(rows, Mapping):
        listed = list(rows)
        if not listed or any(row.keys() != listed[0].keys() for row in listed):
            raise StudyError(
                "every row of a list of points gives values of the same parameters, and there is at least one row"
            )
        rows = {name: [row[name] for row in listed] for name in listed[0]}
    return Design((Points(dim, rows),))


def uniform_sample(bounds: Box, n: int, *, rng: np.random.Generator, dim: str = "sample") -> Design:
    """``n`` independent uniform draws from a box."""
    seed = _source(rng)
    _check_size(n, dim)
    return _sampled(bounds, rng.random((len(bounds), n)).T, seed, dim)


def latin_hypercube(bounds: Box, n: int, *, rng: np.random.Generator, dim: str = "sample") -> Design:
    """``n`` points of a Latin hypercube: each of n equal slices of each range is visited once (McKay et al. 1979)."""
    from scipy.stats import qmc

    seed = _source(rng)
    _check_size(n, dim)
    return _sampled(bounds, qmc.LatinHypercube(len(bounds), seed=rng).random(n), seed, dim)


def sobol_sample(bounds: Box, n: int, *, rng: np.random.Generator, dim: str = "sample") -> Design:
    """The first ``n`` points, a power of two, of a scrambled Sobol sequence (Sobol 1967; Owen 1998).

    >>> sobol_sample({"authority": (0, 1)}, 8, rng=np.random.default_rng(0)).shape
    (8,)
    """
    from scipy.stats import qmc

    seed = _source(rng)
    _check_size(n, dim)
    if n & (n - 1):
        raise StudyError(f"a Sobol sample is balanced for powers of two only; n={n}, take {1 << (n.bit_length() - 1)}")
    return _sampled(bounds, qmc.Sobol(len(bounds), seed=rng).random_base2(n.bit_length() - 1), seed, dim)


def as_design(vary: Any) -> Design:
    """``vary`` as a design: one already, a mapping of parameter to values, a part, or a sequence of designs and parts.

    >>> as_design([grid(authority="0:1:3"), Bundles(((),))]).shape
    (3, 1)
    """
    if isinstance(vary, Design):
        return vary
    if isinstance(vary, Points | Bundles):
        return Design((vary,))
    if isinstance(vary, Mapping):
        return grid(vary)
    if isinstance(vary, Sequence) and not isinstance(vary, str):
        return Design(tuple(part for one in vary for part in as_design(one).parts))
    raise StudyError(f"{vary!r} is not a design; write grid(authority='0:1:201') or {{'authority': values}}")


def _source(rng: Any) -> str:
    """Where a sample's random numbers come from, enough to draw the same ones again."""
    check_generator(rng)
    sequence, state = rng.bit_generator.seed_seq, rng.bit_generator.state
    facts = {
        "bit_generator": state["bit_generator"],
        "entropy": getattr(sequence, "entropy", None),
        "spawn_key": list(getattr(sequence, "spawn_key", ())),
        "state": state["state"],
    }
    text = json.dumps(facts, default=lambda value: value.tolist())
    return text if len(text) <= _MOST_SEED_TEXT else json.dumps(facts | {"state": _hash(text.encode())})


def check_generator(rng: Any) -> None:
    """Refuse what is no source of random numbers, such as a bare seed."""
    if not isinstance(rng, np.random.Generator):
        raise StudyError(f"rng={rng!r} is not a numpy Generator; write rng=numpy.random.default_rng({rng!r})")


def _sampled(bounds: Box, unit: Array, seed: str, dim: str) -> Design:
    if not bounds:
        raise StudyError("a sample needs the range of at least one parameter")
    return Design((Points(dim, in_box(bounds, unit), seed),))


def _check_size(n: int, what: str) -> None:
    if not 1 <= n <= MOST_POINTS:
        raise StudyError(f"{what} has {n} points; 1 to {MOST_POINTS:,} are possible")


def _column(name: str, values: Any) -> Array:
    array: Array
    if isinstance(values, np.ndarray) and values.dtype.kind == "f":
        array = np.array(values, dtype=np.float64)
    else:
        if isinstance(values, int | float | Fraction | Decimal | np.generic):
            raise StudyError(
                f"{name}={values} is one value; write [{values}] for an axis of one, or set it in the model"
            )
        listed = [_number(name, value) for value in values]
        if any(isinstance(value, float) for value in listed) and all(map(_fits_a_float, listed)):
            array = np.array([float(value) for value in listed])
        else:
            array = np.empty(len(listed), dtype=object)
            array[:] = [Fraction(value) for value in listed]
    if array.ndim != 1:
        raise StudyError(f"the values of {name} have shape {array.shape}; give one sequence of numbers")
    _check_size(len(array), name)
    array.setflags(write=False)
    return array


def _number(name: str, value: Any) -> float | Fraction:
    """One value of an axis; text, whole numbers, Fractions and Decimals are exact."""
    if isinstance(value, str):
        return _exact(name, value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction | Decimal | np.integer | np.floating):
        raise ModelError(f"{name}={value!r} is not a number")
    if not (value == value and abs(value) != math.inf):
        raise ModelError(f"{name}={value} is not a finite number")
    if isinstance(value, float | np.floating):
        return float(value)
    return Fraction(int(value)) if isinstance(value, np.integer) else Fraction(value)


def _fits_a_float(value: float | Fraction) -> bool:
    try:
        return value == float(value)
    except OverflowError:
        return False


def _exact(name: str, text: str) -> Fraction:
    """A number as files write it, within the bounds of scenario files."""
    if wrong := problem_with_number(text):
        raise StudyError(f"{name}: {wrong}")
    value = Fraction(text)
    if len(text) > 2 * MOST_DIGITS + 2 or not in_bounds(value):
        shown = text if len(text) <= MOST_DIGITS else f"{text[:MOST_DIGITS]}..."
        raise StudyError(f"{name}={shown} is too long or too large: {BOUNDS}")
    return value


def exact_values(text: str) -> list[Fraction]:
    """The values that :meth:`Points.exact_text` wrote.

    >>> exact_values("1/3 1/2"), exact_values("0:1:3")
    ([Fraction(1, 3), Fraction(1, 2)], [Fraction(0, 1), Fraction(1, 2), Fraction(1, 1)])
    """
    if ":" not in text:
        return [Fraction(one) for one in text.split()]
    low, high, count = map(Fraction, text.split(":"))
    return [low + k * (high - low) / (count - 1) for k in range(int(count))]


def _from_text(name: str, text: str) -> list[Fraction]:
    numbers = [_exact(name, piece.strip()) for piece in (text.split(":") if ":" in text else text.split(","))]
    if ":" not in text:
        return numbers
    if len(numbers) != 3 or numbers[2].denominator != 1:
        raise StudyError(f"{name}={text} is not low:high:count, such as {name}=0:1:201")
    low, high, count = numbers[0], numbers[1], int(numbers[2])
    if count < 2 or not low < high:
        raise StudyError(f"{name}={text}: a range goes upwards and has at least 2 values; for one write {name}={low}")
    _check_size(count, name)
    step = (high - low) / (count - 1)
    return [low + k * step for k in range(count)]


def _digest(values: Array) -> str:
    exact = values.dtype == object
    raw = " ".join(map(str, values.tolist())).encode() if exact else values.tobytes()
    kind = "exact" if exact else "float"
    return f"{len(values)} {kind} values {_hash(raw)}"


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]
