"""Measures of one's own, and those that a model itself names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import StudyError, UnsupportedGame
from blamegame.models.model import Model
from blamegame.studies.cells import Cells
from blamegame.studies.measures.measure import Values
from blamegame.studies.schema import VARIABLES, Variable


@dataclass(frozen=True)
class Custom:
    """Any function of one exact model that returns a number, under a name, with its unit and meaning."""

    name: str
    function: Callable[..., Any]
    unit: str = "1"
    meaning: str = "value of a function of the model"

    def variables(self, model: Model) -> tuple[Variable, ...]:
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
class Stochastic(Custom):
    """A function of one exact model and a random generator that returns a number.

    Each cell has a generator of its own, from ``seed`` and the cell's position in the study, so that the answer depends
    on neither chunks nor workers, and any cell can be computed again alone.

    >>> from blamegame.models.delegation import Delegation
    >>> noise = Stochastic("noise", lambda model, rng: rng.normal(), seed=3)
    >>> noise.of_model(Delegation(), 5) == noise.of_model(Delegation(), 5) != noise.of_model(Delegation(), 6)
    True
    """

    seed: int = 0

    def of_model(self, model: Model, cell: int = 0) -> Values:
        return {self.name: float(self.function(model, np.random.default_rng([self.seed, cell])))}


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
