"""Following one scalar logit branch by arclength, from uniform play to the first point at full precision."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from blamegame.games.strategic import Array

Curve = Callable[[float, float], tuple[float, float, float]]
"""H, dH/dt and dH/dz at the share t of the precision and log-odds z, in plain floats."""
_MOST_STEPS = 20_000
_NEAR, _TURN = 1e-6, 0.94


class Followed(Protocol):
    """What can be followed."""

    def ends(self) -> tuple[Array, Array]:
        """Between which every root of each game lies."""

    def curve(self, row: int) -> Curve:
        """The equation of one game."""


def first_arrival(equation: Followed, row: int) -> float:
    """Log-odds where the branch from (0, 0) first reaches the precision of game ``row``.

    Notes
    -----
    Unknowns are the share t of the precision, in units in which t = 1 is the length ``_stretch``, and z. Step along
    the tangent, return by Newton's method at right angles; halve the step where Newton does not settle in four rounds
    or turns by more than about 20 degrees, lengthen it where it settles in two.

    References
    ----------
    Turocy (2005), "A dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence",
    Games Econ. Behav. 51.
    """
    curve = equation.curve(row)
    low, high = equation.ends()
    stretch = max(4.0, float(np.maximum(-low, high)[row]))
    t = z = 0.0
    _, by_t, by_z = curve(t, z)
    tangent = _tangent(by_t / stretch, by_z, (1.0, 0.0))
    step = 0.1
    for _ in range(_MOST_STEPS):
        moved = _correct(curve, t + step * tangent[0], z + step * tangent[1], stretch, tangent)
        if moved is None:
            step /= 2
            if step < 1e-10:
                return z
            continue
        if moved.t >= stretch:
            return z + (moved.z - z) * (stretch - t) / (moved.t - t)
        t, z, tangent = moved.t, moved.z, moved.tangent
        step = min(step * 1.6, 1.0) if moved.quick else step
    return z


class _Point(NamedTuple):
    t: float
    z: float
    tangent: tuple[float, float]
    quick: bool


def _tangent(by_t: float, by_z: float, before: tuple[float, float]) -> tuple[float, float]:
    size = math.hypot(by_t, by_z) or 1.0
    found = (by_z / size, -by_t / size)
    return found if found[0] * before[0] + found[1] * before[1] >= 0 else (-found[0], -found[1])


def _correct(curve: Curve, t: float, z: float, stretch: float, tangent: tuple[float, float]) -> _Point | None:
    """Back to the curve at right angles to the tangent; None where Newton fails or the curve turns too far."""
    for turn in range(4):
        value, by_t, by_z = curve(t / stretch, z)
        by_t /= stretch
        bend = by_t * tangent[1] - by_z * tangent[0]
        if bend == 0:
            return None
        dt, dz = -value * tangent[1] / bend, value * tangent[0] / bend
        t, z = t + dt, z + dz
        if abs(dt) + abs(dz) < _NEAR:
            after = _tangent(by_t, by_z, tangent)
            if after[0] * tangent[0] + after[1] * tangent[1] < _TURN:
                return None
            return _Point(t, z, after, turn < 3)
    return None
