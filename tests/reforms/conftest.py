"""Small models that are not delegation, so that the search is tested as the general tool it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.models.forms import Table
from blamegame.models.model import parameter


@dataclass(frozen=True, eq=False)
class ThreeOffices(Table):
    """Each of three offices acts or waits; acting costs ``cost`` and is worth ``value`` once all act."""

    players = ("1", "2", "3")
    actions = (("act", "wait"),) * 3

    cost: Any = parameter("c", "cost of acting", "2", high=None, unit="value")
    value: Any = parameter("v", "worth to each office when all act", "1", high=None, unit="value")

    @property
    def avoidance(self):
        waits = np.ones((2, 2, 2), dtype=bool)
        waits[0, 0, 0] = False
        return waits

    def payoffs(self):
        table = np.full((3, 2, 2, 2), Fraction(0), dtype=object)
        for player in range(3):
            acts = [slice(None)] * 3
            acts[player] = 0
            table[(player, *acts)] -= Fraction(self.cost)
            table[player, 0, 0, 0] += Fraction(self.value)
        return table


@dataclass(frozen=True, eq=False)
class Pennies(Table):
    """Matching pennies with a prize; no success table, so the default measure is freedom from avoidance."""

    players = ("1", "2")
    actions = (("a", "b"),) * 2

    prize: Any = parameter("p", "what upper wins when the sides match", "1", high=None, unit="value")

    avoidance = np.array([[True, False], [False, False]])

    def payoffs(self):
        prize, one = self.prize, self.prize * 0 + 1
        upper = _stacked([[prize, -one], [-one, one]])
        lower = _stacked([[-one, one], [one, -one]])
        return np.stack([upper, lower], axis=-3)


def _stacked(rows):
    shape = np.shape(rows[0][0])
    kind = object if isinstance(rows[0][0], Fraction) else np.float64
    out = np.empty((*shape, 2, 2), dtype=kind)
    for i in range(2):
        for j in range(2):
            out[..., i, j] = rows[i][j]
    return out


@dataclass(frozen=True, eq=False)
class Whole(Pennies):
    """A model that cannot hold a batch."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.batch_shape:
            from blamegame.errors import ModelError

            raise ModelError("prize must be one number")


@pytest.fixture
def three_offices():
    return ThreeOffices()


@pytest.fixture
def pennies():
    return Pennies()


@pytest.fixture
def whole():
    return Whole()
