"""Measures of one's own, and those that a model itself names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from blamegame.errors import StudyError, UnsupportedGame
from blamegame.models.model import Model
from blamegame.studies.cells import Cells
from blamegame.studies.measures.measure import Values
from blamegame.studies.schema import Variable


@dataclass(frozen=True)
class Custom:
    """Any function of one exact model that returns a number, under a name, with its unit and meaning."""

    name: str
    function: Callable[[Model], Any] = field(compare=False)
    unit: str = "1"
    meaning: str = "value of a function of the model"

    def variables(self, model: Model) -> tuple[Variable, ...]:
        from blamegame.studies.schema import VARIABLES

        if not self.name.isidentifier() or self.name in VARIABLES or self.name in model.parameters():
            raise StudyError(f"{self.name!r} cannot name a variable: it is taken, or not a plain word")
        return (Variable(self.name, "f8", self.unit, self.meaning),)

    def batched(self, model: Model) -> bool:
        return False

    def of_cells(self, cells: Cells) -> Values:
        raise UnsupportedGame(f"{self.name} has no batch")

    def of_model(self, model: Model) -> Values:
        return {self.name: float(self.function(model))}


@dataclass(frozen=True)
class ModelMeasure:
    """A number of the model's equilibrium that the model itself names, such as a team's ``effort``.

    >>> from blamegame.models.team import Team
    >>> ModelMeasure("effort").of_model(Team(members=4))
    {'effort': 0.16}
    """

    name: str

    def variables(self, model: Model) -> tuple[Variable, ...]:
        if self.name not in model.measures:
            known = ", ".join(model.measures) or "none"
            raise StudyError(f"{self.name!r} is not a measure of {type(model).__name__}; it has {known}")
        return (Variable(self.name, "f8", "1", model.measures[self.name]),)

    def batched(self, model: Model) -> bool:
        return False

    def of_cells(self, cells: Cells) -> Values:
        raise UnsupportedGame(f"{self.name} has no batch")

    def of_model(self, model: Model) -> Values:
        return {self.name: float(model.measure(self.name))}
