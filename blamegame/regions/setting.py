"""What a proof over a region is about: a model's payoffs as polynomials, its labels, and the event."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import numpy as np

from blamegame.concepts import Nash
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.model import Model
from blamegame.reforms.goal import Goal, removes
from blamegame.regions.polynomials import Payoffs, payoff_polynomials
from blamegame.regions.region import Region

Deviation = tuple[int, int, int]
"""(player, action played, action deviated to), by position."""

_MOST_SUPPORTS = 4096

Supports = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Setting:
    """A two-player model over a box, and the cells in question.

    Attributes
    ----------
    model : some model of the region, for its labels and kind
    payoffs : as polynomials in the parameters that vary
    goal : what the event is of
    event : boolean array [m, n]; where the model's own event moves, all cells that count somewhere
    moves : whether it moves: then a county refutes only by its own event
    """

    model: Model
    payoffs: Payoffs
    goal: Goal
    event: Array
    moves: bool

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
        m, n = self.event.shape
        return tuple(product(range(m), range(n)))

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

    def supports(self, *, meeting: bool) -> tuple[Supports, ...] | None:
        """Every pair of supports that meets the event, or every one that does not; small ones first.

        None where there are too many to go through.
        """
        m, n = self.event.shape
        if (1 << m) * (1 << n) > _MOST_SUPPORTS:
            return None
        pairs = [(rows, columns) for rows in _subsets(m) for columns in _subsets(n)]
        chosen = [pair for pair in pairs if self.event[np.ix_(*pair)].any() == meeting]
        return tuple(sorted(chosen, key=lambda pair: (len(pair[0]) + len(pair[1]), pair)))


def setting_of(region: Region, goal: Goal | None = None, *, still: bool = False) -> Setting:
    """The setting of a goal about every equilibrium (default: the model's own avoidance in none) over a region.

    With ``still`` what counts as the event must not change within the region.

    Raises
    ------
    UnsupportedGame
        For a goal about some equilibrium or about a measure, for other than two players, and for payoffs that are no
        polynomials of degree one.
    """
    goal = removes() if goal is None else goal
    name = region.model_type.__name__
    if not goal.everywhere or goal.threshold is not None:
        raise UnsupportedGame(
            f"'{goal.words(region.low)}' is not about every equilibrium's cells; a region proves goals such as "
            "removes(), no_push(), lower_works(), responsible() and unique(...)"
        )
    table_of(region.low)
    fixed = {n: low for n, (low, high) in region.intervals.items() if low == high}
    payoffs = payoff_polynomials(region.low, fixed)
    events = [event_at(model, goal) for model in (region.low, region.middle, region.high)]
    moves = any(not np.array_equal(events[0], event) for event in events[1:])
    if moves and still:
        raise UnsupportedGame(
            f"what counts as {region.model_type.avoidance_name} of {name} changes within the region; name the event as "
            "cells, or cut the region where it changes"
        )
    event = np.any(events, axis=0)
    if event.all() or not event.any():
        raise ModelError(
            f"the event of '{goal.words(region.low)}' has no cell, or every cell: nothing is left to prove"
        )
    return Setting(region.low, payoffs, goal, event, moves)


def event_at(model: Model, goal: Goal) -> Array:
    """The cells of the table of one model that must have probability zero, boolean [m, n]."""
    cells: Array = np.asarray(model.question(Nash(), goal.event(model)).event)
    return cells if cells.dtype == bool else np.asarray(cells > 0)  # under private types: how likely a cell leads there


def table_of(model: Model) -> StrategicGame:
    """The table of payoffs that one model is under Nash play.

    Raises UnsupportedGame where it is none of two players.
    """
    game = model.question(Nash()).game if Nash in model.concepts else None
    if not isinstance(game, StrategicGame) or game.n_players != 2:
        raise UnsupportedGame(
            f"{type(model).__name__} is no table of payoffs of two players, which proofs over a region need; study "
            "samples other models over a region"
        )
    return game


def _subsets(n: int) -> list[tuple[int, ...]]:
    return [chosen for size in range(1, n + 1) for chosen in combinations(range(n), size)]
