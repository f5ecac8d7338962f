"""A region: every model whose parameters lie in given intervals."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.table import align, format_number
from blamegame.models.model import Model
from blamegame.reforms.reform import exact_number

Interval = tuple[Fraction, Fraction]


@dataclass(frozen=True, init=False)
class Region:
    """The box of all models between ``low`` and ``high``, parameter by parameter; exact.

    Parameters
    ----------
    model : a class of models, or one model
        What ``low`` and ``high`` do not name has the value of this model (of a class: the default) at both ends.
    low, high : models of this class, or mappings of parameter name to number
        Both ends count; floats are the rationals they store.

    Raises
    ------
    ModelError
        For an unknown parameter, a value outside a parameter's range, an end that is no number, an interval whose low
        end is above its high end, or two ends that differ in more than parameters.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> region = Region(Delegation, {"authority": Fraction(1, 5)}, {"authority": Fraction(2, 5)})
    >>> print(region)
    Delegation with
      authority  0.2 to 0.4
    and the other parameters as given
    >>> region.middle.authority, region.contains(Delegation()), Delegation(authority=Fraction(1, 2)) in region
    (Fraction(3, 10), True, False)
    """

    low: Model
    high: Model

    def __init__(
        self, model: type[Model] | Model, low: Model | Mapping[str, Any], high: Model | Mapping[str, Any]
    ) -> None:
        ends = [_end(model, low, "low"), _end(model, high, "high")]
        _check_ends(*ends)
        object.__setattr__(self, "low", ends[0])
        object.__setattr__(self, "high", ends[1])

    @classmethod
    def around(
        cls,
        model: Model,
        within: Any,
        *,
        absolute: bool = False,
        only: Collection[str] | None = None,
        except_: Collection[str] = (),
    ) -> Region:
        """Every parameter of ``model`` within so much of its value, moved into its range.

        Parameters
        ----------
        within : number, 0 or more, or a mapping of parameter name to number
            Relative to the value, so that zeros stay zero; with ``absolute`` in the parameter's own unit.
        only, except_ : names of the parameters that are uncertain, or are not; default all that ``within`` names

        Examples
        --------
        >>> from blamegame import Delegation
        >>> region = Region.around(Delegation(), Fraction(1, 10), only=["authority", "tolerance_risk", "promotability"])
        >>> region.intervals["authority"], region.intervals["tolerance_risk"]
        ((Fraction(27, 100), Fraction(33, 100)), (Fraction(0, 1), Fraction(0, 1)))
        >>> region.intervals["promotability"]
        (Fraction(9, 10), Fraction(1, 1))
        """
        centre = _single(model)
        widths = _widths(centre, within, only, except_)
        low, high = {}, {}
        for name, width in widths.items():
            value = getattr(centre, name)
            step = width if absolute else abs(value) * width
            spec = centre.parameters()[name]
            low[name], high[name] = spec.clip(value - step), spec.clip(value + step)
        return cls(centre, low, high)

    @property
    def model_type(self) -> type[Model]:
        return type(self.low)

    @property
    def intervals(self) -> dict[str, Interval]:
        """Low and high end of every parameter, by name."""
        return {name: (getattr(self.low, name), getattr(self.high, name)) for name in self.low.parameters()}

    @property
    def uncertain(self) -> tuple[str, ...]:
        """The parameters whose ends differ."""
        return tuple(name for name, (low, high) in self.intervals.items() if low < high)

    @property
    def middle(self) -> Model:
        """The model in the middle."""
        return self.model({name: (low + high) / 2 for name, (low, high) in self.intervals.items()})

    def model(self, values: Mapping[str, Fraction]) -> Model:
        """The model of the region with these values, the others at the low end."""
        return self.low.replace(values)

    def contains(self, model: Any) -> bool:
        """Whether ``model`` is one of the region's models."""
        if type(model) is not self.model_type or model.batch_shape:
            return False
        if _beside(model) != _beside(self.low):
            return False
        return all(low <= Fraction(getattr(model, name)) <= high for name, (low, high) in self.intervals.items())

    __contains__ = contains

    def corners(self, names: Collection[str] | None = None) -> Iterator[Model]:
        """The models with each of ``names`` (default all uncertain parameters) at an end, the others in the middle."""
        chosen = self.uncertain if names is None else tuple(names)
        intervals, middle = self.intervals, self.middle
        for name in chosen:
            middle.check_name(name)
        for ends in product(*(intervals[name] for name in chosen)):
            yield middle.replace(dict(zip(chosen, ends)))

    def sample(self, rng: np.random.Generator, n: int) -> Model:
        """``n`` models drawn uniformly and independently, as one batch of floats inside the region."""
        if n < 1:
            raise ModelError(f"n={n} models cannot be drawn; draw at least one")
        columns = {}
        for name, (low, high) in self.intervals.items():
            if low < high:
                drawn = rng.uniform(float(low), float(high), n)
                columns[name] = np.clip(drawn, _inside(low, up=True), _inside(high, up=False))
        if not columns:
            name = next(iter(self.low.parameters()))
            columns[name] = np.full(n, float(getattr(self.low, name)))
        return self.low.replace(columns)

    def cut(self, name: str, at: Fraction) -> tuple[Region, Region]:
        """The two halves below and above a value of one parameter; both contain it."""
        low, high = self.intervals[name]
        if not low < at < high:
            raise ModelError(f"{name}={at} does not cut the interval {low} to {high}")
        return Region(self.low, self.low, self.high.replace({name: at})), Region(
            self.low, self.low.replace({name: at}), self.high
        )

    def __str__(self) -> str:
        rows = [
            [f"  {name}", f"{format_number(low)} to {format_number(high)}"]
            for name, (low, high) in self.intervals.items()
            if low < high
        ]
        if not rows:
            return f"{self.model_type.__name__} at one point: no parameter is uncertain"
        fixed = len(rows) < len(self.low.parameters())
        tail = ["and the other parameters as given"] if fixed else []
        return "\n".join([f"{self.model_type.__name__} with", *align(rows), *tail])

    def __repr__(self) -> str:
        names = ", ".join(self.uncertain[:3]) + (", ..." if len(self.uncertain) > 3 else "")
        return f"<Region of {self.model_type.__name__}: {len(self.uncertain)} uncertain parameters ({names})>"


def _end(model: type[Model] | Model, end: Any, which: str) -> Model:
    if isinstance(end, Model):
        own = model if isinstance(model, type) else type(model)
        if type(end) is not own:
            raise ModelError(f"the {which} end is a {type(end).__name__}, not a {own.__name__}")
        return _single(end)
    if not isinstance(end, Mapping):
        raise ModelError(f"the {which} end is {end!r}; give a model, or a mapping of parameter name to number")
    base = model() if isinstance(model, type) else model
    for name in end:
        base.check_name(name)
    return _single(base.replace(end))


def _single(model: Any) -> Model:
    if not isinstance(model, Model):
        raise ModelError(f"a region is made of models, and {model!r} is none")
    if model.batch_shape:
        raise ModelError(f"a region is about one model at each end, this is a batch of shape {model.batch_shape}")
    exact = model.exact()
    for name in exact.parameters():
        if not isinstance(getattr(exact, name), Fraction):
            raise ModelError(f"{name} is {getattr(exact, name)!r}, which is no number; a region needs numbers")
    return exact


def _check_ends(low: Model, high: Model) -> None:
    if _beside(low) != _beside(high):
        raise ModelError("the ends of a region differ in more than parameters; they must be alike in everything else")
    for name in low.parameters():
        if getattr(low, name) > getattr(high, name):
            ends = f"{format_number(getattr(low, name))} to {format_number(getattr(high, name))}"
            raise ModelError(f"{name}: the interval {ends} has its low end above its high end; exchange them")


def _beside(model: Model) -> dict[str, Any]:
    """What a model holds beside its parameters."""
    return {f.name: getattr(model, f.name) for f in dataclasses.fields(model) if f.name not in model.parameters()}


def _widths(model: Model, within: Any, only: Collection[str] | None, except_: Collection[str]) -> dict[str, Fraction]:
    names = [only] if isinstance(only, str) else only
    without = [except_] if isinstance(except_, str) else except_
    for name in [*(names or ()), *without, *(within if isinstance(within, Mapping) else ())]:
        model.check_name(name)
    given = within if isinstance(within, Mapping) else dict.fromkeys(model.parameters(), within)
    widths = {}
    for name, width in given.items():
        if (names is not None and name not in names) or name in without:
            continue
        widths[name] = _width(width, name)
    return widths


def _width(width: Any, name: str) -> Fraction:
    try:
        exact = exact_number(width, f"within, for {name},")
    except ValueError as error:
        raise ModelError(str(error)) from None
    if exact < 0:
        raise ModelError(f"within={width} for {name} is negative; a region is 0 or more around its middle")
    return exact


def _inside(end: Fraction, *, up: bool) -> float:
    """The float nearest to an end that is still inside."""
    value = float(end)
    if up and Fraction(value) < end:
        return float(np.nextafter(value, np.inf))
    if not up and Fraction(value) > end:
        return float(np.nextafter(value, -np.inf))
    return value
