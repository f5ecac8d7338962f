"""A two-player repeated game with each player's payoffs moved to [0, 1]: exactly, and in floats for the kernels."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.set_operator.operator import Cells, Image
from blamegame.solvers.repeated.set_operator.polygon import Point, Polygon

_LARGEST_RATIO = 4
_HUGE = 10**300


def _capped(gain: Any) -> float:
    """A gain as a float; whatever is beyond the range of payoffs, 1, forbids as much as any other such number."""
    return float(min(gain, _HUGE))


class ScaledGame:
    """The game with each player's payoffs moved to [0, 1] exactly, in rationals and in floats."""

    def __init__(self, game: RepeatedGame) -> None:
        from flint import fmpq

        self._fmpq = fmpq
        discount = game.exact_discount
        self.low: list[Any] = []
        self.span: list[Any] = []
        tables = []
        for player in game.stage.payoffs.tolist():
            exact = [[self._of(x) for x in row] for row in player]
            low = min(min(row) for row in exact)
            span = max(max(row) for row in exact) - low or fmpq(1)
            tables.append([[(x - low) / span for x in row] for row in exact])
            self.low.append(low)
            self.span.append(span)
        self.cells = Cells(tables, self._of(discount))
        m, n = self.cells.shape
        table = np.array([[[float(x) for x in row] for row in player] for player in tables])
        self.payoffs = np.ascontiguousarray(table.reshape(2, -1).T)
        best = np.stack([np.broadcast_to(table[0].max(0), (m, n)), np.broadcast_to(table[1].max(1)[:, None], (m, n))])
        self.replies = np.ascontiguousarray(best.reshape(2, -1).T)
        self.now, self.later = float(self.cells.now), float(self.cells.later)
        self.gains = self._gains(self.payoffs, self.replies)

    def _gains(self, payoffs: Array, replies: Array) -> Array:
        """Least promises above the threats, to within 2e-15 or a relative 1e-15, whichever is larger."""
        ratio = self.cells.now / self.cells.later
        if ratio > _LARGEST_RATIO:  # an impatient player's gain magnifies the rounding of payoffs
            exact = [self.cells[index].gain for index in range(len(self.cells))]
            return np.array([(_capped(first), _capped(second)) for first, second in exact])
        gains: Array = float(ratio) * (replies - payoffs)
        return gains

    def _of(self, value: Any) -> Any:
        return self._fmpq(*value.as_integer_ratio())

    def rational(self, value: float) -> Any:
        return self._fmpq(*value.as_integer_ratio())

    def floats(self, chosen: Sequence[int]) -> tuple[Array, Array]:
        index = np.array(chosen, dtype=np.int64)
        return np.ascontiguousarray(self.payoffs[index]), np.ascontiguousarray(self.gains[index])

    def back_point(self, point: Point) -> tuple[Fraction, Fraction]:
        x, y = (self.low[i] + self.span[i] * point[i] for i in range(2))
        return Fraction(int(x.p), int(x.q)), Fraction(int(y.p), int(y.q))

    def back(self, polygon: Polygon) -> Polygon:
        return Polygon(tuple(self.back_point(vertex) for vertex in polygon.vertices))

    def back_images(self, images: Sequence[Image]) -> tuple[Image, ...]:
        return tuple(Image(self.back_point(i.value), i.cell, self.back_point(i.continuation)) for i in images)
