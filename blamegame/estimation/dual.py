"""Numbers that carry their derivatives through a model's own payoff formula (forward differentiation)."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.strategic import Array

_NOTHING = 1e-12  # as in models.arithmetic: a smaller fall in success is rounding


class Dual:
    """Values, shape [...], with their derivatives in P directions, shape [P, ...].

    >>> x = Dual(np.array([2.0]), np.array([[1.0]]))
    >>> (1 / (x * x + 1)).slope
    array([[-0.16]])
    """

    __slots__ = ("slope", "value")
    __array_ufunc__ = None  # numpy numbers leave the arithmetic to us

    def __init__(self, value: Array, slope: Array) -> None:
        self.value = value
        self.slope = slope

    def __add__(self, other: Any) -> Dual:
        if isinstance(other, Dual):
            return Dual(self.value + other.value, self.slope + other.slope)
        return Dual(self.value + float(other), self.slope)

    __radd__ = __add__

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)

    def __sub__(self, other: Any) -> Dual:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Dual:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Dual:
        if isinstance(other, Dual):
            return Dual(self.value * other.value, self.slope * other.value + other.slope * self.value)
        return Dual(self.value * float(other), self.slope * float(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Dual:
        if not isinstance(other, Dual):
            return self * (1 / float(other))
        value = self.value / other.value
        return Dual(value, (self.slope - value * other.slope) / other.value)

    def __rtruediv__(self, other: Any) -> Dual:
        value = float(other) / self.value
        return Dual(value, -value * self.slope / self.value)

    def __pow__(self, power: int) -> Dual:
        return Dual(self.value**power, power * self.value ** (power - 1) * self.slope)

    def positive_part(self) -> Dual:
        """max(0, x); its slope is 0 where x is not above rounding."""
        up = self.value > _NOTHING
        return Dual(np.where(up, self.value, 0.0), np.where(up, self.slope, 0.0))

    def ratio_or_zero(self, x: Any) -> Dual:
        """x / self, and 0 where self is 0."""
        nothing = self.value == 0
        safe = Dual(np.where(nothing, 1.0, self.value), self.slope)
        ratio = x / safe
        return Dual(np.where(nothing, 0.0, ratio.value), np.where(nothing, 0.0, ratio.slope))
