"""The linear constraints of one period whose actions are seen through public signals only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from blamegame.games.strategic import Array
from blamegame.solvers.repeated.mediated.constraints import Support
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, tables_of
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_ROOM = 1e-12
_NARROW = 2e-3
_MOST_COLUMNS = 400


@dataclass(frozen=True, eq=False)
class PublicConstraints:
    """Rows: sum over cells a of x(a) [now(row, a) + d sum_y promised(row, a, y) w_i(a, y)] >= 0, w(a, y) in the bound.

    Attributes
    ----------
    cells : int array, the cells that may be played
    now [rows, all cells], promised [rows, all cells, signals], mover [rows], chances [all cells, signals] : floats
    """

    cells: Array
    now: Array
    promised: Array
    mover: Array
    chances: Array

    def reach(
        self, later: float, payoffs: Array, bonus: Array, directions: Array, points: Array, threats: Array
    ) -> tuple[Array, Array]:
        """Proved bounds in each direction, and the multipliers that prove them; ``threats`` play no part."""
        from blamegame.solvers.repeated.kernels.public import reach

        tops, lams = np.empty(len(directions)), np.zeros((len(directions), len(self.mover)))
        reach(
            payoffs, bonus, directions, self.now, self.promised, self.mover, self.chances, later, points, self.cells,
            _MOST_COLUMNS, tops, lams,
        )  # fmt: skip
        return tops, lams

    def charged(self, lams: Array, prices: Array) -> Array:
        """The prices that multipliers put on what is promised after each cell and signal."""
        weighed = np.zeros((len(lams), len(self.cells), self.chances.shape[1], 2))
        for i in range(2):
            own = self.mover == i
            weighed[..., i] = np.tensordot(lams[:, own], self.promised[own][:, self.cells], axes=1)
        seen = self.chances[self.cells]
        out = prices[:, None, None, :] + weighed / np.where(seen > 0, seen, np.inf)[None, :, :, None]
        return out.reshape(-1, 2)


@dataclass(frozen=True)
class PublicPlay:
    """Current play on a pair of supports that pays player i between ``low[i]`` and ``high[i]`` (scaled), where

    what player i is promised after signal y differs from what it is promised after the last signal by between
    ``fall[i][y]`` and ``rise[i][y]``. With two signals current play is then nearly an equilibrium of payoffs to which
    the chance of the first signal is added with a weight that is nearly known.
    """

    support: Support
    low: tuple[float, float]
    high: tuple[float, float]
    fall: tuple[tuple[float, ...], tuple[float, ...]]
    rise: tuple[tuple[float, ...], tuple[float, ...]]
    chances: Array

    def constraints(self, scaled: ScaledGame, outer: OuterSet) -> PublicConstraints:
        """What must hold of it, rounded outwards."""
        rows = _Rows(scaled, self.chances)
        n = scaled.cells.shape[1]
        cells = [a * n + b for a in self.support[0] for b in self.support[1]]
        for i in range(2):
            rows.incentives(i, self.support[i])
            if len(self.support[i]) > 1:
                rows.within(i, self.support[i], self.low[i] - _ROOM, self.high[i] + _ROOM)
                rows.nearly_best(i, self.support[i], self.fall[i], self.rise[i])
            for y, (fall, rise) in enumerate(zip(self.fall[i], self.rise[i])):
                for cell in cells:
                    rows.differs(i, cell, y, fall - _ROOM, rise + _ROOM)
        return rows.constraints(np.array(cells, dtype=np.int64))

    def halves(self) -> tuple[PublicPlay, ...]:
        """Split where promises differ most, or a mixing player's payoff is widest."""
        widths = [(self.rise[i][y] - self.fall[i][y], i, y) for i in range(2) for y in range(len(self.fall[i]))]
        widths += [(self.high[i] - self.low[i], i, -1) for i in range(2) if len(self.support[i]) > 1]
        width, i, y = max(widths)
        if width < _NARROW:
            return (self,)
        if y < 0:
            middle = (self.low[i] + self.high[i]) / 2
            return replace(self, high=_put(self.high, i, middle)), replace(self, low=_put(self.low, i, middle))
        middle = (self.fall[i][y] + self.rise[i][y]) / 2
        below = _put(self.rise, i, _put(self.rise[i], y, middle))
        above = _put(self.fall, i, _put(self.fall[i], y, middle))
        return replace(self, rise=below), replace(self, fall=above)

    def narrowed(self, low: tuple[float, float], high: tuple[float, float]) -> PublicPlay:
        """The same with other payoffs."""
        return replace(self, low=low, high=high)


def public_plays(supports: list[Support], outer: OuterSet, chances: Array) -> list[PublicPlay]:
    """One play for each pair of supports, paying and promising what the bound allows."""
    low, high = outer.corners.min(axis=0), outer.corners.max(axis=0)
    wide = [float(x) for x in high - low]
    others = range(chances.shape[1] - 1)
    fall = (tuple(-wide[0] for _ in others), tuple(-wide[1] for _ in others))
    rise = (tuple(wide[0] for _ in others), tuple(wide[1] for _ in others))
    ends = (float(low[0]), float(low[1])), (float(high[0]), float(high[1]))
    return [PublicPlay(support, *ends, fall, rise, chances) for support in supports]


def public_incentives(scaled: ScaledGame, chances: Array) -> PublicConstraints:
    """What keeps players from deviating from any recommendations, with promises that may depend on them."""
    rows = _Rows(scaled, chances)
    m, n = scaled.cells.shape
    rows.incentives(0, tuple(range(m)))
    rows.incentives(1, tuple(range(n)))
    return rows.constraints(np.arange(m * n))


class _Rows:
    """Rows while they are being written."""

    def __init__(self, scaled: ScaledGame, chances: Array) -> None:
        self.m, self.n = scaled.cells.shape
        self.tables, self.weight, self.later = tables_of(scaled), scaled.now, scaled.later
        self.chances = chances  # [m n, signals]
        self.now: list[Array] = []
        self.promised: list[Array] = []
        self.mover: list[int] = []

    def constraints(self, cells: Array) -> PublicConstraints:
        shape = (len(self.now), self.m * self.n)
        now = np.array(self.now).reshape(shape)
        promised = np.array(self.promised).reshape(*shape, self.chances.shape[1])
        return PublicConstraints(cells, now, promised, np.array(self.mover, dtype=np.int64), self.chances)

    def incentives(self, i: int, actions: tuple[int, ...]) -> None:
        for own in actions:
            for other in range((self.m, self.n)[i]):
                if other != own:
                    here, there = self._cells(i, own), self._cells(i, other)
                    gain = self.weight * (self._pays(i)[here] - self._pays(i)[there])
                    self._add(i, here, gain, self.chances[here] - self.chances[there])

    def within(self, i: int, actions: tuple[int, ...], low: float, high: float) -> None:
        for own in actions:
            here = self._cells(i, own)
            level = self.weight * self._pays(i)[here]
            self._add(i, here, level - low, self.chances[here])
            self._add(i, here, high - level, -self.chances[here])

    def nearly_best(self, i: int, actions: tuple[int, ...], fall: tuple[float, ...], rise: tuple[float, ...]) -> None:
        """What the other does does not depend on one's own action, and any action played is nearly a best reply."""
        for own in actions:
            here = self._cells(i, own)
            for played in actions:
                for other in range((self.m, self.n)[i]):
                    if played == own or other == played:
                        continue
                    one, two = self._cells(i, played), self._cells(i, other)
                    gain = self.weight * (self._pays(i)[one] - self._pays(i)[two]) + _ROOM
                    for y in range(len(fall)):
                        moved = self.chances[one][:, y] - self.chances[two][:, y]
                        gain = gain + self.later * np.maximum(fall[y] * moved, rise[y] * moved)
                    self._add(i, here, gain, np.zeros_like(self.chances[here]))

    def differs(self, i: int, cell: int, y: int, fall: float, rise: float) -> None:
        marks = np.zeros((1, self.chances.shape[1]))
        marks[0, y], marks[0, -1] = 1.0, -1.0
        at = np.array([cell])
        self._add(i, at, np.array([-fall * self.later]), marks)
        self._add(i, at, np.array([rise * self.later]), -marks)

    def _pays(self, i: int) -> Array:
        out: Array = self.tables[i].ravel()
        return out

    def _cells(self, i: int, action: int) -> Array:
        return action * self.n + np.arange(self.n) if i == 0 else np.arange(self.m) * self.n + action

    def _add(self, i: int, cells: Array, now: Array, promised: Array) -> None:
        row, marks = np.zeros(self.m * self.n), np.zeros(self.chances.shape)
        row[cells] = now
        marks[cells] = promised
        self.now.append(row)
        self.promised.append(marks)
        self.mover.append(i)


T = TypeVar("T")


def _put(values: tuple[T, ...], at: int, value: T) -> Any:
    """The same tuple with another value at one place."""
    return tuple(value if k == at else x for k, x in enumerate(values))
