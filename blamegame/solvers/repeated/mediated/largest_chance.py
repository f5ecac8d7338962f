"""The largest chance that current play of an equilibrium is in an event: proposed in floats, proved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from blamegame.games.strategic import Array
from blamegame.solvers.repeated.mediated.constraints import Constraints, OnePeriod
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, with_frequency
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_NOWHERE = np.zeros((1, 3))


def float_chance(scaled: ScaledGame, outer: OuterSet, piece: OnePeriod, event: Array) -> float:
    """An upper bound of the chance of ``event`` (flat, boolean) in one period of ``piece``, rounded up.

    Negative where the piece cannot be played at all.
    """
    payoffs, corners = with_frequency(scaled.payoffs), with_frequency(outer.corners)
    tops, _ = piece.reach(scaled.later, payoffs, event.astype(np.float64), _NOWHERE, corners, outer.threats)
    return float(tops[0])


def exact_chance(scaled: ScaledGame, outer: OuterSet, piece: Constraints, event: Array) -> Fraction:
    """The same in rational arithmetic, for a ``piece`` of exact numbers: the largest chance, 0 where there is none."""
    corners = [[scaled.rational(float(x)) for x in corner] for corner in outer.corners]
    threats = [scaled.rational(float(x)) for x in outer.threats]
    return exact_multipliers(scaled, corners, threats, piece, event)[0]


def exact_multipliers(
    scaled: ScaledGame, corners: Sequence[Sequence[Any]], threats: Sequence[Any], piece: Constraints, event: Array
) -> tuple[Fraction, list[Any]]:
    """The largest chance of ``event`` with promises in the hull of exact ``corners``, and multipliers that prove it.

    Where it is 0, the rows weighed with the multipliers sum to at most -1 on the event and at most 0 elsewhere.
    """
    from blamegame.solvers.linear.linear_programme import maximise

    later = scaled.cells.later
    beyond = [[later * (corner[i] - threats[i]) for corner in corners] for i in range(2)]
    matrix, scales = [], []
    for row, signs, i in zip(piece.now.tolist(), piece.promised.tolist(), piece.mover.tolist()):
        values = [-(row[a] + int(signs[a]) * b) for a in piece.cells.tolist() for b in beyond[i]]
        matrix.append(whole_numbers(values))
        scales.append(next((number / value for number, value in zip(matrix[-1], values) if number), values[0] * 0))
    columns = len(piece.cells) * len(corners)
    matrix.append([1] * columns)
    objective = [int(event[a]) for a in piece.cells.tolist() for _ in corners]
    optimum = maximise(objective, matrix, [0] * (len(matrix) - 1) + [1])
    return optimum.value, [scaled._of(price) * scale for price, scale in zip(optimum.prices, scales)]


def whole_numbers(values: list[Any]) -> list[int]:
    """Exact numbers multiplied to integers without a common factor."""
    scale = lcm(*(int(value.q) for value in values))
    numbers = [int(value.p) * (scale // int(value.q)) for value in values]
    common = gcd(*numbers) or 1
    return [number // common for number in numbers]
