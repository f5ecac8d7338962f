"""All vertices of a simple polytope {x >= 0, M x <= 1}, each proved, by pivoting in floats (compiled).

Rows of every two-dimensional array are padded with zeros to a multiple of four, which lets the inner loops run in
vector registers; ``columns`` is always the true number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.vertices.kernels.labels import find, flip_label, has_label, put

DONE, BUDGET, FULL, SUSPECTS = 0, 1, 2, 3
COUNT, STACK, VISITED, AGE, DOUBTED = 0, 1, 2, 3, 4
_REFRESH = 32
UNIT = 2.0**-53
NONE: Any = np.int64(-1)
"""No row; a plain -1 is a type of its own to numba, for which what takes it would be compiled once more."""


@compiled
def pivot(tableau: Any, value: Any, row: Any, column: Any, line: Any) -> Any:
    """Exchange the basic variable of ``row`` and the cobasic one of ``column`` in a condensed tableau."""
    rows, lanes = tableau.shape
    scale = 1.0 / tableau[row, column]
    for c in range(lanes):
        line[c] = tableau[row, c] * scale
    line[column] = scale
    level = value[row] * scale
    for r in range(rows):
        factor = tableau[r, column]
        tableau[r, column] = 0.0
        value[r] -= factor * level
        for block in range(lanes // 4):  # short loops are vectorised only when unrolled by hand
            c = 4 * block
            first = tableau[r, c] - factor * line[c]
            second = tableau[r, c + 1] - factor * line[c + 1]
            third = tableau[r, c + 2] - factor * line[c + 2]
            fourth = tableau[r, c + 3] - factor * line[c + 3]
            tableau[r, c] = first
            tableau[r, c + 1] = second
            tableau[r, c + 2] = third
            tableau[r, c + 3] = fourth
    for c in range(lanes):
        tableau[row, c] = line[c]
    value[row] = level


@compiled
def _distance(cobasic: Any, target: Any) -> Any:
    steps = 0
    for label in cobasic:
        if not has_label(target, label):
            steps += 1
    return steps


@compiled
def _travel(tableau: Any, value: Any, basic: Any, cobasic: Any, target: Any, line: Any) -> Any:
    """Pivot, feasibly or not, until the cobasic labels are ``target``."""
    for c in range(cobasic.size):
        if has_label(target, cobasic[c]):
            continue
        best, at = 0.0, NONE
        for r in range(basic.size):
            if abs(tableau[r, c]) > best and has_label(target, basic[r]):
                best, at = abs(tableau[r, c]), r
        if at < 0:
            return False
        pivot(tableau, value, at, c, line)
        basic[at], cobasic[c] = cobasic[c], basic[at]
    return True


@compiled
def _proved(
    matrix: Any,
    sums: Any,
    tableau: Any,
    value: Any,
    basic: Any,
    cobasic: Any,
    first_structural: Any,
    first_slack: Any,
    space: Any,
    places: Any,
) -> Any:
    """Whether every basic variable of the exact basic solution is certainly positive.

    Entries of ``matrix`` may be off by 4 units in the last place. With R the inverse of the active square block as
    the tableau holds it, ||I - R M|| < 1/2 proves the block regular and bounds the error of x by 2 ||R|| ||residual||.
    """
    rows, columns = basic.size, cobasic.size
    unit = 4.0 * (columns + 10) * UNIT  # rounding of dot products, of these bounds, and of the matrix itself
    size = 0
    for r in range(rows):
        i = basic[r] - first_structural
        if 0 <= i < columns:
            places[0, size] = r
            places[1, size] = i
            size += 1
    tight = 0
    for c in range(columns):
        j = cobasic[c] - first_slack
        if 0 <= j < rows:
            places[2, tight] = c
            places[3, tight] = j
            for b in range(size):
                space[tight, b] = matrix[j, places[1, b]]
            tight += 1
    last = space.shape[0] - 1
    worst, inverse_norm = 0.0, 0.0
    for a in range(size):
        for b in range(size):
            space[last, b] = 0.0
        space[last, a] = -1.0
        weight, norm = 0.0, 0.0
        for t in range(size):
            factor = tableau[places[0, a], places[2, t]]
            norm += abs(factor)
            weight += abs(factor) * sums[places[3, t]]
            for b in range(size):
                space[last, b] += factor * space[t, b]
        total = unit * (weight + 1.0)
        for b in range(size):
            total += abs(space[last, b])
        worst = max(worst, total)
        inverse_norm = max(inverse_norm, norm)
    if not worst < 0.5:
        return False
    residual = 0.0
    for t in range(size):
        load = 0.0
        for b in range(size):
            load += space[t, b] * value[places[0, b]]
        residual = max(residual, abs(1.0 - load) + unit * (1.0 + load))
    error = 2.0 * inverse_norm * residual * (1.0 + unit)
    for b in range(size):
        if not value[places[0, b]] > error * (1.0 + unit):
            return False
    for r in range(rows):
        j = basic[r] - first_slack
        if 0 <= j < rows:
            load = 0.0
            for b in range(size):
                load += matrix[j, places[1, b]] * value[places[0, b]]
            if not 1.0 - load > (sums[j] * error + unit * (1.0 + load)) * (1.0 + unit):
                return False
    return True


@compiled
def explore(
    matrix: Any, sums: Any, first_structural: Any, first_slack: Any, tableau: Any, value: Any, basic: Any, cobasic: Any,
    masks: Any, table: Any, stack: Any, doubtful: Any, state: Any, budget: Any,
) -> Any:  # fmt: skip
    """Visit up to ``budget`` further vertices, depth first; resumable, everything it knows is in its arguments.

    A vertex is expanded by one ratio test for each cobasic column; unknown neighbours are stacked. Vertices that the
    error bound does not prove are listed in ``doubtful`` and expanded all the same. Returns DONE when the set is closed
    under pivots, BUDGET, FULL when ``masks`` must grow, SUSPECTS when ``doubtful`` is full.
    """
    rows, columns, lanes = basic.size, cobasic.size, tableau.shape[1]
    ratio = np.empty(lanes)
    leaving = np.empty(lanes, dtype=np.int64)
    space = np.empty((min(rows, columns) + 1, min(rows, columns)))
    places = np.empty((4, max(rows, columns)), dtype=np.int64)
    here = np.empty(masks.shape[1], dtype=np.uint64)
    for _ in range(budget):
        if state[STACK] == 0:
            return DONE
        if state[COUNT] + columns > masks.shape[0]:
            return FULL
        state[STACK] -= 1
        position = stack[state[STACK]]
        put(here, masks[position])
        steps = _distance(cobasic, here)
        support = columns
        for c in range(columns):
            if has_label(here, first_structural + c):
                support -= 1
        state[AGE] += steps
        reached = False
        if steps <= support and state[AGE] <= _REFRESH:
            reached = _travel(tableau, value, basic, cobasic, here, ratio)
        if not reached:
            for r in range(rows):
                put(tableau[r], matrix[r])
                value[r] = 1.0
                basic[r] = first_slack + r
            for c in range(columns):
                cobasic[c] = first_structural + c
            state[AGE] = support
            reached = _travel(tableau, value, basic, cobasic, here, ratio)
        state[VISITED] += 1
        if not reached or not _proved(
            matrix, sums, tableau, value, basic, cobasic, first_structural, first_slack, space, places
        ):
            if state[DOUBTED] == doubtful.size:
                return SUSPECTS
            doubtful[state[DOUBTED]] = position
            state[DOUBTED] += 1
            if not reached:
                return SUSPECTS
        for c in range(lanes):
            ratio[c], leaving[c] = 0.0, -1
        for r in range(rows):
            scale = 1.0 / max(value[r], 1e-300)
            for block in range(lanes // 4):
                c = 4 * block
                first, second = tableau[r, c] * scale, tableau[r, c + 1] * scale
                third, fourth = tableau[r, c + 2] * scale, tableau[r, c + 3] * scale
                old_first, old_second, old_third, old_fourth = ratio[c], ratio[c + 1], ratio[c + 2], ratio[c + 3]
                ratio[c] = first if first > old_first else old_first
                ratio[c + 1] = second if second > old_second else old_second
                ratio[c + 2] = third if third > old_third else old_third
                ratio[c + 3] = fourth if fourth > old_fourth else old_fourth
                leaving[c] = r if first > old_first else leaving[c]
                leaving[c + 1] = r if second > old_second else leaving[c + 1]
                leaving[c + 2] = r if third > old_third else leaving[c + 2]
                leaving[c + 3] = r if fourth > old_fourth else leaving[c + 3]
        for c in range(columns):
            if leaving[c] < 0:
                return SUSPECTS
            flip_label(here, cobasic[c])
            flip_label(here, basic[leaving[c]])
            known, cell = find(here, masks, table)
            if known < 0:
                put(masks[state[COUNT]], here)
                table[cell] = state[COUNT]
                stack[state[STACK]] = state[COUNT]
                state[STACK] += 1
                state[COUNT] += 1
            flip_label(here, cobasic[c])
            flip_label(here, basic[leaving[c]])
    return DONE if state[STACK] == 0 else BUDGET
