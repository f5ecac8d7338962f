"""A reform is a priced edit of a model's parameters; a bundle is a set of reforms (model.md section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar

import numpy as np

from blamegame.errors import ModelError, ReformError
from blamegame.games.table import format_number
from blamegame.models.model import Model
from blamegame.models.parameter import Parameter
from blamegame.numbers import number_meant

Number: TypeAlias = int | float | Fraction | Decimal
AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True)
class Edit:
    """What a reform, or a whole bundle, does to one parameter: ``max(scale * value + add, floor)``, then clipped."""

    parameter: str
    scale: Fraction = Fraction(1)
    add: Fraction = Fraction(0)
    floor: Fraction | None = None

    def __str__(self) -> str:
        parts = [f"x {format_number(self.scale)}"] if self.scale != 1 else []
        if self.add:
            parts.append(f"{'+' if self.add > 0 else '-'} {format_number(abs(self.add))}")
        if self.floor is not None:
            parts.append(f"at least {format_number(self.floor)}")
        return " ".join([self.parameter, ", ".join(parts) or "unchanged"])


@dataclass(frozen=True, init=False)
class Reform:
    """A named, priced edit of a model.

    Parameters
    ----------
    name : str
    edits : mapping of parameter name to {"scale", "add", "floor": number}, or a sequence of :class:`Edit`
        int, Fraction and Decimal are exact; a float is the rational it stores. The parameter's own range is applied
        after every edit of the bundle, so an edit cannot leave it.
    cost : number, 0 or more
        In whatever unit the menu uses throughout; default 1, so that the cheapest bundle is the smallest.
    source, remedy : str
        Where the proposal comes from and what it is called there.

    Raises
    ------
    ReformError
        Naming the reform and the number or key that is wrong. Whether the parameter exists is known when the reform
        is applied to a model.

    Examples
    --------
    >>> lists = Reform("list", {"push_strength": {"scale": Fraction(2, 5)}, "diffusion": {"scale": Fraction(1, 4)}})
    >>> print(lists)
    list: diffusion x 0.25; push_strength x 0.4 (cost 1)
    """

    name: str
    edits: tuple[Edit, ...]
    cost: Fraction
    source: str
    remedy: str

    def __init__(
        self,
        name: str,
        edits: Mapping[str, Mapping[str, Number]] | Sequence[Edit],
        cost: Number = 1,
        source: str = "",
        remedy: str = "",
    ) -> None:
        if not isinstance(name, str) or not name.strip():
            raise ReformError(f"a reform needs a name, not {name!r}")
        price = exact_number(cost, f"the cost of reform {name!r}")
        if price < 0:
            raise ReformError(f"the cost of reform {name!r} is {cost}; a cost is 0 or more")
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "edits", _edits(name, edits))
        object.__setattr__(self, "cost", price)
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "remedy", remedy)

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(map(str, self.edits))} (cost {format_number(self.cost)})"


def apply(model: AnyModel, bundle: Iterable[Reform]) -> AnyModel:
    """The model after a bundle of reforms; the order of the bundle never matters, the empty bundle changes nothing.

    For each parameter all scales apply, then all adds, then all floors, then the result is clipped to the
    parameter's range. Exact fields stay exact, float fields stay float, arrays stay arrays.

    Raises
    ------
    ReformError
        Where an edit names a parameter the model does not have (with the nearest name), where two different reforms
        share a name, or where the parameter holds a symbol instead of a number.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> empower = Reform("empower", {"authority": {"add": Fraction(35, 100)}})
    >>> apply(Delegation(), {empower}).authority
    Fraction(13, 20)
    """
    changes = {}
    for name, edits in edits_by_parameter(model, as_menu(bundle)).items():
        joint = reduce(combined, (edit for _, edit in edits))
        changes[name] = edited(getattr(model, name), joint, model.parameters()[name])
    return model.replace(changes) if changes else model


def as_menu(reforms: Iterable[Reform]) -> tuple[Reform, ...]:
    """``reforms`` as a tuple in the order given, a repeated reform once; two different ones of one name are refused."""
    if isinstance(reforms, Reform):
        raise ReformError(f"a bundle is a collection of reforms; write [{reforms.name}] for this one alone")
    kept: dict[str, Reform] = {}
    for reform in reforms:
        if not isinstance(reform, Reform):
            raise ReformError(f"{reform!r} is not a Reform; choose(menu, names) finds reforms by name")
        if kept.setdefault(reform.name, reform) != reform:
            raise ReformError(f"two different reforms are called {reform.name!r}; rename one of them")
    return tuple(kept.values())


def choose(menu: Iterable[Reform], names: Iterable[str]) -> tuple[Reform, ...]:
    """The bundle of the reforms called ``names``, in the order of the menu.

    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> [reform.name for reform in choose(CATALOGUE, ["train", "tolerate"])]
    ['tolerate', 'train']
    """
    by_name = {reform.name: reform for reform in as_menu(menu)}
    wanted = {names} if isinstance(names, str) else set(names)
    for name in sorted(wanted - by_name.keys()):
        near = get_close_matches(name, by_name, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(by_name)}"
        raise ReformError(f"{name!r} is not a reform of this menu; {hint}")
    return tuple(reform for name, reform in by_name.items() if name in wanted)


def edits_by_parameter(model: Model, menu: Sequence[Reform]) -> dict[str, list[tuple[int, Edit]]]:
    """Every edit of the menu under its parameter, with the position of its reform; the model must have each of them."""
    found: dict[str, list[tuple[int, Edit]]] = {}
    for position, reform in enumerate(menu):
        for edit in reform.edits:
            try:
                model.check_name(edit.parameter)
            except ModelError as error:
                raise ReformError(f"reform {reform.name!r}: {error}") from None
            found.setdefault(edit.parameter, []).append((position, edit))
    return found


def combined(first: Edit, second: Edit) -> Edit:
    """Two edits of one parameter as one: scales multiply, adds add up, the higher floor counts. Exact, so orderless."""
    floors = [floor for floor in (first.floor, second.floor) if floor is not None]
    return Edit(first.parameter, first.scale * second.scale, first.add + second.add, max(floors, default=None))


def edited(value: Any, edit: Edit, spec: Parameter) -> Any:
    """One parameter after an edit, clipped to its range; ``value`` is a Fraction, a float or an array of either."""
    array = isinstance(value, np.ndarray)
    if not array and not isinstance(value, float | Fraction):
        raise ReformError(f"{spec.name} is {value!r}, which is no number; a reform needs one to edit")
    kind = float if isinstance(value, float) or (array and value.dtype != object) else Fraction
    value = value * kind(edit.scale) + kind(edit.add)
    if edit.floor is not None:
        floor: Any = kind(edit.floor)
        value = np.maximum(value, floor) if array else max(value, floor)
    return spec.clip(value)


def _edits(name: str, edits: Mapping[str, Mapping[str, Number]] | Sequence[Edit]) -> tuple[Edit, ...]:
    if isinstance(edits, Mapping):
        edits = [_edit(name, parameter, steps) for parameter, steps in edits.items()]
    for edit in edits:
        if not isinstance(edit, Edit):
            raise ReformError(f"reform {name!r}: edits are {{parameter: {{'scale', 'add', 'floor'}}}}, not {edit!r}")
    if not edits:
        raise ReformError(f"reform {name!r} edits nothing; give it at least one parameter with scale, add or floor")
    ordered = tuple(sorted(edits, key=lambda edit: edit.parameter))
    for one, other in pairwise(ordered):
        if one.parameter == other.parameter:
            raise ReformError(f"reform {name!r} edits {one.parameter} twice; join the two edits")
    return ordered


def _edit(name: str, parameter: str, steps: Mapping[str, Number]) -> Edit:
    what = f"reform {name!r}, {parameter}"
    if not isinstance(steps, Mapping) or not steps:
        raise ReformError(f"{what}: an edit is a mapping with scale, add or floor, not {steps!r}")
    for step in steps:
        if step not in ("scale", "add", "floor"):
            raise ReformError(f"{what}: {step!r} is not an edit; the edits are scale, add and floor")
    found = {step: exact_number(value, f"{what}: {step}") for step, value in steps.items()}
    if found.get("scale", 0) < 0:
        raise ReformError(f"{what}: scale={steps['scale']} is negative; a scale is 0 or more, use add to lower a value")
    return Edit(parameter, **found)


def exact_number(value: Any, what: str) -> Fraction:
    """``value`` as a Fraction; refuses what is no finite number, calling it ``what``."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction | Decimal):
        meant = number_meant(value) if isinstance(value, str) else None
        hint = "" if meant is None else f"; write Fraction({meant!r}) for an exact number"
        raise ReformError(f"{what}={value!r} is not a number{hint}")
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > 300:  # 1e999999999 fills memory
        raise ReformError(f"{what}={value} is beyond 1e300 or below 1e-300; no parameter needs that")
    try:
        exact = Fraction(value)
    except (ValueError, OverflowError):
        raise ReformError(f"{what}={value} is not a finite number") from None
    if abs(exact) > Fraction(10) ** 300:
        raise ReformError(f"{what} is beyond 1e300; no parameter needs that")
    return exact
