"""Events of models without a table of payoffs: a measure of the equilibrium beyond a bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

import numpy as np

from blamegame.errors import ModelError

if TYPE_CHECKING:
    from blamegame.models.model import Model

_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {">": gt, ">=": ge, "<": lt, "<=": le}


@dataclass(frozen=True)
class Threshold:
    """The event that a measure of a model's equilibrium is on one side of a bound.

    The comparison is exact where the measure is exact; a measure that is a float is compared as it is.

    Attributes
    ----------
    measure : name of one of the model's ``measures``
    relation : ``">"``, ``">="``, ``"<"`` or ``"<="``
    bound : number, or the name of the parameter that holds it

    Examples
    --------
    >>> from blamegame.models.departments import Departments
    >>> too_much = Threshold("paperwork_share", ">", Fraction(1, 2))
    >>> print(too_much, too_much.happens(Departments(departments=2)), too_much.happens(Departments(departments=3)))
    paperwork_share > 1/2 False True
    """

    measure: str
    relation: str
    bound: Any

    def __post_init__(self) -> None:
        if self.relation not in _RELATIONS:
            raise ModelError(f"{self.relation!r} is not a relation; it is one of {', '.join(_RELATIONS)}")
        if isinstance(self.bound, int):
            object.__setattr__(self, "bound", Fraction(self.bound))

    def happens(self, model: Model) -> Any:
        """Whether the event occurs in the model's equilibrium; a batch gives a boolean array."""
        bound = getattr(model, self.bound) if isinstance(self.bound, str) else self.bound
        answer = _RELATIONS[self.relation](model.measure(self.measure), bound)
        return answer.astype(bool) if isinstance(answer, np.ndarray) else bool(answer)

    def __str__(self) -> str:
        return f"{self.measure} {self.relation} {self.bound}"
