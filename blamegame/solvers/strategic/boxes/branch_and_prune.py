"""All roots of an indifference system in the open simplices, each proved to be alone in a box, by interval Newton."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array
from blamegame.solvers.strategic.boxes.indifference_system import IndifferenceSystem

_SLICE = 2_000_000  # coefficients between two looks at the time, each counted once for a box
_MOST = 512  # roots, and undecided boxes, of one support profile


@dataclass(frozen=True, eq=False)
class Roots:
    """Roots that satisfy every condition strictly, and what could not be decided.

    Attributes
    ----------
    low, high : arrays, shape [n_roots, n_unknowns]
        Each box holds exactly one root of the system.
    unresolved : array, shape [k, 2, n_unknowns]
        Boxes that may hold roots, or hold one at which a condition is too near a tie to decide.
    boxes : how many boxes were looked at
    """

    low: Array
    high: Array
    unresolved: Array
    boxes: int


def branch_and_prune(system: IndifferenceSystem, *, most_boxes: int, deadline: Deadline) -> Roots:
    """Find and prove every root.

    Notes
    -----
    1. Drop a box over which an equation cannot vanish or a condition must fail, and one inside the neighbourhood of a
       root already proved to be the only one there.
    2. Contract by the interval Newton operator; an empty result proves that no root is in the box.
    3. Around the middle of a small box, prove by Krawczyk's test that a neighbourhood holds exactly one root.
    4. Otherwise split the widest unknown in two.

    References
    ----------
    Krawczyk (1969); Neumaier (1990), "Interval Methods for Systems of Equations", chapter 5.
    """
    from blamegame.solvers.strategic.boxes.kernels.interval_newton import search

    n = system.n_unknowns
    stack = np.empty((4096, 2, n))
    stack[0, 0], stack[0, 1] = 0.0, 1.0
    proved, undecided = np.empty((_MOST, 4, n)), np.empty((_MOST, 2, n))
    height, n_proved, n_undecided, boxes = 1, 0, 0, 0
    some = min(2_000, 1 + _SLICE // system.packed[2].size)
    while height:
        height, n_proved, n_undecided, seen = search(
            some, stack, height, proved, n_proved, undecided, n_undecided, system.packed
        )
        boxes += seen
        full = n_proved == _MOST or n_undecided == _MOST
        if full or boxes > most_boxes or deadline.over:
            break
    doubtful = np.concatenate([undecided[:n_undecided], stack[:height]])
    left_open = [
        np.array([box for box in doubtful if not _near_a_root(box, proved[:n_proved], system)]).reshape(-1, 2, n)
    ]
    low, high = [], []
    for box_low, box_high in _different(proved[:n_proved], system):
        verdict = _judge(system, box_low, box_high)
        if verdict is None:
            left_open.append(np.array([[box_low, box_high]]))
        elif verdict:
            low.append(box_low)
            high.append(box_high)
    shape = (-1, n)
    return Roots(np.array(low).reshape(shape), np.array(high).reshape(shape), np.concatenate(left_open), boxes)


def _different(proved: Array, system: IndifferenceSystem) -> list[tuple[Array, Array]]:
    """One narrow box for each root: two neighbourhoods may have met and proved the same one."""
    out: list[tuple[Array, Array]] = []
    for k, (_, _, low, high) in enumerate(proved):
        narrow_low, narrow_high = _narrowed(system, low, high)
        if not _near_a_root((narrow_low, narrow_high), proved[:k], system):
            out.append((narrow_low, narrow_high))
    return out


def _near_a_root(box: Sequence[Array], proved: Array, system: IndifferenceSystem) -> bool:
    """Whether a box of the free unknowns lies in a neighbourhood whose only root is known."""
    free = system.free
    return any((box[0][free] >= near[0][free]).all() and (box[1][free] <= near[1][free]).all() for near in proved)


def _narrowed(system: IndifferenceSystem, low: Array, high: Array) -> tuple[Array, Array]:
    """The root's box, shrunk by interval Newton as far as rounding allows."""
    from blamegame.solvers.strategic.boxes.kernels.interval_newton import newton_image, widen

    n_players, slopes, data, offset, rows, n_axes, axes, start, free, _, _ = system.packed
    low, high = low.copy(), high.copy()
    widen(system.start, low, high)
    for _ in range(8):
        image_low, image_high = np.empty(len(free)), np.empty(len(free))
        if not newton_image(
            n_players, slopes, data, offset, rows, n_axes, axes, start, free, low, high, image_low, image_high
        ):
            break
        low[free], high[free] = np.maximum(low[free], image_low), np.minimum(high[free], image_high)
        widen(system.start, low, high)
    return low, high


def _judge(system: IndifferenceSystem, low: Array, high: Array) -> bool | None:
    """Whether a proved root is an equilibrium; None where it is too near a tie to tell."""
    from blamegame.solvers.strategic.boxes.kernels.interval_newton import evaluate

    n_players, _, data, offset, rows, n_axes, axes, start, *_ = system.packed
    if (high <= 0).any():
        return False
    sure = bool((low > 0).all())
    least, most, order = np.empty(len(data)), np.empty(len(data)), np.empty(64, np.int64)
    for player in range(n_players):
        form = 2 * player + 1
        evaluate(form, data, offset, rows, n_axes, axes, start, low, high, least, most, order)
        if (least[: rows[form]] > 0).any():
            return False
        sure &= bool((most[: rows[form]] < 0).all())
    return True if sure else None
