"""The linear constraints of one period of play on a rectangle of supports, in floats or exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import prod
from typing import Any, Protocol

import numpy as np

from blamegame.games.strategic import Array

Support = tuple[tuple[int, ...], tuple[int, ...]]

MOST_SUPPORTS = 4_096
"""Pairs of supports a search goes through one by one; with more, it leaves open what they would decide."""


class OnePeriod(Protocol):
    """What may be played and promised in one period, whatever is seen of it."""

    def reach(
        self, later: float, payoffs: Array, bonus: Array, directions: Array, points: Array, threats: Array
    ) -> tuple[Array, Array]:
        """Proved bounds in each direction, and the multipliers that prove them; see :class:`Constraints`."""

    def charged(self, lams: Array, prices: Array) -> Array:
        """The prices that multipliers put on promises."""


@dataclass(frozen=True, eq=False)
class Constraints:
    """Rows: sum over cells a and corners p of x(a, p) [now(row, a) + promised(row, a) d (p_i - m_i)] >= 0.

    Attributes
    ----------
    cells : int array, the cells that may be played
    now, promised : arrays, shape [rows, all cells], of the arithmetic of the payoffs; ``promised`` are -1, 0 or 1
    mover : int array [rows], whose promise it is
    """

    cells: Array
    now: Array
    promised: Array
    mover: Array

    def reach(
        self, later: float, payoffs: Array, bonus: Array, directions: Array, points: Array, threats: Array
    ) -> tuple[Array, Array]:
        """How far play with continuations in the hull of ``points`` goes in each direction, and what proves it.

        Parameters
        ----------
        later : the discount factor
        payoffs [cells, 3], points [K, 3], directions [D, 3] : floats; the third coordinate carries no incentive
        bonus [cells] : is added in this period
        threats [2] : what follows a deviation

        Returns
        -------
        Bounds, rounded up, shape [D], and multipliers >= 0 that prove them, shape [D, rows].
        """
        from blamegame.solvers.repeated.kernels.mediated import reach

        tops, lams = np.empty(len(directions)), np.empty((len(directions), len(self.mover)))
        reach(
            payoffs, bonus, directions, self.now, self.promised, self.mover, later, points, threats, self.cells, tops,
            lams,
        )  # fmt: skip
        return tops, lams

    def charged(self, lams: Array, prices: Array) -> Array:
        """The prices that multipliers put on what is promised after each cell, shape [prices * cells, 2]."""
        from blamegame.solvers.repeated.kernels.mediated import charged

        out: Array = charged(lams, self.promised, self.mover, self.cells, prices)
        return out


def incentives(payoffs: Array, weight: Any, support: Support, slack: Sequence[Any] | None = None) -> Constraints:
    """What keeps players from deviating in one period.

    Parameters
    ----------
    payoffs : shape [2, m, n], float or of exact numbers
    weight : of this period, 1 - discount
    support : the actions of each player that may be played
    slack : for each player, discount / (1 - discount) times the most its promises can differ; with it also

            sum_b x(a, b) (g(a*, b) - g(a', b) + slack) >= 0   for a, a* that may be played and any a',

        which holds where everything in ``support`` is played with positive probability and independently: what the
        other does then does not depend on one's own action, and any action played is nearly a best reply.
    """
    _, m, n = payoffs.shape
    now: list[Array] = []
    promised: list[Array] = []
    mover: list[int] = []
    for i in range(2):
        gains = payoffs[0] if i == 0 else payoffs[1].T
        for own in support[i]:
            for other in range(len(gains)):
                if other != own:
                    _add(now, promised, mover, i, own, weight * (gains[own] - gains[other]), 1, (m, n))
            if slack is None:
                continue
            for played in support[i]:
                for other in range(len(gains)):
                    if played != own and other != played:
                        _add(now, promised, mover, i, own, gains[played] - gains[other] + slack[i], 0, (m, n))
    cells = np.array([a * n + b for a in support[0] for b in support[1]], dtype=np.int64)
    return Constraints(cells, *_stacked(payoffs, now, promised), np.array(mover, dtype=np.int64))


def within(
    payoffs: Array, weight: Any, later: Any, threats: Sequence[Any], player: int, support: Support, low: Any, high: Any
) -> Constraints:
    """The player's payoff from each action it may play lies between ``low`` and ``high``."""
    _, m, n = payoffs.shape
    now: list[Array] = []
    promised: list[Array] = []
    mover: list[int] = []
    gains = payoffs[0] if player == 0 else payoffs[1].T
    for own in support[player]:
        level = weight * gains[own] + later * threats[player]
        _add(now, promised, mover, player, own, level - low, 1, (m, n))
        _add(now, promised, mover, player, own, high - level, -1, (m, n))
    cells = np.array([a * n + b for a in support[0] for b in support[1]], dtype=np.int64)
    return Constraints(cells, *_stacked(payoffs, now, promised), np.array(mover, dtype=np.int64))


def joined(first: Constraints, second: Constraints) -> Constraints:
    """Both sets of rows, for the same cells."""
    return Constraints(
        first.cells,
        np.concatenate([first.now, second.now]),
        np.concatenate([first.promised, second.promised]),
        np.concatenate([first.mover, second.mover]),
    )


def supports_of(shape: tuple[int, int]) -> Iterator[Support]:
    """Every pair of nonempty supports, small ones first."""
    for first in _subsets(shape[0]):
        for second in _subsets(shape[1]):
            yield first, second


def too_many_supports(shape: tuple[int, ...]) -> bool:
    """Whether the pairs of supports are too many to go through one by one."""
    return prod(2.0**n - 1 for n in shape) > MOST_SUPPORTS


def everything(shape: tuple[int, int]) -> Support:
    return tuple(range(shape[0])), tuple(range(shape[1]))


def rectangles_outside(event: Array) -> list[Support]:
    """The largest pairs of supports none of whose cells is in ``event``.

    >>> rectangles_outside(np.array([[False, False, False], [False, True, True]]))
    [((0,), (0, 1, 2)), ((0, 1), (0,))]
    """
    found: list[Support] = []
    for rows in _subsets(event.shape[0]):
        columns = tuple(np.flatnonzero(~event[list(rows)].any(axis=0)).tolist())
        if columns:
            found.append((rows, columns))
    return [
        one
        for one in found
        if not any(other != one and set(one[0]) <= set(other[0]) and set(one[1]) <= set(other[1]) for other in found)
    ]


def _subsets(size: int) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(range(size), k) for k in range(1, size + 1))


def _add(
    now: list[Array], promised: list[Array], mover: list[int], i: int, own: int, row: Array, sign: int,
    shape: tuple[int, int],
) -> None:  # fmt: skip
    zero = row[0] * 0
    table = np.full(shape, zero, dtype=row.dtype)
    marks = np.zeros(shape)
    at = (own, slice(None)) if i == 0 else (slice(None), own)
    table[at] = row
    marks[at] = sign
    now.append(table.ravel())
    promised.append(marks.ravel())
    mover.append(i)


def _stacked(payoffs: Array, now: list[Array], promised: list[Array]) -> tuple[Array, Array]:
    if not now:
        empty = np.zeros((0, payoffs[0].size))
        return empty.astype(payoffs.dtype), empty
    return np.stack(now), np.stack(promised)
