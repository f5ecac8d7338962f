"""Following a curve of solutions of n equations in n + 1 unknowns: tangent, step and Newton's corrections."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from blamegame.games.strategic import Array

NEAR = 1e-13  # of the equations, whose terms are logarithms of probabilities
LONGEST, SHORTEST = 0.5, 1e-9  # steps, relative to the last unknown


class System(Protocol):
    """n equations in n + 1 unknowns with their Jacobian, shape [n, n + 1]."""

    def residual(self, point: Array) -> Array: ...

    def jacobian(self, point: Array) -> Array: ...


def tangent_of(jacobian: Array, previous: Array) -> Array:
    """Unit vector along the curve, pointing onward."""
    *_, rows = np.linalg.svd(jacobian)
    direction: Array = rows[-1]
    return direction if direction @ previous >= 0 else -direction


def follow(system: System, point: Array, tangent: Array, step: float) -> tuple[Array | None, bool]:
    """One predictor and its corrections; None where they do not settle near the prediction."""
    guess = point + step * tangent
    start = guess.copy()
    for attempt in range(7):
        residual = system.residual(guess)
        size = float(np.abs(residual).max())
        if size < NEAR * max(1.0, float(np.abs(guess).max())):
            return guess, attempt <= 3
        matrix = np.vstack([system.jacobian(guess), tangent])
        try:
            guess = guess - np.linalg.solve(matrix, np.append(residual, 0.0))
        except np.linalg.LinAlgError:
            return None, False
        if not np.isfinite(guess).all() or np.abs(guess - start).max() > step:
            return None, False
    return None, False
