"""What a proof over a region is about: a model's payoffs as polynomials, its labels, and the event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import Any

import numpy as np

from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.event import event_of
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.model import Model
from blamegame.reforms.goal import Goal, removes
from blamegame.regions.polynomials import Payoffs, payoff_polynomials
from blamegame.regions.region import Interval

Deviation = tuple[int, int, int]
"""(player, action played, action deviated to), by position."""

Supports = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Setting:
    """A two-player model over a box, and the cells in question.

    Attributes
    ----------
    model : some model of the region, for its labels and kind
    payoffs : as polynomials in the parameters that vary
    event : boolean array [m, n]
    """

    model: Model
    payoffs: Payoffs
    event: Array

    @property
    def variables(self) -> tuple[str, ...]:
        return self.payoffs.variables

    @property
    def players(self) -> tuple[str, ...]:
        return tuple(self.model.players)  # type: ignore[attr-defined]

    @property
    def actions(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(labels) for labels in self.model.actions)  # type: ignore[attr-defined]

    @cached_property
    def cells(self) -> tuple[tuple[int, int], ...]:
        return tuple(product(*(range(n) for n in self.event.shape)))

    @cached_property
    def deviations(self) -> tuple[Deviation, ...]:
        return tuple(
            (player, a, b) for player, n in enumerate(self.event.shape) for a in range(n) for b in range(n) if a != b
        )

    @cached_property
    def gain_rows(self) -> Array:
        """u(s) - u(deviation) as rows over the payoffs, shape [deviations, cells, 2 m n]; 0 where it cannot act."""
        m, n = self.event.shape
        rows = np.zeros((len(self.deviations), m * n, 2 * m * n))
        for d, (player, a, b) in enumerate(self.deviations):
            for s, cell in enumerate(self.cells):
                if cell[player] == a:
                    other = (b, cell[1]) if player == 0 else (cell[0], b)
                    rows[d, s, player * m * n + s] += 1
                    rows[d, s, player * m * n + other[0] * n + other[1]] -= 1
        return rows

    @cached_property
    def gains(self) -> Array:
        """The same as coefficients over the monomials, shape [deviations, cells, monomials]."""
        found: Array = self.gain_rows @ self.payoffs.coefficients
        return found

    def supports(self, *, meeting: bool) -> tuple[Supports, ...]:
        """Every pair of supports that meets the event, or every one that does not; small ones first."""
        m, n = self.event.shape
        pairs = [(rows, columns) for rows in _subsets(m) for columns in _subsets(n)]
        chosen = [pair for pair in pairs if self.event[np.ix_(*pair)].any() == meeting]
        return tuple(sorted(chosen, key=lambda pair: (len(pair[0]) + len(pair[1]), pair)))

    def ends(self, box: Mapping[str, Interval]) -> tuple[Array, Array]:
        """The box as float ends of the variables, [variables] each."""
        low = np.array([float(box[name][0]) for name in self.variables])
        high = np.array([float(box[name][1]) for name in self.variables])
        return low, high

    def game(self, values: Mapping[str, Fraction]) -> StrategicGame:
        """The exact game at one point."""
        model: Any = self.model.replace(values)
        return StrategicGame(model.payoffs(), self.players, self.actions)


def setting_of(
    model: Model, goal: Goal | None, varying: Collection[str], numbers: Mapping[str, Fraction] | None = None
) -> Setting:
    """The setting of a goal about every equilibrium, or (with ``goal=None``) of the model's own avoidance.

    Parameters
    ----------
    varying : the parameters that are variables; all others are ``numbers`` or have the value of ``model``

    Raises
    ------
    UnsupportedGame
        For a goal about some equilibrium, a threshold, an event that moves with the parameters, or payoffs that are
        no polynomials of degree one.
    """
    goal = removes() if goal is None else goal
    if not goal.everywhere or goal.threshold is not None:
        raise UnsupportedGame(
            f"'{goal.words(model)}' is not about every equilibrium's cells; a region proves goals such as removes(), "
            "no_push(), lower_works(), responsible() and unique(...)"
        )
    fixed = {name: Fraction(getattr(model, name)) for name in model.parameters() if name not in varying}
    fixed.update({name: value for name, value in (numbers or {}).items() if name not in varying})
    payoffs = payoff_polynomials(model, fixed)
    event = _event(model, goal)
    if event.all() or not event.any():
        raise ModelError("an event of no cell or of every cell leaves nothing to prove")
    return Setting(model, payoffs, event)


def _event(model: Any, goal: Goal) -> Array:
    table = model.payoffs()
    game = StrategicGame(table, model.players, model.actions)
    return event_of(game, goal.event(model))


def _subsets(n: int) -> list[tuple[int, ...]]:
    return [chosen for size in range(1, n + 1) for chosen in combinations(range(n), size)]
