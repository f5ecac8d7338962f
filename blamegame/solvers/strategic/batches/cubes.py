"""Every Nash equilibrium of many games of three players with two actions each, where floats are sure of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from blamegame.games.batch import Batch
from blamegame.games.strategic import Array

CLEAR = 1e-8
"""Of the largest payoff difference: a sign this far from zero is the true one."""

_ROUNDING = 1e-15
"""Of a player's largest payoff: how far a difference of payoffs is off, a few times over."""

_WIDEST = 1e-9
_HALVINGS = 52

_Rows = tuple[Array, Array, Array]
"""Chances [n, 3] of a candidate, bool [n] whether it is an equilibrium, bool [n] whether that is doubtful."""


@dataclass(frozen=True, eq=False)
class Cubes:
    """Equilibria of n games.

    Attributes
    ----------
    sure : bool [n], where ``game`` and ``chances`` are complete; the other games have no rows
    game : int [equilibria], in no order
    chances : float64 [equilibria, 3], of each player's second action, to 1e-9; 0 and 1 are exact
    """

    sure: Array
    game: Array
    chances: Array


def cube_equilibria(batch: Batch) -> Cubes:
    """All equilibria of each 2 x 2 x 2 game of which every comparison is clear.

    Notes
    -----
    Let D_i be what player i gains by its second action, bilinear in what the two others do; x_i is the chance of it.

    1. A corner of others at which D_i is near zero leaves the game unsure. So nobody mixes alone, and the pure
       equilibria are read off.
    2. Where one plays purely, the other two mix at the roots of two linear functions.
    3. Where all mix, x_2 from D_1 = 0 and x_1 from D_2 = 0 are put into D_3 = 0: a quadratic in x_3. Its signs at 0 and
       1, and of its discriminant, count its roots in between; each is enclosed by halving, and x_1 and x_2 with it.
    4. Whatever might be an equilibrium, or might not, leaves the game unsure.

    Examples
    --------
    >>> volunteer = [[[[0, 4], [4, 4]], [[3, 3], [3, 3]]], [[[0, 4], [3, 3]], [[4, 4], [3, 3]]],
    ...     [[[0, 3], [4, 3]], [[4, 3], [4, 3]]]]
    >>> found = cube_equilibria(Batch(np.array([volunteer], dtype=float)))
    >>> found.sure.tolist(), len(found.game), found.chances.max(axis=0).tolist()
    ([True], 7, [1.0, 1.0, 1.0])
    """
    gains, off, sure = _gains(batch)
    game, rows = [], []
    for chances, found, doubtful in (*_pure(gains), *_pairs(gains, off), *_all_mix(gains, off)):
        sure &= ~doubtful
        game.append(np.flatnonzero(found))
        rows.append(chances[found])
    games, every = np.concatenate(game), np.concatenate(rows)
    kept = sure[games]
    return Cubes(sure, games[kept], every[kept])


def _gains(batch: Batch) -> tuple[Array, Array, Array]:
    """What each player's second action gains, [n, player, *others], largest 1; how far off; whether all are clear."""
    gains = np.stack([np.diff(batch.payoffs[:, i], axis=i + 1).reshape(-1, 2, 2) for i in range(3)], axis=1)
    largest = np.abs(gains).max(axis=(2, 3))
    payoff = np.abs(batch.payoffs).max(axis=(2, 3, 4))
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = gains / largest[:, :, None, None]
        off = (_ROUNDING * (1 + payoff / largest)).max(axis=1)
        sure = (np.abs(gains) > CLEAR).all(axis=(1, 2, 3)) & (100 * off < CLEAR)  # false where nothing is gained at all
    return np.nan_to_num(gains), np.where(sure, off, 0.0), sure


def _pure(gains: Array) -> Iterator[_Rows]:
    for cell in product((0, 1), repeat=3):
        best = []
        for i in range(3):
            a, b = (cell[k] for k in range(3) if k != i)
            best.append((gains[:, i, a, b] > 0) == bool(cell[i]))
        found = np.logical_and.reduce(best)
        yield np.broadcast_to(np.array(cell, dtype=np.float64), (len(gains), 3)), found, np.zeros(len(gains), bool)


def _pairs(gains: Array, off: Array) -> Iterator[_Rows]:
    """Two mix while the third, ``still``, plays ``action``."""
    for still, action in product(range(3), (0, 1)):
        j, k = (player for player in range(3) if player != still)
        of_j = _while(gains[:, j], j, still, action)
        of_k = _while(gains[:, k], k, still, action)
        (x_k, wide_k), (x_j, wide_j) = _root(of_j, off), _root(of_k, off)
        mixes = (of_j[:, 0] * of_j[:, 1] < 0) & (of_k[:, 0] * of_k[:, 1] < 0)
        gain = _bilinear(gains[:, still], x_j, x_k)
        chances = np.empty((len(gains), 3))
        chances[:, still], chances[:, j], chances[:, k] = action, x_j, x_k
        unclear = (np.abs(gain) <= CLEAR) | (np.maximum(wide_j, wide_k) > _WIDEST)
        yield chances, mixes & ((gain > 0) == bool(action)) & ~unclear, mixes & unclear


def _while(gain: Array, player: int, still: int, action: int) -> Array:
    """A player's gain over the action of the one who is left, while ``still`` plays ``action``; [n, 2]."""
    others = [other for other in range(3) if other != player]
    out: Array = gain.take(action, axis=1 + others.index(still))
    return out


def _root(line: Array, off: Array) -> tuple[Array, Array]:
    """Where a line given by its values at 0 and 1 crosses zero, and how far that may be off."""
    fall = line[:, 0] - line[:, 1]
    fall = np.where(fall == 0, 1, fall)  # a level line has no root, and is not asked for it
    return line[:, 0] / fall, 4 * off / np.abs(fall)


def _bilinear(table: Array, x: Array, y: Array) -> Array:
    at_0, at_1 = ((1 - y) * table[:, a, 0] + y * table[:, a, 1] for a in (0, 1))
    out: Array = (1 - x) * at_0 + x * at_1
    return out


def _all_mix(gains: Array, off: Array) -> Iterator[_Rows]:
    start, end = np.zeros(len(gains)), np.ones(len(gains))
    first, middle, last = (_quadratic(gains, at)[0] for at in (start, (start + end) / 2, end))
    bend = 2 * middle - (first + last) / 2  # the middle coefficient in Bernstein's basis
    unsure = 100 * off
    vague = (np.abs(first) <= unsure) | (np.abs(last) <= unsure)
    one = first * last < 0
    with np.errstate(divide="ignore", invalid="ignore"):
        dip = np.sign(first) * bend + np.sqrt(np.abs(first * last))  # negative: two roots between 0 and 1
        turn = np.clip(np.nan_to_num((first - bend) / (first - 2 * bend + last)), 0, 1)
    two = ~one & (dip < 0)
    vague |= ~one & (np.abs(dip) <= np.sqrt(unsure))
    impossible = _one_sided(gains)
    for low, high, exists in ((start, np.where(one, end, turn), one | two), (turn, end, two)):
        chances, inside, doubtful = _enclosed(gains, off, low, high)
        asked = exists & ~vague & ~impossible
        yield chances, asked & inside & ~doubtful, (asked & doubtful) | (vague & ~impossible)


def _one_sided(gains: Array) -> Array:
    """Whether some player always, or never, gains: then it does not mix."""
    flat = gains.reshape(len(gains), 3, 4)
    always, never = (flat > 0).all(axis=2), (flat < 0).all(axis=2)
    found: Array = np.any(always | never, axis=1)
    return found


def _quadratic(gains: Array, x: Array) -> tuple[Array, Array, Array, Array, Array]:
    """The quadratic of which the third player's chance x is a root; and gains of the others at x, each at 0 and at 1.

    At x the second player is indifferent where the first's chance is -p0 / (p1 - p0), the first where the second's is
    -q0 / (q1 - q0).
    """
    q0, q1 = ((1 - x) * gains[:, 0, a, 0] + x * gains[:, 0, a, 1] for a in (0, 1))
    p0, p1 = ((1 - x) * gains[:, 1, a, 0] + x * gains[:, 1, a, 1] for a in (0, 1))
    third = gains[:, 2]
    value = third[:, 0, 0] * p1 * q1 - third[:, 0, 1] * p1 * q0 - third[:, 1, 0] * p0 * q1 + third[:, 1, 1] * p0 * q0
    return value, p0, p1, q0, q1


def _enclosed(gains: Array, off: Array, low: Array, high: Array) -> _Rows:
    """The root between low and high, where the quadratic has opposite signs, with the other two chances there."""
    rising = _quadratic(gains, low)[0] < 0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = (_quadratic(gains, middle)[0] < 0) == rising
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    x = (low + high) / 2
    ends = [np.clip(x + side * 1e-6, 0, 1) for side in (-1, 1)]
    at = [_quadratic(gains, end) for end in ends]
    unsure = 100 * off
    doubtful = (at[0][0] * at[1][0] >= 0) | (np.minimum(np.abs(at[0][0]), np.abs(at[1][0])) <= unsure)
    _, p0, p1, q0, q1 = _quadratic(gains, x)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.abs(at[1][0] - at[0][0]) / (ends[1] - ends[0])
        chances = np.stack([p0 / (p0 - p1), q0 / (q0 - q1), x], axis=1)
        error = off / slope
        error = np.maximum(error, np.maximum(*((off + 2 * error) / np.abs(d) for d in (p0 - p1, q0 - q1))))
    inside, outside = np.ones(len(x), bool), np.zeros(len(x), bool)
    for player in (1, 3):  # p and q
        signs = [np.where(np.abs(v) <= unsure, 0, np.sign(v)) for a in at for v in (a[player], a[player + 1])]
        same = np.abs(np.sum(signs, axis=0)) == 4
        mixed = (signs[0] * signs[1] < 0) & (signs[0] == signs[2]) & (signs[1] == signs[3])
        inside &= mixed
        outside |= same
    doubtful |= ~(inside | outside) | (inside & ~(error <= _WIDEST))
    return np.nan_to_num(chances), inside, doubtful & ~outside
